import type { LightBody } from './body';
import * as consume from './consume';
import { cloneHeaders, type LightHeaders, makeHeaders } from './headers';
import { defineInterface, illegalInvocation, requireArguments } from './interface';
import { requestBody } from './request-body';
import {
  type RequestMembers,
  readMembers,
  readMethod,
  readSettings,
  readUrl,
} from './request-init';
import { ATTRIBUTES, headersOf, type RequestParts, requestParts, signalOf } from './request-parts';
import {
  DEFAULTS,
  kBody,
  kHeaders,
  kMethod,
  kSettings,
  kSignal,
  kSignalSource,
  kUrl,
  type RequestSettings,
} from './request-state';
import { readSignal, type SignalSource } from './signal';

const NO_MEMBERS: RequestMembers = {};

/** `Request` of the Fetch standard, which does not load Node's own and makes its parts when they are read. */
export class LightRequest {
  declare [kMethod]: string;
  declare [kUrl]: string;
  /** Node's list until somebody reads the headers. */
  declare [kHeaders]: LightHeaders | readonly string[];
  declare [kBody]: LightBody | null;
  declare [kSettings]: RequestSettings;
  declare [kSignal]: AbortSignal | undefined;
  declare [kSignalSource]: SignalSource | undefined;

  constructor(input: unknown, init?: unknown) {
    requireArguments(arguments, 1, 'Request constructor');
    const from = isLightRequest(input) ? input : undefined;
    const members = readMembers(init);
    const { method, signal, headers } = members ?? NO_MEMBERS;
    const settings = from === undefined ? DEFAULTS : from[kSettings];
    this[kUrl] = from?.[kUrl] ?? readUrl(input);
    this[kSettings] = members === undefined ? settings : readSettings(members, settings);
    this[kMethod] = method === undefined ? (from?.[kMethod] ?? 'GET') : readMethod(method);
    if (this[kSettings].mode === 'no-cors' && !/^(?:GET|HEAD|POST)$/.test(this[kMethod])) {
      throw new TypeError(`'${this[kMethod]} is unsupported in no-cors mode.`);
    }
    this[kSignal] = undefined;
    this[kSignalSource] = signal === undefined ? from && signalOf(from) : readSignal(signal);
    this[kHeaders] =
      headers === undefined && from !== undefined
        ? cloneHeaders(headersOf(from))
        : makeHeaders(headers);
    const owner = {
      method: this[kMethod],
      headers: this[kHeaders],
      settings: this[kSettings],
    };
    this[kBody] = requestBody(owner, members ?? NO_MEMBERS, from?.[kBody] ?? null);
  }

  get method(): string {
    return requireRequest(this)[kMethod];
  }

  get url(): string {
    return requireRequest(this)[kUrl];
  }

  get headers(): LightHeaders {
    return headersOf(requireRequest(this));
  }

  get body(): ReadableStream<Uint8Array> | null {
    return requireRequest(this)[kBody]?.stream ?? null;
  }

  get bodyUsed(): boolean {
    return requireRequest(this)[kBody]?.isUsed ?? false;
  }

  get signal(): AbortSignal {
    return signalOf(requireRequest(this));
  }

  get cache(): string {
    return requireRequest(this)[kSettings].cache;
  }

  get credentials(): string {
    return requireRequest(this)[kSettings].credentials;
  }

  get destination(): string {
    requireRequest(this);
    return '';
  }

  get duplex(): string {
    requireRequest(this);
    return 'half';
  }

  get integrity(): string {
    return requireRequest(this)[kSettings].integrity;
  }

  get isHistoryNavigation(): boolean {
    requireRequest(this);
    return false;
  }

  get isReloadNavigation(): boolean {
    requireRequest(this);
    return false;
  }

  get keepalive(): boolean {
    return requireRequest(this)[kSettings].keepalive;
  }

  get mode(): string {
    return requireRequest(this)[kSettings].mode;
  }

  get redirect(): string {
    return requireRequest(this)[kSettings].redirect;
  }

  get referrer(): string {
    return requireRequest(this)[kSettings].referrer;
  }

  get referrerPolicy(): string {
    return requireRequest(this)[kSettings].referrerPolicy;
  }

  clone(): LightRequest {
    const body = requireRequest(this)[kBody];
    consume.requireUsable(body);
    const parts = {
      ...requestParts(this),
      headers: cloneHeaders(headersOf(this)),
      source: signalOf(this),
      body: body === null ? null : body.tee(),
    };
    return new InternalRequest(parts, this[kSettings]);
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    if (!isLightRequest(this)) return consume.refuseOwner();
    return consume.consumeArrayBuffer(this[kBody]);
  }

  blob(): Promise<Blob> {
    if (!isLightRequest(this)) return consume.refuseOwner();
    return consume.consumeBlob(this[kBody], this);
  }

  bytes(): Promise<Uint8Array> {
    if (!isLightRequest(this)) return consume.refuseOwner();
    return consume.consumeBytes(this[kBody]);
  }

  formData(): Promise<FormData> {
    if (!isLightRequest(this)) return consume.refuseOwner();
    return consume.consumeForm(this[kBody], this);
  }

  json(): Promise<unknown> {
    if (!isLightRequest(this)) return consume.refuseOwner();
    return consume.consumeJson(this[kBody]);
  }

  text(): Promise<string> {
    if (!isLightRequest(this)) return consume.refuseOwner();
    return consume.consumeText(this[kBody]);
  }

  /** Of Node 26. */
  textStream(): ReadableStream<string> {
    return consume.openTextStream(requireRequest(this)[kBody]);
  }
}

/** Makes a request of parts. The same class to programs. */
const InternalRequest = function (this: LightRequest, parts: RequestParts, settings = DEFAULTS) {
  this[kMethod] = parts.method;
  this[kUrl] = parts.url;
  this[kHeaders] = parts.headers;
  this[kBody] = parts.body;
  this[kSettings] = settings;
  this[kSignal] = undefined;
  this[kSignalSource] = parts.source;
} as unknown as new (
  parts: RequestParts,
  settings?: RequestSettings,
) => LightRequest;
InternalRequest.prototype = LightRequest.prototype;

defineInterface(LightRequest, 'Request', {
  length: 1,
  isInstance: isLightRequest,
  inspected: ATTRIBUTES,
});

/** The request that a function gets. */
export function receivedRequest(parts: RequestParts): LightRequest {
  return new InternalRequest(parts);
}

export function isLightRequest(value: unknown): value is LightRequest {
  return typeof value === 'object' && value !== null && kUrl in value;
}

function requireRequest(value: LightRequest): LightRequest {
  if (value[kUrl] === undefined) throw illegalInvocation();
  return value;
}
