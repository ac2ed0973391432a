// Figures of load in slices: one for each process, and the interval of several.
import { mean, quantileSorted } from 'simple-statistics';
import { estimateGeometricMean } from './stats.mjs';

/**
 * @typedef {import('./recorder.mjs').Cell} Cell
 * @typedef {import('./stats.mjs').Estimate} Estimate
 */

/**
 * One figure for each process: the quartile of its slices on the undisturbed side. What disturbs a
 * slice only adds to a cost, so that is the lower quartile of costs and the upper one of rates.
 * Latencies have their median, for their tail is what is asked for.
 * @param {Cell} cell
 * @param {string} metric
 * @returns {Map<number, number>}
 */
export function quartileOfEachProcess(cell, metric) {
  const share = shareOf(metric);
  return new Map(
    [...slicesOfEachProcess(cell, metric)].map(([process, sorted]) => {
      return [process, quantileSorted(sorted, share)];
    }),
  );
}

/**
 * The relative standard error of these figures, from the slices alone: how far apart the slices lie
 * between which the quartile would usually fall.
 * @param {Cell} cell
 * @param {string} metric
 */
export function errorOfQuartiles(cell, metric) {
  const share = shareOf(metric);
  const squares = [...slicesOfEachProcess(cell, metric).values()].map((sorted) => {
    const ranks = Math.sqrt((share * (1 - share)) / sorted.length);
    const low = quantileSorted(sorted, Math.max(0, share - ranks));
    const high = quantileSorted(sorted, Math.min(1, share + ranks));
    return low > 0 ? (Math.log(high / low) / 2) ** 2 : 0;
  });
  return squares.length > 0 ? Math.sqrt(mean(squares)) : 0;
}

/** @param {string} metric */
function shareOf(metric) {
  if (metric.endsWith('Ms')) return 0.5;
  return metric === 'requestsPerSecond' ? 0.75 : 0.25;
}

/** In order. @type {(cell: Cell, metric: string) => Map<number, number[]>} */
function slicesOfEachProcess(cell, metric) {
  /** @type {Map<number, number[]>} */
  const slices = new Map();
  for (const { process, [metric]: value } of cell.samples) {
    if (!Number.isFinite(value)) continue;
    const own = slices.get(process);
    if (own) own.push(value);
    else slices.set(process, [value]);
  }
  for (const values of slices.values()) values.sort((a, b) => a - b);
  return slices;
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
 * The ratio to a baseline that ran beside it, in processes.
 * @param {Cell} cell
 * @param {Cell} baseline
 * @param {string} metric
 * @returns {Estimate | undefined}
 */
export function estimateProcessRatio(cell, baseline, metric) {
  const ratios = processRatios(cell, baseline, metric);
  if (ratios.length === 0) return undefined;
  return estimateGeometricMean(ratios, errorOfRatios(cell, baseline, metric));
}

/**
 * The relative error that each ratio of two processes has by itself.
 * @type {(cell: Cell, baseline: Cell, metric: string) => number}
 */
export function errorOfRatios(cell, baseline, metric) {
  return Math.hypot(errorOfQuartiles(cell, metric), errorOfQuartiles(baseline, metric));
}
