import {
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

/** Student's t at 97.5 % for 1 to 4 degrees of freedom: what 2 to 5 values tell of their mean. */
const student = [12.706, 4.303, 3.182, 2.776];

/**
 * The median of paired ratios with its 95 % interval. Fewer than six say little, and their range would
 * promise too much (two hold the true ratio between them every other time): they get Student's interval.
 * @param {number[]} ratios
 * @returns {Estimate}
 */
export function estimatePairedRatio(ratios) {
  const t = student[ratios.length - 2];
  if (t === undefined) return estimateMedian(ratios);
  const logarithms = ratios.map(Math.log);
  const margin = (t * sampleStandardDeviation(logarithms)) / Math.sqrt(ratios.length);
  const centre = mean(logarithms);
  return {
    value: median(ratios),
    low: Math.exp(centre - margin),
    high: Math.exp(centre + margin),
  };
}

/**
 * The ratio to the yardstick measured in the same round, so that what slows a whole round cancels.
 * @param {Cell} cell
 * @param {Cell} yardstick
 * @param {string} metric
 * @returns {number[]}
 */
export function pairRatios(cell, yardstick, metric) {
  const base = new Map(yardstick.samples.map((sample) => [sample.round, sample[metric]]));
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

/**
 * The ratio of the lower quartiles of two samples. What disturbs a measurement of cost only ever
 * adds to it, so the lower end is where the noise is not.
 * @param {number[]} values
 * @param {number[]} yardstick
 * @param {number} [confidence]
 * @returns {Estimate}
 */
export function estimateFloorRatio(values, yardstick, confidence = 0.95) {
  const floor = (/** @type {number[]} */ sample) =>
    quantileSorted(
      [...sample].sort((a, b) => a - b),
      0.25,
    );
  const random = createRandom(values.length + yardstick.length);
  const redraw = (/** @type {number[]} */ sample) =>
    floor(sampleWithReplacement(sample, sample.length, random));
  const value = floor(values) / floor(yardstick);
  return { value, ...interval(() => redraw(values) / redraw(yardstick), confidence) };
}

/** @type {(draw: () => number, confidence: number) => { low: number, high: number }} */
function interval(draw, confidence) {
  const drawn = Array.from({ length: resamples }, draw).sort((a, b) => a - b);
  const tail = (1 - confidence) / 2;
  return { low: quantileSorted(drawn, tail), high: quantileSorted(drawn, 1 - tail) };
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
