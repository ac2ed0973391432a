import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pack, root, unpack } from '../support/packed';

const directory = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'explained-')));
after(() => rmSync(directory, { recursive: true, force: true }));
let programs = 0;

/** Lays out a program and gives its folder. */
function program(files: Record<string, string>): string {
  programs += 1;
  const folder = path.join(directory, String(programs));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

/** What the command prints that is to serve `f` of a program, without the stack. */
function complaintOf(folder: string, ...args: string[]): string {
  const command = [path.join(root, 'dist/cli.js'), '--port=0', '--target=f', ...args];
  const env = { PATH: process.env['PATH'] };
  const { status, stderr } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    cwd: folder,
    env,
    timeout: 60_000,
  });
  assert.equal(status, 1, stderr);
  assert.match(stderr, /\nCould not load the function, shutting down\.\n$/);
  return stderr.replace(/\n {4}at .*|\n\s*(?:Require stack:|- .*)/g, '');
}

const missing: [module: string, advice: RegExp][] = [
  [
    'lodash/fp',
    /"lodash\/fp" was not found while loading \S+index\.js\. Try: npm install lodash\n/,
  ],
  ['@acme/x/sub/y', /Try: npm install @acme\/x\n/],
  ['@acme/x', /Try: npm install @acme\/x\n/],
  ['here', /Try: npm install here\n/],
  ['there/nothing', /The package there is installed but has no such file/],
  ['@/lib/db', /alias of TypeScript or of a bundler/],
  ['~/lib/db', /alias of TypeScript or of a bundler/],
  ['~lib/db', /alias of TypeScript or of a bundler/],
  ['#db', /"imports" in package\.json/],
  ['./lib/db', /Check the path and its extension/],
];
for (const [module, advice] of missing) {
  for (const [file, text] of [
    ['index.js', `require('${module}'); exports.f = () => {};`],
    ['index.mjs', `import '${module}'; export const f = () => {};`],
  ] as const) {
    test(`${module}, missing in ${file}, is explained`, () => {
      const folder = program({
        [file]: text,
        'package.json': '{}',
        'node_modules/there/package.json': '{}',
      });
      const complaint = complaintOf(folder);
      assert.match(
        complaint,
        /^Provided module can't be loaded\.\nDid you list all required modules/,
      );
      // import names the package, or the file that was looked for.
      const isFile = file === 'index.mjs' && /^(?:there|\.)/.test(module);
      assert.match(
        complaint,
        isFile
          ? /Check the path/
          : new RegExp(
              advice.source
                .replace('index\\.js', 'index\\.m?js')
                .replace('"lodash\\/fp"', '"lodash(?:\\/fp)?"'),
            ),
      );
      assert.doesNotMatch(complaint, /npm install (?:lodash\/|@acme\/x\/|[@~#]\/|~)/);
    });
  }
}

const sources: [what: string, files: Record<string, string>, advice: RegExp, args?: string[]][] = [
  [
    'a malformed package.json beside a good index.js',
    { 'package.json': '{ "main": "index.js", }', 'index.js': 'exports.f = () => {};' },
    /\n\S+package\.json cannot be read: .*JSON.*\. Correct it: .*\n/,
  ],
  [
    'a main that was not built',
    {
      'package.json': '{ "main": "dist/index.js", "scripts": { "build": "tsc" } }',
      'src/index.ts': '',
    },
    /package\.json has "main": "dist\/index\.js", but there is no such file\. Run npm run build, /,
  ],
  [
    'a main that is not there',
    { 'package.json': '{ "main": "app.js" }' },
    /has "main": "app\.js", but there is no such file\. Build it, correct "main", /,
  ],
  [
    'exports without a main',
    { 'package.json': '{ "exports": "./lib/f.js" }', 'lib/f.js': 'exports.f = () => {};' },
    /has "exports" but no "main": .* Add "main", or pass the file as --source/,
  ],
  [
    'another name',
    { 'app.js': '', 'server.mjs': '' },
    /, and found app\.js, server\.mjs\. Pass another/,
  ],
  ['nothing', { 'readme.txt': '' }, /, and found no code\. Pass another path as --source/],
  [
    'no function yet',
    { 'notes.txt': '' },
    /\n {2}exports\.hello = \(req, res\) => res\.send\('Hello, World!'\);\n/,
  ],
  [
    'no function yet of a package of ES modules',
    { 'package.json': '{ "type": "module" }' },
    /\n {2}export const hello = \(req, res\) => res\.send\('Hello, World!'\);\n/,
  ],
  [
    'a source that is not there',
    { 'index.js': '' },
    /There is no such file or directory\. Did you mean \S+\/index\.js\? Pass another/,
    ['--source=indx.js'],
  ],
];
for (const [what, files, advice, args = []] of sources) {
  test(`${what} is explained`, () => {
    const complaint = complaintOf(program(files), ...args);
    assert.match(complaint, /^Provided code location '.*' is not a loadable module\.\nDid you/);
    assert.match(complaint, advice);
  });
}

test('functions within an exported object are found by their path', () => {
  const mjs = program({ 'index.mjs': 'export default { f() {} };' });
  assert.match(
    complaintOf(mjs),
    /exports no function; its exported objects have "default\.f"\. Pass --target=default\.f\.\n/,
  );
  const cjs = program({
    'index.js':
      'exports.api = { f() {}, g() {} }; exports.h = () => {}; exports.app = { fetch() {} };',
  });
  assert.match(
    complaintOf(cjs),
    /exports "h", "app"; its exported objects have "api\.f", "api\.g"\. Pass --target=api\.f or another/,
  );
});

test('what a module throws is said to be thrown, not to be a syntax error', () => {
  const folder = program({ 'index.js': `throw new Error('API_KEY is not set');` });
  assert.match(
    complaintOf(folder),
    /^Provided module can't be loaded\.\nTop-level code threw while loading \S+index\.js\.\nDetailed stack trace: Error: API_KEY is not set\n/,
  );
});

test('a syntax error is asked about, and its file named', () => {
  const complaint = complaintOf(program({ 'index.js': 'exports.f = (' }));
  assert.match(
    complaint,
    /^Provided module can't be loaded\.\nIs there a syntax error in your code\?\n/,
  );
  assert.match(complaint, /\nThe syntax error occurred while loading \S+index\.js\.\n/);
});

test('the advice to use tsx names the command as it is installed', () => {
  const tarball = pack(directory);
  for (const name of ['barefn', '@google-cloud/functions-framework']) {
    const folder = program({ 'index.mts': 'enum A { B }\nexport const f = () => A.B;' });
    unpack(tarball, folder, name);
    const installed = `node_modules/${name}/dist/cli.js`;
    const { stderr } = spawnSync(
      process.execPath,
      [installed, '--source=index.mts', '--target=f'],
      {
        encoding: 'utf8',
        cwd: folder,
      },
    );
    assert.ok(stderr.includes(`run: node --import tsx ${installed}\n`), stderr);
    // The command that is advised works.
    symlinkSync(path.join(root, 'node_modules/tsx'), path.join(folder, 'node_modules/tsx'));
    const args = ['--import', 'tsx', installed, '--source=index.mts', '--target=f', '--verify'];
    const answer = execFileSync(process.execPath, args, { encoding: 'utf8', cwd: folder });
    assert.match(answer, /^OK: f,/);
  }
});
