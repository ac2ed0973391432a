// Tables of how costs grow: with connections, bodies, functions and files.
import { estimateSlope, isDetermined } from '../stats.mjs';
import { listVariants, selectCells, summarise } from './summary.mjs';
import { failed, figure, fixed, notDetermined, ratio } from './table.mjs';

/**
 * @typedef {import('./table.mjs').Result} Result
 * @typedef {import('./table.mjs').Table} Table
 */

/** @param {Result} result @returns {Table[]} */
export function createGrowthTables(result) {
  return [
    scaling(result, 'concurrency'),
    scaling(result, 'body-size'),
    ...['functions ', 'files '].map((prefix) => startGrowth(result, prefix)),
    idleMemory(result),
    slopes(result),
  ];
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

/** @type {(result: Result, prefix: string) => Table} */
function startGrowth(result, prefix) {
  const experiment = 'start-growth';
  const columns = ['subject', prefix.trim(), 'n', 'median ms', 'CPU ms', 'peak MB'];
  const rows = listVariants(result, experiment)
    .filter((variant) => variant.startsWith(prefix))
    .flatMap((variant) =>
      selectCells(result, experiment, variant).map((cell) => [
        cell.subject,
        variant.slice(prefix.length),
        ...(cell.failure
          ? failed(cell, columns.length - 2)
          : [
              String(cell.samples.length),
              figure(summarise(cell, 'startMs')),
              figure(summarise(cell, 'cpuMs')),
              figure(summarise(cell, 'peakRssMb')),
            ]),
      ]),
    );
  const title = `Cold start with more ${prefix}in a module`.replace(
    'files in a module',
    'files that it loads',
  );
  return { experiment, id: `${experiment}-${prefix.trim()}`, title, columns, rows };
}

/** @param {Result} result */
function idleMemory(result) {
  const experiment = 'idle-memory';
  const columns = ['subject', 'idle connections', 'RSS MB'];
  const rows = listVariants(result, experiment).flatMap((variant) =>
    selectCells(result, experiment, variant).map((cell) => [
      cell.subject,
      variant,
      cell.failure ? `FAILED: ${cell.failure}` : figure(summarise(cell, 'rssMb')),
    ]),
  );
  return { experiment, id: experiment, title: 'Memory with idle connections', columns, rows };
}

/** What one more of each costs. @param {Result} result */
function slopes(result) {
  const experiment = 'slopes';
  const columns = ['subject', 'one more', 'costs [95 %]', 'unit'];
  const rows = growths.flatMap(({ experiment: of, prefix, metric, what, unit, factor }) => {
    const subjects = new Set(selectCells(result, of).map(({ subject }) => subject));
    return [...subjects].flatMap((subject) => {
      const slope = slopeOf(result, of, prefix, subject, metric);
      if (!slope) return [];
      const [value, low, high] = [slope.value, slope.low, slope.high].map((one) =>
        fixed(one * factor, 2),
      );
      const text = isDetermined(slope) ? `${value} [${low}, ${high}]` : notDetermined;
      return [[subject, what, text, unit]];
    });
  });
  return { experiment, id: experiment, title: 'Slopes: what one more costs', columns, rows };
}

const growths = [
  {
    experiment: 'start-growth',
    prefix: 'functions ',
    metric: 'cpuMs',
    what: 'function in the module',
    unit: 'µs of CPU at start',
    factor: 1000,
  },
  {
    experiment: 'start-growth',
    prefix: 'files ',
    metric: 'cpuMs',
    what: 'file loaded',
    unit: 'µs of CPU at start',
    factor: 1000,
  },
  {
    experiment: 'idle-memory',
    prefix: '',
    metric: 'rssMb',
    what: 'idle connection',
    unit: 'KB',
    factor: 1024,
  },
  {
    experiment: 'concurrency',
    prefix: '',
    metric: 'cpuUs',
    what: '1000 connections',
    unit: 'µs of CPU per request',
    factor: 1000,
  },
  {
    experiment: 'body-size',
    prefix: 'echo ',
    metric: 'cpuUs',
    what: 'KB of JSON echoed',
    unit: 'µs of CPU',
    factor: 1024,
  },
  {
    experiment: 'body-size',
    prefix: 'upload ',
    metric: 'cpuUs',
    what: 'KB uploaded',
    unit: 'µs of CPU',
    factor: 1024,
  },
];

/** @type {(result: Result, experiment: string, prefix: string, subject: string, metric: string) => import('../stats.mjs').Estimate | undefined} */
function slopeOf(result, experiment, prefix, subject, metric) {
  /** @type {Map<number, [number, number][]>} */
  const rounds = new Map();
  for (const cell of selectCells(result, experiment)) {
    if (cell.subject !== subject || !cell.variant.startsWith(prefix)) continue;
    const at = Number(cell.variant.slice(prefix.length));
    for (const { round, [metric]: value } of cell.samples) {
      const points = rounds.get(round) ?? [];
      points.push([at, value]);
      rounds.set(round, points);
    }
  }
  const all = [...rounds.values()].filter((points) => points.length > 1);
  return all.length > 0 ? estimateSlope(all) : undefined;
}
