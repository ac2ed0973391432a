// Reports as text: tables for the terminal, Markdown, and the table of the project's README.

import { ratioToRaw, selectCells, sortByMedian, summarise } from './summary.mjs';
import { createTables, fixed } from './tables.mjs';

/** @typedef {import('./summary.mjs').Result} Result */

/** What no reader should conclude from the figures. */
export const caveats = [
  'Client and server share one machine and its cores: requests per second are a floor, and only their order means anything. CPU time per request survives noise better.',
  'Loopback has no network: latencies lack what a load balancer, TLS and distance add.',
  'A cold start here begins at spawn. A platform adds the scheduling, the image pull and the sandbox, which no framework changes.',
  'Files are read from a warm page cache unless --drop-cache was given.',
  'The workloads are small on purpose: in a function that waits for a database, the framework is a rounding error.',
  'The peers do less or more than barefn: frameworks without CloudEvents got a few hand-written lines for them, which check less than a full decoder.',
  'With fewer than six samples an interval is the range of the values, not a confidence interval.',
];

/**
 * The environment in lines of `name: value`.
 * @param {Result} result
 */
export function describeEnvironment({
  environment: env,
  runtimes,
  subjects,
  command,
  tookSeconds,
}) {
  const versions = subjects.map(({ name, version }) => (version ? `${name} ${version}` : name));
  return [
    `date: ${env.date}`,
    `commit: ${env.commit}`,
    `machine: ${env.cpu}, ${env.cores} cores, ${env.memoryGb} GB, ${env.os}`,
    `runtimes: ${runtimes.join(', ')} (harness on ${env.harness})`,
    `subjects: ${versions.join(', ')}`,
    `options: ${command.join(' ') || 'none'}; took ${Math.round(tookSeconds)} s; load average at the start ${fixed(env.loadAverage, 2)}`,
  ];
}

/** @param {Result} result */
export function renderTerminal(result) {
  const parts = createTables(result).map(({ title, columns, rows }) => {
    const isFailure = (/** @type {string[]} */ row) =>
      row.some((text) => text.startsWith('FAILED'));
    const measured = rows.filter((row) => !isFailure(row));
    const widths = columns.map((column, index) =>
      Math.max(column.length, ...measured.map((row) => row[index].length)),
    );
    const line = (/** @type {string[]} */ row) =>
      row
        .map((text, index) => (index === 0 ? text.padEnd(widths[0]) : text.padStart(widths[index])))
        .join('  ');
    const failures = rows.filter(isFailure).map((row) => row.filter(Boolean).join('  '));
    return [title, line(columns), ...measured.map(line), ...failures].join('\n');
  });
  return [describeEnvironment(result).join('\n'), ...parts].join('\n\n');
}

/** @param {Result} result */
export function renderMarkdown(result) {
  const tables = createTables(result).map(
    ({ title, columns, rows }) => `## ${title}\n\n${markdownTable(columns, rows)}`,
  );
  const list = (/** @type {string[]} */ items) => items.map((item) => `- ${item}`).join('\n');
  return [
    '# barefn benchmark',
    list(describeEnvironment(result)),
    ...tables,
    `## What this does not show\n\n${list(caveats)}`,
  ]
    .join('\n\n')
    .concat('\n');
}

/** The short table of the project's README. @param {Result} result */
export function renderReadmeTable(result) {
  const runtime = result.runtimes[0];
  const cells = selectCells(result, 'cold-start').filter(
    (cell) => cell.runtime === runtime && !cell.failure,
  );
  const cost = (/** @type {string} */ subject, /** @type {string} */ workload) => {
    const cell = selectCells(result, 'throughput', workload).find(
      (other) => other.subject === subject && other.runtime === runtime,
    );
    return cell && !cell.failure ? fixed(ratioToRaw(result, cell, 'cpuUs')?.value, 2) : '–';
  };
  const rows = sortByMedian(cells, 'startMs').map((cell) => [
    labelOf(result, cell.subject),
    fixed(summarise(cell, 'startMs')?.median, 0),
    fixed(ratioToRaw(result, cell, 'startMs')?.value, 2),
    ...['hello', 'echo', 'event-binary'].map((workload) => cost(cell.subject, workload)),
    fixed(summarise(cell, 'peakRssMb')?.median, 0),
  ]);
  const columns = [
    '',
    'cold start, ms',
    '× raw',
    'CPU/request hello, × raw',
    'JSON echo, × raw',
    'CloudEvent, × raw',
    'peak MB at start',
  ];
  const { environment: env } = result;
  const origin = `${runtime}, ${env.cpu}, ${env.cores} cores, ${env.date.slice(0, 10)}, commit ${env.commit}. Medians; raw is a hand-written node:http server.`;
  return `${markdownTable(columns, rows)}\n\n${origin}`;
}

/** @type {(result: Result, name: string) => string} */
function labelOf(result, name) {
  const version = result.subjects.find((subject) => subject.name === name)?.version;
  return version ? `${name} ${version}` : name;
}

/** @type {(columns: string[], rows: string[][]) => string} */
function markdownTable(columns, rows) {
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = columns.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(columns), line(rule), ...rows.map(line)].join('\n');
}

const start = '<!-- bench:start -->';
const end = '<!-- bench:end -->';

/**
 * Puts the table between the markers of a README.
 * @param {string} readme
 * @param {string} table
 */
export function replaceBetweenMarkers(readme, table) {
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The README has no "${start}" followed by "${end}".`);
  return `${readme.slice(0, from + start.length)}\n${table}\n${readme.slice(to)}`;
}
