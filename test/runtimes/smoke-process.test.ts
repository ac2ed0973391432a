import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { after, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { cli, command, directory, get, runtime, start, words } from './runtime';

describe('at SIGTERM', { timeout: 60_000 }, () => {
  test('what is in flight is answered, the hook runs, and the process exits with 0', async () => {
    const { url, child, output } = await start('routes');
    const exit = once(child, 'close');
    const slow = Array.from({ length: 20 }, () => get(`${url}/slow`));
    const upload = http.request(`${url}/echo`, { method: 'POST' });
    const answered = once(upload, 'response');
    upload.write('half');
    await get(url);
    child.kill('SIGTERM');
    await delay(100);
    upload.end(' whole');
    for (const { text } of await Promise.all(slow)) assert.equal(text, 'answered');
    const [response] = (await answered) as [http.IncomingMessage];
    assert.equal(((await json(response)) as { raw: string }).raw, 'half whole');
    assert.deepEqual(await exit, [0, null]);
    assert.match(output(), /\nshut down\n/);
  });
});

// Whose an error is that nobody caught, Bun does not tell of rejections and Deno not of exceptions.
const outside = { bun: '/late', deno: '/late-throw' }[runtime];

describe('an error that nobody caught', { timeout: 60_000 }, () => {
  for (const route of ['/late', '/late-throw'].filter((route) => route !== outside)) {
    test(`is answered to its own request: ${route}`, async () => {
      const { url } = await start('routes');
      const slow = get(`${url}/slow`);
      assert.equal((await get(url + route)).status, 500);
      assert.equal((await slow).text, 'answered');
      assert.equal((await get(url)).status, 200);
    });
  }

  test('ends the process where it is nobody’s, after what is in flight', {
    skip: outside === undefined,
  }, async () => {
    const { url, child, output } = await start('routes');
    const exit = once(child, 'close');
    const slow = get(`${url}/slow`);
    assert.equal((await get(`${url}${outside}`)).status, 504);
    assert.equal((await slow).text, 'answered');
    assert.deepEqual(await exit, [16, null]);
    assert.match(output(), /(Unhandled rejection|Uncaught exception)\nError: late/);
  });
});

describe('the commands', { timeout: 60_000 }, () => {
  const run = (...flags: string[]) =>
    spawnSync(command, [...words, cli, ...flags], {
      cwd: directory,
      encoding: 'utf8',
      timeout: 30_000,
    });

  test('invoke runs a function without a server', () => {
    assert.match(run('invoke', '--target=routes', '/?name=Ada').stdout, /Hello, Ada!/);
    assert.equal(run('invoke', '--target=routes', '/throw').status, 1);
  });

  test('invoke delivers an event, and says what the platform makes of it', () => {
    const event = ['invoke', '--target=onEvent', '--event=custom'];
    const reply = run(...event, '--type=reply', '--data={"a":1}');
    assert.match(reply.stdout, /ce-type: replied[\s\S]*\{"a":1\}/);
    assert.equal(run(...event, '--type=fails').status, 1);
  });

  test('verify tells a function from none', () => {
    assert.equal(run('--verify', '--target=routes').status, 0);
    assert.equal(run('--verify', '--target=nothing').status, 1);
  });
});

describe('a function where nothing is installed', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bare-'));
  // Without it Bun would install by itself.
  mkdirSync(path.join(folder, 'node_modules'));
  after(() => rmSync(folder, { recursive: true }));

  for (const name of ['barefn', '@google-cloud/functions-framework']) {
    test(`is registered with the program that runs: require('${name}')`, async () => {
      const source = path.join(folder, `${path.basename(name)}.cjs`);
      writeFileSync(source, `require('${name}').http('bare', (_, res) => res.send('here'));`);
      const { url } = await start('bare', 'http', `--source=${source}`);
      assert.equal((await get(url)).text, 'here');
    });
  }
});
