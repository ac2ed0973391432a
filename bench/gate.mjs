// A regression gate for CI: `npm run bench:gate`. Under 60 s; only ratios to raw are judged.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installBarefn, installPackages, resolveRuntime } from './installation.mjs';
import { exitOnSignals } from './server.mjs';
import { listSubjects } from './subjects/index.mjs';

/**
 * The ratios to raw that are usual, on Node 20. Lower them when barefn becomes faster.
 *
 * From three runs on two quiet cores: cold starts 1.09 to 1.14; memory 1.00; CPU time of hello 1.05 to
 * 1.08, echo 1.01 to 1.04, binary events 1.03 to 1.06 and structured ones 1.16 to 1.20.
 */
export const usual = [
  { experiment: 'cold-start', variant: '', metric: 'startMs', ratio: 1.12 },
  { experiment: 'cold-start', variant: '', metric: 'peakRssMb', ratio: 1.02 },
  { experiment: 'throughput', variant: 'hello', metric: 'cpuUs', ratio: 1.08 },
  { experiment: 'throughput', variant: 'echo', metric: 'cpuUs', ratio: 1.04 },
  { experiment: 'throughput', variant: 'event-binary', metric: 'cpuUs', ratio: 1.06 },
  { experiment: 'throughput', variant: 'event-structured', metric: 'cpuUs', ratio: 1.2 },
];

/** What passes on top: a regression of 25 % is found where the interval is narrower than 8 %. */
const tolerance = 1.15;

/** An interval whose ends are further apart than this tells nothing. */
const widest = 1.3;

if (fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  exitOnSignals();
  await main();
}

async function main() {
  installPackages({ peers: false });
  installBarefn();
  console.error('bench: a quick paired run of raw node:http and barefn, about 45 s…');
  const { measureInTurns } = await import('./turns.mjs'); // its packages may just have come
  const cells = await measureInTurns(listSubjects(['barefn']), resolveRuntime('current'));
  const { text, passed } = await judge(cells);
  console.log(text);
  if (!passed) process.exitCode = 1;
}

/**
 * Holds the measured ratios against the limits: one is broken when its whole interval lies above.
 * Where the interval is too wide, the machine was too noisy to judge, which is said and passes.
 * @param {import('./recorder.mjs').Cell[]} cells
 */
export async function judge(cells) {
  const lines = cells.flatMap(({ subject, experiment, variant, failure }) =>
    failure === undefined ? [] : [`FAILED ${subject} ${experiment} ${variant}: ${failure}`],
  );
  for (const { experiment, variant, metric, ratio: usually } of usual) {
    const limit = usually * tolerance;
    const cellOf = (/** @type {string} */ subject) =>
      cells
        .filter((cell) => cell.subject === subject && cell.samples.length > 0)
        .find((cell) => cell.experiment === experiment && cell.variant === variant);
    const ratio = await estimateRatio(cellOf('barefn'), cellOf('raw'), metric);
    const name = [experiment, variant, metric].filter(Boolean).join(' ');
    lines.push(
      `${verdict(ratio, limit)} ${name}: × raw ${format(ratio)}, limit ${limit.toFixed(2)}`,
    );
  }
  return { passed: !lines.some((line) => line.startsWith('FAILED')), text: lines.join('\n') };
}

/** @type {(ours: import('./recorder.mjs').Cell | undefined, raw: import('./recorder.mjs').Cell | undefined, metric: string) => Promise<import('./stats.mjs').Estimate | undefined>} */
async function estimateRatio(ours, raw, metric) {
  if (!ours || !raw) return undefined;
  const { estimateFloorRatio, estimatePairedRatio, pairRatios } = await import('./stats.mjs');
  if (ours.experiment === 'cold-start') return estimatePairedRatio(pairRatios(ours, raw, metric));
  const [values, yardstick] = [ours, raw].map(({ samples }) => samples.map((one) => one[metric]));
  return estimateFloorRatio(values, yardstick);
}

/** @type {(ratio: import('./stats.mjs').Estimate | undefined, limit: number) => string} */
function verdict(ratio, limit) {
  if (!ratio) return 'FAILED';
  if (ratio.high / ratio.low > widest) return 'noisy ';
  return ratio.low > limit ? 'FAILED' : 'ok    ';
}

/** @param {import('./stats.mjs').Estimate | undefined} ratio */
function format(ratio) {
  if (!ratio) return 'not measured';
  return `${ratio.value.toFixed(2)} [${ratio.low.toFixed(2)}, ${ratio.high.toFixed(2)}]`;
}
