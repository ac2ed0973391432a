import { HttpError } from '../../core/errors';
import { findHeader, isHeader } from '../../core/raw-headers';
import type { HttpRequest } from '../request/request';
import { captureBody, replayBody } from '../request/stream';
import { decodeBody } from './decode';

/** Called once: with an error when the body was refused, without one when `rawBody` is there. */
export type BodyDone = (error: Error | null) => void;

/** Who reads a body. */
export interface BodyReader {
  /** The most bytes to hold, as received and after inflating. */
  readonly limit: number;
  /** Asked with the size of each part of a body but the last; an error ends the reading. @default no error */
  readonly refuseMore?: ((bytes: number) => Error | undefined) | undefined;
  /** Asked when the body is here, before it is inflated; without a yes, `done` is not called. @default yes */
  readonly isWanted?: (() => boolean) | undefined;
  readonly done: BodyDone;
}

/** The fields that frame and describe a body (RFC 9112 §6, RFC 9110 §8). */
export interface BodyFraming {
  /** `Content-Length`; -1 when the body is chunked. */
  length: number;
  /** `Content-Encoding`, `''` when absent. */
  encoding: string;
}

/**
 * Reads the body of a request into `rawBody`, inflated where it was compressed. The bytes as they
 * came can be read from `req` again as a stream, so that parsers of the function's own still work.
 *
 * An upload that the client breaks off never ends: `done` is not called, node:http frees it.
 */
export function readBody(req: HttpRequest, fields: BodyFraming, reader: BodyReader): void {
  if (fields.length > reader.limit) reader.done(tooLarge(reader.limit));
  else if (fields.length === 0) finishBody(req, Buffer.alloc(0), fields, reader);
  else if (fields.length > 0) readSized(req, fields, reader);
  else readChunked(req, fields, reader);
}

/** Decodes `rawBody` by its Content-Type into `req.body`, Express-style. */
export function parseBody(req: HttpRequest): void {
  const { rawBody } = req;
  // Reading `req.headers` costs 1 µs: node builds them then.
  if (rawBody !== undefined)
    req.body = decodeBody(rawBody, findHeader(req.rawHeaders, 'content-type'));
}

/**
 * The fields that frame the body of a request; undefined when it has none (RFC 9112 §6.3).
 *
 * They are found in the raw list: reading `req.headers` makes node build an object of all fields,
 * which costs a request without a body about 1 µs.
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

/** RFC 9110 §5.3: repeated fields are one list. */
function join(list: string, value: string): string {
  return list === '' ? value : `${list}, ${value}`;
}

/**
 * With a Content-Length the body is complete at its last byte: the function is called then, without
 * waiting for the stream to end and close (−1 µs).
 */
function readSized(req: HttpRequest, fields: BodyFraming, reader: BodyReader): void {
  const { length } = fields;
  const chunks: Buffer[] = [];
  let body: Buffer | undefined;
  let merged = 0;
  let received = 0;
  captureBody(req, (chunk) => {
    if (chunk.length === length) {
      finishBody(req, chunk, fields, reader);
      return;
    }
    body?.set(chunk, received);
    received += chunk.length;
    if (body === undefined) {
      merged = appendChunk(chunks, chunk, merged);
      // Not before: a client may say a length and send nothing. Not later: at the end the parts would take
      // as much memory as the whole.
      if (2 * received >= length) body = joinChunks(chunks, length);
    }
    if (received === length) finishBody(req, body as Buffer, fields, reader);
    else {
      const refusal = reader.refuseMore?.(chunk.length);
      if (refusal !== undefined) stop(req, chunks, reader, refusal);
    }
  });
}

/** Moves chunks into a Buffer of this length; what lies behind them is not set. */
function joinChunks(chunks: Buffer[], length: number): Buffer {
  const joined = Buffer.allocUnsafe(length);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  chunks.length = 0;
  return joined;
}

function readChunked(req: HttpRequest, fields: BodyFraming, reader: BodyReader): void {
  const { limit, refuseMore } = reader;
  const chunks: Buffer[] = [];
  let merged = 0;
  let received = 0;
  captureBody(
    req,
    (chunk) => {
      received += chunk.length;
      merged = appendChunk(chunks, chunk, merged);
      const refusal = received > limit ? tooLarge(limit) : refuseMore?.(chunk.length);
      if (refusal !== undefined) stop(req, chunks, reader, refusal);
    },
    () => finishBody(req, joinChunks(chunks, received), fields, reader),
  );
}

function stop(req: HttpRequest, chunks: Buffer[], { done }: BodyReader, refusal: Error): void {
  chunks.length = 0;
  replayBody(req);
  done(refusal);
}

/**
 * Keeps a chunk, however small: a Buffer of one byte takes 400, so that many are put together.
 * @param merged how many at the beginning of `chunks` are that already; the new number is returned
 */
function appendChunk(chunks: Buffer[], chunk: Buffer, merged: number): number {
  if (chunks.push(chunk) < merged + 1024) return merged;
  chunks.push(Buffer.concat(chunks.splice(merged)));
  return merged + 1;
}

function finishBody(
  req: HttpRequest,
  received: Buffer,
  fields: BodyFraming,
  { limit, isWanted, done }: BodyReader,
): void {
  replayBody(req, received);
  req.rawBody = received;
  if (isWanted !== undefined && !isWanted()) return;
  if (fields.encoding === '') {
    done(null);
    return;
  }
  const { inflateBody } = require('./inflate') as typeof import('./inflate');
  inflateBody(received, fields.encoding, limit, req.res, (error, inflated) => {
    if (inflated !== undefined) req.rawBody = inflated;
    done(error);
  });
}

/** The refusal of a body with more than `limit` bytes. */
export function tooLarge(limit: number): HttpError {
  return new HttpError(
    413,
    'BODY_TOO_LARGE',
    `The request body is larger than ${limit} bytes. Send less, or raise --body-limit.`,
  );
}
