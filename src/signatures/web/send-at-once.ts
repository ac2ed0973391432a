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
  writeHead(res, response, isBodiless ? undefined : Buffer.byteLength(content));
  res.end(isBodiless ? '' : content);
  return true;
}

/** @param length the bytes of the body; undefined when the function may name a length */
function writeHead(res: HttpResponse, response: LightResponse, length: number | undefined): void {
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
