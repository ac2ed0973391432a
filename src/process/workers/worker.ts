import type { Socket } from 'node:net';
import type { Service } from '../../server/serve';
import { startReporter } from '../startup';
import type { Supervisor } from '../supervisor';
import {
  isOurs,
  type ServedFunction,
  type ToPrimary,
  type ToWorker,
  WORKER_VARIABLE,
  type WorkersReport,
} from './messages';

/** The link of a worker to the primary, in a process that the primary started. */
export function joinPrimary(): Worker | undefined {
  const isWorker = process.env[WORKER_VARIABLE] !== undefined && process.send !== undefined;
  // A program that the function starts is no worker.
  delete process.env[WORKER_VARIABLE];
  return isWorker ? new Worker() : undefined;
}

/** A process that serves connections which its primary accepts. */
export class Worker {
  private supervisor: Supervisor | undefined;
  private service: Service | undefined;
  private onListening: ((report: WorkersReport) => void) | undefined;
  private lastConnection = 0;
  /** Whether no connection comes any more. */
  private isLastKnown = false;
  private onLast: (() => void) | undefined;

  constructor() {
    process.on('message', (message: unknown, socket: unknown) => {
      if (isOurs(message)) this.onMessage(message as ToWorker, socket as Socket | undefined);
    });
    process.once('disconnect', () => this.end());
    startReporter.note = (text) => send({ barefn: 'note', text });
    startReporter.failed = (text) => this.fail(text);
    // A start that awaits what never comes is seen by an empty event loop.
    process.channel?.unref();
  }

  /** Ends with the primary, from here on. */
  attach(supervisor: Supervisor): void {
    this.supervisor = supervisor;
  }

  /** Tells the primary, which prints it once, why the function cannot be served, and exits with 1. */
  fail(text: string): void {
    send({ barefn: 'failed', text }, () => process.exit(1));
  }

  /** @param onListening called in one worker, when the primary has opened the port */
  serve(
    service: Service,
    { name, type }: ServedFunction,
    onListening: (report: WorkersReport) => void,
  ): void {
    this.service = service;
    this.onListening = onListening;
    service.stopAccepting = () => this.stopAccepting();
    process.channel?.ref();
    send({ barefn: 'ready', served: { name, type } });
  }

  private onMessage(message: ToWorker, socket: Socket | undefined): void {
    switch (message.barefn) {
      case 'connection':
        this.lastConnection = message.id;
        send({ barefn: 'accepted' });
        // It may have closed on its way.
        if (socket !== undefined) this.accept(socket);
        break;
      case 'check':
        if (message.id !== this.lastConnection) send({ barefn: 'missed' });
        break;
      case 'listening':
        // As if it listened: node:http watches its timeouts from here on.
        this.service?.server.emit('listening');
        if (message.report !== undefined) this.onListening?.(message.report);
        break;
      case 'end':
        this.end();
        break;
      case 'exit':
        process.exit(message.code);
    }
  }

  /** Does what node:http's own server does with a connection. */
  private accept(socket: Socket): void {
    socket.allowHalfOpen = true;
    socket.setNoDelay(true);
    this.service?.server.emit('connection', socket);
  }

  private end(): void {
    this.isLastKnown = true;
    this.onLast?.();
    void this.supervisor?.end(0);
  }

  /** Resolves when the last connection has come. */
  private stopAccepting(): Promise<void> {
    return new Promise((resolve) => {
      if (this.isLastKnown) {
        resolve();
        return;
      }
      this.onLast = resolve;
      send({ barefn: 'ending' });
    });
  }
}

function send(message: ToPrimary, sent: () => void = () => {}): void {
  if (process.connected) process.send?.(message, undefined, undefined, sent);
  else sent();
}
