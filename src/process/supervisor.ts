import type { Socket } from 'node:net';
import { describeThrown, inspectThrown } from '../core/thrown';
import { logError } from '../http/errors/log-error';
import { respondWithCrash } from '../http/errors/respond';
import type { Service } from '../server/serve';
import { answerUncaught, interceptRequestErrors, type UncaughtEvent } from './request-errors';

/** The exit code after an error outside of any request; Node itself does not use it. */
const CRASH_EXIT_CODE = 16;
/** A terminal and npm both forward Ctrl-C: the same signal within this time counts once. */
const ONE_SIGNAL_MS = 1000;

/** Supervises a process that serves one function: signals and uncaught errors. */
export class Supervisor {
  private readonly shutdownTimeoutMs: number;
  private readonly sockets = new Set<Socket>();
  private service: Service | undefined;
  /** Whether the process is ending: no port may be opened any more. */
  ending = false;
  private exitCode = 0;

  /** @param shutdownTimeout seconds for requests and hooks to end */
  constructor(shutdownTimeout: number) {
    this.shutdownTimeoutMs = shutdownTimeout * 1000;
    onSignals(
      () => void this.end(0),
      (code) => process.exit(code),
    );
  }

  /** Supervises a service: from here on an uncaught error is answered, or ends the process. */
  supervise(service: Service): void {
    this.service = service;
    service.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    interceptRequestErrors();
    process.on('uncaughtException', (error, origin) => this.onUncaught(error, origin));
    process.on('unhandledRejection', (error) => this.onUncaught(error, 'unhandledRejection'));
    process.on('exit', (code) => answerAtExit(service, code));
  }

  /** Handles an uncaught error. One outside of any request ends the process. */
  private onUncaught(error: unknown, event: UncaughtEvent): void {
    // Runtimes other than Node report errors of requests here.
    if (answerUncaught(error, event)) return;
    logError(event === 'unhandledRejection' ? 'Unhandled rejection' : 'Uncaught exception');
    logError(describeThrown(error));
    void this.end(CRASH_EXIT_CODE);
  }

  /** Ends the process once: with the first code other than 0, or with 1 if a request was lost. */
  async end(code: number): Promise<void> {
    this.exitCode ||= code;
    if (this.ending) return;
    this.ending = true;
    let isClean = false;
    try {
      const { drainAndStop } = require('./drain') as typeof import('./drain');
      isClean = await drainAndStop(this.service, this.sockets, this.shutdownTimeoutMs);
    } catch (error) {
      logError(`Shutdown failed: ${inspectThrown(error)}`);
    }
    process.exit(this.exitCode || (isClean ? 0 : 1));
  }
}

/**
 * Listens for SIGTERM and SIGINT.
 *
 * @param end called for a signal
 * @param exit called for a second one, with the exit code that it has in a shell
 */
export function onSignals(end: () => void, exit: (code: number) => void): void {
  let first: { readonly code: number; readonly time: number } | undefined;
  const onSignal = (code: number): void => {
    const time = Date.now();
    first ??= { code, time };
    if (first.code !== code || time - first.time > ONE_SIGNAL_MS) exit(code);
    else end();
  };
  process.on('SIGTERM', () => onSignal(143));
  process.on('SIGINT', () => onSignal(130));
}

/** Answers what is in flight when the function ends the process. Sockets take the short text at once. */
function answerAtExit(service: Service, code: number): void {
  if (service.inFlight.size === 0) return;
  const error = new Error(`Process exited with code ${code}`);
  for (const res of service.inFlight) respondWithCrash(res, error, 'crash');
}
