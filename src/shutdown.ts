import net from 'node:net';
import type { HttpRequest } from './http/request';
import type { HttpResponse } from './http/response';
import { invocations } from './invocation';
import { shutdownHooks } from './registry';
import { respondWithCrash } from './respond';
import type { Service } from './serve';

/**
 * How long idle connections stay open after shutdown began: a proxy may be sending on them already.
 * Closing them at once gave one 502 in 777 requests of a rolling restart behind nginx.
 */
const IDLE_GRACE_MS = 150;
/** How long functions have to react to their aborted signal before they are cut off. */
const LAST_CALL_MS = 250;
/** The exit code of a process whose code failed outside any request; node itself uses none like it. */
const CRASH_EXIT_CODE = 16;

/** Supervises a process that serves one function: signals, and errors that nobody caught. */
export class Supervisor {
  private readonly shutdownTimeoutMs: number;
  private readonly sockets = new Set<net.Socket>();
  private service: Service | undefined;
  private ending = false;

  /** @param shutdownTimeout seconds that requests and hooks have to end */
  constructor(shutdownTimeout: number) {
    this.shutdownTimeoutMs = shutdownTimeout * 1000;
    process.on('SIGTERM', (signal) => this.onSignal(signal, 143));
    process.on('SIGINT', (signal) => this.onSignal(signal, 130));
  }

  /** Takes charge of a service: from here on errors that nobody caught are answered or end it. */
  supervise(service: Service): void {
    this.service = service;
    service.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    process.on('uncaughtException', (fault, origin) => this.onFault(fault, origin));
    process.on('unhandledRejection', (fault) => this.onFault(fault, 'unhandledRejection'));
    process.on('exit', (code) => answerAtExit(service, code));
  }

  private onSignal(signal: string, codeOfImpatience: number): void {
    if (this.ending) process.exit(codeOfImpatience);
    this.end(0).catch((fault: unknown) => {
      console.error(`${signal}: shutdown failed:`, fault);
      process.exit(1);
    });
  }

  /** An error belongs to the invocation whose code threw it; without one, the process is broken. */
  private onFault(fault: unknown, origin: string): void {
    const invocation = invocations.getStore() as HttpRequest | undefined;
    if (invocation !== undefined) {
      respondWithCrash(invocation.res, fault, 'crash');
      return;
    }
    console.error(origin === 'unhandledRejection' ? 'Unhandled rejection' : 'Uncaught exception');
    console.error((fault as Error | undefined)?.stack ?? fault);
    if (!this.ending) void this.end(CRASH_EXIT_CODE);
  }

  private async end(code: number): Promise<void> {
    this.ending = true;
    const deadline = Date.now() + this.shutdownTimeoutMs;
    setTimeout(() => {
      console.error('The shutdown timeout is over: exiting although shutdown hooks still run.');
      process.exit(code || 1);
    }, this.shutdownTimeoutMs + LAST_CALL_MS);
    const lost = this.service === undefined ? 0 : await this.drain(this.service, deadline);
    if (lost > 0) {
      console.error(`The shutdown timeout is over: ${lost} unanswered request(s) were cut off.`);
    }
    const failed = await runShutdownHooks();
    process.exit(code || (lost > 0 || failed ? 1 : 0));
  }

  /** Lets what is in flight end. Resolves with the number of requests that did not. */
  private async drain(service: Service, deadline: number): Promise<number> {
    const { server } = service;
    // http.Server's own close() would close idle connections at once.
    net.Server.prototype.close.call(server);
    for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
    const last = new Map<net.Socket, HttpResponse>();
    service.onAccept = (res) => closeAfter(res, last);
    for (const res of service.inFlight) closeAfter(res, last);
    await delay(Math.min(IDLE_GRACE_MS, deadline - Date.now()));
    server.closeIdleConnections();
    await untilAnswered(service, deadline);
    if (service.inFlight.size > 0) {
      for (const res of service.inFlight) res.req.abort(new Error('The server is shutting down.'));
      await untilAnswered(service, Date.now() + LAST_CALL_MS);
    }
    const lost = service.inFlight.size;
    server.closeAllConnections();
    return lost;
  }
}

/** The function ended the process: those who wait are told. Sockets take the short text at once. */
function answerAtExit(service: Service, code: number): void {
  if (service.inFlight.size === 0) return;
  const fault = new Error(`Process exited with code ${code}`);
  for (const res of service.inFlight) respondWithCrash(res, fault, 'crash');
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

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, Math.max(0, ms)));
}
