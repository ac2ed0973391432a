import http, { type Server } from 'node:http';
import type { Http2Server, ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { BarefnError } from '../errors';
import type { Service } from './serve';

/** RFC 9113 §3.4: what a client sends first. */
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

type ConnectionListener = (socket: Socket) => void;

/**
 * Lets a service take HTTP/2 with prior knowledge on its port as well (RFC 9113 §3.3).
 *
 * The first bytes of a connection tell. Each stream becomes a request over HTTP/1.1 to the same
 * server through a pipe in memory, so that functions see what they see behind a proxy.
 */
export function acceptHttp2(service: Service): void {
  const server = service.server as unknown as Server;
  const [serveHttp1] = server.listeners('connection') as [ConnectionListener?];
  const sessions = new Set<ServerHttp2Session>();
  let http2Server: Http2Server | undefined;
  if (serveHttp1 === undefined) {
    throw new BarefnError('INVALID_OPTION', '--http2 needs Node: this runtime cannot do it.');
  }
  server.removeListener('connection', serveHttp1);
  server.on('connection', (socket: Socket) => {
    peek(socket, server.headersTimeout, (isHttp2) => {
      if (!isHttp2) {
        serveHttp1.call(server, socket);
        return;
      }
      http2Server ??= createHttp2Server((pipe) => serveHttp1.call(server, pipe), sessions);
      http2Server.emit('connection', socket);
    });
  });
  closeWith(server, sessions);
  service.untilFlushed = async () => {
    await Promise.all(Array.from(sessions, untilClosed));
  };
}

/** Reads the first bytes of a connection, puts them back, and says what they begin. */
function peek(socket: Socket, timeoutMs: number, decide: (isHttp2: boolean) => void): void {
  let head = '';
  const timer = timeoutMs > 0 ? setTimeout(giveUp, timeoutMs) : undefined;
  socket.on('readable', onReadable);
  for (const event of ['end', 'error', 'close']) socket.on(event, giveUp);

  function onReadable(): void {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    head += chunk.toString('latin1');
    const isHttp2 = head.startsWith(PREFACE);
    if (!isHttp2 && PREFACE.startsWith(head)) return;
    clearTimeout(timer);
    socket.removeListener('readable', onReadable);
    for (const event of ['end', 'error', 'close']) socket.removeListener(event, giveUp);
    socket.unshift(Buffer.from(head, 'latin1'));
    decide(isHttp2);
  }
  function giveUp(): void {
    clearTimeout(timer);
    socket.destroy();
  }
}

function createHttp2Server(
  serve: ConnectionListener,
  sessions: Set<ServerHttp2Session>,
): Http2Server {
  const http2 = require('node:http2') as typeof import('node:http2');
  const { forward } = require('./http2-stream') as typeof import('./http2-stream');
  const server = http2.createServer({ settings: { maxConcurrentStreams: 250 } });
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    // What breaks a session is the client's; its streams learn of it.
    session.on('error', () => {});
  });
  server.on('stream', (stream, headers) => forward(stream, headers, serve));
  return server;
}

/** Sessions end with the connections of the server. They tell which streams were not begun. */
function closeWith(server: Server, sessions: ReadonlySet<ServerHttp2Session>): void {
  server.closeIdleConnections = () => {
    http.Server.prototype.closeIdleConnections.call(server);
    for (const session of sessions) session.close();
  };
  server.closeAllConnections = () => {
    http.Server.prototype.closeAllConnections.call(server);
    for (const session of sessions) session.destroy();
  };
}

function untilClosed(session: ServerHttp2Session): Promise<void> {
  return new Promise((resolve) => session.once('close', resolve));
}
