// The form of a table, and of the figures in it.
import { isDetermined } from '../stats.mjs';
import { ratioToRaw, selectCells, sortByFigure, summarise } from './summary.mjs';

/**
 * @typedef {import('./summary.mjs').Result} Result
 * @typedef {import('./summary.mjs').Cell} Cell
 * @typedef {{ experiment: string, variant?: string, id: string, title: string, columns: string[], rows: string[][] }} Table
 */

/**
 * @param {Result} result
 * @param {string} experiment
 * @param {string} title
 * @param {string | undefined} variant
 * @param {string} metric The one to sort by.
 * @param {string[]} columns
 * @param {(result: Result, cell: Cell) => string[]} figures
 * @returns {Table}
 */
export function createTable(result, experiment, title, variant, metric, columns, figures) {
  const id = [experiment, variant].filter(Boolean).join('-').replaceAll(/\W+/g, '-');
  const withRuntime = result.runtimes.length > 1;
  const cells = selectCells(result, experiment, variant);
  const sorted = result.runtimes.flatMap((runtime) => {
    const own = cells.filter((cell) => cell.runtime === runtime);
    return sortByFigure(own, metric);
  });
  const rows = sorted.map((cell) => [
    cell.subject,
    ...(withRuntime ? [runtimeOf(result, cell)] : []),
    ...(cell.failure === undefined ? figures(result, cell) : failed(cell, columns.length)),
  ]);
  const named = ['subject', ...(withRuntime ? ['runtime'] : []), ...columns];
  return { experiment, ...(variant !== undefined && { variant }), id, title, columns: named, rows };
}

/** What a row ran on; the cell names the runtime of the row that it is compared with. @type {(result: Result, cell: Cell) => string} */
function runtimeOf({ subjects }, cell) {
  return subjects.find(({ name }) => name === cell.subject)?.runtime ?? cell.runtime;
}

/** A failure takes the place of every figure. @type {(cell: Cell, width: number) => string[]} */
export function failed(cell, width) {
  return [`FAILED: ${cell.failure}`, ...Array(width - 1).fill('')];
}

/** @param {Cell} cell */
export function latencies(cell) {
  return ['p50Ms', 'p90Ms', 'p99Ms'].map((metric) => figure(summarise(cell, metric), 2));
}

export const fixedRateColumns = [
  'sent/s',
  'CPU µs/request',
  'p50 ms',
  'p90',
  'p99',
  'p50 × raw [95 %]',
];

/** What they show of a load at a fixed rate. @type {(result: Result, cell: Cell) => string[]} */
export function fixedRateFigures(result, cell) {
  return [
    figure(summarise(cell, 'requestsPerSecond'), 0),
    figure(summarise(cell, 'cpuUs')),
    ...latencies(cell),
    ratio(result, cell, 'p50Ms'),
  ];
}

/** @type {(result: Result, cell: Cell, metric: string) => string} */
export function ratio(result, cell, metric) {
  const estimate = ratioToRaw(result, cell, metric);
  return cell.subject === 'raw' ? '1' : formatRatio(estimate);
}

/**
 * A ratio with its interval.
 * @param {import('../stats.mjs').Estimate | undefined} estimate
 */
export function formatRatio(estimate) {
  if (!isDetermined(estimate)) return figure(estimate);
  return `${fixed(estimate.value, 2)} [${fixed(estimate.low, 2)}, ${fixed(estimate.high, 2)}]`;
}

/**
 * A figure, or in words that its interval is too wide to name one.
 * @param {import('../stats.mjs').Estimate | undefined} estimate
 * @param {number} [digits]
 * @param {number} [close] See isDetermined.
 */
export function figure(estimate, digits = 1, close = 0) {
  if (!estimate) return '–';
  return isDetermined(estimate, close) ? fixed(estimate.value, digits) : notDetermined;
}

/** What stands in the place of a figure whose interval is too wide. */
export const notDetermined = 'not determined';

/**
 * A number with so many digits after the point, or a dash where there is none.
 * @param {number | undefined} value
 */
export function fixed(value, digits = 1) {
  return value === undefined || !Number.isFinite(value) ? '–' : value.toFixed(digits);
}
