// The command line as people use it: short runs of `run.mjs` as a process.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const run = fileURLToPath(new URL('../run.mjs', import.meta.url));
const raw = fileURLToPath(new URL('../subjects/raw.cjs', import.meta.url));
const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-command-'));
const copy = `--subject=barefn-copy=exec '${process.execPath}' '${raw}'`;
const short = ['--only=cold-start', '--subjects=raw', '--samples=6', '--minutes=5', copy];
after(() => rmSync(folder, { recursive: true, force: true }));

test('a run says what it will do, measures a subject of the command line, and writes its reports', () => {
  const { status, stdout, stderr } = bench(...short, '--out', path.join(folder, 'first'));
  assert.equal(status, 0, stderr);
  assert.match(
    stderr,
    /2 subjects on node-[\d.]+, about [\d min]+ s, less than 10 MB of results:\n {2}cold-start +up to 6 starts of each/,
  );
  assert.match(stderr, /bench: cold-start, round 1, about \d/);
  assert.match(stdout, /^barefn-copy +6 +[\dn]/m);
  const endings = readdirSync(path.join(folder, 'first')).map((name) => path.extname(name));
  assert.deepEqual(endings.sort(), ['.html', '.json', '.md']);
  assert.equal(readResult().cells.length, 2);
});

test('--compare exits 1 when barefn became slower beyond noise, and 0 when it became faster', () => {
  for (const [factor, expected, word] of /** @type {[number, number, RegExp][]} */ ([
    [0.3, 1, /worse +cold-start .* barefn-copy cpuMs: \+/],
    [3, 0, /better +cold-start .* barefn-copy cpuMs: −/],
  ])) {
    const old = readResult();
    for (const cell of old.cells) {
      if (cell.subject !== 'raw') for (const sample of cell.samples) sample.cpuMs *= factor;
    }
    const file = path.join(folder, 'old.json');
    writeFileSync(file, JSON.stringify(old));
    const out = path.join(folder, 'second');
    const { status, stdout, stderr } = bench(...short, `--compare=${file}`, '--out', out);
    assert.equal(status, expected, stderr);
    assert.match(stdout, word);
  }
});

test('a subject that does not start is reported in words, and the others are measured', () => {
  const broken = '--subject=broken=exit 3';
  const { status, stdout } = bench(...short, broken, '--out', path.join(folder, 'broken'));
  assert.equal(status, 0);
  assert.match(stdout, /^broken +FAILED: died: exit code 3/m);
  assert.match(stdout, /^barefn-copy +6 +[\dn]/m);
});

test('two runs at once both measure the whole, and leave nothing of their own', async () => {
  const runs = ['one', 'two'].map((name) => {
    const args = [run, ...short, '--out', path.join(folder, name)];
    return spawn(process.execPath, args, { stdio: 'ignore' });
  });
  const codes = await Promise.all(runs.map(async (child) => (await once(child, 'exit'))[0]));
  assert.deepEqual(codes, [0, 0]);
  for (const name of ['one', 'two']) {
    const { cells, cutShort } = readResult(name);
    assert.equal(cutShort, undefined);
    for (const cell of cells) assert.equal(cell.samples.length, 6, cell.failure);
  }
});

test('what cannot be done is refused before anything is run', () => {
  for (const [argument, reason] of /** @type {[string, RegExp][]} */ ([
    ['--samples=many', /--samples=many is not a positive number/],
    ['--only=everything', /no experiment "everything".*cold-start/],
    ['--subjects=nobody', /no subject "nobody".*fastify/],
    ['--subject=nonsense', /'name=command that listens on \$PORT'/],
    ['--runtime=perl', /none of current, node@<version>, bun, deno/],
    ['--runtime=workerd', /workerd is a subject: --subjects=workerd/],
    ['--tool=ab', /--tool is undici or wrk/],
    ['--compare=/nowhere.json', /\/nowhere.json cannot be read/],
    ['--profile=nobody', /no subject "nobody"/],
    ['--fast', /Unknown option '--fast'/],
  ])) {
    const { status, stderr, stdout } = bench(argument);
    assert.equal(status, 2, argument);
    assert.match(stderr, reason);
    assert.equal(stdout, '');
  }
});

test('--profile writes a profile of each load, and names the costliest functions', () => {
  const out = path.join(folder, 'profiles');
  const load = ['--profile=raw', '--seconds=0.2', '--workloads=hello,echo'];
  const { status, stdout, stderr } = bench(...load, '--out', out);
  assert.equal(status, 0, stderr);
  assert.deepEqual(readdirSync(out).sort(), ['raw-echo.cpuprofile', 'raw-hello.cpuprofile']);
  assert.match(stdout, /hello: [\d.]+ µs CPU per request, profiled\n +[\d.]+ % {2}\S/);
});

/** @param {...string} args */
function bench(...args) {
  return spawnSync(process.execPath, [run, ...args], { encoding: 'utf8', timeout: 300_000 });
}

/** @returns {import('../report/summary.mjs').Result} */
function readResult(name = 'first') {
  const [file] = readdirSync(path.join(folder, name)).filter((one) => one.endsWith('.json'));
  return JSON.parse(readFileSync(path.join(folder, name, file), 'utf8'));
}
