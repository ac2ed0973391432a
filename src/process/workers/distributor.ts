import type { Socket } from 'node:net';
import type { WorkerProcess } from './worker-process';

/** After this time without an answer the worker is asked whether a connection has come. */
const CHECK_AFTER_MS = 1000;

/** A connection on its way to a worker. */
interface Handed {
  readonly socket: Socket;
  readonly check: NodeJS.Timeout;
}

/**
 * Hands connections to workers: each to the worker that has been free for longest, which is free again
 * when it has the connection. What a worker has not confirmed is still open here: when it dies, another
 * one gets it.
 */
export class Distributor {
  private readonly waiting: Socket[] = [];
  private readonly free: WorkerProcess[] = [];
  private readonly handed = new Map<WorkerProcess, Handed>();
  private readonly retiring = new Map<WorkerProcess, () => void>();
  private lastId = 0;
  private onSettled: (() => void) | undefined;

  /** @param onChange told how many connections wait, when that may have changed */
  constructor(private readonly onChange: (waiting: number) => void) {}

  accept(socket: Socket): void {
    // Nothing is read from it here.
    socket.on('error', () => {});
    this.waiting.push(socket);
    this.distribute();
  }

  /** From here on the worker gets connections. */
  add(worker: WorkerProcess): void {
    this.free.push(worker);
    this.distribute();
  }

  /**
   * The worker has its connection, of which this process held a copy, or cannot get it: then it closes, as
   * in a single process without a free descriptor.
   */
  confirm(worker: WorkerProcess): void {
    this.takeBack(worker)?.destroy();
    const retired = this.retiring.get(worker);
    this.retiring.delete(worker);
    if (retired !== undefined) retired();
    else this.free.push(worker);
    this.distribute();
  }

  /** Hands the worker no more. Calls back when nothing is on its way to it. */
  retire(worker: WorkerProcess, retired: () => void): void {
    if (this.handed.has(worker)) {
      this.retiring.set(worker, retired);
      return;
    }
    this.forget(worker);
    retired();
  }

  /** The worker is gone. */
  remove(worker: WorkerProcess): void {
    this.forget(worker);
    this.retiring.delete(worker);
    const socket = this.takeBack(worker);
    if (socket !== undefined) this.waiting.unshift(socket);
    this.distribute();
  }

  /** Resolves when every connection has a worker. Cuts those off that no worker is left for. */
  async flush(): Promise<number> {
    while (this.waiting.length > 0 && this.free.length + this.handed.size > 0) {
      await new Promise<void>((resolve) => {
        this.onSettled = resolve;
      });
    }
    const lost = this.waiting.splice(0);
    for (const socket of lost) socket.destroy();
    return lost.length;
  }

  private distribute(): void {
    while (this.waiting.length > 0 && this.free.length > 0) {
      const worker = this.free.shift() as WorkerProcess;
      const socket = this.waiting.shift() as Socket;
      const id = ++this.lastId;
      const check = setTimeout(() => worker.send({ barefn: 'check', id }), CHECK_AFTER_MS);
      this.handed.set(worker, { socket, check });
      worker.sendConnection(socket, id);
    }
    this.onChange(this.waiting.length);
    this.onSettled?.();
  }

  private takeBack(worker: WorkerProcess): Socket | undefined {
    const handed = this.handed.get(worker);
    this.handed.delete(worker);
    clearTimeout(handed?.check);
    return handed?.socket;
  }

  private forget(worker: WorkerProcess): void {
    const index = this.free.indexOf(worker);
    if (index !== -1) this.free.splice(index, 1);
  }
}
