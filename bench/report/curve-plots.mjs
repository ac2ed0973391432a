// Plots with a curve for each subject: the growth of cost, and latency over percentiles.
import { isDetermined } from '../stats.mjs';
import { curveScale } from './palette.mjs';
import { selectMeasured, summarise } from './summary.mjs';

/** @typedef {import('./summary.mjs').Result} Result */

/**
 * A metric over what was varied, both logarithmic, with its interval as a band.
 * @type {(result: Result, experiment: string, metric: string, title: string, prefix?: string) => object}
 */
export function growthPlot(result, experiment, metric, title, prefix = '') {
  const cells = selectMeasured(result, experiment).filter(({ variant }) =>
    variant.startsWith(prefix),
  );
  const rows = cells.flatMap((cell) => {
    const at = Number(cell.variant.slice(prefix.length));
    const summary = summarise(cell, metric);
    return isDetermined(summary) ? { subject: cell.subject, at, ...summary } : [];
  });
  const ticks = [...new Set(rows.map(({ at }) => at))].sort((a, b) => a - b);
  const axis = experiment === 'concurrency' ? {} : { labelExpr: sizeLabel };
  const x = {
    field: 'at',
    type: 'quantitative',
    title: experiment === 'concurrency' ? 'connections' : 'size of the body',
    scale: { type: 'log', nice: false, domain: [ticks[0], ticks[ticks.length - 1]], padding: 14 },
    axis: { values: ticks, format: 'd', grid: false, labelOverlap: true, ...axis },
  };
  return curves(rows, x, title, true);
}

/**
 * Latency over percentiles, stretched towards the tail.
 * @type {(result: Result, experiment: string, variant: string) => object}
 */
export function percentilePlot(result, experiment, variant) {
  const percents = { p50Ms: '50 %', p90Ms: '90 %', p99Ms: '99 %' };
  const rows = selectMeasured(result, experiment, variant).flatMap((cell) =>
    Object.entries(percents).flatMap(([metric, percentile]) => {
      const summary = summarise(cell, metric);
      return isDetermined(summary) ? { subject: cell.subject, at: percentile, ...summary } : [];
    }),
  );
  const sort = Object.values(percents);
  const axis = { labelAngle: 0, grid: false };
  const x = { field: 'at', type: 'ordinal', sort, axis, title: 'share of the requests' };
  return curves(rows, x, 'answered within, ms', false); // so many bands would hide the curves
}

const sizeLabel =
  "datum.value < 1048576 ? format(datum.value / 1024, '.3~g') + ' KB' : format(datum.value / 1048576, '.3~g') + ' MB'";

/** @type {(rows: any[], x: object, title: string, withBands: boolean) => object} */
function curves(rows, x, title, withBands) {
  const scale = { type: 'log', nice: false, padding: 8 };
  const axis = { tickCount: 5, format: title.endsWith('ms') ? '~g' : '~s' };
  const y = { field: 'value', type: 'quantitative', title: `${title}, logarithmic`, scale, axis };
  const legend = {
    title: null,
    labelLimit: 240,
    symbolType: 'square',
    symbolOpacity: 1,
    symbolStrokeWidth: 0,
  };
  const color = {
    field: 'subject',
    type: 'nominal',
    scale: curveScale(rows.map(({ subject }) => subject)),
    legend,
  };
  const isAccent = "datum.subject === 'raw' || datum.subject === 'barefn'";
  const strokeWidth = { condition: { test: isAccent, value: 3 }, value: 1.5 };
  const band = {
    mark: { type: 'area', opacity: 0.12 },
    encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
  };
  return {
    height: 300,
    data: { values: rows },
    layer: [
      ...(withBands ? [band] : []),
      { mark: { type: 'line' }, encoding: { x, y, color, strokeWidth } },
      { mark: { type: 'point', filled: true, size: 36, opacity: 1 }, encoding: { x, y, color } },
    ],
  };
}
