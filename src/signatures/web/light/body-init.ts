import { Readable } from 'node:stream';
import { types } from 'node:util';
import { LightBody } from './body';
import { streamOfChunks } from './body-stream';
import { encodeForm } from './form';
import { isBlobLike, isFormLike } from './look-alikes';

/** A body and the Content-Type that it has by itself. */
export interface ExtractedBody {
  readonly body: LightBody;
  readonly type: string | null;
  /** Whether the body can be sent again; a stream cannot. */
  readonly hasSource: boolean;
}

export const TEXT_TYPE = 'text/plain;charset=UTF-8';
const FORM_TYPE = 'application/x-www-form-urlencoded;charset=UTF-8';

/**
 * The body of what a constructor was given (Fetch §5.3).
 *
 * @throws TypeError for a stream that was read or is being read
 */
export function extractBody(init: unknown): ExtractedBody {
  if (typeof init === 'string') return whole(init, TEXT_TYPE);
  if (typeof init !== 'object' || init === null) return whole(`${init as string}`, TEXT_TYPE);
  if (init instanceof URLSearchParams) return whole(init.toString(), FORM_TYPE);
  if (types.isArrayBuffer(init) || ArrayBuffer.isView(init)) return whole(copyBytes(init), null);
  return extractObject(init);
}

/** The program may go on to change its own. A buffer that was transferred has no bytes. */
function copyBytes(source: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (source.byteLength === 0) return new Uint8Array();
  if (!ArrayBuffer.isView(source)) return new Uint8Array(source.slice(0));
  const { buffer, byteOffset, byteLength } = source;
  return Uint8Array.from(new Uint8Array(buffer, byteOffset, byteLength));
}

/** Classes that Node loads when they are first named: an object that has their tag has loaded them. */
function extractObject(init: object): ExtractedBody {
  const tag = (init as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  if (tag === 'ReadableStream' && init instanceof ReadableStream) return extractStream(init);
  if (isBlobLike(init)) {
    return { body: new LightBody(init), type: init.type || null, hasSource: true };
  }
  if (isFormLike(init)) {
    const blob = encodeForm(init);
    return { body: new LightBody(blob), type: blob.type, hasSource: true };
  }
  // undici takes these too, a Readable among them.
  if (Symbol.asyncIterator in init) {
    if (Readable.isDisturbed(init as Readable)) throw disturbed();
    return extractStream(streamOfChunks(init as AsyncIterable<Uint8Array | string>));
  }
  return whole(`${init as unknown as string}`, TEXT_TYPE);
}

function extractStream(stream: ReadableStream): ExtractedBody {
  const body = LightBody.ofStream(stream);
  if (body.isUnusable) throw disturbed();
  return { body, type: null, hasSource: false };
}

function disturbed(): TypeError {
  return new TypeError('Response body object should not be disturbed or locked');
}

function whole(source: string | Uint8Array, type: string | null): ExtractedBody {
  return { body: new LightBody(source), type, hasSource: true };
}
