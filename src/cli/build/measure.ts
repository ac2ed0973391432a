import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BarefnError } from '../../core/errors';
import type { BundleSettings } from './bundle';
import { START } from './entry';
import { ask } from './process';

const ROUNDS = 7;

/** One start. */
interface Start {
  /** From the start of the process to its first answer. */
  readonly ms: number;
  /** CPU of all threads until then; undefined where only Linux would tell. */
  readonly cpuMs: number | undefined;
}

/** Starts the function from its source and from the build, in turns, and gives the medians. */
export async function measure(settings: BundleSettings, flags: readonly string[]): Promise<string> {
  const source: Start[] = [];
  const built: Start[] = [];
  const cli = path.join(settings.dist, 'cli.js');
  const file = path.join(settings.directory, START);
  for (let round = 0; round < ROUNDS; round++) {
    // In a directory without a build, the command serves the source.
    source.push(await start([cli, ...flags], settings.directory));
    built.push(await start([file, ...flags], process.cwd()));
  }
  return `First answer, medians of ${ROUNDS} starts in turns: ${describe(source)} from the source, ${describe(built)} from the build`;
}

function describe(starts: readonly Start[]): string {
  const cpu = starts.map(({ cpuMs }) => cpuMs).filter((value) => value !== undefined);
  const text = `${median(starts.map(({ ms }) => ms))} ms`;
  return cpu.length === 0 ? text : `${text} (CPU ${median(cpu)} ms)`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] as number);
}

async function start(args: readonly string[], cwd: string): Promise<Start> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [...process.execArgv, ...args, `--port=${port}`], {
    cwd,
    stdio: 'ignore',
    env: { NODE_ENV: 'production', ...process.env },
  });
  try {
    for (;;) {
      try {
        await ask(port, {});
        return { ms: performance.now() - began, cpuMs: cpuOf(child.pid as number) };
      } catch (error) {
        if (child.exitCode !== null) {
          throw new BarefnError('BUILD_FAILED', 'A start that was to be measured failed.', {
            cause: error,
          });
        }
        await delay(2);
      }
    }
  } finally {
    child.kill('SIGKILL');
  }
}

/** Linux counts the time of each thread in nanoseconds. */
function cpuOf(pid: number): number | undefined {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    const times = tasks.map((task) =>
      Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]),
    );
    return times.reduce((sum, time) => sum + time, 0) / 1e6;
  } catch {
    return undefined;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
