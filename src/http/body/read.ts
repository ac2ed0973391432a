import type { JsonParser } from '../../core/json';
import { findHeader } from '../../core/raw-headers';
import type { HttpRequest } from '../request/request';
import { captureBody, replayBody } from '../request/stream';
import { decodeBody } from './decode';
import { type BodyFraming, tooLarge } from './framing';

/** Called once: with an error, or with null when `rawBody` is set. */
export type BodyDone = (error: Error | null) => void;

/** The longest body of HTTP/2 that gets its memory when an eighth of it is there. */
const MOST_AT_AN_EIGHTH = 4 * 1024 * 1024;

/** How a body is read. */
export interface BodyReader {
  /** The most bytes to hold, as received and after inflating. */
  readonly limit: number;
  /** Called with the size of each chunk but the last; an error ends the reading. @default no error */
  readonly checkChunk?: ((bytes: number) => Error | undefined) | undefined;
  /** Called with the whole body, before it is inflated; `done` is not called if false. @default true */
  readonly isWanted?: (() => boolean) | undefined;
  /** Called with the whole body in place of all else: nothing keeps it. @default it is `rawBody` */
  readonly take?: (body: Buffer) => void;
  readonly done: BodyDone;
}

/** Nothing is put back into the stream of a body that was taken, and nothing is left to read from it. */
const NOTHING = Buffer.alloc(0);

/**
 * Reads the body of a request into `rawBody`, and inflates it if it is compressed. The original bytes
 * can be read again from `req` as a stream, so that a function's own parsers work.
 *
 * When the client aborts the upload, `done` is not called; node:http frees the request.
 */
export function readBody(req: HttpRequest, framing: BodyFraming, reader: BodyReader): void {
  if (framing.length > reader.limit) reader.done(tooLarge(reader.limit));
  else if (framing.length === 0) finishBody(req, Buffer.alloc(0), framing, reader);
  else if (framing.length > 0) readSized(req, framing, reader);
  else readChunked(req, framing, reader);
}

/** Decodes `rawBody` by its Content-Type into `req.body`, Express-style. */
export function parseBody(req: HttpRequest, parse?: JsonParser): void {
  const { rawBody } = req;
  // Reading `req.headers` costs 1 µs: node builds them then.
  if (rawBody !== undefined)
    req.body = decodeBody(rawBody, findHeader(req.rawHeaders, 'content-type'), parse);
}

/**
 * With a Content-Length the body is complete at its last byte. The function is called then, before
 * the stream ends and closes (−1 µs).
 */
function readSized(req: HttpRequest, framing: BodyFraming, reader: BodyReader): void {
  const { length } = framing;
  const chunks: Buffer[] = [];
  let body: Buffer | undefined;
  let merged = 0;
  let received = 0;
  captureBody(req, (chunk) => {
    if (chunk.length === length) {
      finishBody(req, chunk, framing, reader);
      return;
    }
    body?.set(chunk, received);
    received += chunk.length;
    if (body === undefined) {
      merged = appendChunk(chunks, chunk, merged);
      if (received >= length * shareBeforeMemory(req, length)) body = joinChunks(chunks, length);
    }
    if (received === length) finishBody(req, body as Buffer, framing, reader);
    else {
      const error = reader.checkChunk?.(chunk.length);
      if (error !== undefined) stop(req, chunks, reader, error);
    }
  });
}

/**
 * Which part of an announced body has to be there before it gets its memory. Not nothing: a client may
 * announce a length and send nothing. Not all: chunks and body would take twice the memory.
 *
 * Streams of HTTP/2 advance together, and their chunks share the memory that a session reads into. The
 * allocator keeps what they free at their half. gain: 400 uploads of 1 MB at once on 8 connections peak at
 * 568 MB instead of 709, node:http2 alone at 581. Uploads of HTTP/1.1 would take more, not less, and of
 * large ones a few would take much that does not come.
 */
function shareBeforeMemory({ socket }: HttpRequest, length: number): number {
  const { isMultiplexed = false } = socket as { isMultiplexed?: boolean };
  return isMultiplexed && length <= MOST_AT_AN_EIGHTH ? 1 / 8 : 1 / 2;
}

/** Moves chunks into a Buffer of this length; the bytes after them are not initialized. */
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

function readChunked(req: HttpRequest, framing: BodyFraming, reader: BodyReader): void {
  const { limit, checkChunk } = reader;
  const chunks: Buffer[] = [];
  let merged = 0;
  let received = 0;
  captureBody(
    req,
    (chunk) => {
      received += chunk.length;
      merged = appendChunk(chunks, chunk, merged);
      const error = received > limit ? tooLarge(limit) : checkChunk?.(chunk.length);
      if (error !== undefined) stop(req, chunks, reader, error);
    },
    () => finishBody(req, joinChunks(chunks, received), framing, reader),
  );
}

function stop(req: HttpRequest, chunks: Buffer[], { done }: BodyReader, error: Error): void {
  chunks.length = 0;
  replayBody(req);
  done(error);
}

/**
 * Appends a chunk, and merges every 1024: a Buffer of one byte takes 400.
 * @param merged how many chunks at the beginning are merged; the new number is returned
 */
function appendChunk(chunks: Buffer[], chunk: Buffer, merged: number): number {
  if (chunks.push(chunk) < merged + 1024) return merged;
  chunks.push(Buffer.concat(chunks.splice(merged)));
  return merged + 1;
}

function finishBody(
  req: HttpRequest,
  received: Buffer,
  framing: BodyFraming,
  { limit, isWanted, take, done }: BodyReader,
): void {
  replayBody(req, take === undefined ? received : NOTHING);
  if (take !== undefined) {
    take(received);
    return;
  }
  req.rawBody = received;
  if (isWanted !== undefined && !isWanted()) return;
  if (framing.encoding === '') {
    done(null);
    return;
  }
  const { inflateBody } = require('./inflate') as typeof import('./inflate');
  inflateBody(received, framing.encoding, limit, req.res, (error, inflated) => {
    if (inflated !== undefined) req.rawBody = inflated;
    done(error);
  });
}
