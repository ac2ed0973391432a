import { type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { HttpRequest } from '../request/request';
import type { HttpResponse } from './response';

/** Where a response keeps the headers that {@link sendFast} wrote. */
export const kSentHeaders = Symbol('sentHeaders');
/** Where a response keeps the Content-Type that `set` wrote. */
export const kSetContentType = Symbol('setContentType');
/** Where a response keeps the warning for late writes. */
export const kWarnLate = Symbol('warnLate');

/** The Content-Type of strings. */
export const HTML = 'text/html; charset=utf-8';
const BINARY = 'application/octet-stream';
/** The Content-Type of JSON. */
export const JSON_TYPE = 'application/json; charset=utf-8';

// What `res.set()` and `res.send()` of most functions need. headers.ts and bodies.ts are loaded on first
// use, which takes 2 ms. Names of headers are in lower case where they are only read: Node makes no copy.

/** Whether nothing was set, written or replaced, and the response has a body. */
export function canSendFast(res: HttpResponse): boolean {
  const status = res.statusCode;
  return (
    !res.headersSent &&
    res.getHeaderNames().length === 0 &&
    status >= 200 &&
    status !== 204 &&
    status !== 205 &&
    status !== 304 &&
    res.req.method !== 'HEAD' &&
    // Middleware such as compression replaces these on the instance and expects setHeader calls.
    res.writeHead === ServerResponse.prototype.writeHead &&
    res.end === ServerResponse.prototype.end &&
    res.setHeader === ServerResponse.prototype.setHeader &&
    // RFC 9110, 13.1.2: `If-None-Match: *` matches a response without validators, too.
    !isConditional(res.req)
  );
}

/**
 * Writes headers and body with one flat array in place of setHeader calls.
 * gain: send('hello world') costs 1.00 (Node 20) and 1.02 (Node 24) of a hand-written
 * writeHead + end in CPU per request; medians of three pairs.
 */
export function sendFast<T extends HttpResponse>(
  res: T,
  type: string,
  body: string | Uint8Array,
  length: number,
): T {
  const sent = ['Content-Type', type, 'Content-Length', String(length)];
  res.writeHead(res.statusCode, sent);
  res[kSentHeaders] = sent;
  res.end(body);
  return res;
}

/** Logs that a response comes too late, if its request has timed out. */
export function warnIfLate(res: HttpResponse): void {
  res[kWarnLate]?.();
}

/** Sends bytes, as {@link BINARY} if no type is set. */
export function sendBytes<T extends HttpResponse>(res: T, view: ArrayBufferView): T {
  const bytes = asBytes(view);
  if (canSendFast(res)) return sendFast(res, BINARY, bytes, bytes.length);
  if (!res.getHeader('content-type')) res.setHeader('Content-Type', BINARY);
  return sendBuffered(res, bytes);
}

function asBytes(view: ArrayBufferView): Uint8Array {
  return view instanceof Uint8Array
    ? view
    : Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

/** Sets one header; Content-Type gets the charset of its media type. */
export function setHeaderValue(res: HttpResponse, name: string, value: unknown): void {
  if (name.toLowerCase() !== 'content-type') {
    res.setHeader(name, Array.isArray(value) ? value.map(String) : String(value));
    return;
  }
  if (Array.isArray(value)) throw new TypeError('Content-Type cannot be set to an Array');
  const type = contentTypeOf(String(value));
  // The extension is unknown: let `send` choose a type.
  if (type === undefined) res.removeHeader(name);
  else res.setHeader(name, type);
  res[kSetContentType] = name === 'Content-Type' ? type : undefined;
}

/** Sets Content-Type for a string: HTML if unset, and in UTF-8. */
export function setTextType(res: HttpResponse, type: unknown): void {
  const textType = typeof type === 'string' ? inUtf8(type, res) : HTML;
  // Skips the write when set() has stored this value: −6 % of the instructions of `hello`.
  if (textType !== type || type !== res[kSetContentType]) res.setHeader('Content-Type', textType);
}

/** Sends a body with the headers that are set, as the status and the method allow. */
export function sendBuffered<T extends HttpResponse>(
  res: T,
  body: string | Uint8Array | undefined,
): T {
  let chunk = body;
  if (chunk !== undefined) {
    const length = typeof chunk === 'string' ? Buffer.byteLength(chunk) : bytesIn(chunk);
    if (!res.getHeader('transfer-encoding')) res.setHeader('Content-Length', String(length));
  }
  // Unconditional requests skip the check of validators: −2 %.
  if (isConditional(res.req) && res.req.fresh) res.statusCode = 304;
  if (res.statusCode === 204 || res.statusCode === 304) {
    res.removeHeader('Content-Type');
    res.removeHeader('Content-Length');
    res.removeHeader('Transfer-Encoding');
    chunk = '';
  } else if (res.statusCode === 205) {
    // RFC 9110 §15.3.6: a 205 has no content, and must say so.
    res.setHeader('Content-Length', '0');
    res.removeHeader('Transfer-Encoding');
    chunk = '';
  }
  if (res.req.method === 'HEAD') res.end();
  else if (typeof chunk === 'string') res.end(chunk, 'utf8');
  else res.end(chunk);
  return res;
}

/** The Content-Type of a media type, a file name or an extension, with the charset that it has. */
export function contentTypeOf(value: string): string | undefined {
  const type = value.includes('/') ? value : mimeTypes().mediaTypeOf(value);
  if (!type || type.includes('charset')) return type;
  const charset = charsetOf(essence(type));
  return charset === undefined ? type : `${type}; charset=${charset}`;
}

/** Types like these may have a charset; most have none. */
const RARE = /^application\/(?:.*\+(?:json|xml)|.*wbxml|javascript|news-.*|prs\.cyn)$/;

function charsetOf(mediaType: string): string | undefined {
  if (mediaType.startsWith('text/') || mediaType === 'application/json') return 'utf-8';
  return RARE.test(mediaType) ? mimeTypes().charsetOf(mediaType) : undefined;
}

/** The media type alone, in lower case. */
export function essence(type: string): string {
  return (type.split(';', 1)[0] as string).trim().split(/\s/, 1)[0]?.toLowerCase() ?? '';
}

function inUtf8(type: string, res: HttpResponse & { sortsParameters?: boolean }): string {
  if (type.endsWith('; charset=utf-8') && type.indexOf(';') === type.length - 15) return type;
  const { withCharset } =
    require('../headers/media-type') as typeof import('../headers/media-type');
  return withCharset(type, res.sortsParameters);
}

function mimeTypes(): typeof import('../files/mime-types') {
  return require('../files/mime-types') as typeof import('../files/mime-types');
}

/** Whether the client asks if its copy is current (RFC 9110 §13.1), so that 304 may answer. */
function isConditional({ rawHeaders }: HttpRequest): boolean {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    const mayBe = (name.charCodeAt(0) | 0x20) === 0x69;
    if (mayBe && /^if-(none-match|modified-since)$/i.test(name)) return true;
  }
  return false;
}

function bytesIn(chunk: unknown): number {
  if (chunk instanceof Uint8Array) return chunk.length;
  throw new TypeError(`A ${typeof chunk} cannot be sent. Send a string, bytes or JSON.`);
}

/** The value of a header in a flat list of names and values. */
export function sentHeader(flat: readonly string[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (let at = 0; at < flat.length; at += 2) {
    if (flat[at]?.toLowerCase() === wanted) return flat[at + 1];
  }
  return undefined;
}

/** The names in a flat list, in lower case as node:http gives them. */
export function sentNames(flat: readonly string[]): string[] {
  return flat.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
}

/** A flat list as the object that `getHeaders` returns. */
export function toHeaders(flat: readonly string[]): OutgoingHttpHeaders {
  const headers = Object.create(null) as OutgoingHttpHeaders;
  for (const name of sentNames(flat)) headers[name] = sentHeader(flat, name);
  return headers;
}
