import net from 'node:net';
import { abortRequest } from './http/request';
import type { HttpResponse } from './http/response';
import { shutdownHooks } from './registry';
import type { Service } from './serve';

/**
 * How long idle connections stay open after shutdown began: a proxy may be sending on them already.
 * Closing them at once gave one 502 in 777 requests of a rolling restart behind nginx.
 */
const IDLE_GRACE_MS = 150;
/** How long functions have to react to their aborted signal before they are cut off. */
const LAST_CALL_MS = 250;

/**
 * Ends a service: what is in flight is answered, then the shutdown hooks run.
 *
 * @param service undefined before the port is open
 * @param sockets the open connections
 * @param timeoutMs how long requests and hooks may take; a hook that takes longer ends the process
 * @returns whether every request was answered and no hook failed
 */
export async function endService(
  service: Service | undefined,
  sockets: ReadonlySet<net.Socket>,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  const lost = service === undefined ? 0 : await drain(service, sockets, deadline);
  if (lost > 0) {
    console.error(`The shutdown timeout is over: ${lost} unanswered request(s) were cut off.`);
  }
  const msForHooks = Math.max(deadline - Date.now(), LAST_CALL_MS);
  const failed = await Promise.race([runShutdownHooks(), giveUpAfter(msForHooks)]);
  return lost === 0 && !failed;
}

/** Lets what is in flight end. Resolves with the number of requests that did not. */
async function drain(
  service: Service,
  sockets: ReadonlySet<net.Socket>,
  deadline: number,
): Promise<number> {
  const { server } = service;
  if (server instanceof net.Server) {
    // http.Server's own close() would close idle connections at once.
    net.Server.prototype.close.call(server);
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  } else {
    // Bun's http.Server is none, and its sockets do not count bytes.
    (server as Service['server']).close();
  }
  const last = new Map<net.Socket, HttpResponse>();
  service.onAccept = (res) => closeAfter(res, last);
  for (const res of service.inFlight) closeAfter(res, last);
  if (sockets.size > 0) await delay(Math.min(IDLE_GRACE_MS, deadline - Date.now()));
  server.closeIdleConnections();
  await untilAnswered(service, deadline);
  if (service.inFlight.size > 0) {
    const reason = new Error('The server is shutting down.');
    for (const res of service.inFlight) abortRequest(res.req, reason);
    await untilAnswered(service, Date.now() + LAST_CALL_MS);
  }
  const lost = service.inFlight.size;
  if (lost === 0 && service.untilFlushed !== undefined) {
    await Promise.race([service.untilFlushed(), delay(deadline - Date.now())]);
  }
  server.closeAllConnections();
  return lost;
}

/** Closes a connection with its last pending response: those before it must still get through. */
function closeAfter(res: HttpResponse, last: Map<net.Socket, HttpResponse>): void {
  const { socket } = res.req;
  const before = last.get(socket);
  if (before !== undefined && !before.headersSent) before.shouldKeepAlive = true;
  res.shouldKeepAlive = false;
  last.set(socket, res);
}

/** Resolves when nothing is in flight, or at the deadline. */
function untilAnswered(service: Service, deadline: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, deadline - Date.now()));
    service.onClosed = () => {
      // A response that began before shutdown promised to keep its connection.
      setImmediate(() => service.server.closeIdleConnections());
      if (service.inFlight.size > 0) return;
      clearTimeout(timer);
      resolve();
    };
    if (service.inFlight.size === 0) service.onClosed();
  });
}

/** Runs the hooks in their order, all of them. Resolves with whether one failed. */
async function runShutdownHooks(): Promise<boolean> {
  let failed = false;
  for (const hook of shutdownHooks()) {
    try {
      await hook();
    } catch (fault) {
      failed = true;
      console.error('A shutdown hook failed:', fault);
    }
  }
  return failed;
}

async function giveUpAfter(ms: number): Promise<true> {
  await delay(ms);
  console.error('The shutdown timeout is over: exiting although shutdown hooks still run.');
  return true;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, Math.max(0, ms)));
}
