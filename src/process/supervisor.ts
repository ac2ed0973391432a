import type { Socket } from 'node:net';
import { describeThrown, inspectThrown } from '../core/thrown';
import { logError } from '../http/errors/log-error';
import { respondWithCrash } from '../http/errors/respond';
import type { Service } from '../server/serve';
import { answerFault, type FaultEvent, keepFaultsOfRequests } from './request-errors';

/** The exit code of a process whose code failed outside any request; node itself uses none like it. */
const CRASH_EXIT_CODE = 16;
/** A terminal and npm both pass Ctrl-C on: within this time the same signal is one. */
const ONE_SIGNAL_MS = 1000;

/** Supervises a process that serves one function: signals, and errors that nobody caught. */
export class Supervisor {
  private readonly shutdownTimeoutMs: number;
  private readonly sockets = new Set<Socket>();
  private service: Service | undefined;
  /** Whether the process is on its way out: no port may be opened any more. */
  ending = false;
  private exitCode = 0;
  private firstSignal: { readonly code: number; readonly time: number } | undefined;

  /** @param shutdownTimeout seconds that requests and hooks have to end */
  constructor(shutdownTimeout: number) {
    this.shutdownTimeoutMs = shutdownTimeout * 1000;
    process.on('SIGTERM', () => this.onSignal(143));
    process.on('SIGINT', () => this.onSignal(130));
  }

  /** Takes charge of a service: from here on errors that nobody caught are answered or end it. */
  supervise(service: Service): void {
    this.service = service;
    service.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    keepFaultsOfRequests();
    process.on('uncaughtException', (fault, origin) => this.onFault(fault, origin));
    process.on('unhandledRejection', (fault) => this.onFault(fault, 'unhandledRejection'));
    process.on('exit', (code) => answerAtExit(service, code));
  }

  /** @param code what a second signal ends the process with, as a shell says it */
  private onSignal(code: number): void {
    const time = Date.now();
    this.firstSignal ??= { code, time };
    const { firstSignal: first } = this;
    if (first.code !== code || time - first.time > ONE_SIGNAL_MS) process.exit(code);
    void this.end(0);
  }

  /** An error that no request is to blame for: the process is broken. */
  private onFault(fault: unknown, event: FaultEvent): void {
    // Runtimes other than node come here with those of requests.
    if (answerFault(fault, event)) return;
    logError(event === 'unhandledRejection' ? 'Unhandled rejection' : 'Uncaught exception');
    logError(describeThrown(fault));
    void this.end(CRASH_EXIT_CODE);
  }

  /** Ends the process once: with a code that was given meanwhile, or 1 where something was lost. */
  async end(code: number): Promise<void> {
    this.exitCode ||= code;
    if (this.ending) return;
    this.ending = true;
    let isClean = false;
    try {
      const { drainAndStop } = require('./drain') as typeof import('./drain');
      isClean = await drainAndStop(this.service, this.sockets, this.shutdownTimeoutMs);
    } catch (fault) {
      logError(`Shutdown failed: ${inspectThrown(fault)}`);
    }
    process.exit(this.exitCode || (isClean ? 0 : 1));
  }
}

/** The function ended the process: those who wait are told. Sockets take the short text at once. */
function answerAtExit(service: Service, code: number): void {
  if (service.inFlight.size === 0) return;
  const fault = new Error(`Process exited with code ${code}`);
  for (const res of service.inFlight) respondWithCrash(res, fault, 'crash');
}
