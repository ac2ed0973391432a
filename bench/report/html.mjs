// A page that holds everything it shows: to be looked at offline, mailed, or kept as an artifact.
import { isDetermined } from '../stats.mjs';
import { style } from './page-style.mjs';
import { accents } from './palette.mjs';
import { createPlots } from './plots.mjs';
import { ratioToRaw, selectMeasured, summarise } from './summary.mjs';
import { createTables, figure, fixed, notDetermined } from './tables.mjs';
import { caveats, describeEnvironment } from './text.mjs';

/** @typedef {import('./summary.mjs').Result} Result */

const sections = [
  {
    title: 'Cold start',
    about:
      'From spawn to the first complete answer, verified byte for byte. In each round every subject starts once, in random order. A dot is one start, the box holds the middle half, the line is the median, × the paired ratio to raw node:http.',
    experiments: ['cold-start', 'startup-split', 'heavy-start'],
  },
  {
    title: 'Cost of a request',
    about:
      'A closed loop in which every answer is verified. CPU time is the server’s own, and survives noise; requests per second share the machine with the client. A bar is the median of the rounds, the line its interval.',
    experiments: ['throughput'],
  },
  {
    title: 'Latency at a fixed rate',
    about:
      'Counted from the moment a request was due: a stall is charged to all requests that waited. Servers that all keep up differ in the tail only.',
    experiments: ['fixed-rate'],
  },
  {
    title: 'How cost grows',
    about:
      'Over concurrent connections, and over the size of the body. Both axes are logarithmic; the band is the interval.',
    experiments: ['concurrency', 'body-size'],
  },
];

/**
 * @param {Result} result
 * @param {Result} [_before]
 * @returns {Promise<string>}
 */
export async function renderHtml(result, _before) {
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
<h1>barefn benchmark</h1>
<p>Functions and small servers against <code>node:http</code> by hand (“raw”): × is the ratio to it, less is better.</p>
${renderGlance(result)}
<nav>${shown.map(({ title }) => `<a href="#${idOf(title)}">${title}</a>`).join('')}<a href="#limits">What this does not show</a>
<span class="key"><i style="background:${accents.ours}"></i>barefn<i style="background:${accents.baseline}"></i>raw node:http<i style="background:${accents.others}"></i>others</span></nav>
${shown.map((section) => renderSection(section, plots, tables)).join('\n')}
<h2 id="limits">What this does not show</h2>
<div class="caveats"><ul>${caveats.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul></div>
<h2>Made on</h2>
${renderEnvironment(result)}
</html>
`;
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

/** @type {(section: typeof sections[number], plots: import('./plots.mjs').Plot[], tables: import('./tables.mjs').Table[]) => string} */
function renderSection({ title, about, experiments }, plots, tables) {
  const figures = plots
    .filter(({ experiment }) => experiments.includes(experiment))
    .map(
      ({ id, title: caption, svg }) =>
        `<figure id="${id}"><figcaption>${escapeHtml(caption)}</figcaption>${svg}</figure>`,
    );
  return `<h2 id="${idOf(title)}">${title}</h2>
<p>${about}</p>
<div class="plots">${figures.join('\n')}</div>
${tables
  .filter(({ experiment }) => experiments.includes(experiment))
  .map(renderTable)
  .join('\n')}`;
}

/** @param {import('./tables.mjs').Table} table */
function renderTable({ id, title, columns, rows }) {
  const head = columns.map((column) => `<th>${escapeHtml(column)}</th>`).join('');
  const body = rows.map(renderRow).join('\n');
  return `<div class="table"><table id="${id}"><caption>${escapeHtml(title)}</caption><tr>${head}</tr>\n${body}</table></div>`;
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

/** @param {Result} result */
function renderEnvironment(result) {
  const entries = describeEnvironment(result).map((line) => {
    const [name, ...rest] = line.split(': ');
    return `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(rest.join(': '))}</dd>`;
  });
  return `<dl>${entries.join('')}</dl>`;
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
