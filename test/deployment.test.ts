import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parseOptions } from '../src/options/options';
import { optionTable } from '../src/options/table';
import { serveProgram, startProgram } from './support/program';

const HELLO = `
const { http, onStartup } = require('barefn');
onStartup(() => console.log('startup hook'));
http('hello', (req, res) => res.send('Hello'));
`;

describe('--verify', () => {
  test('names the function, opens no port and runs no hook', async () => {
    const program = startProgram(HELLO, { args: ['--verify', '--target=hello'] });
    assert.equal(await program.exit(), 0);
    assert.match(
      program.stdout,
      /^OK: hello, http function of \/.*index\.js\nExpress: 5 \(the default\)\n$/,
    );
    assert.equal(program.stderr, '');
  });

  test('ends although the function keeps the process alive', async () => {
    const text = `setInterval(() => {}, 1000); exports.function = () => {};`;
    assert.equal(await startProgram(text, { args: ['--verify'] }).exit(), 0);
  });

  test('waits for top-level await', async () => {
    const text = `await new Promise((r) => setTimeout(r, 20)); export default { fetch() {} };`;
    const program = startProgram(text, {
      args: ['--verify', '--target=default'],
      file: 'index.mjs',
    });
    assert.equal(await program.exit(), 0);
    assert.match(program.stdout, /^OK: default, web function of .*index\.mjs\n$/);
  });

  const wrong: [what: string, text: string, args: string[], stderr: RegExp][] = [
    ['a target that is not there', HELLO, ['--target=bye'], /Pass --target=hello/],
    ['a module that throws', `throw new Error('no database')`, [], /no database/],
    ['what is registered and no function', `require('barefn').http('function', 7)`, [], /number/],
    [
      'a schema that is none',
      `require('barefn').typed('function', { input: 1 }, () => 1)`,
      [],
      /input/,
    ],
  ];
  for (const [what, text, args, stderr] of wrong) {
    test(`exits with 1 for ${what}`, async () => {
      const program = startProgram(text, { args: ['--verify', ...args] });
      assert.equal(await program.exit(), 1);
      assert.equal(program.stdout, '');
      assert.match(program.stderr, stderr);
    });
  }
});

describe('--compile-cache', () => {
  const isOffered = (enableCompileCache as unknown) !== undefined;

  test('is filled by --verify and used when serving', { skip: !isOffered }, async () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'compile-cache-'));
    try {
      const cache = `--compile-cache=${directory}`;
      const args = [cache, '--target=hello'];
      const verified = startProgram(HELLO, { args: [...args, '--verify'] });
      assert.equal(await verified.exit(), 0);
      assert.match(verified.stdout, /\nCompile cache: \//);
      const files = readdirSync(directory, { recursive: true }).length;
      assert.ok(files > 1, `${files} files`);
      const program = await serveProgram(
        HELLO.replace("'Hello'", "require('node:module').getCompileCacheDir()"),
        { args },
      );
      assert.ok((await (await fetch(program.url)).text()).startsWith(directory));
      program.kill();
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  test('says what it needs where Node has none', { skip: isOffered }, async () => {
    const program = startProgram(HELLO, { args: ['--compile-cache=/nowhere', '--target=hello'] });
    assert.equal(await program.exit(), 1);
    assert.equal(program.stderr, '--compile-cache needs Node 22.8 or later.\n');
    assert.ok(!existsSync('/nowhere'));
  });

  test('cannot be verified where it cannot be written', { skip: !isOffered }, async () => {
    const args = ['--verify', '--compile-cache=/dev/null/none', '--target=hello'];
    const program = startProgram(HELLO, { args });
    assert.equal(await program.exit(), 1);
    assert.match(program.stderr, /did not enable the compile cache in \/dev\/null\/none/);
  });
});

describe('--startup-report', () => {
  test('says on stderr where the time went, in one line of JSON', async () => {
    const began = performance.timeOrigin + performance.now();
    const slow = `
      const end = Date.now() + 60; while (Date.now() < end);
      require('barefn').onStartup(() => new Promise((r) => setTimeout(r, 40)));
      exports.function = (req, res) => res.send(String(performance.timeOrigin));`;
    const program = await serveProgram(slow, { args: ['--startup-report'] });
    const spent = performance.timeOrigin + performance.now() - began;
    await program.logged('\n');
    assert.equal(program.stderr.indexOf('\n'), program.stderr.length - 1);
    const report = JSON.parse(program.stderr) as Record<string, number>;
    assert.ok((report['functionMs'] as number) >= 59, program.stderr);
    assert.ok((report['hooksMs'] as number) >= 39, program.stderr);
    const parts = ['bootMs', 'frameworkMs', 'functionMs', 'hooksMs', 'listenMs'];
    const sum = parts.reduce((total, part) => total + (report[part] as number), 0);
    assert.ok(Math.abs(sum - (report['totalMs'] as number)) < 1, program.stderr);
    assert.ok((report['totalMs'] as number) <= spent + 1, program.stderr);
    assert.ok((report['files'] as number) >= 2 && (report['rssMb'] as number) > 10);
    program.kill();
  });

  test('is not written unasked', async () => {
    const program = await serveProgram(HELLO, { args: ['--target=hello'] });
    await fetch(program.url);
    assert.equal(program.stderr, '');
    program.kill();
  });
});

test('a health path is a path', () => {
  const { healthPath } = optionTable();
  assert.equal(parseOptions([`--${healthPath.flag}=/healthz`], {}).healthPath, '/healthz');
  assert.equal(parseOptions([], { FUNCTION_HEALTH_PATH: '/h' }).healthPath, '/h');
  assert.equal(parseOptions([], { FUNCTION_HEALTH_PATH: '' }).healthPath, null);
  for (const bad of ['healthz', '/a?b', '/a b', '*']) {
    assert.throws(() => parseOptions([`--health-path=${bad}`], {}), /must be a path/);
  }
});
