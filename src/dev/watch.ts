import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_OUT, RECORD } from '../built/record';
import { resolveSource } from '../load/load';
import type { Options } from '../options/options';

/** Editors write a file in several steps. */
const SETTLE_MS = 100;
/** A terminal and npm both pass Ctrl-C on: within this time it counts once. */
const ONE_SIGNAL_MS = 1000;
/** Tells a process that this module watches it, not `node --watch`. */
const MARK = 'barefn';

/**
 * Serves in a child process that is restarted when the code changes.
 *
 * Node reports the modules that a process loads if WATCH_REPORT_DEPENDENCIES is set. `node --watch`
 * uses the same report but watches files: on Linux it loses a file that an editor saves by renaming.
 * This module watches their directories.
 *
 * @returns false in the child process
 * @throws BarefnError `SOURCE_NOT_FOUND`
 */
export function watch(options: Options, argv: readonly string[]): boolean {
  const mark = process.env['WATCH_REPORT_DEPENDENCIES'];
  if (mark === MARK) endWithParent();
  if (mark !== undefined) return false;
  const directory = path.dirname(resolveSource(options.source));
  if (fs.existsSync(`${DEFAULT_OUT}/${RECORD}`)) {
    console.error(`--watch serves the source, not the build in ${DEFAULT_OUT}.`);
  }
  void findPort(options).then((port) => {
    const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
    const args = [...argv.slice(0, end), `--port=${port}`, ...argv.slice(end)];
    new Watcher(args, directory, options.shutdownTimeout).start();
  });
  return true;
}

function endWithParent(): void {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}

/** Picks a free port for --port=0, so that it stays the same. */
async function findPort({ port, host }: Options): Promise<number> {
  if (port !== 0) return port;
  return new Promise((resolve) => {
    const server = net.createServer();
    // The child process reports what is wrong with the host.
    server.once('error', () => resolve(0));
    server.listen({ port, host }, () => {
      const { port: free } = server.address() as AddressInfo;
      server.close(() => resolve(free));
    });
  });
}

class Watcher {
  private readonly modules = new Set<string>();
  private readonly directories = new Map<string, fs.FSWatcher>();
  private child: ChildProcess | undefined;
  private settling: NodeJS.Timeout | undefined;
  private isRestarting = false;
  private endingSince: number | undefined;

  constructor(
    private readonly args: readonly string[],
    private readonly directory: string,
    private readonly shutdownTimeout: number,
  ) {
    // Keep watching when nobody reads the messages any more.
    process.stderr.on('error', () => {});
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => this.end(signal));
    }
  }

  start(): void {
    this.watchDirectory(this.directory);
    const args = [...process.execArgv, process.argv[1] as string, ...this.args];
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Its own process group: Ctrl-C in a terminal reaches it once, through this process.
      detached: process.platform !== 'win32',
      // A restart should not wait for hanging requests.
      env: {
        FUNCTION_SHUTDOWN_TIMEOUT: '1',
        ...process.env,
        WATCH_REPORT_DEPENDENCIES: MARK,
      },
    });
    child.on('message', (message) => this.addModules(message));
    child.once('exit', (code, signal) => this.onExit(code, signal));
    this.child = child;
  }

  /** Node's report: `{ 'watch:require': [file] }` or `{ 'watch:import': [url] }`. */
  private addModules(message: unknown): void {
    const report = message as Record<string, unknown> | null;
    for (const name of [report?.['watch:require'], report?.['watch:import']].flat()) {
      if (typeof name !== 'string') continue;
      const file = name.startsWith('file:') ? fileURLToPath(name) : name;
      if (!path.isAbsolute(file) || file.split(path.sep).includes('node_modules')) continue;
      this.modules.add(file);
      this.watchDirectory(path.dirname(file));
    }
  }

  private watchDirectory(directory: string): void {
    if (this.directories.has(directory)) return;
    const forget = (): void => {
      this.directories.get(directory)?.close();
      this.directories.delete(directory);
    };
    try {
      const watcher = fs.watch(directory, (_, name) => {
        this.onChange(directory, name);
        if (!fs.existsSync(directory)) forget();
      });
      watcher.on('error', forget);
      this.directories.set(directory, watcher);
    } catch (error) {
      console.error(`Cannot watch ${directory}: ${(error as Error).message}`);
    }
  }

  // Reports lack modules that failed to load and those of loader hooks: any file of code counts.
  private onChange(directory: string, name: string | null): void {
    const file = path.join(directory, name ?? '');
    if (!this.modules.has(file) && !/\.[cm]?[jt]sx?$/.test(file)) return;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.restart(file), SETTLE_MS);
  }

  private restart(file: string): void {
    if (this.endingSince !== undefined || this.isRestarting) return;
    console.error(`\n${path.relative('', file)} changed: restarting.`);
    if (this.child === undefined) {
      this.start();
      return;
    }
    this.isRestarting = true;
    this.stopChild(this.child, 'SIGTERM');
  }

  private end(signal: NodeJS.Signals): void {
    if (this.child === undefined) process.exit(0);
    if (this.endingSince === undefined) {
      this.endingSince = Date.now();
      this.stopChild(this.child, signal);
    } else if (Date.now() - this.endingSince > ONE_SIGNAL_MS) {
      this.child.kill('SIGKILL');
    }
  }

  /** Kills code that blocks the event loop, which no signal reaches. */
  private stopChild(child: ChildProcess, signal: NodeJS.Signals): void {
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), (this.shutdownTimeout + 1) * 1000);
    child.once('exit', () => clearTimeout(timer));
  }

  private onExit(code: number | null, signal: NodeJS.Signals | null): void {
    this.child = undefined;
    if (this.endingSince !== undefined) process.exit(code ?? 1);
    if (this.isRestarting) {
      this.isRestarting = false;
      this.start();
    } else {
      console.error(`The process ended (${signal ?? code}). Waiting for the code to change.`);
    }
  }
}
