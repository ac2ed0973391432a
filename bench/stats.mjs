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
 * too much, and the interval is their whole range.
 * @param {number[]} values
 * @param {number} [confidence]
 * @returns {Estimate}
 */
export function estimateMedian(values, confidence = 0.95) {
  const value = median(values);
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
 * @returns {estimate is Estimate}
 */
export function isDetermined(estimate) {
  if (!estimate || !(estimate.low >= 0)) return false;
  return estimate.high === estimate.low || estimate.high / estimate.low <= widestInterval;
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
 * @param {number[]} values
 * @returns {Estimate}
 */
export function estimateGeometricMean(values) {
  const logarithms = values.map(Math.log);
  const value = Math.exp(mean(logarithms));
  if (values.length < 2) return { value, low: 0, high: Infinity };
  const t = student[values.length - 2] ?? 1.96;
  const spread = Math.max(leastSpread, sampleStandardDeviation(logarithms));
  const margin = (t * spread) / Math.sqrt(values.length);
  return { value, low: value * Math.exp(-margin), high: value * Math.exp(margin) };
}

/**
 * One figure for each process: the quartile of its slices on the undisturbed side. What disturbs a
 * slice only adds to a cost, so that is the lower quartile of costs and the upper one of rates.
 * Latencies have their median, for their tail is what is asked for.
 * @param {Cell} cell
 * @param {string} metric
 * @returns {Map<number, number>}
 */
export function quartileOfEachProcess(cell, metric) {
  const share = metric.endsWith('Ms') ? 0.5 : metric === 'requestsPerSecond' ? 0.75 : 0.25;
  /** @type {Map<number, number[]>} */
  const slices = new Map();
  for (const { process, [metric]: value } of cell.samples) {
    if (!Number.isFinite(value)) continue;
    const own = slices.get(process);
    if (own) own.push(value);
    else slices.set(process, [value]);
  }
  return new Map(
    [...slices].map(([process, values]) => {
      const sorted = values.sort((a, b) => a - b);
      return [process, quantileSorted(sorted, share)];
    }),
  );
}

/**
 * The ratios to the baseline, one for each process that ran beside one of the baseline.
 * @param {Cell} cell
 * @param {Cell} baseline
 * @param {string} metric
 */
export function processRatios(cell, baseline, metric) {
  const base = quartileOfEachProcess(baseline, metric);
  return [...quartileOfEachProcess(cell, metric)].flatMap(([process, value]) => {
    const below = base.get(process);
    return below ? [value / below] : [];
  });
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
 * points, with the interval of the slopes of several rounds.
 * @param {[number, number][][]} rounds The points of each round.
 * @returns {Estimate}
 */
export function estimateSlope(rounds) {
  const slopes = rounds
    .filter((points) => points.length > 1)
    .map((points) => linearRegression(points).m);
  return estimateMedian(slopes);
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
