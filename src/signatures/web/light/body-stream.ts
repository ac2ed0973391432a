import type { ReadableByteStreamController, UnderlyingByteSource } from 'node:stream/web';

/** A stream of what is there already. It makes its bytes when it is read. */
export function streamOf(source: string | Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    type: 'bytes',
    pull(controller: ReadableByteStreamController) {
      const bytes =
        typeof source === 'string' ? new TextEncoder().encode(source) : new Uint8Array(source);
      if (bytes.byteLength > 0) controller.enqueue(bytes);
      controller.close();
      controller.byobRequest?.respond(0);
    },
  } as UnderlyingByteSource) as ReadableStream<Uint8Array>;
}

/** A stream of chunks, which asks for one when it is read. */
export function streamOfChunks(
  chunks: AsyncIterable<Uint8Array | string>,
): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    type: 'bytes',
    async pull(controller: ReadableByteStreamController) {
      // A stream has no chunks without bytes.
      let bytes = new Uint8Array();
      while (bytes.byteLength === 0) {
        const { value, done } = await iterator.next();
        if (done) {
          controller.close();
          controller.byobRequest?.respond(0);
          return;
        }
        // As undici does: also text, and nothing that has no bytes, such as a number.
        bytes = new Uint8Array(Buffer.from(value));
      }
      controller.enqueue(bytes);
    },
    async cancel(reason) {
      await iterator.return?.(reason);
    },
  } as UnderlyingByteSource) as ReadableStream<Uint8Array>;
}

/**
 * Reads a stream to its end.
 *
 * @throws TypeError for chunks that are not bytes
 */
export async function readStream(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (!((next.value as unknown) instanceof Uint8Array)) {
      throw new TypeError('Received non-Uint8Array chunk');
    }
    chunks.push(next.value);
  }
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
}
