import type { HttpResponse } from './response';

/** First and last byte of a part, both inclusive. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The one part of `size` bytes that the request asks for. Undefined, so that the whole is sent,
 * when there is no Range, it cannot be read, is stale by If-Range, or names several parts.
 */
export function byteRange(
  res: HttpResponse,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const { range } = res.req.headers;
  if (range === undefined || !/^ *bytes=/.test(range) || !isCurrent(res)) return undefined;
  const ranges: ByteRange[] = [];
  for (const part of range.slice(range.indexOf('=') + 1).split(',')) {
    const parsed = parsePart(part, size);
    if (!parsed) return undefined;
    if (parsed.start >= 0 && parsed.start <= parsed.end) ranges.push(parsed);
  }
  if (ranges.length === 0) return 'unsatisfiable';
  const merged = merge(ranges);
  return merged.length === 1 ? merged[0] : undefined;
}

// RFC 9110 §14.1.2: first-last, first- or -suffix.
function parsePart(part: string, size: number): ByteRange | undefined {
  const dash = part.indexOf('-');
  const first = part.slice(0, Math.max(dash, 0)).trim();
  const last = part.slice(dash + 1).trim();
  if (dash === -1 || !/^\d*$/.test(first) || !/^\d*$/.test(last)) return undefined;
  if (first === '') return last === '' ? undefined : { start: size - Number(last), end: size - 1 };
  return { start: Number(first), end: Math.min(last === '' ? size : Number(last), size - 1) };
}

/** Joins ranges that overlap or touch. */
function merge(ranges: ByteRange[]): ByteRange[] {
  const merged: ByteRange[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start)) {
    const before = merged.at(-1);
    if (before && range.start <= before.end + 1) before.end = Math.max(before.end, range.end);
    else merged.push(range);
  }
  return merged;
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
