// The tables of all reports, as text cells.
import { createGrowthTables } from './growth-tables.mjs';
import { createStartTables } from './start-tables.mjs';
import { listVariants, summarise } from './summary.mjs';
import {
  createTable,
  figure,
  fixed,
  fixedRateColumns,
  fixedRateFigures,
  latencies,
  ratio,
} from './table.mjs';

/**
 * @typedef {import('./table.mjs').Result} Result
 * @typedef {import('./table.mjs').Table} Table
 */

/**
 * @param {Result} result
 * @returns {Table[]}
 */
export function createTables(result) {
  return [
    ...createStartTables(result),
    ...listVariants(result, 'throughput').map((variant) => throughput(result, variant)),
    ...listVariants(result, 'fixed-rate').map((variant) => fixedRate(result, variant)),
    http2(result),
    ...createGrowthTables(result),
  ].filter((table) => table.rows.length > 0);
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
  return createTable(
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
  return createTable(
    result,
    'fixed-rate',
    `Fixed rate, whether earlier requests were answered or not: ${variant}`,
    variant,
    'p50Ms',
    fixedRateColumns,
    fixedRateFigures,
  );
}

/** @param {Result} result */
function http2(result) {
  const columns = ['CPU µs/request', '× raw [95 %]', 'requests/s', 'RSS MB before', 'after'];
  const title = 'Hello over HTTP/2, by h2load: 4 connections with 10 streams each';
  return createTable(result, 'http2', title, undefined, 'cpuUs', columns, (_, cell) => [
    figure(summarise(cell, 'cpuUs')),
    ratio(result, cell, 'cpuUs'),
    figure(summarise(cell, 'requestsPerSecond'), 0),
    fixed(summarise(cell, 'rssBeforeMb')?.median, 0),
    fixed(summarise(cell, 'rssAfterMb')?.median, 0),
  ]);
}
