import { HttpError } from '../../core/errors';
import { isHeader } from '../../core/raw-headers';
import type { HttpRequest } from '../request/request';

/** The headers that frame and describe a body (RFC 9112 §6, RFC 9110 §8). */
export interface BodyFraming {
  /** `Content-Length`; -1 when the body is chunked. */
  length: number;
  /** `Content-Encoding`, `''` when absent. */
  encoding: string;
}

/**
 * The headers that frame the body of a request; undefined without a body (RFC 9112 §6.3).
 *
 * Read from the raw list: `req.headers` would make Node build an object of all headers, which costs a
 * request without a body about 1 µs.
 */
export function readBodyFraming(req: HttpRequest): BodyFraming | undefined {
  const { rawHeaders } = req;
  let length = NaN;
  let encoding = '';
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    // Content-Length, Content-Encoding and Transfer-Encoding have 14, 16 and 17 letters.
    if (name.length === 14) {
      if (isHeader(name, 'content-length')) length = Number(rawHeaders[i + 1]);
    } else if (name.length === 16) {
      if (isHeader(name, 'content-encoding'))
        encoding = join(encoding, rawHeaders[i + 1] as string);
    } else if (name.length === 17) {
      if (isHeader(name, 'transfer-encoding')) length = -1;
    }
  }
  return Number.isNaN(length) ? undefined : { length, encoding };
}

/** RFC 9110 §5.3: repeated headers are one list. */
function join(list: string, value: string): string {
  return list === '' ? value : `${list}, ${value}`;
}

/** The error for a body with more than `limit` bytes. */
export function tooLarge(limit: number): HttpError {
  return new HttpError(
    413,
    'BODY_TOO_LARGE',
    `The request body is larger than ${limit} bytes. Send less, or raise --body-limit.`,
  );
}
