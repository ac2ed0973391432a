import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { Connection } from './connection';
import { Exchange } from './exchange';
import { lengthOf, toHttp1 } from './headers';

/** The most idle connections that a session keeps for its next requests. */
const MAX_IDLE = 32;

/** How many streams of a session wait for an immediate after one of them was reset. */
const STREAMS_AFTER_RESET = 100;

const { NGHTTP2_NO_ERROR, NGHTTP2_PROTOCOL_ERROR } = constants;

/** The connections in memory of one HTTP/2 session, to our own server of HTTP/1.1. */
export class Connections {
  private readonly idle: Connection[] = [];
  private isClosed = false;
  private streamsToDefer = 0;
  private deferred: [ServerHttp2Stream, IncomingHttpHeaders][] = [];
  /** The requests whose streams are open. */
  open = 0;

  /** @param serve makes the server take a connection */
  constructor(private readonly serve: (connection: Socket) => void) {}

  /**
   * Sends a stream to the server as a request of its own, and the response back.
   *
   * A client may reset streams as fast as it opens them (CVE-2023-44487). Node reports each stream before it
   * parses the frames that follow. So once streams are reset, the next ones wait until all that has come is
   * parsed, and those that were reset by then never become requests. Without that rapid reset cost 1.8 times
   * the CPU of a plain server of node:http2. If all streams waited, a request would cost a quarter more.
   */
  accept(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    if (this.streamsToDefer === 0) {
      this.forward(stream, headers);
      return;
    }
    this.streamsToDefer -= 1;
    if (this.deferred.push([stream, headers]) === 1) setImmediate(() => this.forwardDeferred());
  }

  private forwardDeferred(): void {
    for (const [stream, headers] of this.deferred.splice(0)) this.forward(stream, headers);
  }

  private forward(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    if (stream.closed || stream.destroyed) {
      this.streamsToDefer = STREAMS_AFTER_RESET;
      return;
    }
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
    const connection = this.take(stream);
    const exchange = new Exchange(stream);
    this.open += 1;
    stream.on('close', () => {
      this.open -= 1;
      if (stream.rstCode !== NGHTTP2_NO_ERROR) this.streamsToDefer = STREAMS_AFTER_RESET;
      connection.abandon(exchange);
    });
    connection.send(exchange, head, length, headers[':method'] === 'HEAD');
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
