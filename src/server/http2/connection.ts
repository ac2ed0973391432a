import { constants, type ServerHttp2Stream } from 'node:http2';
import { Duplex } from 'node:stream';
import type { Exchange } from './exchange';
import { fieldLines } from './headers';
import { ResponseReader } from './http1-response';
import { socketMembers } from './socket-members';

const { NGHTTP2_INTERNAL_ERROR, NGHTTP2_PROTOCOL_ERROR } = constants;

/** A connection for one exchange after another. It parses what the server writes. */
export class Connection extends Duplex {
  /** Read where a body is: its chunks share their memory with those of other streams. */
  readonly isMultiplexed = true;
  private readonly reader = new ResponseReader();
  private exchange: Exchange | undefined;
  private isUploaded = true;
  /** What to call in the next tick, for writes that are done. */
  private readonly written: (() => void)[] = [];
  private response: unknown = null;
  private restTimer: NodeJS.Timeout | undefined;

  /** @param onIdle called when an exchange is complete and the connection stays open */
  constructor(
    stream: ServerHttp2Stream,
    private readonly onIdle: () => void,
  ) {
    super({ decodeStrings: false });
    Object.assign(this, socketMembers(stream));
    this.on('error', () => {});
  }

  /** Set by node: a response, and null when it has ended. */
  get _httpMessage(): unknown {
    return this.response;
  }
  set _httpMessage(response: unknown) {
    this.response = response;
    if (response === null && this.restTimer !== undefined) this.setTimeout(0);
    // It is shorter than it announced, and node keeps the connection: the client would wait for the rest.
    if (response === null && this.exchange?.keepsAlive && !this.reader.isDone) this.destroy();
  }

  /** Whether the server has finished the exchange before. */
  get isReady(): boolean {
    return !this.destroyed && this.writable && this.response === null;
  }

  /** @param length bytes of the body; undefined when it is not announced */
  send(exchange: Exchange, head: string, length: number | undefined, isHead: boolean): void {
    this.exchange = exchange;
    this.reader.start(exchange, isHead);
    this.isUploaded = length === 0;
    this.pushHead(head);
    if (!this.isUploaded) this.upload(exchange, length);
  }

  /** Gives up an exchange whose stream was closed. */
  abandon(exchange: Exchange): void {
    if (this.exchange === exchange) this.destroy();
  }

  /** push() would look in the next tick whether there is more. */
  private pushHead(head: string): void {
    const isAwaited = this.readableFlowing === true && this.readableLength === 0;
    if (isAwaited) this.emit('data', Buffer.from(head, 'latin1'));
    else this.push(head, 'latin1');
  }

  private upload(exchange: Exchange, length: number | undefined): void {
    const { stream } = exchange;
    let sent = 0;
    let trailers = '';
    stream.on('data', (chunk: Buffer) => {
      if (this.exchange !== exchange) return;
      this.restTimer?.refresh();
      sent += chunk.length;
      // Before the bytes are pushed: the server may answer at once.
      this.isUploaded = sent === length;
      // Bytes beyond the announced length would be read as the next request.
      if (length !== undefined && sent > length) this.destroy();
      else if (!this.pushBody(chunk, length === undefined) && this.exchange === exchange) {
        // Where the chunk brought the response, nothing is read of the stream any more, and nothing resumes it.
        stream.pause();
      }
    });
    if (length === undefined) {
      stream.on('trailers', (fields) => {
        try {
          trailers = fieldLines(fields);
        } catch {
          stream.close(NGHTTP2_PROTOCOL_ERROR);
        }
      });
    }
    stream.on('end', () => {
      // It may come after the response, when the connection is another stream's already.
      if (this.exchange !== exchange) return;
      if (length !== undefined && sent < length) this.destroy();
      this.isUploaded = true;
      if (this.destroyed) return;
      if (length === undefined) this.push(`0\r\n${trailers}\r\n`, 'latin1');
      this.finish();
    });
  }

  private pushBody(chunk: Buffer, isChunked: boolean): boolean {
    if (this.destroyed) return true;
    if (!isChunked) return this.push(chunk);
    this.push(`${chunk.length.toString(16)}\r\n`, 'latin1');
    this.push(chunk);
    return this.push('\r\n', 'latin1');
  }

  override _read(): void {
    this.exchange?.stream.resume();
  }

  /** Passes by the queue of Writable, and the ticks that it costs, where nothing has to wait. */
  override write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    this.restTimer?.refresh();
    const encodingOrUtf8 = typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8';
    if (!this.writable || this.writableLength > 0 || !this.pass(chunk, encodingOrUtf8)) {
      return super.write(chunk, encoding as BufferEncoding, callback as () => void);
    }
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function' && this.written.push(done as () => void) === 1) {
      process.nextTick(callBack, this.written);
    }
    return true;
  }

  /** Delivers a chunk if that is possible at once. */
  private pass(chunk: unknown, encoding: BufferEncoding): boolean {
    // Node ends a response with an empty write.
    if (chunk === '') return true;
    const { exchange } = this;
    if (exchange === undefined || !(typeof chunk === 'string' || Buffer.isBuffer(chunk)))
      return false;
    const { writableLength, writableHighWaterMark } = exchange.stream;
    // A character has up to three bytes in UTF-8.
    if (writableLength + 3 * chunk.length >= writableHighWaterMark) return false;
    try {
      this.deliver(exchange, chunk, encoding);
    } catch (error) {
      this.destroy(error as Error);
    }
    return true;
  }

  override _write(
    chunk: Buffer | string,
    encoding: BufferEncoding,
    done: (error?: Error) => void,
  ): void {
    const { exchange } = this;
    if (chunk.length === 0 || exchange === undefined) {
      done(chunk.length === 0 ? undefined : new Error('The server wrote without a request.'));
      return;
    }
    try {
      this.deliver(exchange, chunk, encoding);
    } catch (error) {
      done(error as Error);
      return;
    }
    const { stream } = exchange;
    if (stream.writableNeedDrain && !stream.destroyed) whenDrained(stream, done);
    else done();
  }

  /** @throws Error also for a header that HTTP/2 cannot express, e.g. two of Content-Type */
  private deliver(exchange: Exchange, chunk: Buffer | string, encoding: BufferEncoding): void {
    this.reader.read(chunk, encoding);
    if (this.reader.isDone && this.exchange === exchange) this.finish();
  }

  override _final(done: () => void): void {
    this.onServerEnd();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.setTimeout(0);
    this.onServerEnd();
    done(error);
  }

  /** The server closed the connection. */
  private onServerEnd(): void {
    const { exchange } = this;
    if (exchange === undefined) return;
    this.exchange = undefined;
    if (this.reader.close()) exchange.close(this.isUploaded);
    else exchange.stream.close(NGHTTP2_INTERNAL_ERROR);
  }

  /** Ends an exchange that both sides have completed. */
  private finish(): void {
    const { exchange } = this;
    if (exchange === undefined || !this.reader.isDone) return;
    this.exchange = undefined;
    exchange.close(this.isUploaded);
    if (!this.isUploaded) this.destroy();
    else if (exchange.keepsAlive) this.onIdle();
  }

  /**
   * As a socket has it, for the timeouts that functions set. Those that node sets between responses are not
   * needed: the session has its own.
   */
  setTimeout(ms: number): this {
    clearTimeout(this.restTimer);
    const isSet = ms > 0 && this.response !== null;
    this.restTimer = isSet ? setTimeout(() => this.emit('timeout'), ms).unref() : undefined;
    return this;
  }

  /** As a socket has it. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }
}

function callBack(written: (() => void)[]): void {
  try {
    for (let done = written.shift(); done !== undefined; done = written.shift()) done();
  } finally {
    // One threw.
    if (written.length > 0) process.nextTick(callBack, written);
  }
}

function whenDrained(stream: ServerHttp2Stream, done: () => void): void {
  const settle = (): void => {
    stream.removeListener('drain', settle);
    stream.removeListener('close', settle);
    done();
  };
  stream.on('drain', settle);
  stream.on('close', settle);
}
