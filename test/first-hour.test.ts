import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { freePort } from './support/free-port';
import { pack } from './support/packed';
import { Program } from './support/program';
import { type Registry, startRegistry } from './support/registry';

// An empty folder becomes a function that answers, and a program written for Google's package one of
// barefn, by the commands of the README and nothing else, with npm and a registry that has barefn.

const scratch = mkdtempSync(path.join(os.tmpdir(), 'first-hour-'));
const readme = readFileSync(path.join(__dirname, '../README.md'), 'utf8');
/** The line of package.json that the README gives. */
const [, alias = ''] =
  /"dependencies": (\{ "@google-cloud\/functions-framework": "npm:.*?" \})/.exec(readme) ?? [];
/** What TypeScript needs besides. */
const [, typesCommand = ''] = /`npm (install -D @types\/node @types\/express)`/.exec(readme) ?? [];

const HELLO = `
const functions = require('@google-cloud/functions-framework');

functions.http('helloWorld', (req, res) => {
  res.send(\`Hello \${req.query.name || req.body?.name || 'World'}!\`);
});
functions.cloudEvent('onFile', (cloudEvent) => {
  console.log(\`Event \${cloudEvent.id} of \${cloudEvent.type}\`);
});
`;

const TYPESCRIPT = `
import * as ff from '@google-cloud/functions-framework';
import type { Request, Response } from 'express';

ff.http('TypescriptFunction', (req: ff.Request, res: ff.Response) => {
  res.send('OK');
});
ff.http('ByExpress', (req: Request, res: Response) => {
  res.send(req.path);
});
`;

const SPIES = `
const functions = require('@google-cloud/functions-framework');
const { getFunction, getTestServer } = require('@google-cloud/functions-framework/testing');
const request = require('supertest');

test('registers its functions', () => {
  const http = jest.spyOn(functions, 'http');
  require('./index.js');
  expect(http).toHaveBeenCalledWith('helloWorld', expect.any(Function));
});

test('says hello', () => {
  const res = { send: jest.fn() };
  getFunction('helloWorld')({ query: {}, body: { name: 'Jest' } }, res);
  expect(res.send).toHaveBeenCalledWith('Hello Jest!');
});

test('says hello by HTTP', () =>
  request(getTestServer('helloWorld')).get('/?name=Super').expect(200, 'Hello Super!'));
`;

let registry: Registry;
before(async () => {
  const elsewhere = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' });
  registry = await startRegistry(pack(scratch), ['barefn'], elsewhere.trim());
});
after(() => {
  registry.close();
  rmSync(scratch, { recursive: true, force: true });
});

test('an empty folder has a function that answers', async (t) => {
  const directory = path.join(scratch, 'empty');
  const [, install = ''] = /```sh\nnpm (install barefn)\n```/.exec(readme) ?? [];
  const [, file = '', text = ''] = /```js\n\/\/ (index\.js)\n(.*?)```/s.exec(readme) ?? [];
  const [, command = ''] = /^(npx barefn --target=hello) /m.exec(readme) ?? [];
  const [, target = '', answer] = /^curl 'localhost:8080(.*)' +# (.*)$/m.exec(readme) ?? [];
  const [, invoke = ''] = /^(npx barefn invoke --target=onOrder .*?) +#/m.exec(readme) ?? [];
  write(directory, file, text);
  await npm(directory, ...install.split(' '));
  const { url } = await serve(t, directory, command);
  assert.equal(await (await fetch(`${url}/${target}`)).text(), answer);
  const run = await promisify(execFile)('sh', ['-c', invoke], { cwd: directory });
  assert.match(run.stdout, /\{ id: 7 \}/);
});

describe('a program written for Google’s package', { concurrency: false }, () => {
  test('in JavaScript starts by its script, its command, npx, and its path in Dockerfiles', async (t) => {
    const directory = await migrate('javascript', {
      'package.json': {
        main: 'index.js',
        scripts: { start: 'functions-framework --target=helloWorld' },
      },
      'index.js': HELLO,
    });
    const googles = 'node_modules/@google-cloud/functions-framework';
    for (const command of [
      'npm start',
      'npx functions-framework --target=helloWorld',
      'node_modules/.bin/functions-framework --target=helloWorld',
      `node ${googles}/build/src/main.js --target=helloWorld`,
    ]) {
      const { url } = await serve(t, directory, command);
      const response = await fetch(`${url}/?name=Ada`);
      assert.equal(await response.text(), 'Hello Ada!', command);
    }
  });

  test('with an event function gets events', async (t) => {
    const directory = await migrate('events', { 'package.json': {}, 'index.js': HELLO });
    const command = 'npx functions-framework --target=onFile --signature-type=cloudevent';
    const program = await serve(t, directory, command);
    const response = await fetch(program.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'ce-id': '7',
        'ce-source': '//storage.googleapis.com/projects/_/buckets/b',
        'ce-specversion': '1.0',
        'ce-type': 'google.cloud.storage.object.v1.finalized',
      },
      body: '{"bucket":"b"}',
    });
    assert.equal(response.status, 204);
    await program.printed('Event 7 of google.cloud.storage.object.v1.finalized');
  });

  test('in TypeScript compiles and starts, with types of Express beside', async (t) => {
    const directory = await migrate('typescript', {
      'package.json': {
        main: 'build/src/index.js',
        scripts: {
          start: 'functions-framework --target=TypescriptFunction',
          prestart: 'npm run compile',
          compile: 'tsc',
        },
        devDependencies: { typescript: '^5.0.0' },
      },
      'tsconfig.json': {
        compilerOptions: {
          module: 'commonjs',
          target: 'es2020',
          rootDir: '.',
          outDir: 'build',
          strict: true,
        },
        include: ['src/**/*.ts'],
      },
      'src/index.ts': TYPESCRIPT,
    });
    await npm(directory, ...typesCommand.split(' '));
    const { url } = await serve(t, directory, 'npm start');
    assert.equal(await (await fetch(url)).text(), 'OK');
  });

  test('passes its tests of jest, spies too', async () => {
    const directory = await migrate('jest', {
      'package.json': { devDependencies: { jest: '^30.0.0', supertest: '^7.0.0' } },
      'index.js': HELLO,
      'index.test.js': SPIES,
    });
    await promisify(execFile)('npx', ['jest'], { cwd: directory });
  });

  test('goes back by the line that it had', async (t) => {
    const directory = await migrate('back', { 'package.json': {}, 'index.js': HELLO });
    write(directory, 'package.json', {
      dependencies: { '@google-cloud/functions-framework': '^5.0.0' },
    });
    await npm(directory, 'install');
    const { url } = await serve(t, directory, 'npx functions-framework --target=helloWorld');
    assert.equal(await (await fetch(`${url}/?name=Ada`)).text(), 'Hello Ada!');
  });

  /** Writes a program with the README's line in its package.json, and installs it. */
  async function migrate(name: string, files: Record<string, object | string>): Promise<string> {
    const directory = path.join(scratch, name);
    for (const [file, content] of Object.entries(files)) write(directory, file, content);
    const manifest = {
      name,
      ...(files['package.json'] as object),
      dependencies: JSON.parse(alias),
    };
    write(directory, 'package.json', manifest);
    await npm(directory, 'install');
    return directory;
  }
});

function npm(directory: string, ...args: string[]): Promise<unknown> {
  const flags = ['--no-audit', '--no-fund', '--silent', `--registry=${registry.url}`];
  // Not in this process's own time: it serves the registry meanwhile.
  return promisify(execFile)('npm', [...args, ...flags], { cwd: directory });
}

function write(directory: string, file: string, content: object | string): void {
  mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  writeFileSync(path.join(directory, file), text);
}

/** Starts a command of a shell, as a group of processes of its own, and waits for its port. */
async function serve(t: TestContext, directory: string, command: string): Promise<Program> {
  const child = spawn('sh', ['-c', command], {
    cwd: directory,
    detached: true,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const program = new Program(child);
  t.after(() => process.kill(-(child.pid as number), 'SIGKILL'));
  await program.listening();
  return program;
}
