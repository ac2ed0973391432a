// Plots as static SVG, by Vega-Lite.
import * as vega from 'vega';
import * as vegaLite from 'vega-lite';
import { phases } from '../startup-split.mjs';
import { listVariants, selectCells, sortByMedian, summarise, valuesOf } from './summary.mjs';

/**
 * @typedef {import('./summary.mjs').Result} Result
 * @typedef {import('./summary.mjs').Cell} Cell
 * @typedef {{ id: string, title: string, svg: string }} Plot
 */

const ours = '#d9480f';
const others = '#5c7cfa';
const yardstick = '#495057';
const color = {
  condition: [
    { test: "indexof(datum.subject, 'barefn') === 0", value: ours },
    { test: "datum.subject === 'raw'", value: yardstick },
  ],
  value: others,
};

/**
 * @param {Result} result
 * @returns {Promise<Plot[]>}
 */
export async function createPlots(result) {
  const specs = [
    {
      id: 'plot-cold-start',
      title: 'Cold starts, each dot one start, the line the median',
      spec: stripPlot(result, 'cold-start', ''),
    },
    {
      id: 'plot-startup-split',
      title: 'Where a start spends its time (medians, with the probe)',
      spec: splitPlot(result),
    },
    ...listVariants(result, 'heavy-start').map((variant) => ({
      id: `plot-heavy-${variant.replaceAll(/\W+/g, '-')}`,
      title: `Cold starts with heavy dependencies, ${variant}`,
      spec: stripPlot(result, 'heavy-start', variant),
    })),
    ...listVariants(result, 'throughput').map((variant) => ({
      id: `plot-cpu-${variant}`,
      title: `CPU per request, ${variant}: median and interval`,
      spec: barPlot(result, variant, 'cpuUs', 'CPU time per request, µs'),
    })),
    ...listVariants(result, 'throughput').map((variant) => ({
      id: `plot-rate-${variant}`,
      title: `Requests per second, ${variant}: median and interval`,
      spec: barPlot(result, variant, 'requestsPerSecond', 'requests per second'),
    })),
    {
      id: 'plot-latency',
      title: 'Latency at a fixed rate, by percentile',
      spec: latencyPlot(result),
    },
    {
      id: 'plot-concurrency-cpu',
      title: 'Hello: CPU per request over concurrency',
      spec: curvePlot(result, 'concurrency', 'cpuUs', 'CPU time per request, µs'),
    },
    {
      id: 'plot-concurrency-rate',
      title: 'Hello: requests per second over concurrency',
      spec: curvePlot(result, 'concurrency', 'requestsPerSecond', 'requests per second'),
    },
    {
      id: 'plot-concurrency-p99',
      title: 'Hello: p99 latency over concurrency',
      spec: curvePlot(result, 'concurrency', 'p99Ms', 'p99 latency, ms'),
    },
    {
      id: 'plot-echo-cpu',
      title: 'JSON echo: CPU per request over body size',
      spec: curvePlot(result, 'body-size', 'cpuUs', 'CPU time per request, µs', 'echo '),
    },
    {
      id: 'plot-upload-cpu',
      title: 'Upload: CPU per request over body size',
      spec: curvePlot(result, 'body-size', 'cpuUs', 'CPU time per request, µs', 'upload '),
    },
  ];
  const plots = [];
  for (const { id, title, spec } of specs)
    if (spec) plots.push({ id, title, svg: await renderSvg(spec) });
  return plots;
}

/** @type {(result: Result, experiment: string, variant: string) => object | undefined} */
function stripPlot(result, experiment, variant) {
  const cells = measured(sortByMedian(selectCells(result, experiment, variant), 'startMs'));
  const y = {
    field: 'label',
    type: 'nominal',
    sort: cells.map((cell) => labelOf(result, cell)),
    title: null,
  };
  const rows = cells.flatMap((cell) =>
    valuesOf(cell, 'startMs').map((value) => row(result, cell, { value })),
  );
  const x = {
    field: 'value',
    type: 'quantitative',
    title: 'ms, spawn to first verified answer',
    scale: { zero: true },
  };
  return withRows(rows, {
    layer: [
      { mark: { type: 'point', filled: true, opacity: 0.45, size: 22 }, encoding: { x, y, color } },
      {
        mark: { type: 'tick', thickness: 2, size: 16, color: '#000' },
        encoding: { x: { ...x, aggregate: 'median' }, y },
      },
    ],
  });
}

/** @param {Result} result */
function splitPlot(result) {
  const names = ['Node boot', 'framework load', 'function load', 'listen', 'first answer'];
  const cells = measured(sortByMedian(selectCells(result, 'startup-split'), 'frameworkLoadMs'));
  const rows = cells.flatMap((cell) =>
    phases.map((phase, index) =>
      row(result, cell, {
        phase: names[index],
        index,
        value: Math.max(0, summarise(cell, phase)?.median ?? 0),
      }),
    ),
  );
  return withRows(rows, {
    mark: 'bar',
    encoding: {
      x: { field: 'value', type: 'quantitative', title: 'ms', stack: 'zero' },
      y: {
        field: 'label',
        type: 'nominal',
        sort: cells.map((cell) => labelOf(result, cell)),
        title: null,
      },
      color: {
        field: 'phase',
        type: 'nominal',
        sort: names,
        title: null,
        legend: { orient: 'top' },
      },
      order: { field: 'index' },
    },
  });
}

/** @type {(result: Result, variant: string, metric: string, title: string) => object | undefined} */
function barPlot(result, variant, metric, title) {
  const cells = measured(sortByMedian(selectCells(result, 'throughput', variant), metric));
  const rows = cells.map((cell) => row(result, cell, { ...summarise(cell, metric) }));
  const y = {
    field: 'label',
    type: 'nominal',
    sort: cells.map((cell) => labelOf(result, cell)),
    title: null,
  };
  const x = { field: 'value', type: 'quantitative', title };
  return withRows(rows, {
    layer: [
      { mark: { type: 'bar', height: { band: 0.7 } }, encoding: { x, y, color } },
      {
        mark: { type: 'rule', strokeWidth: 2, color: '#000' },
        encoding: { x: { field: 'low', type: 'quantitative', title }, x2: { field: 'high' }, y },
      },
    ],
  });
}

/** @param {Result} result */
function latencyPlot(result) {
  const percents = { p50Ms: 'p50', p90Ms: 'p90', p99Ms: 'p99', p999Ms: 'p99.9' };
  const rows = measured(selectCells(result, 'fixed-rate')).flatMap((cell) =>
    Object.entries(percents).map(([metric, percentile]) =>
      row(result, cell, { percentile, value: summarise(cell, metric)?.median }),
    ),
  );
  return withRows(rows, {
    width: 560,
    height: 320,
    mark: { type: 'line', point: true },
    encoding: {
      x: {
        field: 'percentile',
        type: 'ordinal',
        sort: Object.values(percents),
        axis: { labelAngle: 0 },
      },
      y: {
        field: 'value',
        type: 'quantitative',
        title: 'latency, ms (logarithmic)',
        scale: { type: 'log' },
      },
      color: { field: 'label', type: 'nominal', title: null, scale: { scheme: 'tableau20' } },
    },
  });
}

/** @type {(result: Result, experiment: string, metric: string, title: string, prefix?: string) => object | undefined} */
function curvePlot(result, experiment, metric, title, prefix = '') {
  const cells = measured(selectCells(result, experiment)).filter((cell) =>
    cell.variant.startsWith(prefix),
  );
  const rows = cells.map((cell) =>
    row(result, cell, {
      at: Number(cell.variant.slice(prefix.length)),
      value: summarise(cell, metric)?.median,
    }),
  );
  const unit = experiment === 'concurrency' ? 'connections' : 'bytes';
  return withRows(rows, {
    width: 560,
    height: 280,
    mark: { type: 'line', point: true },
    encoding: {
      x: {
        field: 'at',
        type: 'quantitative',
        title: `${unit} (logarithmic)`,
        scale: { type: 'log' },
        axis: { format: '~s' },
      },
      y: {
        field: 'value',
        type: 'quantitative',
        title: `${title} (logarithmic)`,
        scale: { type: 'log' },
      },
      color: { field: 'label', type: 'nominal', title: null },
    },
  });
}

/** Cells with figures: a failure is told in the tables, never drawn. @param {Cell[]} cells */
function measured(cells) {
  return cells.filter((cell) => cell.failure === undefined && cell.samples.length > 0);
}

/** @type {(result: Result, cell: Cell, fields: object) => object} */
function row(result, cell, fields) {
  return { subject: cell.subject, label: labelOf(result, cell), ...fields };
}

/** @type {(result: Result, cell: Cell) => string} */
function labelOf({ runtimes }, { subject, runtime }) {
  return runtimes.length > 1 ? `${subject} (${runtime})` : subject;
}

/** @type {(rows: object[], spec: object) => object | undefined} */
function withRows(rows, spec) {
  return rows.length > 0 ? { data: { values: rows }, ...spec } : undefined;
}

/** @param {object} spec */
async function renderSvg(spec) {
  const full = {
    width: 560,
    height: { step: 24 },
    background: 'white',
    config: { font: 'sans-serif', axis: { labelLimit: 300 } },
    ...spec,
  };
  const compiled = vegaLite.compile(/** @type {any} */ (full));
  return new vega.View(vega.parse(compiled.spec), { renderer: 'none' }).toSVG();
}
