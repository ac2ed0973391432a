import http, { type Server } from 'node:http';
import type { Http2Server, ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { BarefnError } from '../../core/errors';
import type { Service } from '../serve';
import type { Connections } from './stream';

/** RFC 9113 §3.4: the connection preface of a client. */
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** How long a connection accepted just before shutdown may send its first requests. */
const LATE_SESSION_GRACE_MS = 100;

/** How long a client has to answer a PING, or to close a connection that the server has ended. */
const CLIENT_TIMEOUT_MS = 5000;

/** RFC 9113 §7. */
const INTERNAL_ERROR = 2;

/** What belongs to a session. */
interface OpenSession {
  readonly connections: Connections;
  readonly socket: Socket;
}

/** The open connections of a server. */
interface OpenConnections {
  readonly sessions: Map<ServerHttp2Session, OpenSession>;
  /** Connections whose protocol is not known yet. */
  readonly pendingSockets: Set<Socket>;
}

type ConnectionListener = (socket: Socket) => void;

/**
 * Makes a service accept HTTP/2 with prior knowledge on its port as well (RFC 9113 §3.3).
 *
 * The first bytes of a connection show its protocol. Each stream becomes an HTTP/1.1 request to the same
 * server, on a connection in memory: functions see what they see behind a proxy.
 */
export function acceptHttp2(service: Service): void {
  const server = service.server as unknown as Server;
  const [serveHttp1] = server.listeners('connection') as [ConnectionListener?];
  const open: OpenConnections = {
    sessions: new Map(),
    pendingSockets: new Set(),
  };
  const { sessions, pendingSockets } = open;
  let http2Server: Http2Server | undefined;
  if (serveHttp1 === undefined) {
    throw new BarefnError('INVALID_OPTION', '--http2 needs Node: this runtime cannot do it.');
  }
  server.removeListener('connection', serveHttp1);
  server.on('connection', (socket: Socket) => {
    pendingSockets.add(socket);
    socket.once('close', () => pendingSockets.delete(socket));
    sniffProtocol(socket, server.headersTimeout, (isHttp2) => {
      pendingSockets.delete(socket);
      if (!isHttp2) {
        serveHttp1.call(server, socket);
        return;
      }
      // HTTP/1 keeps half-open sockets to finish the response; an HTTP/2 session ends with its client.
      socket.allowHalfOpen = false;
      http2Server ??= createHttp2Server(open);
      http2Server.once('session', (session) => {
        const { Connections } = require('./stream') as typeof import('./stream');
        const connections = new Connections((pipe) => serveHttp1.call(server, pipe));
        openSession(session, { connections, socket }, open, server.headersTimeout);
      });
      http2Server.emit('connection', socket);
    });
  });
  closeWith(server, open);
  // biome-ignore lint/plugin: once per server
  service.endSessions = async () => {
    http2Server?.on('session', (session) => {
      setTimeout(() => session.close(), LATE_SESSION_GRACE_MS);
    });
    for (const session of sessions.keys()) session.close();
    while (sessions.size > 0) await Promise.all(Array.from(sessions.keys(), untilClosed));
  };
}

/** Reads the first bytes of a connection, puts them back, and reports their protocol. */
function sniffProtocol(
  socket: Socket,
  timeoutMs: number,
  decide: (isHttp2: boolean) => void,
): void {
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

function createHttp2Server({ sessions }: OpenConnections): Http2Server {
  const http2 = require('node:http2') as typeof import('node:http2');
  const server = http2.createServer({ settings: { maxConcurrentStreams: 250 } });
  server.on('stream', (stream, headers) => {
    stream.on('error', ignore);
    const session = stream.session as ServerHttp2Session;
    sessions.get(session)?.connections.accept(stream, headers);
  });
  return server;
}

function ignore(): void {}

function openSession(
  session: ServerHttp2Session,
  opened: OpenSession,
  { sessions }: OpenConnections,
  headersTimeout: number,
): void {
  sessions.set(session, opened);
  session.once('close', () => {
    sessions.delete(session);
    opened.connections.close();
  });
  // The client broke the session. Its streams get their own events.
  session.on('error', ignore);
  session.setTimeout(headersTimeout);
  session.on('timeout', () => closeIdleSession(session, opened, headersTimeout));
  opened.socket.once('finish', destroyLater);
}

/** A session that has ended its socket waits for the client to end it as well, however long that takes. */
function destroyLater(this: Socket): void {
  const timer = setTimeout(() => this.destroy(), CLIENT_TIMEOUT_MS).unref();
  this.once('close', () => clearTimeout(timer));
}

/**
 * Closes an idle session. With requests pending, it asks the client for a sign of life first, and destroys
 * the session when none comes: Node reads no more of a session that broke the protocol.
 */
function closeIdleSession(
  session: ServerHttp2Session,
  { connections, socket }: OpenSession,
  headersTimeout: number,
): void {
  const timer = setTimeout(() => {
    session.destroy();
    socket.destroy();
  }, CLIENT_TIMEOUT_MS).unref();
  if (connections.open === 0) {
    session.close(() => clearTimeout(timer));
    return;
  }
  const onAnswer = (error: Error | null): void => {
    if (error !== null) return;
    clearTimeout(timer);
    session.setTimeout(headersTimeout);
  };
  // A session that its client is leaving, or that Node has given up, sends no PING any more. Clients
  // acknowledge SETTINGS as well (RFC 9113 §6.5.3).
  if (session.closed) session.settings({}, onAnswer);
  else session.ping(onAnswer);
}

/** Closes sessions with the connections of the server. GOAWAY says which streams were not begun. */
function closeWith(server: Server, { sessions, pendingSockets }: OpenConnections): void {
  // biome-ignore lint/plugin: once per server
  server.closeIdleConnections = () => {
    http.Server.prototype.closeIdleConnections.call(server);
    for (const session of sessions.keys()) session.close();
    for (const socket of pendingSockets) socket.destroy();
  };
  // biome-ignore lint/plugin: once per server
  server.closeAllConnections = () => {
    http.Server.prototype.closeAllConnections.call(server);
    // Without the code, clients would take the broken responses for complete ones.
    const reason = new Error('The server closes its connections.');
    for (const [session, { connections, socket }] of sessions) {
      // It has ended its socket, and waits for the client.
      if (session.destroyed) socket.destroy();
      else if (connections.open > 0) session.destroy(reason, INTERNAL_ERROR);
      else session.destroy();
    }
    for (const socket of pendingSockets) socket.destroy();
  };
}

function untilClosed(session: ServerHttp2Session): Promise<void> {
  return new Promise((resolve) => session.once('close', resolve));
}
