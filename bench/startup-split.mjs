// Where a start spends its time: Node boot, framework load, function load, listen, first answer.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { everyPair, isOnNode } from './cold-start.mjs';
import { recordOrFail, SubjectFailure } from './failure.mjs';
import { roundsWithin } from './plan.mjs';
import { startServer } from './server.mjs';
import { hello } from './workloads/index.mjs';

/** The phases in order, with what each one ends with. */
export const phases = [
  'nodeBootMs',
  'frameworkLoadMs',
  'functionLoadMs',
  'listenMs',
  'firstAnswerMs',
];

/** Ends of an interval so close name a phase well enough, however short it is. */
export const closeMs = 1;

const probe = fileURLToPath(new URL('workloads/startup-probe.cjs', import.meta.url));
const functionFile = fileURLToPath(new URL('subjects/functions.cjs', import.meta.url));

/**
 * Splits the starts of the subjects on Node. Only those that serve a user's function file have a
 * function to load; for the others the framework's phase lasts until something listens.
 * @param {import('./cold-start.mjs').Bench} bench
 */
export async function measureStartupSplit(bench) {
  const { splitSamples, startTimeout: timeout } = bench.options;
  const pairs = everyPair(bench).filter(isOnNode);
  for (const round of roundsWithin(bench.seconds, { fewest: 2, most: splitSamples })) {
    for (const { subject, runtime } of pairs) {
      const { name } = subject;
      const key = {
        experiment: 'startup-split',
        subject: name,
        runtime: runtime.name,
        variant: '',
      };
      await recordOrFail(bench.recorder, key, async () => ({
        round,
        ...(await measureSplit({ subject, runtime, firstRequest: hello, timeout })),
      }));
    }
    bench.progress(`startup-split, round ${round + 1}`);
  }
}

/** @param {import('./server.mjs').Start} start */
async function measureSplit(start) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-probe-'));
  const report = path.join(folder, 'report.json');
  const env = { BENCH_PROBE_FILE: report, BENCH_FUNCTION_FILE: functionFile };
  try {
    const server = await startServer({ ...start, env, runtimeArgs: ['--require', probe] });
    try {
      return toSample(await readReport(server, report), server.spawnedAt, server.startMs);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @type {(server: import('./server.mjs').RunningServer, file: string) => Promise<any>} */
async function readReport(server, file) {
  process.kill(server.pid, 'SIGUSR2');
  for (let attempt = 0; attempt < 400; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    server.assertAlive();
    if (!existsSync(file)) continue;
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      // Still being written.
    }
  }
  throw new SubjectFailure('does not answer the probe of the startup split');
}

/** @type {(report: any, spawnedAt: number, startMs: number) => Record<string, number>} */
function toSample({ marks, files }, spawnedAt, startMs) {
  const functionStart = marks.functionStart ?? marks.listening;
  const functionEnd = marks.functionEnd ?? functionStart;
  const sizes = files.map((/** @type {[string, number]} */ [, size]) => size);
  return {
    nodeBootMs: marks.boot - spawnedAt,
    frameworkLoadMs: functionStart - marks.boot,
    functionLoadMs: functionEnd - functionStart,
    listenMs: Math.max(0, marks.listening - functionEnd),
    firstAnswerMs: spawnedAt + startMs - marks.listening,
    untilAnsweredMs: startMs,
    files: files.length,
    loadedKb:
      sizes.reduce((/** @type {number} */ sum, /** @type {number} */ size) => sum + size, 0) / 1024,
  };
}
