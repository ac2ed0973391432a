// The tables of all reports, as text cells.
import { phases } from '../startup-split.mjs';
import { isDetermined } from '../stats.mjs';
import { listVariants, ratioToRaw, selectCells, sortByFigure, summarise } from './summary.mjs';

/**
 * @typedef {import('./summary.mjs').Result} Result
 * @typedef {import('./summary.mjs').Cell} Cell
 * @typedef {{ experiment: string, id: string, title: string, columns: string[], rows: string[][] }} Table
 */

/**
 * @param {Result} result
 * @returns {Table[]}
 */
export function createTables(result) {
  return [
    coldStarts(result),
    startupSplit(result),
    ...listVariants(result, 'heavy-start')
      .sort()
      .map((variant) => heavyStarts(result, variant)),
    ...listVariants(result, 'throughput').map((variant) => throughput(result, variant)),
    ...listVariants(result, 'fixed-rate').map((variant) => fixedRate(result, variant)),
    scaling(result, 'concurrency'),
    scaling(result, 'body-size'),
  ].filter((table) => table.rows.length > 0);
}

/** @param {Result} result */
function coldStarts(result) {
  const columns = ['n', 'median ms', 'p95', '× raw [95 %]', 'CPU ms', 'CPU × raw', 'peak MB'];
  return table(
    result,
    'cold-start',
    'Cold start: spawn to first verified answer',
    undefined,
    'startMs',
    columns,
    startColumns,
  );
}

/** @type {(result: Result, variant: string) => Table} */
function heavyStarts(result, variant) {
  const columns = ['n', 'median ms', 'p95', '× raw [95 %]', 'CPU ms', 'CPU × raw', 'peak MB'];
  return table(
    result,
    'heavy-start',
    `Cold start of a function with heavy dependencies, ${variant}`,
    variant,
    'startMs',
    columns,
    startColumns,
  );
}

/** @type {(result: Result, cell: Cell) => string[]} */
function startColumns(result, cell) {
  const start = summarise(cell, 'startMs');
  return [
    String(start?.n ?? 0),
    figure(start),
    fixed(start?.p95),
    ratio(result, cell, 'startMs'),
    figure(summarise(cell, 'cpuMs')),
    ratio(result, cell, 'cpuMs'),
    figure(summarise(cell, 'peakRssMb')),
  ];
}

/** @param {Result} result */
function startupSplit(result) {
  const columns = [
    'Node boot',
    'framework load',
    'function load',
    'listen',
    'first answer (ms)',
    'files',
    'KB loaded',
  ];
  return table(
    result,
    'startup-split',
    'Where a start spends its time (with a probe, not comparable with the table above)',
    undefined,
    'frameworkLoadMs',
    columns,
    (_, cell) => [
      ...phases.map((phase) => fixed(summarise(cell, phase)?.value)),
      fixed(summarise(cell, 'files')?.median, 0),
      fixed(summarise(cell, 'loadedKb')?.median, 0),
    ],
  );
}

/** @type {(result: Result, variant: string) => Table} */
function throughput(result, variant) {
  const columns = [
    'CPU µs/request',
    '× raw [95 %]',
    'requests/s',
    'p50 ms',
    'p90',
    'p99',
    'RSS MB before',
    'after',
  ];
  return table(
    result,
    'throughput',
    `Throughput: ${variant}`,
    variant,
    'cpuUs',
    columns,
    (_, cell) => [
      figure(summarise(cell, 'cpuUs')),
      ratio(result, cell, 'cpuUs'),
      figure(summarise(cell, 'requestsPerSecond'), 0),
      ...latencies(cell),
      fixed(summarise(cell, 'rssBeforeMb')?.median, 0),
      fixed(summarise(cell, 'rssAfterMb')?.median, 0),
    ],
  );
}

/** @type {(result: Result, variant: string) => Table} */
function fixedRate(result, variant) {
  const columns = ['sent/s', 'CPU µs/request', 'p50 ms', 'p90', 'p99'];
  return table(
    result,
    'fixed-rate',
    `Fixed rate, latency from the moment a request was due: ${variant}`,
    variant,
    'p50Ms',
    columns,
    (_, cell) => [
      figure(summarise(cell, 'requestsPerSecond'), 0),
      figure(summarise(cell, 'cpuUs')),
      ...latencies(cell),
    ],
  );
}

/** @type {(result: Result, experiment: string) => Table} */
function scaling(result, experiment) {
  const variants = listVariants(result, experiment);
  const title =
    experiment === 'concurrency' ? 'Hello over concurrency' : 'Cost over body size (bytes)';
  const columns = [
    'subject',
    experiment,
    'CPU µs/request',
    '× raw [95 %]',
    'requests/s',
    'p50 ms',
    'p99',
  ];
  const rows = variants.flatMap((variant) =>
    selectCells(result, experiment, variant).map((cell) => [
      cell.subject,
      variant,
      ...(cell.failure
        ? failed(cell, columns.length - 2)
        : [
            figure(summarise(cell, 'cpuUs')),
            ratio(result, cell, 'cpuUs'),
            figure(summarise(cell, 'requestsPerSecond'), 0),
            figure(summarise(cell, 'p50Ms'), 2),
            figure(summarise(cell, 'p99Ms'), 2),
          ]),
    ]),
  );
  return { experiment, id: experiment, title, columns, rows };
}

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
function table(result, experiment, title, variant, metric, columns, figures) {
  const id = [experiment, variant].filter(Boolean).join('-').replaceAll(/\W+/g, '-');
  const withRuntime = result.runtimes.length > 1;
  const rows = sortByFigure(selectCells(result, experiment, variant), metric).map((cell) => [
    cell.subject,
    ...(withRuntime ? [cell.runtime] : []),
    ...(cell.failure === undefined ? figures(result, cell) : failed(cell, columns.length)),
  ]);
  const named = ['subject', ...(withRuntime ? ['runtime'] : []), ...columns];
  return { experiment, id, title, columns: named, rows };
}

/** A failure takes the place of every figure. @type {(cell: Cell, width: number) => string[]} */
function failed(cell, width) {
  return [`FAILED: ${cell.failure}`, ...Array(width - 1).fill('')];
}

/** @param {Cell} cell */
function latencies(cell) {
  return ['p50Ms', 'p90Ms', 'p99Ms'].map((metric) => figure(summarise(cell, metric), 2));
}

/** @type {(result: Result, cell: Cell, metric: string) => string} */
function ratio(result, cell, metric) {
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
 */
export function figure(estimate, digits = 1) {
  if (!estimate) return '–';
  return isDetermined(estimate) ? fixed(estimate.value, digits) : notDetermined;
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
