// A page that holds everything it shows: to be looked at offline, mailed, or kept as an artifact.
import { createPlots } from './plots.mjs';
import { createTables } from './tables.mjs';
import { caveats, describeEnvironment } from './text.mjs';

/**
 * @param {import('./summary.mjs').Result} result
 * @returns {Promise<string>}
 */
export async function renderHtml(result) {
  const plots = await createPlots(result);
  const figures = plots.map(
    ({ id, title, svg }) =>
      `<figure id="${id}"><figcaption>${escapeHtml(title)}</figcaption>${svg}</figure>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>barefn benchmark, ${escapeHtml(result.environment.date.slice(0, 10))}</title>
<style>${style}</style>
<h1>barefn benchmark</h1>
${list(describeEnvironment(result))}
<h2>What this does not show</h2>
${list(caveats)}
<h2>Plots</h2>
<div class="plots">
${figures.join('\n')}
</div>
<h2>Tables</h2>
${createTables(result).map(renderTable).join('\n')}
</html>
`;
}

const style = `
body { font: 15px/1.5 sans-serif; color: #212529; background: #fff; margin: 2rem auto; max-width: 90rem; padding: 0 1rem }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(34rem, 100%), 1fr)); gap: 1.5rem }
figure { margin: 0; border: 1px solid #dee2e6; border-radius: 6px; padding: 1rem; overflow-x: auto }
figcaption { font-weight: 600; margin-bottom: .5rem }
svg { max-width: 100%; height: auto }
.table { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
caption { text-align: left; font-weight: 600; padding: 1rem 0 .3rem }
th, td { padding: .2rem .7rem; border-bottom: 1px solid #dee2e6; text-align: right; white-space: nowrap }
th:first-child, td:first-child { text-align: left }
td.failed { text-align: left; color: #c92a2a; white-space: normal }
`;

/** @param {import('./tables.mjs').Table} table */
function renderTable({ id, title, columns, rows }) {
  const head = columns.map((column) => `<th>${escapeHtml(column)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${renderCells(cells)}</tr>`).join('\n');
  return `<div class="table"><table id="${id}"><caption>${escapeHtml(title)}</caption><tr>${head}</tr>\n${body}</table></div>`;
}

/** @param {string[]} cells */
function renderCells(cells) {
  const failedAt = cells.findIndex((text) => text.startsWith('FAILED'));
  if (failedAt < 0) return cells.map((text) => `<td>${escapeHtml(text)}</td>`).join('');
  const before = cells.slice(0, failedAt).map((text) => `<td>${escapeHtml(text)}</td>`);
  return `${before.join('')}<td class="failed" colspan="${cells.length - failedAt}">${escapeHtml(cells[failedAt])}</td>`;
}

/** @param {string[]} items */
function list(items) {
  return `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
}

/** @param {string} text */
function escapeHtml(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
