import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { buildSync } from 'esbuild';

const functions = path.join(__dirname, 'functions');
const directory = mkdtempSync(path.join(os.tmpdir(), 'load-'));
after(() => rmSync(directory, { recursive: true }));
buildSync({
  entryPoints: [path.join(__dirname, '../../src/load/load.ts')],
  outfile: path.join(directory, 'load.js'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
});
writeFileSync(
  path.join(directory, 'run.js'),
  `const loaded = (() => { try { return require('./load.js').loadFunction(JSON.parse(process.argv[2])); } catch (error) { return Promise.reject(error); } })();
  const isAsync = loaded instanceof Promise;
  Promise.resolve(loaded).then(
    ({ name, type }) => console.log(JSON.stringify({ name, type, isAsync })),
    ({ code, message }) => console.log(JSON.stringify({ code, message })),
  );`,
);

interface Answer {
  name?: string;
  type?: string;
  isAsync?: boolean;
  code?: string;
  message: string;
}

function load(source: string, target?: string, flags: string[] = []): Answer {
  const options = {
    source: path.join(functions, source),
    target: target ?? 'function',
    targetGiven: target !== undefined,
    signatureType: 'http',
  };
  const env = { ...process.env, NODE_OPTIONS: '' };
  const args = [...flags, path.join(directory, 'run.js'), JSON.stringify(options)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  assert.equal(stderr, '');
  return JSON.parse(stdout) as Answer;
}

for (const source of ['cjs', 'cjs/index', 'esm', 'module.mjs', 'tla', 'main']) {
  test(`"hello" is found in ${source}`, () => {
    assert.deepEqual(load(source, 'hello'), {
      name: 'hello',
      type: 'http',
      isAsync: source === 'tla',
    });
  });
}

test('with preloaded modules an ES module is imported, so that loader hooks see it', () => {
  assert.equal(load('esm', 'hello', ['--import', 'data:text/javascript,']).isAsync, true);
  assert.equal(load('cjs', 'hello', ['--import', 'data:text/javascript,']).isAsync, false);
});

test('dotted targets, default exports and fetch objects are found', () => {
  assert.equal(load('cjs', 'group.inner').name, 'group.inner');
  assert.equal(load('esm', 'default').name, 'default');
  assert.equal(load('cjs', 'app').type, 'web');
});

test('module.exports itself is the default export', () => {
  assert.deepEqual(load('whole', 'default'), { name: 'default', type: 'http', isAsync: false });
  assert.equal(load('whole/application', 'default').type, 'web');
  assert.equal(load('cjs', 'default').code, 'FUNCTION_NOT_FOUND');
});

test('the only function there is needs no target', () => {
  assert.equal(load('only').name, 'lonely');
  assert.equal(load('only', 'function').code, 'FUNCTION_NOT_FOUND');
  assert.equal(load('cjs').code, 'FUNCTION_NOT_FOUND');
});

test("failures begin with the lines of Google's package", () => {
  const google = path.join(
    __dirname,
    '../../node_modules/@google-cloud/functions-framework/build/src/main.js',
  );
  const cases = [
    ['absent', 'hello', 'SOURCE_NOT_FOUND'],
    ['cjs', 'helo', 'FUNCTION_NOT_FOUND'],
    ['cjs', 'text', 'NOT_A_FUNCTION'],
    ['missing-dependency', 'hello', 'LOAD_FAILED'],
    ['broken', 'hello', 'LOAD_FAILED'],
  ] as const;
  for (const [source, target, code] of cases) {
    const ours = load(source, target);
    assert.equal(ours.code, code);
    const args = [google, `--source=${path.join(functions, source)}`, `--target=${target}`];
    const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
    const lines = code === 'NOT_A_FUNCTION' ? 1 : 2;
    assert.deepEqual(ours.message.split('\n').slice(0, lines), stderr.split('\n').slice(0, lines));
  }
});

test('failures say what would help', () => {
  assert.match(load('cjs', 'helo').message, /exports "hello", "other".*Pass --target=hello or/s);
  assert.match(load('missing-dependency', 'x').message, /npm install not-installed-anywhere$/);
});
