// Cold starts: from spawn to the first complete, verified answer.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { recordOrFail } from './failure.mjs';
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
 * @property {import('./plan.mjs').Progress} progress
 */

/**
 * In each round every subject starts once on every runtime, in random order. One start of each
 * goes unrecorded before: it fills the page cache.
 * @param {Bench} bench
 */
export async function measureColdStarts(bench) {
  const pairs = everyPair(bench);
  const { samples, dropCache } = bench.options;
  for (let round = -1; round < samples; round++) {
    for (const { subject, runtime } of shuffle(pairs, bench.random)) {
      const key = {
        experiment: 'cold-start',
        subject: subject.name,
        runtime: runtime.name,
        variant: '',
      };
      const start = { subject, runtime, firstRequest: hello, timeout: bench.options.startTimeout };
      if (round < 0) await startOnce(start);
      else
        await recordOrFail(bench.recorder, key, async () => ({
          round,
          ...(await measureStart(start, dropCache)),
        }));
    }
    bench.progress(round + 2, samples + 1);
  }
}

/**
 * Every subject on every runtime.
 * @param {Bench} bench
 */
export function everyPair({ subjects, runtimes }) {
  return subjects.flatMap((subject) => {
    // A shell command brings its own runtime.
    const own = subject.shell ? runtimes.slice(0, 1) : runtimes;
    return own.map((runtime) => ({ subject, runtime }));
  });
}

/**
 * One cold start.
 * @param {import('./server.mjs').Start} start
 * @param {boolean} [dropCache]
 */
export async function measureStart(start, dropCache = false) {
  if (dropCache) dropPageCache();
  const server = await startServer(start);
  await server.stop();
  const { cpuMs, peakRssMb } = server.firstUsage;
  return { startMs: server.startMs, cpuMs, peakRssMb };
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
