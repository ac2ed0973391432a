import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import os from 'node:os';
import { isOurs, type ToPrimary, type ToWorker, WORKER_VARIABLE } from './messages';

/** What becomes of a worker. */
export interface WorkerEvents {
  onMessage(message: ToPrimary): void;
  onExit(): void;
}

/** The primary's side of a process that serves. */
export class WorkerProcess {
  /** `ending`: it takes no connection any more. */
  state: 'starting' | 'serving' | 'ending' = 'starting';
  hasServed = false;
  /** Whether it asked to end, e.g. because it got a signal. */
  asksToEnd = false;
  /** Why it cannot serve, in its own words. */
  failure: string | undefined;
  /** The exit code once it has ended; 128 and the number of the signal that ended it, as in a shell. */
  exitCode = 0;
  /** How it ended, for a log line. */
  end = '';
  private hasEnded = false;
  private readonly child: ChildProcess;
  private readonly startedAt = performance.now();

  /** @param number from 1; a replacement has the number of the worker that it replaces */
  constructor(
    readonly number: number,
    private readonly events: WorkerEvents,
  ) {
    this.child = fork(process.argv[1] as string, process.argv.slice(2), {
      execArgv: [...process.execArgv, ...inspectorFlags()],
      env: { ...process.env, [WORKER_VARIABLE]: String(number) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.on('message', (message) => this.onMessage(message));
    this.child.once('exit', (code, signal) => this.onExit(code, signal));
    // Without a process there may be no 'exit'. Failed messages have their callbacks.
    this.child.on('error', () => this.child.pid === undefined && this.onExit(1, null));
  }

  get name(): string {
    return `Worker ${this.number} (process ${this.child.pid})`;
  }

  /** Milliseconds since it was started. */
  get age(): number {
    return performance.now() - this.startedAt;
  }

  /** Sends a message. One to a worker that has just died is lost: its exit is on its way. */
  send(message: ToWorker): void {
    this.child.send(message, () => {});
  }

  /** Sends a connection. It stays open here too, until it is known to have arrived. */
  sendConnection(socket: Socket, id: number): void {
    const message: ToWorker = { barefn: 'connection', id };
    this.child.send(message, socket, { keepOpen: true }, () => {});
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private onMessage(message: unknown): void {
    if (isOurs(message)) this.events.onMessage(message as ToPrimary);
    // What a function tells a process manager, and Node tells --watch.
    else if (process.connected) process.send?.(message, undefined, undefined, () => {});
  }

  private onExit(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.exitCode = code ?? 128 + os.constants.signals[signal ?? 'SIGKILL'];
    this.end = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
    this.events.onExit();
  }
}

let inspectors = 0;

/** Gives each worker an inspector of its own, as node:cluster does. */
function inspectorFlags(): string[] {
  const options = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''];
  if (!options.some((text) => /--inspect|--debug-port/.test(text))) return [];
  const { debugPort } = process;
  inspectors++;
  return [`--inspect-port=${debugPort === 0 ? 0 : debugPort + inspectors}`];
}
