// What is drawn, as static SVG, by Vega-Lite.
import * as vega from 'vega';
import * as vegaLite from 'vega-lite';
import { curvePoints, growthPlot, percentilePlot } from './curve-plots.mjs';
import { listClients, selectClient } from './heavy-clients.mjs';
import { ink } from './palette.mjs';
import { barPlot, latencyPlot, phasesPlot, selectPhases, stripPlot } from './row-plots.mjs';
import { growths } from './slopes.mjs';
import { listVariants, selectMeasured } from './summary.mjs';

/**
 * @typedef {import('./summary.mjs').Result} Result
 * @typedef {{ experiment: string, id: string, title: string, svg: string }} Plot
 * @typedef {{ experiment: string, name: string, title: string, draw: () => object }} Drawing
 */

/**
 * The plots of a result; of each runtime, when there are several.
 * @param {Result} result
 * @returns {Promise<Plot[]>}
 */
export async function createPlots(result) {
  const plots = [];
  for (const runtime of result.runtimes) {
    const own = {
      ...result,
      cells: result.cells.filter((cell) => cell.runtime === runtime),
    };
    const several = result.runtimes.length > 1;
    for (const { experiment, name, title, draw } of listDrawings(own)) {
      const id = ['plot', name, ...(several ? [runtime] : [])].join('-').replaceAll(/\W+/g, '-');
      const svg = await renderSvg(draw());
      plots.push({ experiment, id, title: several ? `${title} (${runtime})` : title, svg });
    }
  }
  return plots;
}

/** A failure is in the tables, and is never drawn. @type {(result: Result) => Drawing[]} */
function listDrawings(result) {
  const drawings = [
    ...drawStarts(result),
    ...drawLoads(result),
    ...drawLatencies(result),
    ...drawGrowth(result),
  ];
  return drawings.filter(({ experiment }) => {
    const drawn = experiment === 'startup-split' ? selectPhases : selectMeasured;
    return drawn(result, experiment).length > 0;
  });
}

/** @type {(result: Result) => Drawing[]} */
function drawStarts(result) {
  const split = 'startup-split';
  const heavy = 'heavy-start';
  return [
    {
      experiment: 'cold-start',
      name: 'cold-start',
      title: 'Cold start of a hello world',
      draw: () => stripPlot(result, selectMeasured(result, 'cold-start')),
    },
    {
      experiment: split,
      name: split,
      title: 'Where a start spends its time',
      draw: () => phasesPlot(result),
    },
    ...listClients(result).flatMap((client) => {
      const rows = nameByWay(selectClient(result, client));
      if (rows.length === 0) return [];
      const title = `Cold start of a function with ${client}`;
      const draw = () => stripPlot(result, rows);
      return { experiment: heavy, name: `${heavy}-${client}`, title, draw };
    }),
  ];
}

/** A row for each subject and way. @param {import('./summary.mjs').Cell[]} cells */
function nameByWay(cells) {
  return cells
    .filter(({ samples }) => samples.length > 0)
    .map((cell) => {
      const way = shortWays[/** @type {'bundled'} */ (cell.variant.split(', ')[1])];
      return { ...cell, subject: `${cell.subject}${way}` };
    });
}

/** Beside the names, where there is little room. */
const shortWays = { 'as installed': '', 'compile cache': ', cached', bundled: ', bundled' };

/** @type {(result: Result) => Drawing[]} */
function drawLoads(result) {
  const figures = /** @type {const} */ ([
    ['cpuUs', 'CPU time per request', 'CPU µs per request', 'µs'],
    ['requestsPerSecond', 'Requests per second', 'requests per second', '/s'],
  ]);
  return listVariants(result, 'throughput').flatMap((variant) =>
    figures.map(([metric, title, axis, unit]) => ({
      experiment: 'throughput',
      name: `${metric}-${variant}`,
      title: `${title}, ${variant}`,
      draw: () => barPlot(result, variant, metric, axis, unit),
    })),
  );
}

/** @type {(result: Result) => Drawing[]} */
function drawLatencies(result) {
  const experiment = 'fixed-rate';
  return listVariants(result, experiment).flatMap((variant) => [
    {
      experiment,
      name: 'latency',
      title: `Latency at a fixed rate, ${variant}`,
      draw: () => latencyPlot(result, experiment, variant),
    },
    {
      experiment,
      name: 'latency-curves',
      title: 'The same as curves: how long all but the slowest wait',
      draw: () => percentilePlot(result, experiment, variant),
    },
  ]);
}

/** Only curves that have a point. @type {(result: Result) => Drawing[]} */
function drawGrowth(result) {
  const { connections, echo, upload, functions, files, idle } = growths;
  const cost = 'CPU µs per request';
  const over = { x: 'connections', y: cost };
  const sized = { x: 'size of the body', y: cost };
  const start = { y: 'CPU ms to the first answer', isLinear: true };
  const open = { x: 'idle connections', y: 'resident memory, MB', isLinear: true };
  return [
    curve(connections, 'cpuUs', 'Hello: CPU time over connections', over),
    curve(connections, 'requestsPerSecond', 'Hello: throughput', { ...over, y: 'requests/s' }),
    curve(connections, 'p50Ms', 'Hello: latency, median', { ...over, y: 'p50, ms' }),
    curve(connections, 'p99Ms', 'Hello: latency, tail', { ...over, y: 'p99, ms' }),
    curve(echo, 'cpuUs', 'JSON echo: CPU time over size', sized),
    curve(upload, 'cpuUs', 'Upload: CPU time over size', sized),
    curve(functions, 'cpuMs', 'Start: CPU time over functions', { ...start, x: 'functions' }),
    curve(files, 'cpuMs', 'Start: CPU time over files', { ...start, x: 'files loaded' }),
    curve(idle, 'rssMb', 'Memory over idle connections', open),
  ].flat();

  /** @type {(growth: import('./slopes.mjs').Growth, metric: string, title: string, axes: { x: string, y: string, isLinear?: boolean }) => Drawing[]} */
  function curve(growth, metric, title, axes) {
    if (curvePoints(result, growth, metric).length === 0) return [];
    const { experiment, prefix, more, unit } = growth;
    const isSlope = metric === growth.metric;
    const name = [experiment, prefix, metric].join('-');
    const shown = isSlope ? `${title}; ${unit} for ${more}` : title;
    const draw = () => growthPlot(result, growth, metric, axes);
    return [{ experiment, name, title: shown, draw }];
  }
}

/** @param {object} spec */
async function renderSvg(spec) {
  const axis = {
    labelFontSize: 12.5,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelColor: ink.text,
    titleColor: ink.soft,
    gridColor: ink.line,
    labelLimit: 300,
    domain: false,
    ticks: false,
    labelPadding: 6,
    titlePadding: 10,
  };
  const legend = { labelFontSize: 12.5, labelColor: ink.text, labelLimit: 300, symbolSize: 90 };
  const full = {
    width: 620,
    height: { step: 25 },
    autosize: { type: 'fit-x', contains: 'padding' },
    padding: 4,
    background: 'white',
    config: { font: 'system-ui, sans-serif', axis, legend, view: { stroke: null } },
    ...spec,
  };
  const compiled = vegaLite.compile(/** @type {any} */ (full), { logger: vega.logger(vega.Error) });
  return new vega.View(vega.parse(compiled.spec), { renderer: 'none' }).toSVG();
}
