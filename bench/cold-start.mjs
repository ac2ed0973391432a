// Cold starts: from spawn to the first complete, verified answer.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { recordOrFail } from './failure.mjs';
import { roundsWithin } from './plan.mjs';
import { startServer } from './server.mjs';
import { shuffle } from './stats.mjs';
import { hello } from './workloads/index.mjs';

/**
 * What every experiment is given.
 * @typedef {object} Bench
 * @property {import('./subjects/index.mjs').Subject[]} subjects
 * @property {import('./server.mjs').Runtime[]} runtimes
 * @property {import('./options.mjs').Options} options
 * @property {import('./recorder.mjs').Recorder} recorder
 * @property {() => number} random
 * @property {number} seconds The time that the experiment may take.
 * @property {number} [endsAt] When a load stops that takes longer than was planned.
 * @property {import('./plan.mjs').Progress} progress
 */

/** Fewer rounds than this give no interval worth its name. */
export const fewestStarts = 6;

/**
 * In each round every subject starts once on every runtime, in random order. One start of each
 * goes unrecorded before: it fills the page cache.
 * @param {Bench} bench
 */
export async function measureColdStarts(bench) {
  const { startTimeout: timeout, samples, dropCache } = bench.options;
  const starts = everyPair(bench).map(({ subject, runtime }) => ({
    variant: '',
    start: { subject, runtime, firstRequest: hello, timeout },
  }));
  await measureStarts(bench, 'cold-start', starts, { most: samples, dropCache });
}

/**
 * Starts in rounds, as many as the time of the stage allows.
 * @param {Bench} bench
 * @param {string} experiment
 * @param {{ variant: string, start: import('./server.mjs').Start }[]} starts
 * @param {{ most: number, dropCache?: boolean }} limits
 */
export async function measureStarts(bench, experiment, starts, { most, dropCache = false }) {
  for (const { start } of starts) await startOnce(start);
  const fewest = Math.min(most, fewestStarts);
  for (const round of roundsWithin(bench.seconds, { fewest, most })) {
    for (const { variant, start } of shuffle(starts, bench.random)) {
      const { name: subject } = start.subject;
      const key = { experiment, subject, runtime: start.runtime.name, variant };
      await recordOrFail(bench.recorder, key, async () => ({
        round,
        ...(await measureStart(start, dropCache)),
      }));
    }
    bench.progress(`${experiment}, round ${round + 1}`);
  }
}

/**
 * Which subjects are measured on which runtimes.
 * @param {Bench} bench
 */
export function everyPair({ subjects, runtimes, options }) {
  const { everywhere } = options;
  return subjects.flatMap((subject) => {
    // A command of the command line brings its own runtime, too.
    const isOnAll = !subject.ownRuntime && everywhere.subjects.includes(subject.name);
    const own = isOnAll ? runtimes : runtimes.slice(0, 1);
    return own.map((runtime) => ({ subject, runtime }));
  });
}

/**
 * Whether it takes the arguments of Node, and a module that is preloaded.
 * @param {ReturnType<typeof everyPair>[number]} pair
 */
export function isOnNode({ subject, runtime }) {
  return !subject.shell && !subject.ownRuntime && runtime.name.startsWith('node');
}

/**
 * One cold start.
 * @param {import('./server.mjs').Start} start
 * @param {boolean} dropCache
 */
async function measureStart(start, dropCache) {
  if (dropCache) dropPageCache();
  const server = await startServer(start);
  await server.stop();
  const { rssMb: _, ...usage } = server.firstUsage;
  return { startMs: server.startMs, ...usage, ...server.firstLimited };
}

/** @param {import('./server.mjs').Start} start */
async function startOnce(start) {
  const server = await startServer(start).catch(() => undefined); // it will fail again, recorded
  await server?.stop();
}

/** Throws where the user may not: a number from a warm cache must not pass for a cold one. */
function dropPageCache() {
  try {
    execFileSync('sync');
    writeFileSync('/proc/sys/vm/drop_caches', '3');
  } catch (cause) {
    throw new Error(
      '--drop-cache needs Linux and the right to write /proc/sys/vm/drop_caches (root).',
      { cause },
    );
  }
}
