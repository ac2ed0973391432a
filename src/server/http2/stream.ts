import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { Exchange } from './exchange';
import { lengthOf, toHttp1 } from './headers';

/** The most idle connections that a session keeps for its next requests. */
const MAX_IDLE = 32;

const { NGHTTP2_INTERNAL_ERROR, NGHTTP2_PROTOCOL_ERROR } = constants;

/** The connections in memory of one HTTP/2 session, to our own server of HTTP/1.1. */
export class Connections {
  private readonly idle: Connection[] = [];
  private isClosed = false;

  /** @param serve makes the server take a connection */
  constructor(private readonly serve: (connection: Socket) => void) {}

  /** Sends a stream to the server as a request of its own, and the response back. */
  forward(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    let head: string;
    let length: number | undefined;
    try {
      length = lengthOf(headers, stream.endAfterHeaders);
      head = toHttp1(headers, length);
    } catch {
      // A method, target or header that HTTP/1.1 cannot express, CONNECT included.
      stream.close(NGHTTP2_PROTOCOL_ERROR);
      return;
    }
    this.take(stream).send(new Exchange(stream, headers[':method'] === 'HEAD'), head, length);
  }

  /** The session has ended. */
  close(): void {
    this.isClosed = true;
    for (const connection of this.idle.splice(0)) connection.destroy();
  }

  private take(stream: ServerHttp2Stream): Connection {
    const { idle } = this;
    // A connection that has just sent its response may still be busy.
    const ready = idle.find((connection) => connection.isReady);
    if (ready !== undefined) {
      this.remove(ready);
      return ready;
    }
    const connection = new Connection(stream, () => {
      if (idle.length < MAX_IDLE && !this.isClosed) idle.push(connection);
      else connection.destroySoon();
    });
    connection.once('close', () => this.remove(connection));
    this.serve(connection as unknown as Socket);
    return connection;
  }

  private remove(connection: Connection): void {
    const index = this.idle.indexOf(connection);
    if (index >= 0) this.idle.splice(index, 1);
  }
}

/** A connection for one exchange after another. It parses what the server writes. */
class Connection extends Duplex {
  /** Read where a body is: its chunks share their memory with those of other streams. */
  readonly isMultiplexed = true;
  private exchange: Exchange | undefined;
  private isUploaded = true;
  /** Set by node while a response is written. */
  declare _httpMessage: unknown;

  /** @param onIdle called when an exchange is complete and the connection stays open */
  constructor(
    stream: ServerHttp2Stream,
    private readonly onIdle: () => void,
  ) {
    super();
    Object.assign(this, socketMembers(stream));
    this.on('error', () => {});
  }

  /** Whether the server has finished the exchange before. */
  get isReady(): boolean {
    return !this.destroyed && this.writable && this._httpMessage == null;
  }

  /** @param length bytes of the body; undefined when it is not announced */
  send(exchange: Exchange, head: string, length: number | undefined): void {
    this.exchange = exchange;
    const { stream } = exchange;
    stream.once('close', () => {
      if (this.exchange === exchange) this.destroy();
    });
    this.isUploaded = length === 0;
    this.push(head, 'latin1');
    if (!this.isUploaded) this.upload(exchange, length);
  }

  private upload(exchange: Exchange, length: number | undefined): void {
    const { stream } = exchange;
    let sent = 0;
    stream.on('data', (chunk: Buffer) => {
      if (this.exchange !== exchange) return;
      sent += chunk.length;
      // Before the bytes are pushed: the server may answer at once.
      this.isUploaded = sent === length;
      // Bytes beyond the announced length would be read as the next request.
      if (length !== undefined && sent > length) this.destroy();
      else if (!this.pushBody(chunk, length === undefined)) stream.pause();
    });
    stream.on('end', () => {
      // It may come after the response, when the connection is another stream's already.
      if (this.exchange !== exchange) return;
      if (length !== undefined && sent < length) this.destroy();
      this.isUploaded = true;
      if (this.destroyed) return;
      if (length === undefined) this.push('0\r\n\r\n', 'latin1');
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

  override _write(bytes: Buffer, _encoding: string, done: (error?: Error) => void): void {
    const { exchange } = this;
    // Node ends a response with an empty write.
    if (bytes.length === 0 || exchange === undefined) {
      done(bytes.length === 0 ? undefined : new Error('The server wrote without a request.'));
      return;
    }
    try {
      exchange.reader.read(bytes);
    } catch (error) {
      // Also a header that HTTP/2 cannot express, e.g. two of Content-Type.
      done(error as Error);
      return;
    }
    const { stream } = exchange;
    this.finish();
    if (stream.writableNeedDrain && !stream.destroyed) whenDrained(stream, done);
    else done();
  }

  override _final(done: () => void): void {
    this.onServerEnd();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.onServerEnd();
    done(error);
  }

  /** The server closed the connection. */
  private onServerEnd(): void {
    const { exchange } = this;
    if (exchange === undefined) return;
    this.exchange = undefined;
    if (exchange.reader.close()) exchange.close(this.isUploaded);
    else exchange.stream.close(NGHTTP2_INTERNAL_ERROR);
  }

  /** Ends an exchange that both sides have completed. */
  private finish(): void {
    const { exchange } = this;
    if (!exchange?.reader.isDone) return;
    this.exchange = undefined;
    exchange.close(this.isUploaded);
    if (!this.isUploaded) this.destroy();
    else if (exchange.keepsAlive) this.onIdle();
  }

  /** As a socket has it. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
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

/** The members of net.Socket that programs and Node read from `req.socket`. */
function socketMembers({ session }: ServerHttp2Stream): object {
  const { remoteAddress, remotePort, remoteFamily, localAddress, localPort, localFamily } =
    session?.socket ?? ({} as Partial<Socket>);
  function itself(this: unknown): unknown {
    return this;
  }
  return {
    ...{ remoteAddress, remotePort, remoteFamily, localAddress, localPort, localFamily },
    ...{ setTimeout: itself, setNoDelay: itself, setKeepAlive: itself, ref: itself, unref: itself },
  };
}
