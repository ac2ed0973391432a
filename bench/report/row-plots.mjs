// Plots with a row for each subject, best first: starts, phases of a start, costs, latencies.
import { closeMs, phases } from '../startup-split.mjs';
import { isDetermined } from '../stats.mjs';
import { ink, rowColor } from './palette.mjs';
import { ratioToRaw, selectMeasured, sortByFigure, summarise, valuesOf } from './summary.mjs';
import { notDetermined } from './table.mjs';

/**
 * @typedef {import('./summary.mjs').Result} Result
 * @typedef {import('./summary.mjs').Cell} Cell
 */

/**
 * Every start as a dot, the middle half as a box, the median as a line.
 * @type {(result: Result, measured: Cell[]) => object}
 */
export function stripPlot(result, measured) {
  const largest = Math.max(...measured.flatMap((cell) => valuesOf(cell, 'startMs')));
  const cells = sortByFigure(measured, 'startMs');
  const rows = cells.map((cell) => ({ ...rowOf(result, cell, 'startMs', 'ms') }));
  const dots = cells.flatMap((cell) =>
    valuesOf(cell, 'startMs').map((dot, index) => ({
      subject: cell.subject,
      dot,
      aside: (index * 0.618) % 1, // spread over the row's height, the same each time
    })),
  );
  const x = quantity('dot', 'ms from spawn to the first verified answer', largest * 1.45);
  const y = named(cells);
  const aside = { field: 'aside', type: 'quantitative', scale: { domain: [-0.3, 1.3] } };
  return {
    layer: [
      {
        data: { values: rows },
        mark: { type: 'bar', height: { band: 0.8 }, opacity: 0.22, cornerRadius: 3 },
        encoding: { x: { ...x, field: 'q1' }, x2: { field: 'q3' }, y, color: rowColor },
      },
      {
        data: { values: dots },
        mark: { type: 'point', filled: true, opacity: 0.6, size: 20 },
        encoding: { x, y, yOffset: aside, color: rowColor },
      },
      {
        data: { values: rows },
        mark: { type: 'tick', thickness: 2.5, size: 18, color: ink.text },
        encoding: { x: { ...x, field: 'median' }, y },
      },
      label(rows, y, 'max'),
    ],
  };
}

/**
 * A bar for the median with its interval.
 * @type {(result: Result, variant: string, metric: string, title: string, unit: string) => object}
 */
export function barPlot(result, variant, metric, title, unit) {
  const ascending = sortByFigure(selectMeasured(result, 'throughput', variant), metric);
  const cells = metric === 'requestsPerSecond' ? ascending.reverse() : ascending;
  const all = cells.map((cell) => rowOf(result, cell, metric, unit));
  const rows = all.filter(({ determined }) => determined);
  const x = quantity('value', title, Math.max(...all.map(({ end }) => end)) * 1.45);
  const y = named(cells);
  const bar = { type: 'bar', height: { band: 0.66 }, cornerRadiusEnd: 3 };
  const end = { type: 'rule', strokeWidth: 2, color: ink.text };
  return {
    data: { values: rows },
    layer: [
      { mark: bar, encoding: { x, y, color: rowColor } },
      { mark: end, encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y } },
      label(all, y, 'end'),
    ],
  };
}

/**
 * The starts whose every phase is determined.
 * @param {Result} result
 */
export function selectPhases(result) {
  return selectMeasured(result, 'startup-split').filter((cell) => {
    return phases.every((phase) => isDetermined(summarise(cell, phase), closeMs));
  });
}

/**
 * The phases of a start side by side.
 * @param {Result} result
 */
export function phasesPlot(result) {
  const names = ['Node boot', 'framework load', 'function load', 'listen', 'first answer'];
  const range = ['#ced4da', '#4c6ef5', '#ff922b', '#20c997', '#845ef7'];
  const cells = sortByFigure(selectPhases(result), 'untilAnsweredMs');
  const values = cells.flatMap((cell) =>
    phases.map((phase, index) => {
      const value = Math.max(0, summarise(cell, phase)?.value ?? 0);
      return { subject: cell.subject, phase: names[index], index, value };
    }),
  );
  const legend = { orient: 'top', title: null, symbolType: 'square', columns: 3 };
  const color = { field: 'phase', type: 'nominal', scale: { domain: names, range }, legend };
  const x = { field: 'value', type: 'quantitative', title: 'ms, medians', stack: 'zero' };
  return {
    data: { values },
    mark: { type: 'bar', height: { band: 0.66 } },
    encoding: { x, y: named(cells), color, order: { field: 'index' } },
  };
}

/**
 * p50, p90 and p99 on one line, as far as they are determined.
 * @type {(result: Result, experiment: string, variant: string) => object}
 */
export function latencyPlot(result, experiment, variant) {
  const cells = sortByFigure(selectMeasured(result, experiment, variant), 'p99Ms');
  const percents = { p50Ms: 'p50', p90Ms: 'p90', p99Ms: 'p99' };
  const values = cells.flatMap((cell) =>
    Object.entries(percents).flatMap(([metric, percentile]) => {
      const summary = summarise(cell, metric);
      return isDetermined(summary)
        ? { subject: cell.subject, percentile, value: summary.value }
        : [];
    }),
  );
  const axis = { format: '~g', values: [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] };
  const scale = { type: 'log', nice: false, padding: 12 };
  const x = { field: 'value', type: 'quantitative', title: 'ms, logarithmic', scale, axis };
  const y = named(cells);
  const domain = Object.values(percents);
  const shapes = { domain, range: ['circle', 'square', 'diamond'] };
  const shape = { field: 'percentile', type: 'nominal', scale: shapes };
  const legend = { orient: 'top', title: null, symbolFillColor: ink.soft };
  return {
    data: { values },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2, opacity: 0.5 },
        encoding: {
          x: { ...x, aggregate: 'min' },
          x2: { field: 'value', aggregate: 'max' },
          y,
          detail: { field: 'subject' },
          color: { value: ink.soft },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1 },
        encoding: { x, y, shape: { ...shape, legend }, color: rowColor },
      },
    ],
  };
}

/** @type {(result: Result, cell: Cell, metric: string, unit: string) => any} */
function rowOf(result, cell, metric, unit) {
  const summary = summarise(cell, metric);
  const values = valuesOf(cell, metric).sort((a, b) => a - b);
  const ratio = ratioToRaw(result, cell, metric);
  const determined = isDetermined(summary);
  const figure = determined ? `${formatFigure(summary.value)} ${unit}` : notDetermined;
  const times =
    isDetermined(ratio) && !/^raw\b/.test(cell.subject) ? ` · ×${ratio.value.toFixed(2)}` : '';
  const label = figure + times;
  const end = determined ? summary.high : 0;
  const quarter = (values.length - 1) / 4;
  const [q1, q3] = [values[Math.round(quarter)], values[Math.round(3 * quarter)]];
  return { subject: cell.subject, ...summary, q1, q3, label, determined, end };
}

/** @param {number} value */
function formatFigure(value) {
  if (value >= 10_000) return `${(value / 1000).toFixed(1)}k`;
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

/** @type {(rows: object[], y: object, after: string) => object} */
function label(rows, y, after) {
  return {
    data: { values: rows },
    mark: { type: 'text', align: 'left', dx: 8, fontSize: 12, color: ink.text },
    encoding: {
      x: { field: after, type: 'quantitative' },
      y,
      text: { field: 'label', type: 'nominal' },
    },
  };
}

/** The names down the side, in the order of the cells. @param {Cell[]} cells */
function named(cells) {
  const sort = cells.map(({ subject }) => subject);
  return { field: 'subject', type: 'nominal', sort, title: null, axis: { ticks: false } };
}

/** @type {(field: string, title: string, max: number) => object} */
function quantity(field, title, max) {
  const scale = { domain: [0, max], nice: false };
  return { field, type: 'quantitative', title, scale, axis: { tickCount: 6, format: ',~r' } };
}
