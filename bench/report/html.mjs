// A page that holds everything it shows: to be looked at offline, mailed, or kept as an artifact.
import { gzipSync } from 'node:zlib';
import { reportComparison } from '../compare.mjs';
import { isDetermined, widestInterval } from '../stats.mjs';
import { conclude } from './conclusions.mjs';
import { script } from './page-script.mjs';
import { style } from './page-style.mjs';
import { accents } from './palette.mjs';
import { createPlots } from './plots.mjs';
import { ratioToRaw, selectMeasured, summarise } from './summary.mjs';
import { figure, fixed, notDetermined } from './table.mjs';
import { createTables } from './tables.mjs';
import { caveats, describeEnvironment } from './text.mjs';

/** @typedef {import('./summary.mjs').Result} Result */

const sections = [
  {
    title: 'Cold start',
    about:
      'From spawn to the first complete answer, verified byte for byte. In each round every subject starts once, in random order. In the plots a dot is one start, the box holds the middle half, and the line is the median; × is the ratio to raw, formed within each round.',
    experiments: ['cold-start', 'startup-split', 'heavy-start', 'counts'],
  },
  {
    title: 'On a small machine',
    about:
      'Each server in a control group with the quota of a small cloud instance. “Throttled” is how long its threads waited for their next share of CPU time.',
    experiments: ['small-start', 'small-latency'],
  },
  {
    title: 'Cost of a request',
    about:
      'Each connection sends its next request when the last is answered; every answer is verified. CPU time is the server’s own. Requests per second share the machine with the client: only their order counts. A bar is the figure, the line on it its interval.',
    experiments: ['throughput', 'http2'],
  },
  {
    title: 'Latency at a fixed rate',
    about:
      'Requests are sent at a fixed rate, whether earlier ones were answered or not: a stall is charged to all requests that wait.',
    experiments: ['fixed-rate'],
  },
  {
    title: 'How cost grows',
    about:
      'With connections, with the size of a body, with the functions and files of a program. The band is the interval. Beside the name stands the slope, with its interval: what so much more costs.',
    experiments: ['concurrency', 'body-size', 'start-growth', 'idle-memory', 'slopes'],
  },
];

/**
 * @param {Result} result
 * @param {Result} [before] What it is compared with.
 * @returns {Promise<string>}
 */
export async function renderHtml(result, before) {
  const plots = await createPlots(result);
  const tables = createTables(result);
  const shown = sections.filter(({ experiments }) =>
    tables.some(({ experiment }) => experiments.includes(experiment)),
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>barefn benchmark, ${escapeHtml(result.environment.date.slice(0, 10))}</title>
<style>${style}</style>
<h1>How fast functions start and answer</h1>
<p>barefn, Google’s Functions Framework and common frameworks, compared with <code>node:http</code> by hand (“raw”). × is the ratio to raw; less is better.</p>
${renderGlance(result)}
${renderSummary(result)}
<nav>${shown.map(({ title }) => `<a href="#${idOf(title)}">${title}</a>`).join('')}<a href="#limits">What this does not show</a><a href="#samples">Samples</a>
<span class="key"><i style="background:${accents.ours}"></i>barefn<i style="background:${accents.baseline}"></i>raw node:http<i style="background:${accents.others}"></i>others</span></nav>
${shown.map((section) => renderSection(result, section, plots, tables)).join('\n')}
${before ? renderComparison(result, before) : ''}
<h2 id="limits">What this does not show</h2>
<div class="caveats"><ul>${caveats.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul></div>
<h2 id="samples">Every sample</h2>
<p>${renderDownload(result)} holds each measured value, before any statistics. <code>npm run bench -- --from=FILE.json</code> makes this page from it.</p>
<script>${script}</script>
</html>
`;
}

/** What was asked, how it was measured, on what, and how to read the spread. @param {Result} result */
function renderSummary(result) {
  const entries = [
    [
      'asked',
      'How long does a process take to its first answer, and how much CPU time does a request cost?',
    ],
    [
      'how',
      'Subjects run side by side and are measured in random order; every answer is compared with the expected bytes. Ratios are formed between measurements of the same moment.',
    ],
    [
      'spread',
      `Brackets hold the 95 % interval: of rounds for starts, of several processes for requests. Where two intervals overlap, the run does not separate the two. A figure whose interval is wider than a factor of ${widestInterval} is “${notDetermined}”.`,
    ],
    ...describeEnvironment(result).map((line) => {
      const [name, ...rest] = line.split(': ');
      return [name, rest.join(': ')];
    }),
  ];
  const list = entries.map(([name, text]) => `<dt>${name}</dt><dd>${escapeHtml(text)}</dd>`);
  return `<dl>${list.join('')}</dl>`;
}

/** @type {(result: Result, before: Result) => string} */
function renderComparison(result, before) {
  const lines = reportComparison(before, result).text.split('\n');
  const items = lines.slice(1).map((line) => `<li>${escapeHtml(line)}</li>`);
  return `<h2 id="comparison">Compared with the last run</h2>
<p>${escapeHtml(lines[0])} Only changes are listed whose 99 % interval lies more than 5 % away from none.</p>
<ul>${items.join('')}</ul>`;
}

/** @param {Result} result */
function renderDownload(result) {
  const compressed = gzipSync(JSON.stringify(result)).toString('base64');
  const name = `barefn-bench-${result.environment.date.slice(0, 10)}.json.gz`;
  return `<a download="${name}" href="data:application/gzip;base64,${compressed}">${name}</a>`;
}

/** Our own figures first: each with its interval. @param {Result} result */
function renderGlance(result) {
  const runtime = result.runtimes[0];
  const cards = [
    ['Cold start', 'cold-start', '', 'startMs', 'ms'],
    ['CPU time of a cold start', 'cold-start', '', 'cpuMs', 'ms CPU'],
    ['Hello', 'throughput', 'hello', 'cpuUs', 'µs CPU'],
    ['JSON echo', 'throughput', 'echo', 'cpuUs', 'µs CPU'],
    ['CloudEvent', 'throughput', 'event-binary', 'cpuUs', 'µs CPU'],
  ].flatMap(([title, experiment, variant, metric, unit]) => {
    const cell = selectMeasured(result, experiment, variant).find(
      (other) => other.subject === 'barefn' && other.runtime === runtime,
    );
    const ratio = cell && ratioToRaw(result, cell, metric);
    if (!cell || !ratio) return [];
    if (!isDetermined(ratio))
      return `<div>${title}<b>${notDetermined}</b><small>the machine was too busy, or the run too short</small></div>`;
    const range = `${fixed(ratio.low, 2)}–${fixed(ratio.high, 2)}`;
    return `<div>${title}<b>× ${fixed(ratio.value, 2)}</b><small>${range} · ${figure(summarise(cell, metric))} ${unit} · ${escapeHtml(runtime)}</small></div>`;
  });
  return cards.length > 0 ? `<div class="glance">${cards.join('')}</div>` : '';
}

/** @type {(result: Result, section: typeof sections[number], plots: import('./plots.mjs').Plot[], tables: import('./table.mjs').Table[]) => string} */
function renderSection(result, { title, about, experiments }, plots, tables) {
  const figures = plots
    .filter(({ experiment }) => experiments.includes(experiment))
    .map(
      ({ id, title: caption, svg }) =>
        `<figure id="${id}"><figcaption>${escapeHtml(caption)}</figcaption><div>${svg}</div></figure>`,
    );
  return `<h2 id="${idOf(title)}">${title}</h2>
<p>${about}</p>
<div class="plots">${figures.join('\n')}</div>
${tables
  .filter(({ experiment }) => experiments.includes(experiment))
  .map((table) => renderTable(result, table))
  .join('\n')}`;
}

/** @type {(result: Result, table: import('./table.mjs').Table) => string} */
function renderTable(result, { experiment, variant = '', id, title, columns, rows }) {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
  const body = rows.map(renderRow).join('\n');
  const conclusion = conclude(result, experiment, variant);
  const shown = conclusion ? `<p class="conclusion">${escapeHtml(conclusion)}</p>` : '';
  return `<div class="table"><table id="${id}"><caption>${escapeHtml(title)}</caption><tbody><tr>${head}</tr>\n${body}</tbody></table>${shown}</div>`;
}

/** @param {string[]} cells */
function renderRow(cells) {
  const name = cells[0].startsWith('barefn') ? 'ours' : cells[0];
  const failedAt = cells.findIndex((text) => text.startsWith('FAILED'));
  const figures = failedAt < 0 ? cells : cells.slice(0, failedAt);
  const columns = figures.map((text) => `<td>${escapeHtml(text)}</td>`);
  if (failedAt >= 0) {
    const width = cells.length - failedAt;
    columns.push(`<td class="failed" colspan="${width}">${escapeHtml(cells[failedAt])}</td>`);
  }
  return `<tr class="${escapeHtml(name)}">${columns.join('')}</tr>`;
}

/** @param {string} title */
function idOf(title) {
  return `about-${title.toLowerCase().replaceAll(' ', '-')}`;
}

/** @param {string} text */
function escapeHtml(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
