import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { reportComparison, reportHeld } from '../compare.mjs';
import { conclude } from '../report/conclusions.mjs';
import { renderHtml } from '../report/html.mjs';
import { renderReadmePlot, renderReadmeTables, replaceBetweenMarkers } from '../report/readme.mjs';
import { ratioToRaw, selectMeasured } from '../report/summary.mjs';
import { renderMarkdown } from '../report/text.mjs';
import { sampleResult } from './sample-result.mjs';

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

const skip = !existsSync(chromium) && `no Chromium at ${chromium}; set CHROMIUM, or install it`;

test('the page draws every plot in a browser, offline and without errors', { skip }, async () => {
  await withPage({ viewport: { width: 1280, height: 900 } }, async (page) => {
    const plots = await page.$$eval('figure svg', (nodes) =>
      nodes.map((node) => {
        const { width, height } = node.getBoundingClientRect();
        const marks = node.querySelectorAll('path').length;
        return { id: node.closest('figure')?.id, width, height, marks };
      }),
    );
    assert.ok(plots.length >= 15, `${plots.length} plots`);
    for (const plot of plots)
      assert.ok(plot.width > 300 && plot.height > 80 && plot.marks > 8, JSON.stringify(plot));
    const png = await page.locator('#plot-cold-start').screenshot();
    const colours = await countColours(page, png.toString('base64'));
    assert.ok(
      colours.ours > 30 && colours.others > 30 && colours.raw > 30,
      JSON.stringify(colours),
    );
    assert.match(
      (await page.locator('#cold-start').textContent()) ?? '',
      /FAILED: died: exit code 7/,
    );
    await saveScreenshot(page, 'desktop');
  });
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`the page fits a phone, ${colorScheme}`, { skip }, async () => {
    const viewport = { width: 375, height: 800 };
    await withPage({ viewport, colorScheme }, async (page) => {
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
      const contrast = await page.evaluate(contrastOfText);
      assert.ok(contrast > 7, `the contrast of the text is ${contrast}`);
      await saveScreenshot(page, `phone-${colorScheme}`);
    });
  });
}

/** WCAG 2.2: the ratio of the relative luminances of text and background. */
function contrastOfText() {
  const { color, backgroundColor } = getComputedStyle(document.body);
  const luminances = [color, backgroundColor].map((text) => {
    const [red, green, blue] = (text.match(/\d+/g) ?? []).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  });
  return Math.max(...luminances) / Math.min(...luminances);
}

test('a click on a column sorts its table, failures last', { skip }, async () => {
  await withPage({ viewport: { width: 1280, height: 900 } }, async (page) => {
    const names = () => page.$$eval('#throughput-hello td:first-child', textsOf);
    const column = page.locator('#throughput-hello th', { hasText: 'CPU µs' }).getByRole('button');
    await column.click();
    assert.deepEqual(await names(), ['raw', 'barefn', 'koa', 'broken']);
    await column.click();
    assert.deepEqual(await names(), ['koa', 'barefn', 'raw', 'broken']);
  });
});

/** @param {Element[]} nodes */
function textsOf(nodes) {
  return nodes.map((node) => node.textContent);
}

test('the page prints, and holds every sample', { skip }, async () => {
  await withPage({ viewport: { width: 1280, height: 900 } }, async (page) => {
    const pdf = await page.pdf({ format: 'A4' });
    assert.ok(pdf.length > 20_000);
    if (process.env.BENCH_SCREENSHOTS)
      writeFileSync(path.join(process.env.BENCH_SCREENSHOTS, 'print.pdf'), pdf);
    const href = (await page.locator('a[download]').getAttribute('href')) ?? '';
    const json = gunzipSync(Buffer.from(href.split(',')[1], 'base64'));
    assert.deepEqual(JSON.parse(json.toString()).cells, sampleResult().cells);
  });
});

/** @type {(options: import('playwright-core').BrowserContextOptions, use: (page: import('playwright-core').Page) => Promise<void>) => Promise<void>} */
async function withPage(options, use) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-page-'));
  const file = path.join(folder, 'report.html');
  writeFileSync(file, await renderHtml(sampleResult(), sampleResult({ slowdown: 1.3 })));
  const { chromium: driver } = await import('playwright-core');
  const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  const browser = await driver.launch({
    executablePath: chromium,
    timeout: 120_000,
    args: [...flags, '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
  try {
    const page = await browser.newPage(options);
    page.setDefaultTimeout(120_000);
    /** @type {string[]} */
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on(
      'request',
      (request) => !/^(file|data):/.test(request.url()) && problems.push(request.url()),
    );
    await page.goto(pathToFileURL(file).href);
    await use(page);
    assert.deepEqual(problems, []);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** To look at: BENCH_SCREENSHOTS=folder. @type {(page: import('playwright-core').Page, name: string) => Promise<void>} */
async function saveScreenshot(page, name) {
  const folder = process.env.BENCH_SCREENSHOTS;
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

test('a sentence compares barefn with others only where intervals do not overlap', () => {
  const sentence = conclude(sampleResult(), 'throughput', 'hello');
  assert.match(sentence ?? '', /^barefn needs 1\.06 \[[\d., ]+\] times .*: less CPU time than koa/);
  const same = sampleResult();
  const cells = same.cells.filter(({ subject }) => subject === 'raw' || subject === 'barefn');
  const equal = cells.map((cell) => ({ ...cell, samples: cells[0].samples }));
  assert.equal(conclude({ ...same, cells: equal }, 'cold-start', ''), undefined);
});

test('a figure with a wide interval is not determined, in every report', async () => {
  const wide = sampleResult();
  for (const cell of wide.cells) {
    if (cell.subject !== 'barefn') continue;
    for (const [index, sample] of cell.samples.entries()) {
      const factor = [0.2, 5][Math.floor(index / 3) % 2];
      for (const metric of ['startMs', 'cpuMs', 'cpuUs']) sample[metric] *= factor;
    }
  }
  const page = await renderHtml(wide);
  const [tiles] = page.split('<dl>');
  assert.equal(tiles.match(/<b>not determined<\/b>/g)?.length, 5);
  assert.doesNotMatch(tiles, /<b>× /);
  for (const text of [renderReadmeTables(wide), renderMarkdown(wide)])
    assert.match(text, /\| barefn[^|]*\|(?: \d+ \|)? not determined \|/);
  for (const variant of ['hello', 'echo']) {
    const plot = page.split(`id="plot-cpuUs-${variant}"`)[1].split('</figure>')[0];
    assert.match(plot, />not determined</);
  }
});

/** Counts the pixels of a screenshot near the three colours of the subjects. @type {(page: any, base64: string) => Promise<Record<string, number>>} */
function countColours(page, base64) {
  return page.evaluate(async (/** @type {string} */ data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(image, 0, 0);
    const pixels = context.getImageData(0, 0, image.width, image.height).data;
    const counts = { ours: 0, others: 0, raw: 0 };
    for (let at = 0; at < pixels.length; at += 4) {
      const [red, green, blue] = pixels.subarray(at, at + 3);
      if (red - blue > 60) counts.ours++;
      else if (blue - red > 60) counts.others++;
      else if (red < 170 && red > 50 && Math.abs(red - blue) < 30 && green >= red) counts.raw++;
    }
    return counts;
  }, base64);
}

test('a regression of barefn is reported, and an equal run is not', () => {
  assert.equal(reportComparison(sampleResult(), sampleResult()).regressed, false);
  const slower = reportComparison(sampleResult(), sampleResult({ slowdown: 1.3 }));
  assert.equal(slower.regressed, true);
  assert.match(slower.text, /worse +cold-start \| node-20\.0\.0 \| {2}\| barefn startMs: \+30/);
  const faster = reportComparison(sampleResult({ slowdown: 1.3 }), sampleResult());
  assert.equal(faster.regressed, false);
  assert.match(faster.text, /better/);
});

test('a run is told how many of its intervals hold the ratios of a careful one', () => {
  const own = reportHeld(sampleResult(), sampleResult());
  assert.match(own, /^(\d+) of \1 intervals hold .* off by 0 % at most\.$/);
  const other = reportHeld(sampleResult({ slowdown: 1.3 }), sampleResult());
  assert.match(
    other,
    /off by 23 % at most\.\ndoes not hold 1\.38: cold-start .* barefn startMs 1\.06/,
  );
});

test('a subject that fails now and did not before is a regression', () => {
  const after = sampleResult();
  const cell = after.cells.find(({ subject }) => subject === 'barefn');
  Object.assign(cell ?? {}, { samples: [], failure: 'did not start' });
  const { regressed, text } = reportComparison(sampleResult(), after);
  assert.equal(regressed, true);
  assert.match(text, /fails now .*did not start/);
});

test('the README keeps all but what is between the markers', async () => {
  const readme = 'a\n<!-- bench:start -->\nold\n<!-- bench:end -->\nb\n';
  const text = replaceBetweenMarkers(readme, renderReadmeTables(sampleResult()));
  assert.match(text, /^a\n<!-- bench:start -->\n\| {2}\| cold start/);
  assert.match(text, /\| barefn 1\.0\.0 \| 38 \| 1\.06 \[1\.06, 1\.06\] \| 1\.06 \|/);
  assert.ok(
    text.endsWith('<!-- bench:end -->\nb\n') &&
      !text.includes('\nold\n') &&
      !text.includes('broken'),
  );
  assert.throws(() => replaceBetweenMarkers('none', ''), /has no "<!-- bench:start -->"/);
  assert.match((await renderReadmePlot(sampleResult())) ?? '', /^<svg .*barefn.*<\/svg>$/s);
});

test('the README compares an application on barefn with the same on its own server', () => {
  const one = sampleResult();
  const names = { raw: 'raw', barefn: 'barefn-hono', koa: 'hono' };
  const cells = one.cells.flatMap((cell) => {
    const subject = Object.entries(names).find(([name]) => name === cell.subject)?.[1];
    return subject ? [{ ...cell, subject }] : [];
  });
  assert.match(
    renderReadmeTables({ ...one, cells }),
    /\| web functions: hello \/ JSON echo \| node-20\.0\.0 \|\n.*\n\| Hono on barefn, × Hono's own server \| 0\.66 \/ 0\.66 \|/,
  );
});

test('the README has a table of every runtime when several were measured', () => {
  const one = sampleResult();
  const newer = one.cells.map((cell) => ({ ...cell, runtime: 'node-24.0.0' }));
  const runtimes = ['node-20.0.0', 'node-24.0.0'];
  const text = renderReadmeTables({ ...one, runtimes, cells: [...one.cells, ...newer] });
  assert.match(text, /\| barefn on node-20\.0\.0 \| 38 \(35\) \|/);
  assert.match(text, /\| barefn on node-24\.0\.0 \|/);
});

test('beside much other work the interval of a ratio is a tenth wider on each side', () => {
  const result = sampleResult();
  const cell = selectMeasured(result, 'cold-start').find(({ subject }) => subject === 'barefn');
  assert.ok(cell);
  const alone = ratioToRaw(result, cell, 'cpuMs');
  cell.otherWork = 0.5;
  const disturbed = ratioToRaw(result, cell, 'cpuMs');
  assert.ok(alone && disturbed);
  assert.equal(disturbed.value, alone.value);
  assert.equal(disturbed.low, alone.low / 1.1);
  assert.equal(disturbed.high, alone.high * 1.1);
});
