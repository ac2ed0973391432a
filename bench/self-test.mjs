// `--self-test`: raw under three names, and two copies that are slower on purpose. Equal programs
// should differ beyond their 95 % interval about 5 times in 100; the slower ones must be found.
import { fileURLToPath } from 'node:url';
import { measureColdStarts } from './cold-start.mjs';
import { countInstructions, findCounter } from './counts.mjs';
import { createRecorder } from './recorder.mjs';
import { errorOfRatios, processRatios } from './slice-stats.mjs';
import { estimateGeometricMean, estimatePairedRatio, pairRatios } from './stats.mjs';
import { listSubjects } from './subjects/index.mjs';
import { measureThroughput } from './throughput.mjs';
import { hello } from './workloads/index.mjs';
import { createFolder } from './workspace.mjs';

/** @typedef {import('./cold-start.mjs').Bench} Bench */

const slower = fileURLToPath(new URL('subjects/slower.cjs', import.meta.url));

const workloads = ['hello', 'echo', 'event-binary'];
/** Processes and rounds that one interval is formed of. */
const processesEach = 5;
const roundsEach = 10;
const planted = { time: 1.1, instructions: 1.05 };

/** @type {(options: import('./options.mjs').Options, runtime: import('./server.mjs').Runtime) => Promise<string>} */
export async function runSelfTest(options, runtime) {
  const raw = createRaw();
  const copies = [raw, { ...raw, name: 'raw-2' }, { ...raw, name: 'raw-3' }];
  const seconds = options.minutes * 60;
  const bench = {
    subjects: copies,
    runtimes: [runtime],
    options: { ...options, workloads, samples: 1000, processes: 1000 },
    recorder: createRecorder(),
    random: Math.random,
    seconds,
    progress: () => undefined,
  };
  await measureColdStarts({ ...bench, seconds: seconds * 0.25 });
  await measureThroughput({ ...bench, seconds: seconds * 0.5 });
  const lines = [describeEqual(bench.recorder.cells)];
  lines.push(await findSlowRequests({ ...bench, seconds: seconds * 0.25 }, raw));
  lines.push(await findMoreInstructions(options, raw, runtime));
  return lines.join('\n');
}

/** All copies load the file that can make them slower, so that they differ in nothing else. */
function createRaw() {
  const [raw] = listSubjects(['raw']);
  const args = (/** @type {import('./subjects/index.mjs').Target} */ target) => [
    '--require',
    slower,
    ...(raw.args?.(target, '') ?? []),
  ];
  return { ...raw, args };
}

/** @param {import('./recorder.mjs').Cell[]} cells */
function describeEqual(cells) {
  const estimates = cells.flatMap((first, index) =>
    cells.slice(index + 1).flatMap((second) => {
      if (first.experiment !== second.experiment || first.variant !== second.variant) return [];
      return compareParts(first, second);
    }),
  );
  const apart = estimates.filter(({ low, high }) => low > 1 || high < 1).length;
  const widths = estimates.map(({ low, high }) => high / low).sort((a, b) => a - b);
  const share = ((apart / estimates.length) * 100).toFixed(1);
  const usual = widths[Math.floor(widths.length / 2)]?.toFixed(2);
  return `equal programs: ${apart} of ${estimates.length} intervals lie beside 1 (${share} %; 5 % are expected); their ends are usually a factor of ${usual} apart`;
}

/** Intervals of parts that have no sample in common. @type {(first: import('./recorder.mjs').Cell, second: import('./recorder.mjs').Cell) => import('./stats.mjs').Estimate[]} */
function compareParts(first, second) {
  if (first.experiment === 'throughput') return estimateParts(first, second, processesEach);
  return ['startMs', 'cpuMs'].flatMap((metric) =>
    split(pairRatios(second, first, metric), roundsEach).map(estimatePairedRatio),
  );
}

/** @type {(first: import('./recorder.mjs').Cell, second: import('./recorder.mjs').Cell, size: number) => import('./stats.mjs').Estimate[]} */
function estimateParts(first, second, size) {
  const error = errorOfRatios(first, second, 'cpuUs');
  const parts = split(processRatios(second, first, 'cpuUs'), size);
  return parts.map((part) => estimateGeometricMean(part, error));
}

/** @type {(values: number[], size: number) => number[][]} */
function split(values, size) {
  const whole = Math.floor(values.length / size);
  return Array.from({ length: whole }, (_, part) => values.slice(part * size, (part + 1) * size));
}

/** @type {(bench: Bench, raw: import('./subjects/index.mjs').Subject) => Promise<string>} */
async function findSlowRequests(bench, raw) {
  const usual = bench.recorder.cells.find(
    ({ subject, variant }) => subject === 'raw' && variant === 'hello',
  );
  const costs = usual?.samples.map(({ cpuUs }) => cpuUs).sort((a, b) => a - b) ?? [];
  const costUs = costs[Math.floor(costs.length / 4)];
  const added = Math.round((costUs * (planted.time - 1) * 1000) / nanosecondsPerLoop());
  const slow = { ...raw, name: 'slow', env: { BENCH_LOOPS_PER_REQUEST: String(added) } };
  const recorder = createRecorder();
  const options = { ...bench.options, workloads: ['hello'] };
  await measureThroughput({ ...bench, subjects: [raw, slow], options, recorder });
  const [first, second] = ['raw', 'slow'].map((name) =>
    recorder.cells.find(({ subject }) => subject === name),
  );
  if (!first || !second) throw new Error('The slower copy was not measured.');
  const estimates = estimateParts(first, second, 2 * processesEach);
  const found = estimates.filter(({ low }) => low > 1).length;
  const whole = estimateGeometricMean(processRatios(second, first, 'cpuUs'));
  return `10 % more time per request: found in ${found} of ${estimates.length} runs of ${2 * processesEach} processes; all together × ${describe(whole)}`;
}

/** @type {(options: import('./options.mjs').Options, raw: import('./subjects/index.mjs').Subject, runtime: import('./server.mjs').Runtime) => Promise<string>} */
async function findMoreInstructions(options, raw, runtime) {
  const counter = findCounter(options.valgrind);
  if (!counter) return '5 % more instructions: not tried, for perf counts none here (--valgrind)';
  const folder = createFolder();
  const count = (/** @type {Record<string, string>} */ env) =>
    countInstructions({ subject: raw, runtime, firstRequest: hello, env }, counter, folder);
  const usual = [await count({}), await count({}), await count({})];
  const passes = await calibratePasses(count, Math.min(...usual));
  const more = [await count(passes), await count(passes), await count(passes)];
  const ratio = Math.min(...more) / Math.min(...usual);
  const spread = Math.max(...usual) / Math.min(...usual);
  return `5 % more instructions in a start: × ${ratio.toFixed(3)}, where three starts of one program differ by × ${spread.toFixed(3)} (${counter})`;
}

/** @type {(count: (env: Record<string, string>) => Promise<number>, usual: number) => Promise<Record<string, string>>} */
async function calibratePasses(count, usual) {
  const tried = 5000;
  const added = (await count({ BENCH_PASSES_AT_START: String(tried) })) - usual;
  const wanted = usual * (planted.instructions - 1);
  return { BENCH_PASSES_AT_START: String(Math.round((tried * wanted) / added)) };
}

/** The same loop as in subjects/slower.cjs, compiled. */
function nanosecondsPerLoop() {
  const count = 20_000_000;
  let fastest = Infinity;
  for (let attempt = 0; attempt < 5; attempt++) {
    const startedAt = process.cpuUsage().user;
    let value = 1;
    for (let pass = 0; pass < count; pass++) value = (Math.imul(value, 31) + pass) | 0;
    if (value === 0.5) throw new Error('unreachable');
    fastest = Math.min(fastest, process.cpuUsage().user - startedAt);
  }
  return (fastest * 1000) / count;
}

/** @param {import('./stats.mjs').Estimate} estimate */
function describe({ value, low, high }) {
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}
