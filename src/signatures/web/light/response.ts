import type { LightBody } from './body';
import { extractBody } from './body-init';
import * as consume from './consume';
import { byteString } from './header-values';
import {
  cloneHeaders,
  convertHeaders,
  type HeadersInput,
  LightHeaders,
  makeImmutable,
} from './headers';
import { defineInterface, requireArguments } from './interface';
import { readInit } from './request-init';

const kStatus = Symbol('status');
const kStatusText = Symbol('statusText');
const kHeaders = Symbol('headers');
const kBody = Symbol('body');
const kContentType = Symbol('contentType');
const kIsError = Symbol('isError');

/** Statuses whose responses have no body (Fetch §2.2.3). */
const isBodiless = (status: number): boolean =>
  status === 204 || status === 304 || status === 205 || status === 101;

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
    if (converted !== undefined) applyInit(this, converted);
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

  static json(data: unknown, init?: unknown): LightResponse {
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
    let location: string;
    try {
      location = new URL(target).href;
    } catch (cause) {
      throw new TypeError(`Failed to parse URL from ${target}`, { cause });
    }
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

  async arrayBuffer(): Promise<ArrayBuffer> {
    return consume.consumeArrayBuffer(requireResponse(this)[kBody]);
  }

  async blob(): Promise<Blob> {
    return consume.consumeBlob(requireResponse(this)[kBody], this);
  }

  async bytes(): Promise<Uint8Array> {
    return consume.consumeBytes(requireResponse(this)[kBody]);
  }

  async formData(): Promise<FormData> {
    return consume.consumeForm(requireResponse(this)[kBody], this);
  }

  async json(): Promise<unknown> {
    return consume.consumeJson(requireResponse(this)[kBody]);
  }

  async text(): Promise<string> {
    return consume.consumeText(requireResponse(this)[kBody]);
  }
}

defineInterface(LightResponse, 'Response', {
  length: 0,
  isInstance: isLightResponse,
});

export function isLightResponse(value: unknown): value is LightResponse {
  return typeof value === 'object' && value !== null && kStatus in value;
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
  if (value[kStatus] === undefined) throw new TypeError('Illegal invocation');
  return value;
}

/** A `ResponseInit`, converted (Web IDL) but not checked. */
interface ConvertedInit {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeadersInput;
}

function convertInit(init: unknown): ConvertedInit {
  const { status, statusText, headers } = readInit(init, 'Response constructor');
  return {
    status: status === undefined ? 200 : toUnsignedShort(status),
    statusText: statusText === undefined ? '' : byteString(statusText),
    headers: convertHeaders(headers),
  };
}

/** @throws RangeError, TypeError for a status or a text that no response has */
function applyInit(response: LightResponse, { status, statusText, headers }: ConvertedInit): void {
  if (status < 200 || status > 599) {
    throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
  }
  // RFC 9110 §15: reason-phrase.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(statusText)) throw new TypeError('Invalid statusText');
  response[kStatus] = status;
  response[kStatusText] = statusText;
  if (headers !== undefined) response[kHeaders] = new LightHeaders(headers);
}

function addContentType(response: LightResponse, headers: LightHeaders): void {
  const type = response[kContentType];
  response[kContentType] = null;
  if (type !== null && !headers.has('content-type')) headers.append('content-type', type);
}

/** Web IDL §3.2.4.3: unsigned short. */
function toUnsignedShort(value: unknown): number {
  const number = Math.trunc(Number(value));
  return Number.isFinite(number) ? ((number % 65536) + 65536) % 65536 : 0;
}
