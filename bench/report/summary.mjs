// Figures out of samples: the same for every report and for the comparison.
import { describe, estimateMedian, estimatePairedRatio, pairRatios } from '../stats.mjs';

/**
 * @typedef {import('../recorder.mjs').Cell} Cell
 * @typedef {import('../stats.mjs').Estimate} Estimate
 *
 * @typedef {object} Result What a run leaves behind, as JSON.
 * @property {1} format
 * @property {import('../environment.mjs').Environment} environment
 * @property {number} tookSeconds
 * @property {string[]} command
 * @property {{ name: string, about: string, version?: string }[]} subjects
 * @property {string[]} runtimes
 * @property {Cell[]} cells
 */

/**
 * The cells of an experiment, those of one variant if it is given.
 * @param {Result} result
 * @param {string} experiment
 * @param {string} [variant]
 */
export function selectCells(result, experiment, variant) {
  return result.cells.filter((cell) => {
    return cell.experiment === experiment && (variant === undefined || cell.variant === variant);
  });
}

/**
 * Those of them that have figures.
 * @type {(result: Result, experiment: string, variant?: string) => Cell[]}
 */
export function selectMeasured(result, experiment, variant) {
  return selectCells(result, experiment, variant).filter(({ samples }) => samples.length > 0);
}

/**
 * The variants of an experiment in the order they were measured.
 * @param {Result} result
 * @param {string} experiment
 */
export function listVariants(result, experiment) {
  return [...new Set(selectCells(result, experiment).map((cell) => cell.variant))];
}

/**
 * What raw node:http measured under the same conditions.
 * @param {Result} result
 * @param {Cell} cell
 */
export function findYardstick(result, cell) {
  return result.cells.find((other) => {
    return (
      other.subject === 'raw' &&
      other.experiment === cell.experiment &&
      other.runtime === cell.runtime &&
      other.variant === cell.variant
    );
  });
}

/**
 * The values of a metric.
 * @param {Cell} cell
 * @param {string} metric
 */
export function valuesOf(cell, metric) {
  return cell.samples.map((sample) => sample[metric]).filter(Number.isFinite);
}

/**
 * Median, tail and interval of a metric; undefined when there is nothing to tell.
 * @param {Cell} cell
 * @param {string} metric
 */
export function summarise(cell, metric) {
  const values = valuesOf(cell, metric);
  if (values.length === 0) return undefined;
  return { ...describe(values), ...estimateMedian(values) };
}

/**
 * The paired ratio to raw node:http with its interval.
 * @param {Result} result
 * @param {Cell} cell
 * @param {string} metric
 * @returns {Estimate | undefined}
 */
export function ratioToRaw(result, cell, metric) {
  const yardstick = findYardstick(result, cell);
  const ratios = yardstick ? pairRatios(cell, yardstick, metric) : [];
  return ratios.length > 0 ? estimatePairedRatio(ratios) : undefined;
}

/**
 * The cells from least to most of a metric, those that failed last.
 * @param {Cell[]} cells
 * @param {string} metric
 */
export function sortByMedian(cells, metric) {
  const rank = new Map(cells.map((cell) => [cell, summarise(cell, metric)?.median ?? Infinity]));
  return [...cells].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
}
