import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
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
  '/testing': ['getFunction', 'getTestServer', 'invoke'],
  '/server': ['HttpRequest', 'HttpResponse', 'createServer'],
  '/cloudevents': ['BarefnError', 'HttpError', 'decode', 'encode', 'isCloudEvent'],
};
const bins = ['barefn', 'functions-framework', 'functions-framework-nodejs'];

const directory = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'package-')));
after(() => rmSync(directory, { recursive: true, force: true }));
const tarball = pack(directory);

test('the package is small and depends on nothing', () => {
  const files = run('tar', ['-tzf', tarball]).trim().split('\n');
  assert.ok(files.length <= 30, `${files.length} files:\n${files.join('\n')}`);
  const { size } = statSync(tarball);
  assert.ok(size <= 170_000, `${size} bytes`);
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

    for (const [door, names] of Object.entries(exported)) {
      test(`require and import of .${door} give the same names`, () => {
        const specifier = JSON.stringify(name + door);
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
  const child = spawn(process.execPath, [command, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    while (!output.includes('URL: ')) await once(child.stdout, 'data');
    return await (await fetch(/URL: (\S+)/.exec(output)?.[1] as string)).text();
  } finally {
    child.kill('SIGKILL');
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
