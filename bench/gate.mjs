// A regression gate for CI: `npm run bench:gate`. Under 60 s; only ratios to raw are compared.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installBarefn, installPackages, resolveRuntime } from './installation.mjs';
import { takePriority } from './priority.mjs';
import { exitOnSignals } from './server.mjs';
import { listSubjects } from './subjects/index.mjs';

/**
 * The ratios to raw that are usual, on Node 20. Lower them when barefn becomes faster.
 *
 * From runs on two quiet cores: cold starts 1.13 to 1.19; memory 1.00; CPU time of hello 1.04 to 1.08,
 * echo 1.01 to 1.04, binary events 1.02 to 1.06 and structured ones 1.16 to 1.20.
 */
export const usual = [
  { experiment: 'cold-start', variant: '', metric: 'startMs', ratio: 1.15 },
  { experiment: 'cold-start', variant: '', metric: 'peakRssMb', ratio: 1.02 },
  { experiment: 'throughput', variant: 'hello', metric: 'cpuUs', ratio: 1.06 },
  { experiment: 'throughput', variant: 'echo', metric: 'cpuUs', ratio: 1.04 },
  { experiment: 'throughput', variant: 'event-binary', metric: 'cpuUs', ratio: 1.04 },
  { experiment: 'throughput', variant: 'event-structured', metric: 'cpuUs', ratio: 1.2 },
];

/**
 * The usual ratio of the instructions of a start, by Node's major version: the fewest of two repeat
 * to 4 %. They are counted by perf where the machine lets it, and by valgrind with --valgrind.
 * @type {Record<string, number>}
 */
const usualInstructions = { 20: 1.17, 22: 1.09, 24: 1.11, 26: 1.07 };
/** What passes on top of it. */
const instructionTolerance = 1.05;

/** What passes on top: a regression of 25 % is found where the interval is narrower than 8 %. */
const tolerance = 1.15;

if (fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  exitOnSignals();
  await main();
}

async function main() {
  installPackages({ peers: false });
  installBarefn();
  takePriority();
  console.error('bench: a short paired run of raw node:http and barefn, about 50 s…');
  const { text, passed } = await checkLimits(await measure());
  const instructions = await checkInstructions(process.argv.includes('--valgrind'));
  console.log(`${text}\n${instructions}`);
  if (!passed || instructions.startsWith('FAILED')) process.exitCode = 1;
}

/** Loads the experiments only now: their packages may just have come. */
async function measure() {
  const { measureColdStarts } = await import('./cold-start.mjs');
  const { measureThroughput } = await import('./throughput.mjs');
  const { readOptions } = await import('./options.mjs');
  const { createRecorder } = await import('./recorder.mjs');
  const workloads = usual.filter(({ experiment }) => experiment === 'throughput');
  const names = workloads.map(({ variant }) => variant).join();
  const options = readOptions(['--samples=25', '--processes=6', `--workloads=${names}`]);
  const bench = {
    subjects: listSubjects(['barefn']),
    runtimes: [resolveRuntime('current')],
    options,
    recorder: createRecorder(),
    random: Math.random,
    progress: () => undefined,
  };
  await measureColdStarts({ ...bench, seconds: 12 });
  await measureThroughput({ ...bench, seconds: 40 });
  return bench.recorder.cells;
}

/** @param {boolean} allowsValgrind */
async function checkInstructions(allowsValgrind) {
  const { countInstructions, findCounter } = await import('./counts.mjs');
  const { hello } = await import('./workloads/index.mjs');
  const { createFolder } = await import('./workspace.mjs');
  const counter = findCounter(allowsValgrind);
  const usually = usualInstructions[process.versions.node.split('.')[0]];
  if (!counter || !usually)
    return 'skipped instructions: perf counts none on this machine; --valgrind counts them in 2 minutes';
  const runtime = resolveRuntime('current');
  const folder = createFolder();
  /** @type {number[]} */
  const fewest = [];
  for (const subject of listSubjects(['barefn'])) {
    const start = { subject, runtime, firstRequest: hello };
    const first = await countInstructions(start, counter, folder);
    fewest.push(Math.min(first, await countInstructions(start, counter, folder)));
  }
  return compareInstructions(fewest[1] / fewest[0], usually);
}

/** @type {(ratio: number, usually: number) => string} */
export function compareInstructions(ratio, usually) {
  const limit = usually * instructionTolerance;
  const outcome = ratio > limit ? 'FAILED' : 'ok    ';
  return `${outcome} instructions of a start: × raw ${ratio.toFixed(3)}, limit ${limit.toFixed(3)}`;
}

/**
 * Compares the measured ratios with the limits: one is broken when its whole interval lies above.
 * Where the interval is too wide, the machine was too noisy: that is said, and passes.
 * @param {import('./recorder.mjs').Cell[]} cells
 */
export async function checkLimits(cells) {
  const { ratioToRaw, selectMeasured } = await import('./report/summary.mjs');
  const result = /** @type {import('./report/summary.mjs').Result} */ ({ cells });
  const lines = cells.flatMap(({ subject, experiment, variant, failure }) =>
    failure === undefined ? [] : [`FAILED ${subject} ${experiment} ${variant}: ${failure}`],
  );
  for (const { experiment, variant, metric, ratio: usually } of usual) {
    const limit = usually * tolerance;
    const ours = selectMeasured(result, experiment, variant).find(
      ({ subject }) => subject === 'barefn',
    );
    const ratio = ours && ratioToRaw(result, ours, metric);
    const name = [experiment, variant, metric].filter(Boolean).join(' ');
    const outcome = await compareWithLimit(ratio, limit);
    lines.push(`${outcome} ${name}: × raw ${format(ratio)}, limit ${limit.toFixed(2)}`);
  }
  return { passed: !lines.some((line) => line.startsWith('FAILED')), text: lines.join('\n') };
}

/** @type {(ratio: import('./stats.mjs').Estimate | undefined, limit: number) => Promise<string>} */
async function compareWithLimit(ratio, limit) {
  const { isDetermined } = await import('./stats.mjs');
  if (!ratio) return 'FAILED';
  if (!isDetermined(ratio)) return 'noisy ';
  return ratio.low > limit ? 'FAILED' : 'ok    ';
}

/** @param {import('./stats.mjs').Estimate | undefined} ratio */
function format(ratio) {
  if (!ratio) return 'not measured';
  return `${ratio.value.toFixed(2)} [${ratio.low.toFixed(2)}, ${ratio.high.toFixed(2)}]`;
}
