import { logError } from '../../http/errors/log-error';
import type { Options } from '../../options/options';
import { listenFailure } from '../listen-errors';
import { onSignals } from '../supervisor';
import { Distributor } from './distributor';
import type { ServedFunction, ToPrimary } from './messages';
import { Port } from './port';
import { HOPELESS, Restarts } from './restarts';
import { WorkerProcess } from './worker-process';

/** Says that the port is open and every worker serves. */
export type Announce = (served: ServedFunction, port: number, workers: number) => void;

/** How long a worker that asks to end gets connections still. */
const LETTING_GO_MS = 100;
/** What workers may take longer than the shutdown timeout, before they are killed. */
const KILL_GRACE_MS = 2000;
/** What workers have to answer with an error when they are to exit at once. */
const EXIT_GRACE_MS = 500;

/** The place of a worker, which several processes may have, one after another. */
interface Slot {
  readonly number: number;
  readonly restarts: Restarts;
  restart: NodeJS.Timeout | undefined;
}

/** Starts the workers, accepts connections for them, and replaces those that end. */
export class Primary {
  private readonly slots: readonly Slot[];
  private readonly workers = new Set<WorkerProcess>();
  private readonly distributor = new Distributor((waiting) => this.port?.regulate(waiting));
  /** What workers had to say, each once. */
  private readonly notes = new Set<string>();
  private port: Port | undefined;
  private isOpen = false;
  private isEnding = false;
  /** Whether all workers were told to end. */
  private areAllTold = false;
  private exitCode = 0;
  private primaryMs = 0;

  constructor(
    private readonly options: Options,
    count: number,
    private readonly announce: Announce,
  ) {
    this.slots = Array.from({ length: count }, (_, index) => {
      return { number: index + 1, restarts: new Restarts(), restart: undefined };
    });
    onSignals(
      () => void this.end(),
      (code) => this.exitAtOnce(code),
    );
  }

  start(): void {
    this.primaryMs = performance.now();
    for (const slot of this.slots) this.startWorker(slot);
  }

  private startWorker(slot: Slot): void {
    const worker = new WorkerProcess(slot.number, {
      onMessage: (message) => this.onMessage(worker, slot, message),
      onExit: () => this.onExit(worker, slot),
    });
    this.workers.add(worker);
  }

  private onMessage(worker: WorkerProcess, slot: Slot, message: ToPrimary): void {
    switch (message.barefn) {
      case 'ready':
        this.onReady(worker, message.served);
        break;
      case 'failed':
        worker.failure = message.text;
        break;
      case 'note':
        if (!this.notes.has(message.text)) logError(message.text);
        this.notes.add(message.text);
        break;
      case 'accepted':
      case 'missed':
        this.distributor.confirm(worker);
        break;
      case 'ending':
        this.letGo(worker, slot);
    }
  }

  private onReady(worker: WorkerProcess, served: ServedFunction): void {
    // It was told to end, and has not read that yet.
    if (worker.state === 'ending') return;
    worker.state = 'serving';
    worker.hasServed = true;
    if (this.isOpen) this.putToWork(worker);
    else if (this.serving().length === this.slots.length) this.listen(served);
  }

  /** Opens the port, once every worker can serve. */
  private listen(served: ServedFunction): void {
    const { port, host } = this.options;
    this.port = new Port(port, host, {
      onConnection: (socket) => this.distributor.accept(socket),
      onOpen: (port) => this.onOpen(served, port),
      onError: (error) => this.onPortError(error),
    });
    this.port.open();
  }

  private onOpen(served: ServedFunction, port: number): void {
    this.isOpen = true;
    for (const worker of this.serving()) this.putToWork(worker);
    this.announce(served, port, this.slots.length);
    // Later there may be no descriptor left.
    setImmediate(() => lateModules().loadForProcess());
  }

  /** Another program may have taken the port while it was closed. */
  private onPortError(error: Error): void {
    if (this.isEnding) return;
    logError(listenFailure(error, this.options, process).message);
    if (!this.isOpen) {
      this.exitAtOnce(1);
      return;
    }
    this.exitCode = 1;
    void this.end();
  }

  private putToWork(worker: WorkerProcess): void {
    const { primaryMs, slots } = this;
    const reports = worker.number === 1 && this.primaryMs > 0;
    const report = reports ? { workers: slots.length, primaryMs } : undefined;
    if (reports) this.primaryMs = 0;
    worker.send({ barefn: 'listening', report });
    this.distributor.add(worker);
  }

  private onExit(worker: WorkerProcess, slot: Slot): void {
    const { failure, exitCode, name, end } = worker;
    this.workers.delete(worker);
    this.distributor.remove(worker);
    // A start that fails is said once, also one that a signal is ending: it exits with an error.
    const isSaid = this.isOpen ? this.isEnding : this.exitCode !== 0;
    if (failure !== undefined && !isSaid) logError(failure);
    // A replacement that cannot start loses no request.
    if (this.isEnding) {
      if (worker.hasServed || !this.isOpen) this.exitCode ||= exitCode;
      this.exitWhenGone();
    } else if (!this.isOpen) {
      const isSignal = failure === undefined && exitCode > 128;
      if (isSignal) logError(`${name} ${end} before it could serve.`);
      this.exitAtOnce(exitCode);
    } else if (!worker.asksToEnd) this.replace(worker, slot);
  }

  /**
   * Replaces a worker that asks to end. For a moment it gets connections still: a signal to all processes
   * of a group, such as Ctrl-C, may be on its way to this one.
   */
  private letGo(worker: WorkerProcess, slot: Slot): void {
    if (worker.asksToEnd) return;
    worker.asksToEnd = true;
    setTimeout(() => {
      if (!this.isEnding) this.endWorker(worker);
    }, LETTING_GO_MS);
    this.replace(worker, slot);
  }

  /** Starts another process after a pause, unless none runs for long any more. */
  private replace(worker: WorkerProcess, slot: Slot): void {
    if (this.isEnding) return;
    const pause = slot.restarts.pauseAfter(worker.age);
    if (this.isHopeless()) {
      logError(`${worker.name} ${worker.end || 'is ending'}. ${HOPELESS}`);
      this.exitCode = worker.exitCode || (worker.asksToEnd ? 0 : 1);
      void this.end();
      return;
    }
    const text = `Another one starts in ${pause / 1000} s.`;
    if (worker.end !== '') logError(`${worker.name} ${worker.end}. ${text}`);
    slot.restart = setTimeout(() => {
      if (worker.end === '') logError(`${worker.name} is ending. Another one starts.`);
      this.startWorker(slot);
    }, pause);
  }

  private isHopeless(): boolean {
    const isLeft = this.serving().some(({ asksToEnd }) => !asksToEnd);
    return !isLeft && this.slots.every(({ restarts }) => restarts.areHopeless);
  }

  /** Ends all workers: closes the port, hands on what was accepted, and lets each of them drain. */
  private async end(): Promise<void> {
    if (this.isEnding) return;
    this.isEnding = true;
    for (const slot of this.slots) clearTimeout(slot.restart);
    const killAfter = this.options.shutdownTimeout * 1000 + KILL_GRACE_MS;
    setTimeout(() => this.killAll(), killAfter);
    for (const worker of this.workers) if (worker.state === 'starting') this.endWorker(worker);
    await this.port?.close();
    const lost = await this.distributor.flush();
    if (lost > 0) {
      logError(`${lost} connection(s) were cut off: no worker was left to serve them.`);
      this.exitCode ||= 1;
    }
    this.areAllTold = true;
    for (const worker of this.workers) if (worker.state === 'serving') this.endWorker(worker);
    this.exitWhenGone();
  }

  private endWorker(worker: WorkerProcess): void {
    worker.state = 'ending';
    this.distributor.retire(worker, () => worker.send({ barefn: 'end' }));
  }

  private exitWhenGone(): void {
    if (this.areAllTold && this.workers.size === 0) process.exit(this.exitCode);
  }

  private killAll(): void {
    logError('The shutdown timeout is over: workers that do not react were killed.');
    this.exitCode ||= 1;
    for (const worker of this.workers) worker.kill();
  }

  /** Exits with this code, after workers had a moment to tell those who wait. */
  private exitAtOnce(code: number): void {
    this.isEnding = true;
    this.areAllTold = true;
    this.exitCode = code;
    for (const worker of this.workers) worker.send({ barefn: 'exit', code });
    setTimeout(() => {
      for (const worker of this.workers) worker.kill();
      process.exit(code);
    }, EXIT_GRACE_MS);
    this.exitWhenGone();
  }

  private serving(): WorkerProcess[] {
    return [...this.workers].filter(({ state }) => state === 'serving');
  }
}

function lateModules(): typeof import('../late-modules') {
  return require('../late-modules') as typeof import('../late-modules');
}
