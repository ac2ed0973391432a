import type { Range } from '../headers/range';
import type { HttpResponse } from '../response/response';

/** True when If-Match or If-Unmodified-Since forbids the response. RFC 9110 §13.2.2 */
export function isPreconditionFailed(res: HttpResponse): boolean {
  const { headers } = res.req;
  const match = headers['if-match'];
  if (match) {
    const etag = res.getHeader('ETag');
    if (!etag) return true;
    const tags = match.split(',').map((tag: string) => tag.trim().replace(/^W\//, ''));
    return match !== '*' && !tags.includes(String(etag).replace(/^W\//, ''));
  }
  const since = Date.parse(headers['if-unmodified-since'] ?? '');
  if (Number.isNaN(since)) return false;
  const modified = Date.parse(String(res.getHeader('Last-Modified')));
  return Number.isNaN(modified) || modified > since;
}

/**
 * The one part of `size` bytes that the request asks for. Undefined, so that the whole is sent,
 * when Range is absent or malformed, is stale by If-Range, or names several parts.
 */
export function byteRange(res: HttpResponse, size: number): Range | 'unsatisfiable' | undefined {
  const { range } = res.req.headers;
  if (range === undefined || !/^ *bytes=/.test(range) || !isCurrent(res)) return undefined;
  // A method of the request: versions of Express differ in what is malformed.
  const ranges = res.req.range(size, { combine: true });
  if (ranges === -1) return 'unsatisfiable';
  return typeof ranges === 'object' && ranges.length === 1 ? ranges[0] : undefined;
}

// RFC 9110 §13.1.5
function isCurrent(res: HttpResponse): boolean {
  const condition = res.req.headers['if-range'];
  if (typeof condition !== 'string' || condition === '') return true;
  if (condition.includes('"')) {
    const etag = res.getHeader('ETag');
    return Boolean(etag) && condition.includes(String(etag));
  }
  return Date.parse(String(res.getHeader('Last-Modified'))) <= Date.parse(condition);
}
