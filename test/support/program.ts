import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port';
import { root } from './packed';

/** How a program is started. */
export interface Setting {
  args?: string[];
  env?: Record<string, string>;
  /** The name of the module. @default 'index.js' */
  file?: string;
  /** More files beside it, by path. */
  files?: Record<string, string>;
}

let installed: string | undefined;
let programs = 0;
const alive = new Set<ChildProcess>();

after(() => {
  for (const child of alive) child.kill('SIGKILL');
  if (installed !== undefined) rmSync(installed, { recursive: true, force: true });
});

/** Installs what was built beside the programs, as npm would: test/run.mjs knows that it is up to date. */
function install(): string {
  if (installed !== undefined) return installed;
  const directory = mkdtempSync(path.join(os.tmpdir(), 'program-'));
  installed = directory;
  for (const name of ['dist', 'build', 'package.json']) {
    const target = path.join(directory, 'node_modules/barefn', name);
    cpSync(path.join(root, name), target, { recursive: true });
  }
  return directory;
}

/** Starts the command on a module with this text, which may `require('barefn')`. */
export function startProgram(text: string, setting: Setting = {}): Program {
  const directory = install();
  programs += 1;
  const source = path.join(directory, String(programs));
  mkdirSync(source);
  const file = path.join(source, setting.file ?? 'index.js');
  writeFileSync(file, text);
  for (const [name, content] of Object.entries(setting.files ?? {})) {
    mkdirSync(path.dirname(path.join(source, name)), { recursive: true });
    writeFileSync(path.join(source, name), content);
  }
  const child = spawn(
    process.execPath,
    [
      path.join(directory, 'node_modules/barefn/dist/cli.js'),
      `--source=${file}`,
      '--port=0',
      ...(setting.args ?? []),
    ],
    { env: { PATH: process.env['PATH'], ...setting.env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return new Program(child);
}

/** The same, once it listens. */
export async function serveProgram(text: string, setting: Setting = {}): Promise<Program> {
  const program = startProgram(text, setting);
  await program.listening();
  return program;
}

/** The same in production, where the command prints nothing. */
export async function serveInProduction(text: string, setting: Setting = {}): Promise<Program> {
  const port = await freePort();
  const program = startProgram(text, {
    ...setting,
    args: [`--port=${port}`, ...(setting.args ?? [])],
    env: { NODE_ENV: 'production', ...setting.env },
  });
  program.port = port;
  let open = false;
  await program.until(() => {
    net
      .connect(port, '127.0.0.1', function (this: net.Socket) {
        open = true;
        this.destroy();
      })
      .on('error', () => {});
    return open;
  });
  return program;
}

/** A running command, killed after the tests. */
export class Program {
  stdout = '';
  stderr = '';
  port = 0;
  private readonly closed: Promise<unknown>;

  constructor(readonly child: ChildProcess) {
    alive.add(child);
    this.closed = once(child, 'close');
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    child.once('close', () => alive.delete(child));
  }

  /** Whether it is gone, by itself or by a signal. */
  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Waits for the line that names the port. */
  async listening(): Promise<void> {
    await this.until(() => /URL: http:\/\/\S+:\d+/.test(this.stdout));
    this.port = Number(/URL: http:\/\/\S+:(\d+)/.exec(this.stdout)?.[1]);
  }

  /** Waits for a condition; fails with the output when it does not come true in 30 seconds. */
  async until(condition: () => boolean): Promise<void> {
    for (let tries = 0; !condition(); tries++) {
      if (tries > 3000 || this.hasEnded) {
        throw new Error(`Waited in vain.\nstdout: ${this.stdout}\nstderr: ${this.stderr}`);
      }
      await delay(10);
    }
  }

  /** Waits until stdout has this text. */
  async printed(text: string): Promise<void> {
    await this.until(() => this.stdout.includes(text));
  }

  /** Waits until stderr has all of these texts. */
  async logged(...texts: string[]): Promise<void> {
    await this.until(() => texts.every((text) => this.stderr.includes(text)));
  }

  /** Everything on stderr since the last call, once nothing has come for a moment. */
  async takeErrors(): Promise<string> {
    for (let seen = -1; seen !== this.stderr.length; await delay(30)) seen = this.stderr.length;
    const taken = this.stderr;
    this.stderr = '';
    return taken;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** The exit code or signal, once the process has ended; killed by SIGABRT after 30 seconds. */
  async exit(): Promise<number | string | null> {
    const timer = setTimeout(() => this.child.kill('SIGABRT'), 30_000);
    await this.closed;
    clearTimeout(timer);
    return this.child.exitCode ?? this.child.signalCode;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
