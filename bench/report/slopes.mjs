// What one more connection, byte, function or file costs: the slope of the line through all points.
import { quartileOfEachProcess } from '../slice-stats.mjs';
import { estimateSlope, isDetermined, widestInterval } from '../stats.mjs';
import { isHiddenTime, selectMeasured, valuesOf } from './summary.mjs';
import { fixed, notDetermined } from './table.mjs';

/**
 * @typedef {import('./summary.mjs').Result} Result
 * @typedef {import('./summary.mjs').Cell} Cell
 *
 * @typedef {object} Growth
 * @property {string} experiment
 * @property {string} prefix Of its variants, before the number.
 * @property {string} metric
 * @property {string} more What there is more of.
 * @property {string} unit
 * @property {number} factor From the metric for one more to that unit.
 */

/** @satisfies {Record<string, Growth>} */
export const growths = {
  functions: {
    experiment: 'start-growth',
    prefix: 'functions ',
    metric: 'cpuMs',
    more: '100 functions in the module',
    unit: 'ms of CPU at start',
    factor: 100,
  },
  files: {
    experiment: 'start-growth',
    prefix: 'files ',
    metric: 'cpuMs',
    more: '100 files loaded',
    unit: 'ms of CPU at start',
    factor: 100,
  },
  idle: {
    experiment: 'idle-memory',
    prefix: '',
    metric: 'rssMb',
    more: '1 idle connection',
    unit: 'kB',
    factor: 2 ** 20 / 1000,
  },
  connections: {
    experiment: 'concurrency',
    prefix: '',
    metric: 'cpuUs',
    more: '1000 connections',
    unit: 'µs of CPU per request',
    factor: 1000,
  },
  echo: {
    experiment: 'body-size',
    prefix: 'echo ',
    metric: 'cpuUs',
    more: '1 byte of JSON echoed',
    unit: 'ns of CPU',
    factor: 1000,
  },
  upload: {
    experiment: 'body-size',
    prefix: 'upload ',
    metric: 'cpuUs',
    more: '1 byte uploaded',
    unit: 'ns of CPU',
    factor: 1000,
  },
};

/**
 * The slope of one subject in the growth's unit, as text; undefined where there is no line.
 * @type {(result: Result, growth: Growth, subject: string) => string | undefined}
 */
export function describeSlope(result, growth, subject) {
  const cells = cellsOf(result, growth, subject);
  if (cells.length < 2) return undefined;
  if (cells.some((cell) => isHiddenTime(cell, growth.metric))) return notDetermined;
  const slope = estimateSlope(linesOf(cells, growth));
  if (!isKnown(slope, cells, growth)) return notDetermined;
  const digits = Math.max(Math.abs(slope.low), Math.abs(slope.high)) * growth.factor < 10 ? 2 : 1;
  const [value, low, high] = [slope.value, slope.low, slope.high].map((one) =>
    fixed(one * growth.factor, digits),
  );
  return `${value} [${low}, ${high}]`;
}

/** Those that were measured, in the order of the run. @type {(result: Result, growth: Growth) => string[]} */
export function subjectsOf(result, growth) {
  const names = result.subjects.map(({ name }) => name);
  return names.filter((name) => cellsOf(result, growth, name).length > 0);
}

/** @type {(result: Result, growth: Growth, subject: string) => Cell[]} */
function cellsOf(result, { experiment, prefix }, subject) {
  const [runtime] = result.runtimes;
  return selectMeasured(result, experiment).filter(
    (cell) =>
      cell.subject === subject && cell.runtime === runtime && cell.variant.startsWith(prefix),
  );
}

/** The points of each process, or of each round. @type {(cells: Cell[], growth: Growth) => [number, number][][]} */
function linesOf(cells, { prefix, metric }) {
  /** @type {Map<number, [number, number][]>} */
  const lines = new Map();
  for (const cell of cells) {
    const at = Number(cell.variant.slice(prefix.length));
    for (const [line, value] of figuresOf(cell, metric)) {
      const points = lines.get(line) ?? [];
      points.push([at, value]);
      lines.set(line, points);
    }
  }
  return [...lines.values()].filter((points) => points.length === cells.length);
}

/** @type {(cell: Cell, metric: string) => Iterable<[number, number]>} */
function figuresOf(cell, metric) {
  if (cell.samples[0].process !== undefined) return quartileOfEachProcess(cell, metric);
  return cell.samples.map(({ round, [metric]: value }) => [round, value]);
}

/**
 * A cost that hardly grows has a slope near zero, whose ends are far apart as a factor. It is known
 * when the two ends differ, at the last point, by less than a figure may.
 * @type {(slope: import('../stats.mjs').Estimate, cells: Cell[], growth: Growth) => boolean}
 */
function isKnown(slope, cells, { prefix, metric }) {
  const places = cells.map(({ variant }) => Number(variant.slice(prefix.length)));
  const values = cells.flatMap((cell) => valuesOf(cell, metric));
  const usual = values.reduce((sum, value) => sum + value, 0) / values.length;
  const apart = (slope.high - slope.low) * (Math.max(...places) - Math.min(...places));
  return isDetermined(slope) || apart <= usual * (widestInterval - 1);
}
