// Plots with a curve for each subject: the growth of cost, and latency over percentiles.
import { isDetermined } from '../stats.mjs';
import { curveScale } from './palette.mjs';
import { describeSlope, subjectsOf } from './slopes.mjs';
import { selectMeasured, summarise } from './summary.mjs';

/**
 * @typedef {import('./summary.mjs').Result} Result
 * @typedef {import('./slopes.mjs').Growth} Growth
 */

/**
 * A metric over what was varied, with its interval as a band: both axes logarithmic, or both from
 * zero, so that a line shows a cost that is the same for each. The legend holds the slopes.
 * @type {(result: Result, growth: Growth, metric: string, axes: { x: string, y: string, isLinear?: boolean }) => object}
 */
export function growthPlot(result, growth, metric, { x: xTitle, y: yTitle, isLinear = false }) {
  const { experiment } = growth;
  const rows = curvePoints(result, growth, metric);
  const ticks = [...new Set(rows.map(({ at }) => at))].sort((a, b) => a - b);
  const labels = experiment === 'body-size' ? { labelExpr: sizeLabel } : { format: ',d' };
  const scale = isLinear
    ? { domainMin: 0, nice: false }
    : { type: 'log', nice: false, domain: [ticks[0], ticks[ticks.length - 1]], padding: 14 };
  const x = {
    field: 'at',
    type: 'quantitative',
    title: xTitle,
    scale,
    axis: { values: ticks, grid: false, labelOverlap: true, ...labels },
  };
  const isSlope = metric === growth.metric;
  const slopes = isSlope ? slopeLabels(result, growth) : {};
  return curves(rows, x, yTitle, { withBands: true, isLinear, slopes });
}

/**
 * The points that are determined.
 * @type {(result: Result, growth: Growth, metric: string) => { subject: string, at: number }[]}
 */
export function curvePoints(result, { experiment, prefix }, metric) {
  const cells = selectMeasured(result, experiment).filter(({ variant }) =>
    variant.startsWith(prefix),
  );
  return cells.flatMap((cell) => {
    const at = Number(cell.variant.slice(prefix.length));
    const summary = summarise(cell, metric);
    return isDetermined(summary) ? { subject: cell.subject, at, ...summary } : [];
  });
}

/** The slope of each subject, to stand beside its name. @type {(result: Result, growth: Growth) => Record<string, string>} */
function slopeLabels(result, growth) {
  return Object.fromEntries(
    subjectsOf(result, growth).flatMap((subject) => {
      const slope = describeSlope(result, growth, subject);
      return slope === undefined ? [] : [[subject, `${subject}: ${slope}`]];
    }),
  );
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
  return curves(rows, x, 'answered within, ms', { withBands: false }); // so many would hide the curves
}

const sizeLabel =
  "datum.value < 1048576 ? format(datum.value / 1024, '.3~g') + ' KB' : format(datum.value / 1048576, '.3~g') + ' MB'";

/** @type {(rows: any[], x: object, title: string, look: { withBands: boolean, isLinear?: boolean, slopes?: Record<string, string> }) => object} */
function curves(rows, x, title, { withBands, isLinear = false, slopes = {} }) {
  const logarithmic = { type: 'log', nice: false, padding: 8 };
  const format = isLinear ? ',~r' : title.endsWith('ms') ? '~g' : '~s';
  const axis = { tickCount: 5, format };
  const y = {
    field: 'value',
    type: 'quantitative',
    title: isLinear ? title : `${title}, logarithmic`,
    scale: isLinear ? { zero: true } : logarithmic,
    axis,
  };
  const color = {
    field: 'subject',
    type: 'nominal',
    scale: curveScale(rows.map(({ subject }) => subject)),
    legend: legendOf(slopes),
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

/** Above the plot, with the slopes where there are any. @param {Record<string, string>} slopes */
function legendOf(slopes) {
  const withSlopes = Object.keys(slopes).length > 0;
  return {
    title: null,
    labelLimit: 480,
    symbolType: 'square',
    symbolOpacity: 1,
    symbolStrokeWidth: 0,
    ...(withSlopes && {
      orient: 'top',
      columns: 1,
      labelExpr: `${JSON.stringify(slopes)}[datum.label] || datum.label`,
    }),
  };
}
