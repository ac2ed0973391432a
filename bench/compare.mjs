import { cellId } from './recorder.mjs';
import { errorToRaw, ratiosToRaw, ratioToRaw } from './report/summary.mjs';
import { estimateChange, estimateChangeOfFew, isDetermined } from './stats.mjs';

/**
 * @typedef {import('./report/summary.mjs').Result} Result
 *
 * @typedef {object} Change
 * @property {string} cell
 * @property {string} subject
 * @property {string} metric
 * @property {import('./stats.mjs').Estimate} change Of the ratio to raw; 1.1 is 10 % worse.
 * @property {boolean} worse
 */

/** Fewer give no interval. */
const fewestRatios = 3;
/** From so many a bootstrap is sound. */
const manyRatios = 12;
/** A change below this is too small to matter, however sure. */
const smallest = 0.05;
const comparedMetrics = {
  startMs: ['cold-start', 'heavy-start'],
  cpuMs: ['cold-start', 'heavy-start'],
  cpuUs: ['throughput', 'http2', 'concurrency', 'body-size'],
};

/**
 * What changed beyond noise: the whole 99 % interval of the change of the ratio to raw lies more
 * than 5 % away from none. Ratios to raw are compared, not milliseconds, so that another day on
 * the same machine counts as the same. Cells with fewer than three pairs are left out.
 * @param {Result} before
 * @param {Result} after
 * @returns {{ changes: Change[], compared: number, newFailures: string[] }}
 */
function compareResults(before, after) {
  const old = new Map(before.cells.map((cell) => [cellId(cell), cell]));
  /** @type {Change[]} */
  const changes = [];
  /** @type {string[]} */
  const newFailures = [];
  let compared = 0;
  for (const cell of after.cells) {
    const was = old.get(cellId(cell));
    if (cell.failure !== undefined && was?.samples.length)
      newFailures.push(`${cellId(cell)}: ${cell.failure}`);
    if (!was || cell.subject === 'raw') continue;
    for (const metric of metricsOf(cell.experiment)) {
      const ratios = [ratiosToRaw(before, was, metric), ratiosToRaw(after, cell, metric)];
      if (ratios.some((values) => values.length < fewestRatios)) continue;
      compared++;
      const few = ratios.some((values) => values.length < manyRatios);
      const error = Math.max(errorToRaw(before, was, metric), errorToRaw(after, cell, metric));
      const change = few
        ? estimateChangeOfFew(ratios[0], ratios[1], error)
        : estimateChange(ratios[0], ratios[1]);
      const worse = change.low > 1 + smallest;
      if (worse || change.high < 1 - smallest)
        changes.push({ cell: cellId(cell), subject: cell.subject, metric, change, worse });
    }
  }
  return { changes, compared, newFailures };
}

/**
 * The comparison in words, and whether barefn got worse.
 * @param {Result} before
 * @param {Result} after
 */
export function reportComparison(before, after) {
  const { changes, compared, newFailures } = compareResults(before, after);
  const percent = (/** @type {number} */ ratio) =>
    `${ratio >= 1 ? '+' : '−'}${Math.abs((ratio - 1) * 100).toFixed(1)} %`;
  const lines = changes.map(({ cell, metric, change, worse }) => {
    return `${worse ? 'worse ' : 'better'}  ${cell} ${metric}: ${percent(change.value)} [${percent(change.low)}, ${percent(change.high)}]`;
  });
  const isOurs = (/** @type {string} */ text) => text.includes('| barefn');
  const regressed =
    changes.some(({ worse, subject }) => worse && subject.startsWith('barefn')) ||
    newFailures.some(isOurs);
  const sameMachine =
    before.environment.cpu === after.environment.cpu &&
    before.environment.cores === after.environment.cores;
  return {
    regressed,
    text: [
      `Compared with ${before.environment.date} (${before.environment.commit}): ${compared} figures, ${changes.length} changed beyond noise.`,
      ...(sameMachine ? [] : ['The other run was on another machine.']),
      ...lines,
      ...newFailures.map((text) => `fails now  ${text}`),
    ].join('\n'),
  };
}

/**
 * How many of the intervals that a result shows hold the ratio that a careful run found, in words.
 * @type {(careful: Result, result: Result) => string}
 */
export function reportHeld(careful, result) {
  const known = new Map(careful.cells.map((cell) => [cellId(cell), cell]));
  const pairs = result.cells.flatMap((cell) => {
    const other = known.get(cellId(cell));
    if (!other || cell.subject === 'raw') return [];
    return metricsOf(cell.experiment).flatMap((metric) => {
      const [shown, truth] = [ratioToRaw(result, cell, metric), ratioToRaw(careful, other, metric)];
      if (!isDetermined(shown) || !isDetermined(truth)) return [];
      return [{ id: `${cellId(cell)} ${metric}`, shown, truth: truth.value }];
    });
  });
  const missed = pairs.filter(({ shown, truth }) => shown.low > truth || shown.high < truth);
  const ours = pairs.filter(({ id }) => id.includes('| barefn '));
  const furthest = Math.max(
    0,
    ...ours.map(({ shown, truth }) => Math.abs(shown.value / truth - 1)),
  );
  const number = (/** @type {number} */ ratio) => ratio.toFixed(2);
  return [
    `${pairs.length - missed.length} of ${pairs.length} intervals hold the ratio of ${careful.environment.date}; those of barefn are off by ${Math.round(furthest * 100)} % at most.`,
    ...missed.map(({ id, shown, truth }) => {
      return `does not hold ${number(truth)}: ${id} ${number(shown.value)} [${number(shown.low)}, ${number(shown.high)}]`;
    }),
  ].join('\n');
}

/** @param {string} experiment */
function metricsOf(experiment) {
  return Object.entries(comparedMetrics).flatMap(([metric, experiments]) => {
    return experiments.includes(experiment) ? [metric] : [];
  });
}
