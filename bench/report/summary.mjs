// Figures out of samples: the same for every report and for the comparison.
import {
  errorOfQuartiles,
  errorOfRatios,
  estimateProcessRatio,
  processRatios,
  quartileOfEachProcess,
} from '../slice-stats.mjs';
import {
  describe,
  estimateGeometricMean,
  estimateMedian,
  estimatePairedRatio,
  pairRatios,
} from '../stats.mjs';

/**
 * @typedef {import('../recorder.mjs').Cell} Cell
 * @typedef {import('../stats.mjs').Estimate} Estimate
 *
 * @typedef {object} Result What a run leaves behind, as JSON.
 * @property {2} format
 * @property {import('../environment.mjs').Environment} environment
 * @property {number} tookSeconds
 * @property {boolean} [cutShort] Whether the run was ended before it was whole.
 * @property {string[]} command
 * @property {{ name: string, about: string, version?: string, runtime?: string }[]} subjects
 *   With the runtime of those that bring one.
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
export function findBaseline(result, cell) {
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

/** Beyond this share of the machine, other work makes times longer than they are. */
export const muchOtherWork = 0.25;

/** @param {Cell} cell */
export function wasDisturbed({ otherWork = 0 }) {
  return otherWork > muchOtherWork;
}

/**
 * A time that was measured beside much other work holds for that moment only.
 * @type {(cell: Cell, metric: string) => boolean}
 */
export function isHiddenTime(cell, metric) {
  return wasDisturbed(cell) && /Ms$|Us$|PerSecond$/.test(metric);
}

/**
 * A metric with its interval, and how its samples are spread; undefined when there are none. Of
 * load in slices, the interval is that of the processes: their slices are not independent. That of a
 * time beside much other work has no end (see {@link isHiddenTime}). Ratios of the same moment hold,
 * within a tenth (see {@link ratioTo}).
 * @param {Cell} cell
 * @param {string} metric
 */
export function summarise(cell, metric) {
  const values = valuesOf(cell, metric);
  if (values.length === 0) return undefined;
  if (isHiddenTime(cell, metric)) {
    const spread = describe(values);
    return { ...spread, value: spread.median, low: 0, high: Infinity };
  }
  const estimate = hasProcesses(cell)
    ? estimateGeometricMean(
        [...quartileOfEachProcess(cell, metric).values()],
        errorOfQuartiles(cell, metric),
      )
    : estimateMedian(values);
  return { ...describe(values), ...estimate };
}

/**
 * The paired ratio to raw node:http with its interval.
 * @param {Result} result
 * @param {Cell} cell
 * @param {string} metric
 * @returns {Estimate | undefined}
 */
export function ratioToRaw(result, cell, metric) {
  return ratioTo(findBaseline(result, cell), cell, metric);
}

/**
 * The same to any other cell that was measured beside it.
 *
 * Beside other work the client cannot send while the server answers, so that the server wakes for
 * every request or two. That adds the same to each request and makes ratios smaller, and slices with
 * fewer requests have less garbage to collect. Repeating it under the same load shows neither, so
 * the interval is wider by more than is left of both where the run has priority.
 * @type {(baseline: Cell | undefined, cell: Cell, metric: string) => Estimate | undefined}
 */
export function ratioTo(baseline, cell, metric) {
  if (!baseline) return undefined;
  const estimate = estimateRatio(baseline, cell, metric);
  if (!estimate || !wasDisturbed(cell)) return estimate;
  return { ...estimate, low: estimate.low / 1.1, high: estimate.high * 1.1 };
}

/** @type {(baseline: Cell, cell: Cell, metric: string) => Estimate | undefined} */
function estimateRatio(baseline, cell, metric) {
  if (hasProcesses(cell)) return estimateProcessRatio(cell, baseline, metric);
  const ratios = pairRatios(cell, baseline, metric);
  return ratios.length > 0 ? estimatePairedRatio(ratios) : undefined;
}

/**
 * The independent ratios from which `ratioToRaw` is formed: one a round, or one a process.
 * @type {(result: Result, cell: Cell, metric: string) => number[]}
 */
export function ratiosToRaw(result, cell, metric) {
  const baseline = findBaseline(result, cell);
  if (!baseline) return [];
  const ratiosOf = hasProcesses(cell) ? processRatios : pairRatios;
  return ratiosOf(cell, baseline, metric);
}

/**
 * The relative error that each of these ratios has by itself, as far as it is known.
 * @type {(result: Result, cell: Cell, metric: string) => number}
 */
export function errorToRaw(result, cell, metric) {
  const baseline = findBaseline(result, cell);
  return baseline && hasProcesses(cell) ? errorOfRatios(cell, baseline, metric) : 0;
}

/** Whether the cell holds slices of load. @param {Cell} cell */
function hasProcesses(cell) {
  return cell.samples.some(({ process }) => process !== undefined);
}

/**
 * The cells from least to most of a metric, those that failed last.
 * @param {Cell[]} cells
 * @param {string} metric
 */
export function sortByFigure(cells, metric) {
  const rank = new Map(cells.map((cell) => [cell, summarise(cell, metric)?.value ?? Infinity]));
  return [...cells].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
}
