import { constants } from 'node:buffer';
import { HttpError } from '../../core/errors';
import { type EndTurn, type TurnOwner, takeTurn } from './inflate-turns';

/** Called with the inflated body, or with an error. */
type InflateCallback = (error: HttpError | null, inflated?: Buffer) => void;

/** What a body may inflate to at once. A larger one waits for its turn. */
const SMALL = 65536;

/**
 * Undoes a Content-Encoding (RFC 9110 §8.4): gzip, deflate (the zlib format), br or identity, in any
 * case. Works off the main thread, chunk by chunk, and stops as soon as more than `limit` bytes came
 * out. May call back before it returns.
 *
 * 51 bytes of br can inflate to 32 MiB: a body that inflates to more than 64 KiB waits for its turn. It is
 * inflated again then, so that waiting takes no memory.
 *
 * @param limit most bytes to inflate to
 * @param owner holds the result in memory until it closes; a turn that comes later is not taken, and
 *   the callback not called
 * @param done gets HttpError 415 for another encoding, 400 for corrupt or truncated data, 413 over the limit
 */
export function inflateBody(
  body: Buffer,
  encoding: string,
  limit: number,
  owner: TurnOwner,
  done: InflateCallback,
): void {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity') {
    done(null, body);
    return;
  }
  const inflate = findInflate(name);
  if (inflate === undefined) {
    done(unsupportedEncoding(name));
    return;
  }
  const finish: Inflated = (error, inflated) => {
    if (error === null && inflated.length <= limit) done(null, inflated);
    else if (error === null || isTooLarge(error)) done(describeTooLarge(limit));
    else done(describeCorrupt(name, error));
  };
  // zlib throws for 0, and for more than a Buffer can hold.
  const most = Math.min(Math.max(limit, 1), constants.MAX_LENGTH);
  inflate(body, { maxOutputLength: Math.min(most, SMALL) }, (error, inflated) => {
    if (error === null || !isTooLarge(error) || most <= SMALL) finish(error, inflated);
    else takeTurn(owner, most, (end) => inflateLarge(inflate, body, most, end, finish));
  });
}

function inflateLarge(
  inflate: Inflate,
  body: Buffer,
  maxOutputLength: number,
  end: EndTurn,
  finish: Inflated,
): void {
  // Four times zlib's own size of a chunk: half the time for a large body.
  inflate(body, { maxOutputLength, chunkSize: 65536 }, (error, inflated) => {
    end(error === null ? inflated.length : 0);
    finish(error, inflated);
  });
}

type Inflated = (error: Error | null, inflated: Buffer) => void;

type Inflate = (
  body: Buffer,
  options: { maxOutputLength: number; chunkSize?: number },
  done: Inflated,
) => void;

function findInflate(name: string): Inflate | undefined {
  const zlib = require('node:zlib') as typeof import('node:zlib');
  switch (name) {
    case 'gzip':
      return zlib.gunzip;
    case 'deflate':
      return zlib.inflate;
    case 'br':
      return zlib.brotliDecompress;
    default:
      return undefined;
  }
}

function unsupportedEncoding(name: string): HttpError {
  return new HttpError(
    415,
    'UNSUPPORTED_CONTENT_ENCODING',
    `unsupported content encoding "${name.slice(0, 40)}". Send the body as gzip, deflate, br or identity.`,
  );
}

function describeTooLarge(limit: number): HttpError {
  return new HttpError(
    413,
    'BODY_TOO_LARGE',
    `The request body inflates to more than ${limit} bytes. Send less, or raise --body-limit.`,
  );
}

function describeCorrupt(name: string, cause: Error): HttpError {
  return new HttpError(
    400,
    'INVALID_CONTENT_ENCODING',
    `The request body is not valid ${name} data (${cause.message}). Send it whole and unchanged.`,
    { cause },
  );
}

function isTooLarge(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ERR_BUFFER_TOO_LARGE';
}
