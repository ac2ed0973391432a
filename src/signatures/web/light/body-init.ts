import { types } from 'node:util';
import { LightBody } from './body';
import { streamOfChunks } from './body-stream';
import { encodeForm } from './form';

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
  if (types.isAnyArrayBuffer(init) && types.isArrayBuffer(init)) {
    return whole(new Uint8Array(init.slice(0)), null);
  }
  // Copied, as the standard says: the program may go on to change its own.
  if (ArrayBuffer.isView(init)) {
    return whole(Uint8Array.from(bytesOf(init)), null);
  }
  return extractObject(init);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Classes that Node loads when they are first named: an object that has their tag has loaded them. */
function extractObject(init: object): ExtractedBody {
  const tag = (init as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  if (tag === 'ReadableStream' && init instanceof ReadableStream) return extractStream(init);
  if ((tag === 'Blob' || tag === 'File') && init instanceof Blob) {
    return {
      body: new LightBody(init),
      type: init.type === '' ? null : init.type,
      hasSource: true,
    };
  }
  if (tag === 'FormData' && init instanceof FormData) {
    const blob = encodeForm(init);
    return { body: new LightBody(blob), type: blob.type, hasSource: true };
  }
  // undici takes these too.
  if (Symbol.asyncIterator in init) {
    return extractStream(streamOfChunks(init as AsyncIterable<Uint8Array | string>));
  }
  return whole(`${init as unknown as string}`, TEXT_TYPE);
}

function extractStream(stream: ReadableStream): ExtractedBody {
  const body = LightBody.ofStream(stream);
  if (body.isUnusable) {
    throw new TypeError('Response body object should not be disturbed or locked');
  }
  return { body, type: null, hasSource: false };
}

function whole(source: string | Uint8Array, type: string | null): ExtractedBody {
  return { body: new LightBody(source), type, hasSource: true };
}
