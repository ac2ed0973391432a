import { constants, type ServerHttp2Stream } from 'node:http2';
import type { HeaderMap } from './headers';
import type { ResponseHead, ResponseSink } from './http1-response';

const { NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR } = constants;

/** Writes a response of HTTP/1.1 to a stream of HTTP/2. */
export class Exchange implements ResponseSink {
  /** Whether the connection outlives this response. */
  keepsAlive = true;

  constructor(readonly stream: ServerHttp2Stream) {}

  onInformation({ headers }: ResponseHead): void {
    if (!this.stream.destroyed) this.stream.additionalHeaders(headers);
  }

  onHead({ headers, isChunked, closes }: ResponseHead, hasBody: boolean): void {
    this.keepsAlive = !closes;
    if (this.stream.destroyed) return;
    this.stream.respond(headers, { endStream: !hasBody, waitForTrailers: hasBody && isChunked });
  }

  onData(chunk: Buffer | string, encoding: BufferEncoding, isLast: boolean): void {
    if (this.stream.destroyed) return;
    if (isLast) this.stream.end(chunk, encoding);
    else this.stream.write(chunk, encoding);
  }

  onEnd(trailers: HeaderMap): void {
    if (this.stream.destroyed) return;
    const { stream } = this;
    stream.once('wantTrailers', () => {
      try {
        stream.sendTrailers(trailers);
      } catch {
        stream.close(NGHTTP2_INTERNAL_ERROR);
      }
    });
    stream.end();
  }

  /** The response was written. The rest of the request is not needed (RFC 9113 §8.1). */
  close(isUploaded: boolean): void {
    const { stream } = this;
    if (stream.destroyed) return;
    // Node ends a stream when all that has come was read. The connection reads no more of it.
    if (stream.isPaused()) stream.resume();
    if (isUploaded) return;
    // A stream that is closed loses the fields that wait to be written, on Node 22 and 26. They are written
    // before the next immediate.
    const close = (): void => void setImmediate(() => stream.close(NGHTTP2_NO_ERROR));
    if (stream.writableFinished) close();
    else stream.once('finish', close);
  }
}
