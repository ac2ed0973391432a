import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { reportComparison } from '../compare.mjs';
import { checkLimits, usual } from '../gate.mjs';
import { renderHtml } from '../report/html.mjs';
import { renderReadmePlot, renderReadmeTables, replaceBetweenMarkers } from '../report/readme.mjs';
import { createRandom } from '../stats.mjs';
import { sampleResult } from './sample-result.mjs';

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

test('the page draws every plot in a browser, offline and without errors', {
  skip: !existsSync(chromium) && `no Chromium at ${chromium}; set CHROMIUM, or install it`,
}, async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-page-'));
  const file = path.join(folder, 'report.html');
  writeFileSync(file, await renderHtml(sampleResult()));
  const { chromium: driver } = await import('playwright-core');
  const flags = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  const browser = await driver.launch({ executablePath: chromium, args: flags });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    /** @type {string[]} */
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on(
      'request',
      (request) => !/^(file|data):/.test(request.url()) && problems.push(request.url()),
    );
    await page.goto(pathToFileURL(file).href);
    const plots = await page.$$eval('figure svg', (nodes) =>
      nodes.map((node) => {
        const { width, height } = node.getBoundingClientRect();
        return {
          id: node.parentElement?.id,
          width,
          height,
          marks: node.querySelectorAll('path').length,
        };
      }),
    );
    assert.ok(plots.length >= 15, `${plots.length} plots`);
    for (const plot of plots)
      assert.ok(plot.width > 300 && plot.height > 80 && plot.marks > 8, JSON.stringify(plot));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
    const strip = page.locator('#plot-cold-start');
    const png = await strip.screenshot();
    const colours = await countColours(page, png.toString('base64'));
    assert.ok(
      colours.ours > 30 && colours.others > 30 && colours.raw > 30,
      JSON.stringify(colours),
    );
    assert.match(
      (await page.locator('#cold-start').textContent()) ?? '',
      /FAILED: died: exit code 7/,
    );
    assert.deepEqual(problems, []);
    if (process.env.BENCH_SCREENSHOT)
      await page.screenshot({ path: process.env.BENCH_SCREENSHOT, fullPage: true });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
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

test('a subject that fails now and did not before is a regression', () => {
  const after = sampleResult();
  const cell = after.cells.find(({ subject }) => subject === 'barefn');
  Object.assign(cell ?? {}, { samples: [], failure: 'did not start' });
  const { regressed, text } = reportComparison(sampleResult(), after);
  assert.equal(regressed, true);
  assert.match(text, /fails now .*did not start/);
});

test('the gate fails on a regression of a quarter, a failure, or nothing measured', async () => {
  assert.equal((await checkLimits(usualCells())).passed, true);
  assert.equal((await checkLimits(usualCells({ slowdown: 1.05 }))).passed, true);
  const { passed, text } = await checkLimits(usualCells({ slowdown: 1.25 }));
  assert.equal(passed, false);
  assert.equal(text.match(/FAILED/g)?.length, usual.length);
  assert.equal((await checkLimits([])).passed, false);
  const broken = usualCells();
  Object.assign(broken[0], { samples: [], failure: 'died: exit code 7' });
  assert.match((await checkLimits(broken)).text, /FAILED raw .*died: exit code 7/);
});

test('the gate says when the machine is too noisy, and passes', async () => {
  const { passed, text } = await checkLimits(usualCells({ slowdown: 1.3, noise: 4 }));
  assert.equal(passed, true);
  assert.match(text, /^noisy /m);
});

/** What the gate would measure of raw and of barefn, with spikes up to `noise` times as high. */
function usualCells({ slowdown = 1, noise = 1 } = {}) {
  const random = createRandom(7);
  const spike = () => (random() < 0.6 ? 1 + (noise - 1) * random() : 1) * (1 + random() / 25);
  const kinds = usual.filter(({ metric }) => metric !== 'peakRssMb');
  return kinds.flatMap(({ experiment, variant }) =>
    ['raw', 'barefn'].map((subject) => ({
      ...{ experiment, variant, subject, runtime: 'node' },
      samples: Array.from({ length: 20 }, (_, round) => {
        const same = usual.filter(
          (row) => row.experiment === experiment && row.variant === variant,
        );
        const figures = same.map(({ metric, ratio }) => {
          const cost = subject === 'raw' ? 20 : 20 * ratio * slowdown;
          return [metric, cost * spike()];
        });
        const process = experiment === 'throughput' ? { process: Math.floor(round / 5) } : {};
        return { round, ...process, ...Object.fromEntries(figures) };
      }),
    })),
  );
}

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

test('the README has a table of every runtime when several were measured', () => {
  const one = sampleResult();
  const newer = one.cells.map((cell) => ({ ...cell, runtime: 'node-24.0.0' }));
  const runtimes = ['node-20.0.0', 'node-24.0.0'];
  const text = renderReadmeTables({ ...one, runtimes, cells: [...one.cells, ...newer] });
  assert.match(text, /\| barefn on node-20\.0\.0 \| 38 \(35\) \|/);
  assert.match(text, /\| barefn on node-24\.0\.0 \|/);
});
