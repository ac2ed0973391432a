import type { HttpResponse } from '../../http/response/response';
import { listFields } from './light/headers';
import { type LightResponse, partsOf } from './light/response';

/**
 * Sends a light response whose body is there, or that has none, without a stream. False, and nothing is
 * done, when its body takes its time.
 */
export function sendAtOnce(res: HttpResponse, response: LightResponse): boolean {
  const { body } = partsOf(response);
  const { status } = response;
  const isBodiless = status === 204 || status === 304 || res.req.method === 'HEAD';
  if (body === null) {
    writeHead(res, response, isBodiless ? undefined : 0);
    res.end();
    return true;
  }
  if (!body.isWhole || body.isUnusable) return false;
  const content = body.take() as string | Uint8Array;
  const rawHeaders = writeHead(res, response, isBodiless ? undefined : Buffer.byteLength(content));
  if (isBodiless) res.end();
  else if (typeof content !== 'string' || isAscii(response, rawHeaders)) res.end(content);
  else res.end(bytesOf(content));
  return true;
}

/**
 * @param length the bytes of the body; undefined when the function may name a length
 * @returns the headers that it wrote
 */
function writeHead(
  res: HttpResponse,
  response: LightResponse,
  length: number | undefined,
): readonly string[] {
  const { headers, contentType } = partsOf(response);
  const { status, statusText } = response;
  let rawHeaders: string[] = [];
  if (headers !== undefined) {
    listFields(headers, rawHeaders);
    rawHeaders = withoutFraming(rawHeaders, length !== undefined);
  }
  if (contentType !== null) rawHeaders.push('content-type', contentType);
  if (length !== undefined) rawHeaders.push('content-length', String(length));
  if (statusText === '') res.writeHead(status, rawHeaders);
  else res.writeHead(status, statusText, rawHeaders);
  return rawHeaders;
}

const BEYOND_ASCII = /[\x80-\xff]/;

/** Names are tokens (RFC 9110 §5.1), so only values can be beyond ASCII. */
function isAscii({ statusText }: LightResponse, rawHeaders: readonly string[]): boolean {
  for (let i = 1; i < rawHeaders.length; i += 2) {
    if (BEYOND_ASCII.test(rawHeaders[i] as string)) return false;
  }
  return statusText === '' || !BEYOND_ASCII.test(statusText);
}

/**
 * A chunk of a body as bytes. node:http puts text behind the head and writes both in UTF-8, where each
 * character of the head is to be one byte.
 */
export function bytesOf(chunk: string | Uint8Array): Uint8Array {
  return typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

function withoutFraming(rawHeaders: string[], isCounted: boolean): string[] {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (isFraming(name) || (isCounted && name === 'content-length')) {
      rawHeaders.splice(i, 2);
      i -= 2;
    }
  }
  return rawHeaders;
}

/** RFC 9112 §6: the sender frames the body, here node:http. */
export function isFraming(name: string): boolean {
  return name === 'transfer-encoding' || name === 'keep-alive';
}
