import { isFresh } from '../headers/conditional';
import { matchMediaType } from '../headers/media-type';
import { parseRange, type Ranges } from '../headers/range';
import type { HttpRequest } from './request';

/** The first of `types` that the body's media type matches; false if none, null without a body. */
export function bodyType(req: HttpRequest, types: readonly string[]): string | false | null {
  const { headers } = req;
  const hasBody =
    headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
  if (!hasBody) return null;
  return headers['content-type'] === undefined
    ? false
    : matchMediaType(headers['content-type'], types);
}

/** The ranges of `Range`. */
export function range(
  size: number,
  header: string,
  options: { combine?: boolean } | undefined,
): Ranges | -1 | -2 {
  return parseRange(size, header, options?.combine === true);
}

/** Whether a conditional request of a safe method may be answered with 304 (RFC 9110 §13.2.2). */
export function isFreshResponse(req: HttpRequest): boolean {
  const { method, headers, res } = req;
  const status = res.statusCode;
  if (method !== 'GET' && method !== 'HEAD' && method !== 'QUERY') return false;
  if ((status < 200 || status >= 300) && status !== 304) return false;
  return isFresh(
    {
      ifNoneMatch: headers['if-none-match'],
      ifModifiedSince: headers['if-modified-since'],
      cacheControl: headers['cache-control'],
    },
    {
      etag: res.get('ETag') as string | undefined,
      lastModified: res.get('Last-Modified') as string | undefined,
    },
  );
}
