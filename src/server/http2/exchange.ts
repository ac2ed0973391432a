import { constants, type ServerHttp2Stream } from 'node:http2';
import { type HeaderMap, toHttp2, withoutConnectionHeaders } from './headers';
import { ResponseReader, type ResponseSink } from './http1-response';

const { NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR } = constants;

/** Writes a response of HTTP/1.1 to a stream of HTTP/2. */
export class Exchange implements ResponseSink {
  readonly reader: ResponseReader;
  /** Whether the connection outlives this response. */
  keepsAlive = true;

  constructor(
    readonly stream: ServerHttp2Stream,
    isHead: boolean,
  ) {
    this.reader = new ResponseReader(this, isHead);
  }

  onInformation(status: number, headers: HeaderMap): void {
    if (!this.stream.destroyed) this.stream.additionalHeaders(toHttp2(status, headers));
  }

  onHead(status: number, headers: HeaderMap, hasBody: boolean): void {
    this.keepsAlive = headers['connection'] !== 'close';
    if (this.stream.destroyed) return;
    const mayHaveTrailers = hasBody && headers['transfer-encoding'] !== undefined;
    this.stream.respond(toHttp2(status, headers), {
      endStream: !hasBody,
      waitForTrailers: mayHaveTrailers,
    });
  }

  onData(chunk: Buffer, isLast: boolean): void {
    if (this.stream.destroyed) return;
    if (isLast) this.stream.end(chunk);
    else this.stream.write(chunk);
  }

  onEnd(trailers: HeaderMap): void {
    if (this.stream.destroyed) return;
    const { stream } = this;
    stream.once('wantTrailers', () => {
      try {
        stream.sendTrailers(withoutConnectionHeaders(trailers));
      } catch {
        stream.close(NGHTTP2_INTERNAL_ERROR);
      }
    });
    stream.end();
  }

  /** RFC 9113 §8.1: a response does not need the rest of the request. */
  close(isUploaded: boolean): void {
    const { stream } = this;
    if (isUploaded || stream.destroyed) return;
    if (stream.writableFinished) stream.close(NGHTTP2_NO_ERROR);
    else stream.once('finish', () => stream.close(NGHTTP2_NO_ERROR));
  }
}
