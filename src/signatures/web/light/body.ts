import { Readable } from 'node:stream';
import { readStream, streamOf, streamOfChunks } from './body-stream';
import type { BlobLike } from './look-alikes';
import { UNDICI_MAJOR } from './undici-version';

/** A body that comes from a connection. */
export interface IncomingSource {
  /** All bytes, without a stream, converted. Called at most once, and not after `openStream`. */
  read<Result>(convert: (bytes: Uint8Array) => Result): Promise<Result>;
  openStream(): ReadableStream<Uint8Array>;
}

export type BodySource = string | Uint8Array | BlobLike | IncomingSource;

/** The bodies of the streams that were made for them. */
const bodies = new WeakMap<ReadableStream, LightBody>();

/** The body of a request or response. There is no stream before somebody asks for it. */
export class LightBody {
  /** Undefined where there is nothing but a stream. */
  readonly source: BodySource | undefined;
  #stream: ReadableStream<Uint8Array> | undefined;
  /** Whether the source was read without a stream. */
  #isTaken = false;

  constructor(source: BodySource | undefined, stream?: ReadableStream<Uint8Array>) {
    this.source = source;
    this.#stream = stream;
  }

  /** A body of a stream; one that was made for a body has the source of that one. */
  static ofStream(stream: ReadableStream<Uint8Array>): LightBody {
    const source = bodies.get(stream)?.source;
    return new LightBody(isIncoming(source) ? undefined : source, stream);
  }

  get stream(): ReadableStream<Uint8Array> {
    if (this.#stream === undefined) {
      this.#stream = openStream(this.source as BodySource);
      bodies.set(this.#stream, this);
      if (this.#isTaken) spend(this.#stream);
    }
    return this.#stream;
  }

  get isUsed(): boolean {
    return this.#isTaken || (this.#stream !== undefined && isDisturbed(this.#stream));
  }

  /** Whether the body cannot be read any more (Fetch §5.2: unusable). */
  get isUnusable(): boolean {
    return this.isUsed || this.#stream?.locked === true;
  }

  /** Whether the body is there, and is sent without a stream. */
  get isWhole(): boolean {
    const { source } = this;
    return typeof source === 'string' || source instanceof Uint8Array;
  }

  /** Whether the body can be sent again: text, bytes or a Blob. */
  get isRepeatable(): boolean {
    return this.source !== undefined && !isIncoming(this.source);
  }

  /** Whether the source is a Blob of a library. */
  get isLookAlike(): boolean {
    const { source } = this;
    return typeof source === 'object' && 'size' in source && !(source instanceof Blob);
  }

  /** Takes the source; only for a body that is usable. */
  take(): BodySource {
    this.#isTaken = true;
    if (this.#stream !== undefined) spend(this.#stream);
    return this.source as BodySource;
  }

  /**
   * All bytes, or the text that they are, converted. Only for a body that is usable. Few promises: with
   * AsyncLocalStorage in use, each costs 0.5 µs on Node 20.
   */
  read<Result>(convert: (content: string | Uint8Array) => Result): Promise<Result> {
    const { source } = this;
    if (source === undefined || (isIncoming(source) && this.#stream !== undefined)) {
      return readStream(this.stream).then(convert);
    }
    this.take();
    if (typeof source === 'string' || source instanceof Uint8Array) {
      return Promise.resolve(convert(source));
    }
    if (isIncoming(source)) return source.read(convert);
    if (!(source instanceof Blob)) return readStream(openStream(source)).then(convert);
    return source.arrayBuffer().then((buffer) => convert(new Uint8Array(buffer)));
  }

  /** A second body with the same bytes. Only for a body that is usable. */
  tee(): LightBody {
    const { source } = this;
    // What is whole, or a Blob, cannot change.
    if (source !== undefined && !isIncoming(source) && this.#stream === undefined) {
      return new LightBody(source);
    }
    const [first, second] = teeForClone(this.stream) as [ReadableStream, ReadableStream];
    this.#stream = first;
    if (source !== undefined && !isIncoming(source)) bodies.set(first, this);
    return new LightBody(isIncoming(source) ? undefined : source, second);
  }

  /** A body with all that this one had, which is used then (Fetch §5.4: the body of another request). */
  move(): LightBody {
    if (this.#stream === undefined || this.isRepeatable) return new LightBody(this.take());
    const moved = this.#stream.pipeThrough(new TransformStream<Uint8Array, Uint8Array>());
    return new LightBody(undefined, moved);
  }
}

/** What a stream was made of, if it was not read and is there. The stream is used then. */
export function takeWhole(stream: ReadableStream): string | Uint8Array | undefined {
  const body = bodies.get(stream);
  if (body === undefined || !body.isWhole || body.isUnusable) return undefined;
  return body.take() as string | Uint8Array;
}

/** How many bytes a stream has, if it is that of a Blob. */
export function lengthOf(stream: ReadableStream): number | undefined {
  const source = bodies.get(stream)?.source;
  return typeof source === 'object' && 'size' in source ? source.size : undefined;
}

function isIncoming(source: BodySource | undefined): source is IncomingSource {
  return typeof source === 'object' && 'openStream' in source;
}

function openStream(source: BodySource): ReadableStream<Uint8Array> {
  if (isIncoming(source)) return source.openStream();
  if (typeof source === 'string' || source instanceof Uint8Array) return streamOf(source);
  const stream = source.stream();
  return stream instanceof ReadableStream ? stream : streamOfChunks(stream);
}

/** Node 26 lets no branch see what a program does to a chunk of the other (Streams §4.9.1: cloneForBranch2). */
function teeForClone(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array>[] {
  if (UNDICI_MAJOR < 8) return stream.tee();
  const { ReadableStreamTee } = require('node:stream/web') as {
    ReadableStreamTee?: (from: typeof stream, clones: boolean) => (typeof stream)[];
  };
  return ReadableStreamTee?.(stream, true) ?? stream.tee();
}

/** Whether a stream was read from, or cancelled. */
function isDisturbed(stream: ReadableStream): boolean {
  // node:stream knows both kinds of streams; the types do not say so.
  return Readable.isDisturbed(stream as unknown as Readable);
}

/** Leaves a stream as reading all of it does: disturbed, and locked. */
function spend(stream: ReadableStream): void {
  void stream
    .getReader()
    .cancel()
    .catch(() => undefined);
}
