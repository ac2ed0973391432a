// Reports as text: tables for the terminal, and Markdown.

import { reportComparison } from '../compare.mjs';
import { widestInterval } from '../stats.mjs';
import { conclude } from './conclusions.mjs';
import { muchOtherWork, wasDisturbed } from './summary.mjs';
import { fixed } from './table.mjs';
import { createTables } from './tables.mjs';

/** @typedef {import('./summary.mjs').Result} Result */

/** What no reader should conclude from the figures. */
export const caveats = [
  'Client and server share one machine and its cores: requests per second are a floor, and only their order means anything. CPU time per request survives noise better.',
  'Loopback has no network: latencies lack what a load balancer, TLS and distance add.',
  'A cold start here begins at spawn. A platform adds the scheduling, the image pull and the sandbox, which no framework changes.',
  'Files are read from a warm page cache unless --drop-cache was given.',
  'The workloads are small on purpose: in a function that waits for a database, the framework is a rounding error.',
  'The other frameworks do less or more than barefn: frameworks without CloudEvents got a few hand-written lines for them, which check less than a full decoder; raw, polka and koa collect bodies by hand, without a limit.',
  'All run as npm installs them: barefn from its tarball, a single file, the others with the files they ship. What bundling would gain them is shown for functions with clients only.',
  'One process of barefn or Google’s package serves one function, so that events meet a fresh one; the other frameworks answer all requests in one process, as their programs would.',
  `“not determined” stands where the interval of a figure is wider than a factor of ${widestInterval}: the machine was too busy, or the run too short.`,
];

const disturbedLine = `other work: took more than ${muchOtherWork * 100} % of the machine’s CPU time: times that were measured meanwhile are not determined, and intervals of ratios are a tenth wider on each side`;

const priorityLine = 'priority: the harness and the servers went before other programs';

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
  cutShort,
  cells,
}) {
  const disturbed = cells.some(wasDisturbed);
  const versions = subjects.map(({ name, version }) => (version ? `${name} ${version}` : name));
  return [
    `date: ${env.date}`,
    `commit: ${env.commit}`,
    `machine: ${env.cpu}, ${env.cores} cores, ${env.memoryGb} GB, ${env.os}`,
    `runtimes: ${runtimes.join(', ')} (harness on ${env.harness})`,
    `subjects: ${versions.join(', ')}`,
    ...(env.hasPriority ? [priorityLine] : []),
    ...(disturbed ? [disturbedLine] : []),
    ...(cutShort ? ['cut short: the run was ended before it was whole'] : []),
    `options: ${command.join(' ') || 'none'}; took ${Math.round(tookSeconds)} s; load average at the start ${fixed(env.loadAverage, 2)}`,
  ];
}

/** @type {(result: Result, before?: Result) => string} */
export function renderTerminal(result, before) {
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
  const comparison = before ? [reportComparison(before, result).text] : [];
  return [describeEnvironment(result).join('\n'), ...parts, ...comparison].join('\n\n');
}

/** @type {(result: Result, before?: Result) => string} */
export function renderMarkdown(result, before) {
  const tables = createTables(result).map(({ experiment, variant = '', title, columns, rows }) => {
    const conclusion = conclude(result, experiment, variant);
    return `## ${title}\n\n${markdownTable(columns, rows)}${conclusion ? `\n\n${conclusion}` : ''}`;
  });
  const list = (/** @type {string[]} */ items) => items.map((item) => `- ${item}`).join('\n');
  return [
    '# barefn benchmark',
    list(describeEnvironment(result)),
    ...tables,
    ...(before
      ? [`## Compared with the last run\n\n${reportComparison(before, result).text}`]
      : []),
    `## What this does not show\n\n${list(caveats)}`,
  ]
    .join('\n\n')
    .concat('\n');
}

/**
 * A table in Markdown, figures to the right.
 * @type {(columns: string[], rows: string[][]) => string}
 */
export function markdownTable(columns, rows) {
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = columns.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(columns), line(rule), ...rows.map(line)].join('\n');
}
