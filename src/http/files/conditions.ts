import type { HttpResponse } from '../response/response';
import type { SendFileOptions } from './send-file';

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** True when If-Match or If-Unmodified-Since forbids the answer. RFC 9110 §13.2.2 */
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

/** Cache-Control for a file: at most a year. */
export function cacheControl(options: SendFileOptions): string {
  const { maxAge = 0 } = options;
  const wanted = typeof maxAge === 'string' ? parseDuration(maxAge) : Number(maxAge);
  const age = Number.isNaN(wanted) ? 0 : Math.min(Math.max(0, wanted), YEAR);
  return `public, max-age=${Math.floor(age / 1000)}${options.immutable ? ', immutable' : ''}`;
}

/** Milliseconds in a text such as "1 day", "2h" or "5000". */
function parseDuration(text: string): number {
  const parts = /^(-?\d{0,15}(?:\.\d{1,15})?) {0,9}([a-z]{0,12})$/i.exec(text);
  if (!parts?.[1]) return Number.NaN;
  return Number(parts[1]) * unitOf((parts[2] as string).toLowerCase());
}

function unitOf(unit: string): number {
  if (/^(?:|ms|msecs?|milliseconds?)$/.test(unit)) return 1;
  if (/^(?:s|secs?|seconds?)$/.test(unit)) return 1000;
  if (/^(?:m|mins?|minutes?)$/.test(unit)) return 60_000;
  if (/^(?:h|hrs?|hours?)$/.test(unit)) return 3_600_000;
  if (/^(?:d|days?)$/.test(unit)) return 86_400_000;
  if (/^(?:w|weeks?)$/.test(unit)) return 7 * 86_400_000;
  if (/^(?:mo|months?)$/.test(unit)) return YEAR / 12;
  if (/^(?:y|yrs?|years?)$/.test(unit)) return 365.25 * 86_400_000;
  return Number.NaN;
}
