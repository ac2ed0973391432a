import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { pack, root } from './support/packed';
import { Program } from './support/program';

const googlesName = '@google-cloud/functions-framework';
const exported = {
  '': [
    'HttpError',
    'NonRetryableError',
    'cloudEvent',
    'event',
    'http',
    'onShutdown',
    'onStartup',
    'typed',
    'web',
  ],
  '/testing': ['getFunction', 'getTestServer', 'invoke', 'sample'],
  '/server': ['HttpRequest', 'HttpResponse', 'createServer'],
  '/cloudevents': ['BarefnError', 'HttpError', 'decode', 'encode', 'isCloudEvent'],
  '/google': ['BarefnError', 'decodeFirestoreEvent', 'firestoreJson'],
};
/** How tests replace what a module exports. */
const replacements = `
  'jest.spyOn'(exports, name) { load('jest-mock').spyOn(exports, name).mockReturnValue(1); },
  'sinon.stub'(exports, name) { load('sinon').stub(exports, name).returns(1); },
  'mock.method'(exports, name) { require('node:test').mock.method(exports, name, () => 1); },
  'an assignment'(exports, name) { exports[name] = () => 1; },
  'Object.defineProperty'(exports, name) { Object.defineProperty(exports, name, { get: () => () => 1 }); },`;
const bins = ['barefn', 'functions-framework', 'functions-framework-nodejs'];

const directory = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'package-')));
after(() => rmSync(directory, { recursive: true, force: true }));
const tarball = pack(directory);

test('the package is small and depends on nothing', () => {
  const files = run('tar', ['-tzf', tarball]).trim().split('\n');
  assert.ok(files.length <= 46, `${files.length} files:\n${files.join('\n')}`);
  const { size } = statSync(tarball);
  assert.ok(size <= 275_000, `${size} bytes`);
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.scripts.install ?? manifest.scripts.postinstall, undefined);
});

test('publint finds nothing', () => {
  const output = run(bin(root, 'publint'), ['run', tarball, '--strict']);
  assert.match(output, /All good!/);
});

test('the types resolve as the code does in every mode', () => {
  run(bin(root, 'attw'), [tarball]);
});

test('nothing published imports node:http as an ES module', () => {
  const dist = path.join(root, 'dist');
  const scripts = readdirSync(dist).filter((file) => /\.[cm]?js$/.test(file));
  assert.ok(scripts.includes('cli.js') && scripts.every((file) => file.endsWith('.js')));
  for (const file of scripts) {
    assert.doesNotMatch(readFileSync(path.join(dist, file), 'utf8'), /^\s*import\b/m, file);
  }
});

for (const name of ['barefn', googlesName]) {
  suite(`installed as ${name}`, () => {
    const program = path.join(directory, name.replace('/', '-'));
    before(() => install(program, name));

    test('its commands run', () => {
      for (const command of bins) {
        assert.match(run(bin(program, command), ['--version']), /^barefn \d+\.\d+\.\d+\n$/);
      }
    });

    for (const [entryPoint, names] of Object.entries(exported)) {
      test(`require and import of .${entryPoint} give the same names`, () => {
        const specifier = JSON.stringify(name + entryPoint);
        const script = `
          const required = require(${specifier});
          import(${specifier}).then((imported) => {
            const { default: whole, 'module.exports': same, ...names } = imported;
            const agree = whole === required
              && Object.entries(names).every(([key, value]) => required[key] === value);
            console.log(JSON.stringify([Object.keys(required).sort(), Object.keys(names).sort(), agree]));
          });`;
        const output = run(process.execPath, ['-e', script], program);
        assert.deepEqual(JSON.parse(output), [names, names, true]);
      });
    }

    test('ES modules import names and the default', () => {
      write(
        program,
        'names.mjs',
        `import framework, { http } from '${name}';
        import { getFunction } from '${name}/testing';
        http('named', () => 1);
        framework.http('whole', () => 2);
        console.log(getFunction('named')() + getFunction('whole')());`,
      );
      assert.equal(run(process.execPath, ['names.mjs'], program), '3\n');
    });

    for (const tool of [
      'jest.spyOn',
      'sinon.stub',
      'mock.method',
      'an assignment',
      'Object.defineProperty',
    ]) {
      test(`${tool} replaces what an entry point exports`, () => {
        const script = replacing(tool, name);
        const output = run(process.execPath, ['-e', script], program);
        assert.equal(
          output,
          [' ', '/testing ', '/server ', '/cloudevents ', '/google ']
            .map((entryPoint) => `${entryPoint}true true true\n`)
            .join(''),
        );
      });
    }

    test('the paths of Google’s files are there', async () => {
      const folder = path.join(program, 'node_modules', name);
      const source = path.join(program, 'path.js');
      writeFileSync(source, `require('${name}').http('target', (req, res) => res.send('served'));`);
      assert.equal(await serveOnce(path.join(folder, 'build/src/main.js'), source), 'served');
      const script = `const same = (file, entryPoint) => require('./node_modules/${name}/build/src/' + file) === require('${name}' + entryPoint);
        console.log(same('index.js', ''), same('testing', '/testing'));`;
      assert.equal(run(process.execPath, ['-e', script], program), 'true true\n');
    });

    test('its errors and stacks have the names of the sources', () => {
      const script = `try { require('${name}').http('not a name', () => {}); } catch (error) { console.log(error); }`;
      const output = run(process.execPath, ['-e', script], program);
      assert.match(output, /^BarefnError: Invalid function name: not a name\n/);
      assert.match(
        output,
        /\n {4}at register \(.*\/dist\/index\.js:\d+:\d{1,2}\)\n {4}at (?:\w+\.)?http \(/,
      );
      assert.doesNotMatch(output, /\[BarefnError\]/);
    });

    test('the command, ./testing, require and import share one registry', async () => {
      write(
        program,
        'registry.mjs',
        `import { createRequire } from 'node:module';
        import { http } from '${name}';
        import { getFunction } from '${name}/testing';
        const require = createRequire(import.meta.url);
        require('${name}').http('required', (req, res) => res.send('required'));
        http('target', (req, res) => {
          const same = getFunction('required') === require('${name}/testing').getFunction('required');
          res.send(String(same && getFunction('required') !== undefined));
        });`,
      );
      const source = path.join(program, 'registry.mjs');
      assert.equal(await serveOnce(bin(program, 'functions-framework'), source), 'true');
      // A command that is installed elsewhere, as with npm install --global.
      assert.equal(await serveOnce(path.join(root, 'dist/cli.js'), source), 'true');
    });
  });
}

/** A program that replaces a function of each entry point by `replace(exports, name)`. */
function replacing(tool: string, name: string): string {
  return `const { createRequire } = require('node:module');
    const load = createRequire(${JSON.stringify(__filename)});
    const replace = { ${replacements} }[${JSON.stringify(tool)}];
    for (const [entryPoint, member] of [['', 'http'], ['/testing', 'getTestServer'], ['/server', 'createServer'], ['/cloudevents', 'decode'], ['/google', 'decodeFirestoreEvent']]) {
      const exports = require(${JSON.stringify(name)} + entryPoint);
      const original = exports[member];
      replace(exports, member);
      // As TypeScript writes import * as, with esModuleInterop.
      console.log(entryPoint, exports[member] !== original, exports.__esModule, exports.default === exports);
    }`;
}

/** Installs the tarball as npm does for an alias, from the disk alone. */
function install(program: string, name: string): void {
  mkdirSync(program);
  const manifest = { private: true, dependencies: { [name]: `file:${tarball}` } };
  write(program, 'package.json', JSON.stringify(manifest));
  const options = ['--offline', '--no-audit', '--no-fund', '--no-package-lock', '--silent'];
  run('npm', ['install', ...options], program);
  assert.deepEqual(
    readdirSync(path.join(program, 'node_modules')).filter((entry) => !entry.startsWith('.')),
    [name.split('/')[0]],
  );
}

async function serveOnce(command: string, source: string): Promise<string> {
  const options = ['--port=0', '--target=target', `--source=${source}`];
  const program = new Program(spawn(process.execPath, [command, ...options]));
  try {
    await program.listening();
    return await (await fetch(program.url)).text();
  } finally {
    program.kill();
  }
}

function write(folder: string, file: string, text: string): void {
  writeFileSync(path.join(folder, file), text);
}

function bin(folder: string, command: string): string {
  return path.join(folder, 'node_modules/.bin', command);
}

/** Runs a command to its end and gives its output. Throws what it printed when it fails. */
function run(command: string, args: readonly string[], cwd: string = root): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${path.basename(command)} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
