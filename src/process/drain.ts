import net from 'node:net';
import { shutdownHooks } from '../core/registry';
import { inspectThrown } from '../core/thrown';
import { logError } from '../http/errors/log-error';
import { abortRequest } from '../http/request/abort';
import type { HttpResponse } from '../http/response/response';
import type { Service } from '../server/serve';

/**
 * How long idle connections stay open after shutdown began, because a proxy may be sending on them.
 * Closing them at once gave one 502 in 777 requests of a rolling restart behind nginx.
 */
const IDLE_GRACE_MS = 150;
/** The most that further requests can prolong it. */
const LONGEST_GRACE_MS = 2000;
/** How long to wait, with the port open, for a moment without new connections. */
const LISTEN_GRACE_MS = 400;
/** The most connections that wait to be accepted: node's own backlog. */
const BACKLOG = 511;
/** How long functions have to react to their aborted signal before their connections close. */
const ABORT_GRACE_MS = 250;

/**
 * Ends a service: answers what is in flight, then runs the shutdown hooks.
 *
 * @param service undefined before the port is open
 * @param sockets the open connections
 * @param timeoutMs how long requests and hooks may take; a hook that takes longer ends the process
 * @returns whether every request was answered and no hook failed
 */
export async function drainAndStop(
  service: Service | undefined,
  sockets: ReadonlySet<net.Socket>,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  const unanswered = service === undefined ? 0 : await drain(service, sockets, deadline);
  if (unanswered > 0) {
    logError(`The shutdown timeout is over: ${unanswered} unanswered request(s) were cut off.`);
  }
  const msForHooks = Math.max(deadline - Date.now(), ABORT_GRACE_MS);
  const failed = await Promise.race([runShutdownHooks(), giveUpAfter(msForHooks)]);
  return unanswered === 0 && !failed;
}

/**
 * Waits for the requests in flight. Resolves with the number that were not answered.
 *
 * Until then idle connections stay open and take one more request each. Not closeIdleConnections():
 * it cuts off responses that have ended, but are not sent yet.
 */
async function drain(
  service: Service,
  sockets: ReadonlySet<net.Socket>,
  deadline: number,
): Promise<number> {
  const { server, inFlight } = service;
  // Before any `Connection: close`, because clients reconnect.
  await (service.stopAccepting?.() ?? stopListening(server, deadline));
  const sessionsEnd = service.endSessions?.();
  const lastResponses = new Map<net.Socket, HttpResponse>();
  const graceLimit = Date.now() + LONGEST_GRACE_MS;
  let graceEnds = Date.now() + IDLE_GRACE_MS;
  const prolongGrace = (): void => {
    graceEnds = Math.min(Date.now() + IDLE_GRACE_MS, graceLimit);
  };
  // The proxy may have more requests for its other connections: each takes one.
  service.onAccept = (res) => {
    prolongGrace();
    closeAfter(res, lastResponses);
  };
  for (const res of inFlight) {
    // Its headers already said keep-alive: another request may follow immediately.
    if (res.headersSent) res.once('close', prolongGrace);
    closeAfter(res, lastResponses);
  }
  while ((sockets.size > 0 || inFlight.size > 0) && Date.now() < deadline) {
    await untilClosedOr(service, Date.now() < graceEnds ? Math.min(graceEnds, deadline) : deadline);
    if (inFlight.size > 0 || Date.now() < graceEnds) continue;
    // With a busy event loop, requests may have arrived that are not read yet.
    await pollOnce();
    if (inFlight.size === 0) break;
  }
  if (inFlight.size > 0) await abortAll(service);
  const lost = inFlight.size;
  if (lost === 0 && sessionsEnd !== undefined) {
    await Promise.race([sessionsEnd, delay(deadline - Date.now())]);
  }
  server.closeAllConnections();
  return lost;
}

/**
 * Closes the port after a short turn of the event loop without a new connection. Connections that wait
 * to be accepted would be reset, with the requests that were sent on them.
 */
export async function stopListening(
  server: Service['server'] | net.Server,
  deadline = Number.POSITIVE_INFINITY,
): Promise<void> {
  const until = Date.now() + LISTEN_GRACE_MS;
  let arrivals = 0;
  const count = (): void => void arrivals++;
  server.on('connection', count);
  for (let isIdle = false; !isIdle && Date.now() < deadline; ) {
    const before = arrivals;
    const began = performance.now();
    await pollOnce();
    // On a busy machine no turn is short, and what waits takes longer.
    const isLate = Date.now() >= until;
    if (arrivals === before) isIdle = isLate || performance.now() - began < 1;
    else isIdle = isLate && arrivals >= BACKLOG;
  }
  server.removeListener('connection', count);
  // http.Server's own close() would close idle connections at once. Bun's http.Server has no other.
  if (server instanceof net.Server) net.Server.prototype.close.call(server);
  else (server as net.Server).close();
}

/** Resolves after a poll for input: the first immediate may still belong to the current turn. */
function pollOnce(): Promise<void> {
  return new Promise((resolve) => void setImmediate(() => setImmediate(resolve)));
}

/** Aborts the signals of what is in flight, and gives the functions a moment to answer. */
async function abortAll(service: Service): Promise<void> {
  const end = Date.now() + ABORT_GRACE_MS;
  const reason = new Error('The server is shutting down.');
  for (const res of service.inFlight) abortRequest(res.req, reason);
  while (service.inFlight.size > 0 && Date.now() < end) await untilClosedOr(service, end);
}

/** Closes a connection after its last pending response, not after those before it. */
function closeAfter(res: HttpResponse, last: Map<net.Socket, HttpResponse>): void {
  const { socket } = res.req;
  const before = last.get(socket);
  if (before !== undefined && !before.headersSent) before.shouldKeepAlive = true;
  res.shouldKeepAlive = false;
  last.set(socket, res);
}

/** Resolves when a response closes, or at a time. */
function untilClosedOr(service: Service, time: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, Math.max(0, time - Date.now()));
    service.onClosed = done;
    function done(): void {
      clearTimeout(timer);
      resolve();
    }
  });
}

/** Runs all hooks, in their order. Resolves with whether one failed. */
async function runShutdownHooks(): Promise<boolean> {
  let failed = false;
  for (const hook of shutdownHooks()) {
    try {
      await hook();
    } catch (error) {
      failed = true;
      logError(`A shutdown hook failed: ${inspectThrown(error)}`);
    }
  }
  // Node reports unhandled rejections once the queue of microtasks is empty.
  await pollOnce();
  return failed;
}

async function giveUpAfter(ms: number): Promise<true> {
  await delay(ms);
  logError('The shutdown timeout is over: exiting although shutdown hooks still run.');
  return true;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, Math.max(0, ms)));
}
