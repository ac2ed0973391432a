import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../support/free-port';

/** How a server is started. */
export interface Setting {
  args?: string[];
  env?: Record<string, string>;
  /** The working directory below the program. @default '.' */
  directory?: string;
}

/** One of the two packages, installed under Google's name beside a copy of the program. */
export class Subject {
  private readonly servers = new Map<string, Promise<Server>>();

  constructor(
    readonly name: 'theirs' | 'ours',
    /** The directory that holds node_modules and program. */
    readonly directory: string,
    /** The environment of each of its processes. */
    private readonly env: Record<string, string> = {},
  ) {}

  /** The running server of a setting; started on first use and again after it died. */
  async server(setting: Setting): Promise<Server> {
    const key = JSON.stringify(setting);
    const running = await this.servers.get(key);
    // A process that is about to end has closed its port before its end is known here.
    if (running && !running.exited && (await answers(running.port))) return running;
    const starting = this.start(setting);
    this.servers.set(key, starting);
    // The start-up lines belong to no case.
    await (await starting).logs();
    return starting;
  }

  /** Starts a server of its own, for cases that end it. */
  async start(setting: Setting): Promise<Server> {
    const port = await freePort();
    const server = new Server(this.spawn(this.bin, [`--port=${port}`], setting), port, this);
    await server.listening();
    return server;
  }

  /** Runs a command to its end, or for `patience` milliseconds after it printed something. */
  async run(command: string, args: string[], setting: Setting, patience = 8000): Promise<Finished> {
    const output = new Output(this.spawn(command, args, setting), this);
    const kill = (): void => void output.child.kill('SIGKILL');
    const timers = [setTimeout(kill, 30_000)];
    output.child.stdout?.once('data', () => timers.push(setTimeout(kill, patience)));
    await output.closed;
    for (const timer of timers) clearTimeout(timer);
    const { exitCode, signalCode } = output.child;
    return { code: String(exitCode ?? signalCode), ...output.take() };
  }

  get bin(): string {
    return path.join(this.directory, 'node_modules/.bin/functions-framework');
  }

  async stop(): Promise<void> {
    for (const server of this.servers.values()) (await server.catch(() => undefined))?.kill();
  }

  private spawn(command: string, args: string[], setting: Setting): ChildProcess {
    const { PATH } = process.env;
    return spawn(command, [...args, ...(setting.args ?? [])], {
      cwd: path.join(this.directory, 'program', setting.directory ?? '.'),
      env: { PATH, ...this.env, ...setting.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

export interface Finished {
  code: string;
  stdout: string;
  stderr: string;
}

/** What a child process prints, normalised: paths, ports, stack frames and dates of the run. */
class Output {
  readonly closed: Promise<unknown>;
  private stdout = '';
  private stderr = '';
  private wake: () => void = () => {};

  constructor(
    readonly child: ChildProcess,
    private readonly subject: Subject,
  ) {
    this.closed = once(child, 'close');
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
      this.wake();
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
      this.wake();
    });
    child.on('close', () => this.wake());
  }

  get exited(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits until both streams have shown `mark`, or the process has gone. */
  async shows(mark: string, patience: number): Promise<void> {
    const deadline = Date.now() + patience;
    while (!(this.stdout.includes(mark) && this.stderr.includes(mark))) {
      if (this.exited || Date.now() > deadline) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - Date.now());
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Everything printed since the last call. */
  take(): { stdout: string; stderr: string } {
    const taken = { stdout: this.normalise(this.stdout), stderr: this.normalise(this.stderr) };
    this.stdout = '';
    this.stderr = '';
    return taken;
  }

  private normalise(text: string): string {
    return text
      .replaceAll(this.subject.directory, '<directory>')
      .replace(/^.*<mark>.*\n/gm, '')
      .replace(/\\n {4}at .*?(?=")/g, '')
      .replace(/\n {4}at .*/g, '')
      .replace(/localhost:\d+/g, 'localhost:<port>');
  }
}

/** A running server. */
export class Server {
  private readonly output: Output;

  constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    subject: Subject,
  ) {
    this.output = new Output(child, subject);
  }

  get exited(): boolean {
    return this.output.exited;
  }

  /** Resolves when the port answers; rejects with the output when the process ends before. */
  async listening(): Promise<void> {
    for (let tries = 0; tries < 400; tries++) {
      if (this.exited) throw new Error(`The server did not start: ${JSON.stringify(this.take())}`);
      if (await answers(this.port)) return;
      await delay(20);
    }
    throw new Error('The server did not listen within 8 seconds.');
  }

  /** What was printed since the last call, once all of it has come through. */
  async logs(): Promise<{ stdout: string; stderr: string }> {
    // The programs print a mark on both streams when they get SIGUSR2 (program/mark.js).
    if (!this.exited) this.child.kill('SIGUSR2');
    await this.output.shows('<mark>', 2000);
    return this.take();
  }

  take(): { stdout: string; stderr: string } {
    return this.output.take();
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** The exit code or signal, or 'alive' after `patience` milliseconds. */
  async end(patience: number): Promise<string> {
    await Promise.race([this.output.closed, delay(patience, undefined, { ref: false })]);
    return this.exited ? String(this.child.exitCode ?? this.child.signalCode) : 'alive';
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
