import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../support/packed';

const directory = mkdtempSync(path.join(os.tmpdir(), 'typescript-'));
after(() => rmSync(directory, { recursive: true, force: true }));
let programs = 0;

/** What `--verify` says of a program of these files. */
function verify(files: Record<string, string>, nodeOptions: string[] = []): string {
  const folder = path.join(directory, String(++programs));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const args = [...nodeOptions, path.join(root, 'dist/cli.js'), '--verify', `--source=${folder}`];
  const env = { PATH: process.env['PATH'] };
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  return stdout + stderr;
}

const esModule =
  'export const typed = (req: unknown, res: { send(text: string): void }) => res.send("x");';
const commonJs =
  'exports.typed = (req: unknown, res: { send(text: string): void }) => res.send("x");';
const programsThatRun: Record<string, Record<string, string>> = {
  'index.ts': { 'index.ts': esModule },
  'index.ts of an ES module package': { 'index.ts': esModule, 'package.json': '{"type":"module"}' },
  'index.ts in CommonJS': { 'index.ts': commonJs },
  'a "main" that is TypeScript': {
    'src/main.ts': esModule,
    'package.json': '{"main":"src/main.ts"}',
  },
  'index.ts, as long as "main" is not built': {
    'index.ts': esModule,
    'package.json': '{"main":"dist/index.js"}',
  },
};

const stripsTypes = Boolean((process.features as { typescript?: unknown }).typescript);
const tsx = ['--import', pathToFileURL(require.resolve('tsx')).href];

for (const [what, files] of Object.entries(programsThatRun)) {
  test(`${what} runs where Node runs TypeScript, else it is said what would help`, () => {
    const output = verify(files);
    if (stripsTypes) assert.match(output, /^OK: typed, http function of .*\.ts$/m);
    else {
      assert.match(output, /^Node v\S+ does not run TypeScript\. Build .*\.ts and pass .*tsx/m);
      assert.match(output, /Could not load the function, shutting down\.\n$/);
    }
  });

  test(`${what} runs with tsx`, () => {
    assert.match(verify(files, tsx), /^OK: typed, http function of .*\.ts$/m);
  });
}

test('what Node cannot leave out is named', () => {
  const files = { 'index.ts': `enum Color { Red } export const f = () => Color.Red;` };
  const advice = stripsTypes ? /^Node only strips types: enum, / : /does not run TypeScript/;
  assert.match(verify(files), new RegExp(advice.source, 'm'));
  assert.match(verify(files, tsx), /^OK: f/);
});

test('a type that is imported as a value is named', { skip: !stripsTypes }, () => {
  const output = verify({
    'index.mts': `import { Server, createServer } from 'node:path';\nexport const f = () => createServer;`,
    'package.json': '{"main":"index.mts"}',
  });
  assert.match(
    output,
    /^Node only strips imports that are marked as types: import \{ type Server \} /m,
  );
});

test('a syntax error of a TypeScript program is only that', { skip: !stripsTypes }, () => {
  const output = verify({ 'index.ts': 'exports.f = (;' });
  assert.match(output, /^The syntax error occurred while /m);
  assert.doesNotMatch(output, /only strips/);
});

test('other errors of a TypeScript program are its own', { skip: !stripsTypes }, () => {
  const output = verify({ 'index.ts': `throw new Error('no database' as string);` });
  assert.match(output, /no database/);
  assert.doesNotMatch(output, /Build|only strips/);
});

test('JavaScript goes first, in the order index.js, function.js, index.mjs, index.cjs', () => {
  const names = ['index.js', 'function.js', 'index.mjs', 'index.cjs', 'index.ts'];
  for (let first = 0; first < names.length - 1; first++) {
    const files = Object.fromEntries(
      names.slice(first).map((name) => {
        const exported = name.endsWith('mjs') ? 'export const only' : 'exports.only';
        return [name, `${exported} = () => {};`];
      }),
    );
    assert.match(verify(files), new RegExp(`function of .*/${names[first]}\\n`));
  }
});
