// Tables of how costs grow: with connections, bodies, functions and files.
import { isDetermined } from '../stats.mjs';
import { describeSlope, growths, subjectsOf } from './slopes.mjs';
import { listVariants, selectCells, sortByFigure, summarise } from './summary.mjs';
import { failed, figure, fixed, ratio } from './table.mjs';

/**
 * @typedef {import('./table.mjs').Result} Result
 * @typedef {import('./summary.mjs').Cell} Cell
 * @typedef {import('./table.mjs').Table} Table
 */

/** @param {Result} result @returns {Table[]} */
export function createGrowthTables(result) {
  return [
    connections(result),
    bodies(result, 'echo ', 'JSON echoed, over the size of the body'),
    bodies(result, 'upload ', 'Bytes uploaded, over the size of the body'),
    startGrowth(result, 'functions ', 'Cold start with more functions in a module'),
    startGrowth(result, 'files ', 'Cold start with more files that it loads'),
    idleMemory(result),
    slopes(result),
  ];
}

const loadColumns = ['CPU µs/request [95 %]', '× raw [95 %]', 'requests/s', 'p50 ms', 'p99'];

/** @type {(result: Result, cell: Cell) => string[]} */
function loadFigures(result, cell) {
  return [
    withInterval(summarise(cell, 'cpuUs')),
    ratio(result, cell, 'cpuUs'),
    figure(summarise(cell, 'requestsPerSecond'), 0),
    figure(summarise(cell, 'p50Ms'), 2),
    figure(summarise(cell, 'p99Ms'), 2),
  ];
}

/** @param {Result} result */
function connections(result) {
  const experiment = 'concurrency';
  const rows = growthRows(result, experiment, '', 'cpuUs', loadColumns, loadFigures);
  const columns = ['subject', 'connections', ...loadColumns];
  return { experiment, id: experiment, title: 'Hello over connections', columns, rows };
}

/** @type {(result: Result, prefix: string, title: string) => Table} */
function bodies(result, prefix, title) {
  const experiment = 'body-size';
  const rows = growthRows(result, experiment, prefix, 'cpuUs', loadColumns, loadFigures);
  for (const row of rows) row[1] = String(Number(row[1]) / 1024);
  const columns = ['subject', 'KB', ...loadColumns];
  return { experiment, id: `${experiment}-${prefix.trim()}`, title, columns, rows };
}

/** @type {(result: Result, prefix: string, title: string) => Table} */
function startGrowth(result, prefix, title) {
  const experiment = 'start-growth';
  const columns = ['n', 'CPU ms [95 %]', '× raw [95 %]', 'median ms', 'peak MB'];
  const rows = growthRows(result, experiment, prefix, 'cpuMs', columns, (_, cell) => [
    String(cell.samples.length),
    withInterval(summarise(cell, 'cpuMs')),
    ratio(result, cell, 'cpuMs'),
    figure(summarise(cell, 'startMs')),
    figure(summarise(cell, 'peakRssMb')),
  ]);
  const named = ['subject', prefix.trim(), ...columns];
  return { experiment, id: `${experiment}-${prefix.trim()}`, title, columns: named, rows };
}

/** @param {Result} result */
function idleMemory(result) {
  const experiment = 'idle-memory';
  const columns = ['n', 'RSS MB [95 %]'];
  const rows = growthRows(result, experiment, '', 'rssMb', columns, (_, cell) => [
    String(cell.samples.length),
    withInterval(summarise(cell, 'rssMb')),
  ]);
  const named = ['subject', 'idle connections', ...columns];
  return {
    experiment,
    id: experiment,
    title: 'Memory with idle connections',
    columns: named,
    rows,
  };
}

/**
 * Rows of a curve: from the smallest point to the largest, the least cost first at each.
 * @type {(result: Result, experiment: string, prefix: string, metric: string, columns: string[], figures: (result: Result, cell: Cell) => string[]) => string[][]}
 */
function growthRows(result, experiment, prefix, metric, columns, figures) {
  return listVariants(result, experiment)
    .filter((variant) => variant.startsWith(prefix))
    .sort((a, b) => Number(a.slice(prefix.length)) - Number(b.slice(prefix.length)))
    .flatMap((variant) =>
      sortByFigure(selectCells(result, experiment, variant), metric).map((cell) => [
        cell.subject,
        variant.slice(prefix.length),
        ...(cell.failure === undefined ? figures(result, cell) : failed(cell, columns.length)),
      ]),
    );
}

/** What one more of each costs. @param {Result} result */
function slopes(result) {
  const experiment = 'slopes';
  const columns = ['subject', 'more', 'costs [95 %]', 'unit'];
  const rows = Object.values(growths).flatMap((growth) =>
    subjectsOf(result, growth).flatMap((subject) => {
      const slope = describeSlope(result, growth, subject);
      return slope === undefined ? [] : [[subject, growth.more, slope, growth.unit]];
    }),
  );
  const title = 'Slopes: what more of each costs';
  return { experiment, id: experiment, title, columns, rows };
}

/** @param {ReturnType<typeof summarise>} estimate */
function withInterval(estimate) {
  if (!isDetermined(estimate)) return figure(estimate);
  const digits = estimate.high < 1000 ? 1 : 0;
  const [value, low, high] = [estimate.value, estimate.low, estimate.high].map((one) =>
    fixed(one, digits),
  );
  return `${value} [${low}, ${high}]`;
}
