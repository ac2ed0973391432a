// Tables of starts: as they are, split, in counts, and on small machines.
import { closeMs, phases } from '../startup-split.mjs';
import { isDetermined } from '../stats.mjs';
import { listClients, selectClient } from './heavy-clients.mjs';
import { listVariants, ratioToRaw, selectCells, sortByFigure, summarise } from './summary.mjs';
import {
  createTable,
  failed,
  figure,
  fixed,
  fixedRateColumns,
  fixedRateFigures,
  ratio,
} from './table.mjs';

/**
 * @typedef {import('./table.mjs').Result} Result
 * @typedef {import('./table.mjs').Cell} Cell
 * @typedef {import('./table.mjs').Table} Table
 */

/** @param {Result} result @returns {Table[]} */
export function createStartTables(result) {
  return [
    coldStarts(result),
    startupSplit(result),
    ...listClients(result).map((client) => heavyStarts(result, client)),
    counts(result),
    ...listVariants(result, 'small-start').map((variant) => smallStarts(result, variant)),
    ...listVariants(result, 'small-latency').map((variant) => smallLatencies(result, variant)),
  ];
}

/** @param {Result} result */
function coldStarts(result) {
  const columns = ['n', 'median ms', 'p95', '× raw [95 %]', 'CPU ms', 'CPU × raw', 'peak MB'];
  return createTable(
    result,
    'cold-start',
    'Cold start: spawn to first verified answer',
    undefined,
    'startMs',
    columns,
    startColumns,
  );
}

/** One client in every way that it is started, the least CPU time first. @type {(result: Result, client: string) => Table} */
function heavyStarts(result, client) {
  const experiment = 'heavy-start';
  const columns = ['n', 'median ms', 'p95', '× raw [95 %]', 'CPU ms', 'CPU × raw', 'peak MB'];
  const withRuntime = result.runtimes.length > 1;
  const sorted = result.runtimes.flatMap((runtime) => {
    const own = selectClient(result, client).filter((cell) => cell.runtime === runtime);
    return sortByFigure(own, 'cpuMs');
  });
  const rows = sorted.map((cell) => [
    cell.subject,
    ...(withRuntime ? [cell.runtime] : []),
    cell.variant.slice(`${client}, `.length),
    ...(cell.failure === undefined ? startColumns(result, cell) : failed(cell, columns.length)),
  ]);
  const named = ['subject', ...(withRuntime ? ['runtime'] : []), 'started', ...columns];
  const title = `Cold start of a function with ${client}`;
  return { experiment, id: `${experiment}-${client}`, title, columns: named, rows };
}

/** @type {(result: Result, cell: Cell) => string[]} */
function startColumns(result, cell) {
  const start = summarise(cell, 'startMs');
  return [
    String(start?.n ?? 0),
    figure(start),
    isDetermined(start) ? fixed(start.p95) : '–',
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
  return createTable(
    result,
    'startup-split',
    'Where a start spends its time (with a probe, not comparable with the table above)',
    undefined,
    'frameworkLoadMs',
    columns,
    (_, cell) => [
      ...phases.map((phase) => figure(summarise(cell, phase), 1, closeMs)),
      fixed(summarise(cell, 'files')?.median, 0),
      fixed(summarise(cell, 'loadedKb')?.median, 0),
    ],
  );
}

/**
 * Counts of the starts: pages and bytes of every cold start, the others of starts under strace and
 * under perf or valgrind.
 * @param {Result} result
 */
function counts(result) {
  const columns = [
    'M instructions',
    '× raw',
    'files opened',
    'stat calls',
    'KB read',
    'page faults',
    'from disk',
  ];
  return createTable(
    result,
    'counts',
    'What a start does, in counts up to the first answer',
    undefined,
    'instructions',
    columns,
    (_, cell) => {
      const [start] = selectCells(result, 'cold-start').filter(
        ({ subject, runtime }) => subject === cell.subject && runtime === cell.runtime,
      );
      const of = (/** @type {string} */ metric) => start && summarise(start, metric)?.median;
      return [
        fixed(summarise(cell, 'instructions')?.min),
        cell.subject === 'raw' ? '1' : fixed(ratioToRaw(result, cell, 'instructions')?.value, 3),
        fixed(summarise(cell, 'filesOpened')?.median, 0),
        fixed(summarise(cell, 'statCalls')?.median, 0),
        fixed(of('readKb'), 0),
        fixed(of('minorFaults'), 0),
        fixed(of('majorFaults'), 0),
      ];
    },
  );
}

/** @type {(result: Result, variant: string) => Table} */
function smallStarts(result, variant) {
  const columns = ['n', 'median ms', 'p95', '× raw [95 %]', 'CPU ms', 'throttled ms', 'peak MB'];
  return createTable(
    result,
    'small-start',
    `Cold start with ${variant}`,
    variant,
    'startMs',
    columns,
    (_, cell) => [
      ...startColumns(result, cell).slice(0, 5),
      fixed(summarise(cell, 'throttledMs')?.median),
      figure(summarise(cell, 'peakRssMb')),
    ],
  );
}

/** @type {(result: Result, variant: string) => Table} */
function smallLatencies(result, variant) {
  return createTable(
    result,
    'small-latency',
    `Hello at a fixed rate with ${variant}`,
    variant,
    'p50Ms',
    [...fixedRateColumns, 'throttled ms/s'],
    (_, cell) => [
      ...fixedRateFigures(result, cell),
      fixed(summarise(cell, 'throttledMsPerSecond')?.median),
    ],
  );
}
