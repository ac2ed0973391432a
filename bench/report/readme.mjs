// What `--update-readme` puts between the markers of the project's README, and the plot it shows.
import { widestInterval } from '../stats.mjs';
import { ownServerOf } from '../subjects/index.mjs';
import { createPlots } from './plots.mjs';
import { ratioTo, ratioToRaw, selectMeasured, sortByFigure, summarise } from './summary.mjs';
import { figure, formatRatio } from './table.mjs';
import { markdownTable } from './text.mjs';

/** @typedef {import('./summary.mjs').Result} Result */

const start = '<!-- bench:start -->';
const end = '<!-- bench:end -->';
const workloads = ['hello', 'echo', 'event-binary'];
/** The others are in the page of the run. */
const shown = [
  'raw',
  'barefn',
  'barefn-hono',
  'functions-framework',
  'faas-js-runtime',
  'express',
  'fastify',
  'h3',
  'hono',
  'koa',
  'polka',
];

/**
 * The subjects on the first runtime; and where several were measured, barefn on each.
 * @param {Result} result
 */
export function renderReadmeTables(result) {
  const [runtime, ...more] = result.runtimes;
  const { environment: env } = result;
  const origin = `${runtime}, ${env.cpu}, ${env.cores} cores, ${env.date.slice(0, 10)}, commit ${env.commit}. Medians; × is the paired ratio to raw, a hand-written node:http server; CPU time for each request; brackets hold the 95 % interval; a figure whose interval is wider than a factor of ${widestInterval} is not determined.`;
  const tables = [subjectsTable(result, runtime), origin];
  if (more.length > 0) tables.push(runtimesTable(result));
  tables.push(...webTable(result));
  return tables.join('\n\n');
}

/** @type {(result: Result, runtime: string) => string} */
function subjectsTable(result, runtime) {
  const cells = selectMeasured(result, 'cold-start').filter((cell) => isShown(cell, runtime));
  const rows = sortByFigure(cells, 'startMs').map((cell) => [
    labelOf(result, cell.subject),
    figure(summarise(cell, 'startMs'), 0),
    ratio(result, cell),
    ...workloads.map((workload) => cost(result, cell.subject, runtime, workload)),
    figure(summarise(cell, 'peakRssMb'), 0),
  ]);
  return markdownTable(
    ['', 'cold start, ms', '× raw', 'hello, × raw', 'JSON echo', 'CloudEvent', 'peak MB at start'],
    rows,
  );
}

/** @param {Result} result */
function runtimesTable(result) {
  const rows = result.runtimes.flatMap((runtime) => {
    const cells = selectMeasured(result, 'cold-start').filter((cell) => cell.runtime === runtime);
    const [ours, raw, google] = ['barefn', 'raw', 'functions-framework'].map((name) =>
      cells.find(({ subject }) => subject === name),
    );
    if (!ours || !raw) return [];
    return [
      [
        `barefn on ${runtime}`,
        `${figure(summarise(ours, 'startMs'), 0)} (${figure(summarise(raw, 'startMs'), 0)})`,
        ratio(result, ours),
        google ? figure(ratioToRaw(result, google, 'startMs'), 2) : '–',
        ...workloads.map((workload) => cost(result, 'barefn', runtime, workload)),
      ],
    ];
  });
  const columns = ['', 'cold start (raw), ms', '× raw', "Google's, × raw"];
  return markdownTable([...columns, 'hello, × raw', 'JSON echo', 'CloudEvent'], rows);
}

const webRows = {
  'barefn-fetch': '`{ fetch }`, × raw',
  'barefn-hono': "Hono on barefn, × Hono's own server",
  'barefn-h3': "h3 on barefn, × h3's own server",
  'barefn-itty-router': "itty-router on barefn, × @whatwg-node/server's",
};

/** Web functions, with a column for each runtime. @type {(result: Result) => string[]} */
function webTable(result) {
  const rows = Object.entries(webRows)
    .map(([name, label]) => [label, ...result.runtimes.map((on) => webCosts(result, name, on))])
    .filter((row) => row.slice(1).some((text) => text !== '–'));
  if (rows.length === 0) return [];
  return [markdownTable(['web functions: hello / JSON echo', ...result.runtimes], rows)];
}

/** @type {(result: Result, name: string, runtime: string) => string} */
function webCosts(result, name, runtime) {
  const baseline = name === 'barefn-fetch' ? 'raw' : ownServerOf(name);
  const figures = ['hello', 'echo'].map((workload) => {
    const cells = selectMeasured(result, 'throughput', workload).filter(
      (cell) => cell.runtime === runtime,
    );
    const [cell, other] = [name, baseline].map((subject) => {
      return cells.find((measured) => measured.subject === subject);
    });
    return cell && other ? figure(ratioTo(other, cell, 'cpuUs'), 2) : '–';
  });
  return figures.every((text) => text === '–') ? '–' : figures.join(' / ');
}

/** @type {(result: Result, subject: string, runtime: string, workload: string) => string} */
function cost(result, subject, runtime, workload) {
  const cell = selectMeasured(result, 'throughput', workload).find(
    (other) => other.subject === subject && other.runtime === runtime,
  );
  if (!cell) return '–';
  return subject === 'raw' ? '1' : figure(ratioToRaw(result, cell, 'cpuUs'), 2);
}

/** @type {(result: Result, cell: import('./summary.mjs').Cell) => string} */
function ratio(result, cell) {
  return cell.subject === 'raw' ? '1' : formatRatio(ratioToRaw(result, cell, 'startMs'));
}

/** @type {(result: Result, name: string) => string} */
function labelOf(result, name) {
  const version = result.subjects.find((subject) => subject.name === name)?.version;
  return version ? `${name} ${version}` : name;
}

/**
 * The plot of cold starts on the first runtime, as an SVG file.
 * @param {Result} result
 */
export async function renderReadmePlot(result) {
  const [runtime] = result.runtimes;
  const cells = selectMeasured(result, 'cold-start').filter((cell) => isShown(cell, runtime));
  const [plot] = await createPlots({ ...result, runtimes: [runtime], cells });
  return plot?.svg;
}

/** @type {(cell: import('./summary.mjs').Cell, runtime: string) => boolean} */
function isShown(cell, runtime) {
  return cell.runtime === runtime && shown.includes(cell.subject);
}

/**
 * Puts the tables between the markers of a README.
 * @param {string} readme
 * @param {string} tables
 */
export function replaceBetweenMarkers(readme, tables) {
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The README has no "${start}" followed by "${end}".`);
  return `${readme.slice(0, from + start.length)}\n${tables}\n${readme.slice(to)}`;
}
