// A regression gate for CI: `npm run bench:gate`. Under 60 s, only raw node:http and barefn, in
// pairs. Only ratios to raw are judged, and a limit counts as broken when the whole interval lies
// above it: a noisy machine widens the interval and does not break the gate.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildBarefn, installPackages, resolveRuntime } from './installation.mjs';
import { readOptions } from './options.mjs';
import { createRecorder } from './recorder.mjs';
import { listSubjects } from './subjects/index.mjs';

/** Largest ratios to raw that pass, well above what is measured on a quiet machine. */
export const limits = [
  { experiment: 'cold-start', variant: '', metric: 'startMs', limit: 1.6 },
  { experiment: 'cold-start', variant: '', metric: 'peakRssMb', limit: 1.25 },
  { experiment: 'throughput', variant: 'hello', metric: 'cpuUs', limit: 1.35 },
  { experiment: 'throughput', variant: 'echo', metric: 'cpuUs', limit: 1.35 },
  { experiment: 'throughput', variant: 'event-binary', metric: 'cpuUs', limit: 1.35 },
  { experiment: 'throughput', variant: 'event-structured', metric: 'cpuUs', limit: 1.35 },
];

if (fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  await main();
}

async function main() {
  installPackages({ peers: false });
  buildBarefn();
  console.error('bench: a quick paired run of raw node:http and barefn, about 45 s…');
  const { text, passed } = await judge(await measure());
  console.log(text);
  if (!passed) process.exitCode = 1;
}

/** @returns {Promise<import('./recorder.mjs').Cell[]>} */
async function measure() {
  const { measureColdStarts } = await import('./cold-start.mjs');
  const { measureThroughput } = await import('./throughput.mjs');
  const runtimes = [resolveRuntime('current')];
  const subjects = listSubjects(['barefn']);
  const recorder = createRecorder();
  const options = {
    ...readOptions(['--quick']),
    samples: 25,
    rounds: 7,
    seconds: 0.25,
    warmUpSeconds: 0.1,
  };
  const bench = {
    subjects,
    runtimes,
    options,
    recorder,
    random: Math.random,
    progress: () => undefined,
  };
  await measureColdStarts(bench);
  await measureThroughput(bench);
  return recorder.cells;
}

/**
 * Holds the measured ratios against the limits.
 * @param {import('./recorder.mjs').Cell[]} cells
 */
export async function judge(cells) {
  const statistics = await import('./stats.mjs'); // only now: its package may just have been installed
  const failures = cells.filter(({ failure }) => failure !== undefined);
  const lines = failures.map(
    ({ subject, variant, failure }) => `FAILED ${subject} ${variant}: ${failure}`,
  );
  let passed = failures.length === 0;
  for (const { experiment, variant, metric, limit } of limits) {
    const estimate = ratioOf(statistics, cells, experiment, variant, metric);
    const broken = !estimate || estimate.low > limit;
    passed &&= !broken;
    const figure = estimate
      ? `${estimate.value.toFixed(2)} [${estimate.low.toFixed(2)}, ${estimate.high.toFixed(2)}]`
      : 'not measured';
    lines.push(
      `${broken ? 'FAILED' : 'ok    '} ${experiment} ${variant} ${metric}: × raw ${figure}, limit ${limit}`,
    );
  }
  return { passed, text: lines.join('\n') };
}

/** @type {(statistics: typeof import('./stats.mjs'), cells: import('./recorder.mjs').Cell[], experiment: string, variant: string, metric: string) => import('./stats.mjs').Estimate | undefined} */
function ratioOf({ estimateMedian, pairRatios }, cells, experiment, variant, metric) {
  const find = (/** @type {string} */ subject) =>
    cells.find(
      (cell) =>
        cell.subject === subject && cell.experiment === experiment && cell.variant === variant,
    );
  const [ours, raw] = [find('barefn'), find('raw')];
  const ratios = ours && raw ? pairRatios(ours, raw, metric) : [];
  return ratios.length > 0 ? estimateMedian(ratios) : undefined;
}
