// What a start does, in counts: they repeat where times do not.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { everyPair, isOnNode } from './cold-start.mjs';
import { recordOrFail } from './failure.mjs';
import { roundsWithin } from './plan.mjs';
import { endGently, startServer } from './server.mjs';
import { hello } from './workloads/index.mjs';
import { createFolder } from './workspace.mjs';

/** Preloaded into every subject on Node alike, so that none of them counts its own way to drain. */
const exitOnSigterm = fileURLToPath(new URL('workloads/exit-on-sigterm.cjs', import.meta.url));
/** valgrind executes each instruction for itself. */
const timeout = 120_000;

/**
 * @typedef {import('./server.mjs').Start} Start
 * @typedef {'perf' | 'valgrind'} Counter
 */

/**
 * System calls on files and, where something can count them, instructions, up to the first answer.
 * @param {import('./cold-start.mjs').Bench} bench
 */
export async function measureCounts(bench) {
  const counter = findCounter(bench.options.valgrind);
  const folder = createFolder();
  const pairs = everyPair(bench).filter((pair) => isOnNode(pair) || pair.subject.ownRuntime);
  for (const round of roundsWithin(bench.seconds, { fewest: 1, most: 3 })) {
    for (const { subject, runtime } of pairs) {
      const { name } = subject;
      const key = { experiment: 'counts', subject: name, runtime: runtime.name, variant: '' };
      const start = { subject, runtime, firstRequest: hello };
      await recordOrFail(bench.recorder, key, async () => ({
        round,
        ...(hasStrace() && (await countSystemCalls(start, folder))),
        ...(counter && { instructions: await countInstructions(start, counter, folder) }),
      }));
      bench.progress(`counts, ${name}`);
    }
  }
}

/**
 * What counts instructions on this machine: perf, or valgrind where it was asked for.
 * @param {boolean} allowsValgrind
 * @returns {Counter | undefined}
 */
export function findCounter(allowsValgrind) {
  const perf = spawnSync('perf', ['stat', '-x,', '-e', 'instructions:u', 'true'], {
    encoding: 'utf8',
  });
  if (perf.status === 0 && /^\d+,/m.test(perf.stderr)) return 'perf';
  const hasValgrind = spawnSync('valgrind', ['--version'], { stdio: 'ignore' }).status === 0;
  return allowsValgrind && hasValgrind ? 'valgrind' : undefined;
}

/**
 * Instructions in user mode from spawn to the first answer, in millions.
 * @type {(start: Start, counter: Counter, folder: string) => Promise<number>}
 */
export async function countInstructions(start, counter, folder) {
  const file = path.join(folder, 'instructions');
  const wrapper = {
    perf: ['perf', 'stat', '-x,', '-e', 'instructions:u', '-o', file],
    valgrind: [
      'valgrind',
      '--tool=callgrind',
      '--callgrind-out-file=/dev/null',
      `--log-file=${file}`,
    ],
  }[counter];
  await startAndEnd(start, wrapper);
  const text = readFileSync(file, 'utf8');
  const count = /Collected : (\d+)/.exec(text)?.[1] ?? /^(\d+),/m.exec(text)?.[1];
  if (!count) throw new Error(`${counter} counted nothing: ${text.slice(-300)}`);
  return Number(count) / 1e6;
}

function hasStrace() {
  return spawnSync('strace', ['-V'], { stdio: 'ignore' }).status === 0;
}

/** @type {(start: Start, folder: string) => Promise<{ filesOpened: number, statCalls: number }>} */
async function countSystemCalls(start, folder) {
  const file = path.join(folder, 'calls');
  await startAndEnd(start, ['strace', '-f', '-qq', '-e', 'trace=%file', '-o', file]);
  const lines = readFileSync(file, 'utf8').split('\n');
  const opened = /\bopen(?:at|at2)?\(.* = \d+$/;
  const looked = /\b(?:l?stat|newfstatat|statx|access|faccessat2?|readlink(?:at)?)\(/;
  return {
    filesOpened: lines.filter((line) => opened.test(line)).length,
    statCalls: lines.filter((line) => looked.test(line)).length,
  };
}

/** @type {(start: Start, wrapper: string[]) => Promise<void>} */
async function startAndEnd(start, wrapper) {
  const runtimeArgs = ['--require', exitOnSigterm];
  const server = await startServer({ ...start, wrapper, runtimeArgs, timeout });
  await endGently(server);
  await server.stop();
}
