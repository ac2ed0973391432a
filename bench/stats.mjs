import {
  linearRegression,
  mean,
  median,
  quantileSorted,
  sampleStandardDeviation,
  sampleWithReplacement,
} from 'simple-statistics';

/**
 * @typedef {{ value: number, low: number, high: number }} Estimate A figure and its interval.
 * @typedef {import('./recorder.mjs').Cell} Cell
 */

const resamples = 1000;

/**
 * Median and tail of a sample. A p99 of fewer than 100 values is the largest of them, or close.
 * @param {number[]} values
 */
export function describe(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    n: sorted.length,
    min: sorted[0],
    median: quantileSorted(sorted, 0.5),
    p95: quantileSorted(sorted, 0.95),
    p99: quantileSorted(sorted, 0.99),
    max: sorted[sorted.length - 1],
  };
}

/**
 * The median with a percentile bootstrap interval. With fewer than six values a bootstrap promises
 * too much, and the interval is their whole range; a single value has none.
 * @param {number[]} values
 * @param {number} [confidence]
 * @returns {Estimate}
 */
export function estimateMedian(values, confidence = 0.95) {
  const value = median(values);
  if (values.length < 2) return { value, low: -Infinity, high: Infinity };
  if (values.length < 6) return { value, low: Math.min(...values), high: Math.max(...values) };
  const random = createRandom(values.length);
  return {
    value,
    ...interval(() => median(sampleWithReplacement(values, values.length, random)), confidence),
  };
}

/** Student's t at 97.5 % for 1 to 30 degrees of freedom; beyond them the normal distribution is close. */
const student = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145,
  2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048,
  2.045, 2.042,
];

/** An interval whose ends are further apart than this factor is too wide to name a figure. */
export const widestInterval = 1.3;

/**
 * Whether the interval is narrow enough for its figure to be shown.
 * @param {Estimate | undefined} estimate
 * @param {number} [close] Ends so close are close enough, whatever their ratio.
 * @returns {estimate is Estimate}
 */
export function isDetermined(estimate, close = 0) {
  if (!estimate || !(estimate.low >= 0)) return false;
  return estimate.high - estimate.low <= close || estimate.high / estimate.low <= widestInterval;
}

/**
 * The median of paired ratios with its 95 % interval. Fewer than six say little, and their range
 * would promise too much: they get Student's interval.
 * @param {number[]} ratios
 * @returns {Estimate}
 */
export function estimatePairedRatio(ratios) {
  if (ratios.length >= 6) return estimateMedian(ratios);
  return { ...estimateGeometricMean(ratios), value: median(ratios) };
}

/**
 * Processes of one program differ by about 2 % on a quiet machine, too: two or three that happen to
 * agree prove no more than that.
 */
const leastSpread = 0.02;

/**
 * The geometric mean with Student's 95 % interval; of a single value the interval has no end.
 *
 * Three values may agree by chance. If their agreement alone made the interval, those of a noisy run
 * that are shown would be those that agree by chance. So the interval is never narrower than the
 * errors make it that the values have by themselves.
 * @param {number[]} values
 * @param {number} [error] Of each value, relative to it.
 * @returns {Estimate}
 */
export function estimateGeometricMean(values, error = 0) {
  const logarithms = values.map(Math.log);
  const value = Math.exp(mean(logarithms));
  if (values.length < 2) return { value, low: 0, high: Infinity };
  const t = student[values.length - 2] ?? 1.96;
  const spread = Math.max(leastSpread, sampleStandardDeviation(logarithms));
  const margin = Math.max(t * spread, 2 * error) / Math.sqrt(values.length);
  return { value, low: value * Math.exp(-margin), high: value * Math.exp(margin) };
}

/**
 * The ratio to the baseline measured in the same round, so that what slows a whole round cancels.
 * @param {Cell} cell
 * @param {Cell} baseline
 * @param {string} metric
 * @returns {number[]}
 */
export function pairRatios(cell, baseline, metric) {
  const base = new Map(baseline.samples.map((sample) => [sample.round, sample[metric]]));
  const ratios = [];
  for (const sample of cell.samples) {
    const below = base.get(sample.round);
    if (below && Number.isFinite(sample[metric])) ratios.push(sample[metric] / below);
  }
  return ratios;
}

/** Student's t at 99.5 % for 1 to 12 degrees of freedom. */
const student99 = [
  63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.25, 3.169, 3.106, 3.055,
];

/**
 * How much larger the geometric mean of a few values is than that of others, with Student's 99 %
 * interval for two samples of one spread.
 * @param {number[]} before
 * @param {number[]} after
 * @param {number} error Of each value, relative to it.
 * @returns {Estimate}
 */
export function estimateChangeOfFew(before, after, error) {
  const [first, second] = [before, after].map((values) => values.map(Math.log));
  const degrees = first.length + second.length - 2;
  const squares = [first, second].map(
    (values) => (values.length - 1) * sampleStandardDeviation(values) ** 2,
  );
  const spread = Math.max(leastSpread, Math.sqrt((squares[0] + squares[1]) / degrees));
  const t = student99[degrees - 1] ?? 3;
  const margin =
    Math.max(t * spread, 2.6 * error) * Math.sqrt(1 / first.length + 1 / second.length);
  const value = Math.exp(mean(second) - mean(first));
  return { value, low: value * Math.exp(-margin), high: value * Math.exp(margin) };
}

/**
 * How much larger the median of `after` is than that of `before`: a bootstrap of two independent
 * samples.
 * @param {number[]} before
 * @param {number[]} after
 * @param {number} [confidence]
 * @returns {Estimate}
 */
export function estimateChange(before, after, confidence = 0.99) {
  const value = median(after) / median(before);
  const random = createRandom(before.length + after.length);
  const draw = () =>
    median(sampleWithReplacement(after, after.length, random)) /
    median(sampleWithReplacement(before, before.length, random));
  return { value, ...interval(draw, confidence) };
}

/** @type {(draw: () => number, confidence: number) => { low: number, high: number }} */
function interval(draw, confidence) {
  const drawn = Array.from({ length: resamples }, draw).sort((a, b) => a - b);
  const tail = (1 - confidence) / 2;
  return { low: quantileSorted(drawn, tail), high: quantileSorted(drawn, 1 - tail) };
}

/**
 * How much a figure grows with each unit of what was varied: the slope of the line through all
 * points, with the interval of the slopes of several rounds. Of fewer than six it is Student's, of
 * a single one it has no end.
 * @param {[number, number][][]} rounds The points of each round.
 * @returns {Estimate}
 */
export function estimateSlope(rounds) {
  const slopes = rounds
    .filter((points) => points.length > 1)
    .map((points) => linearRegression(points).m);
  if (slopes.length === 0) return { value: Number.NaN, low: -Infinity, high: Infinity };
  if (slopes.length >= 6) return estimateMedian(slopes);
  const value = mean(slopes);
  if (slopes.length < 2) return { value, low: -Infinity, high: Infinity };
  const margin =
    (student[slopes.length - 2] * sampleStandardDeviation(slopes)) / Math.sqrt(slopes.length);
  return { value, low: value - margin, high: value + margin };
}

/**
 * The items in random order.
 * @template T
 * @param {T[]} items
 * @param {() => number} random
 * @returns {T[]}
 */
export function shuffle(items, random) {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1));
    [order[last], order[pick]] = [order[pick], order[last]];
  }
  return order;
}

/**
 * Random numbers that a seed repeats (mulberry32): the same samples give the same report.
 * @param {number} seed
 * @returns {() => number}
 */
export function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
