import type { LightBody } from './body';
import { extractBody } from './body-init';
import * as consume from './consume';
import { cloneHeaders, LightHeaders, makeHeaders, makeImmutable } from './headers';
import { defineInterface, illegalInvocation, requireArguments } from './interface';
import { parseUrl } from './request-init';
import { checkInit, convertInit, isBodiless, toUnsignedShort } from './response-init';

const kStatus = Symbol('status');
const kStatusText = Symbol('statusText');
const kHeaders = Symbol('headers');
const kBody = Symbol('body');
const kContentType = Symbol('contentType');
const kIsError = Symbol('isError');
const kLight = Symbol('light');

/** `Response` of the Fetch standard, which does not load Node's own and makes its parts when they are read. */
export class LightResponse {
  declare [kStatus]: number;
  declare [kStatusText]: string;
  /** Undefined until somebody reads or sets them. */
  declare [kHeaders]: LightHeaders | undefined;
  declare [kBody]: LightBody | null;
  /** The type of the body, for the headers when they are made. */
  declare [kContentType]: string | null;
  declare [kIsError]: boolean;

  constructor(body: unknown = null, init?: unknown) {
    this[kStatus] = 200;
    this[kStatusText] = '';
    this[kHeaders] = undefined;
    this[kBody] = null;
    this[kContentType] = null;
    this[kIsError] = false;
    const converted = init === undefined ? undefined : convertInit(init);
    const extracted = body === null ? undefined : extractBody(body);
    if (converted !== undefined) {
      checkInit(converted);
      const { status, statusText, headers } = converted;
      this[kStatus] = status;
      this[kStatusText] = statusText;
      if (headers !== undefined) this[kHeaders] = makeHeaders(headers);
    }
    if (extracted === undefined) return;
    if (isBodiless(this[kStatus])) {
      throw new TypeError(`Response constructor: Invalid response status code ${this[kStatus]}`);
    }
    this[kBody] = extracted.body;
    this[kContentType] = extracted.type;
    if (this[kHeaders] !== undefined) addContentType(this, this[kHeaders]);
  }

  static error(): LightResponse {
    const response = new LightResponse();
    response[kStatus] = 0;
    response[kIsError] = true;
    makeImmutable(response.headers);
    return response;
  }

  static json(data: unknown, init: unknown = undefined): LightResponse {
    requireArguments(arguments, 1, 'Response.json');
    const text = JSON.stringify(data) as string | undefined;
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const response = new LightResponse(null, init);
    if (isBodiless(response[kStatus])) {
      throw new TypeError(
        `Response constructor: Invalid response status code ${response[kStatus]}`,
      );
    }
    response[kBody] = extractBody(text).body;
    response[kContentType] = 'application/json';
    if (response[kHeaders] !== undefined) addContentType(response, response[kHeaders]);
    return response;
  }

  static redirect(url: unknown, status: unknown = 302): LightResponse {
    requireArguments(arguments, 1, 'Response.redirect');
    const target = `${url as string}`;
    const code = toUnsignedShort(status);
    const location = parseUrl(target).href;
    if (![301, 302, 303, 307, 308].includes(code)) {
      throw new RangeError(`Invalid status code ${code}`);
    }
    const response = new LightResponse(null, { status: code, headers: { location } });
    makeImmutable(response.headers);
    return response;
  }

  get type(): string {
    return requireResponse(this)[kIsError] ? 'error' : 'default';
  }

  get url(): string {
    requireResponse(this);
    return '';
  }

  get redirected(): boolean {
    requireResponse(this);
    return false;
  }

  get status(): number {
    return requireResponse(this)[kStatus];
  }

  get ok(): boolean {
    const status = requireResponse(this)[kStatus];
    return status >= 200 && status <= 299;
  }

  get statusText(): string {
    return requireResponse(this)[kStatusText];
  }

  get headers(): LightHeaders {
    const made = requireResponse(this)[kHeaders];
    if (made !== undefined) return made;
    const headers = new LightHeaders();
    this[kHeaders] = headers;
    addContentType(this, headers);
    return headers;
  }

  get body(): ReadableStream<Uint8Array> | null {
    return requireResponse(this)[kBody]?.stream ?? null;
  }

  get bodyUsed(): boolean {
    return requireResponse(this)[kBody]?.isUsed ?? false;
  }

  /**
   * The response itself. Facades as that of srvx, which h3 answers with, pass each member of this
   * prototype on to the response that they make, so they show that one.
   */
  get [kLight](): LightResponse {
    return this;
  }

  clone(): LightResponse {
    const body = requireResponse(this)[kBody];
    if (body?.isUnusable) throw new TypeError('Response.clone: Body has already been consumed.');
    const clone = new LightResponse();
    clone[kStatus] = this[kStatus];
    clone[kStatusText] = this[kStatusText];
    clone[kHeaders] = this[kHeaders] && cloneHeaders(this[kHeaders]);
    clone[kBody] = body === null ? null : body.tee();
    clone[kContentType] = this[kContentType];
    clone[kIsError] = this[kIsError];
    return clone;
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    if (!isLightResponse(this)) return consume.refuseOwner();
    return consume.consumeArrayBuffer(this[kBody]);
  }

  blob(): Promise<Blob> {
    if (!isLightResponse(this)) return consume.refuseOwner();
    return consume.consumeBlob(this[kBody], this);
  }

  bytes(): Promise<Uint8Array> {
    if (!isLightResponse(this)) return consume.refuseOwner();
    return consume.consumeBytes(this[kBody]);
  }

  formData(): Promise<FormData> {
    if (!isLightResponse(this)) return consume.refuseOwner();
    return consume.consumeForm(this[kBody], this);
  }

  json(): Promise<unknown> {
    if (!isLightResponse(this)) return consume.refuseOwner();
    return consume.consumeJson(this[kBody]);
  }

  text(): Promise<string> {
    if (!isLightResponse(this)) return consume.refuseOwner();
    return consume.consumeText(this[kBody]);
  }

  /** Of Node 26. */
  textStream(): ReadableStream<string> {
    return consume.openTextStream(requireResponse(this)[kBody]);
  }
}

defineInterface(LightResponse, 'Response', {
  length: 0,
  isInstance: isLightResponse,
  inspected: [
    'status',
    'statusText',
    'headers',
    'body',
    'bodyUsed',
    'ok',
    'redirected',
    'type',
    'url',
  ],
});

export function isLightResponse(value: unknown): value is LightResponse {
  return typeof value === 'object' && value !== null && kStatus in value;
}

/** The light response that a value is, or a facade of; undefined for others. */
export function lightResponseOf(value: unknown): LightResponse | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const light = (value as { [kLight]?: unknown })[kLight];
  return isLightResponse(light) ? light : undefined;
}

/** What sending needs of a light response, without making more of it. */
export function partsOf(response: LightResponse): {
  readonly headers: LightHeaders | undefined;
  readonly contentType: string | null;
  readonly body: LightBody | null;
} {
  return {
    headers: response[kHeaders],
    contentType: response[kContentType],
    body: response[kBody],
  };
}

function requireResponse(value: LightResponse): LightResponse {
  if (value[kStatus] === undefined) throw illegalInvocation();
  return value;
}

function addContentType(response: LightResponse, headers: LightHeaders): void {
  const type = response[kContentType];
  response[kContentType] = null;
  if (type !== null && !headers.has('content-type')) headers.append('content-type', type);
}
