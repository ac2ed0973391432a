import assert from 'node:assert/strict';
import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { chromium, skip } from '../support/chromium';
import { type Program, serveProgram } from '../support/program';

const PROGRAM = `
let calls = 0;
exports.count = (req, res) => {
  res.set('Access-Control-Allow-Origin', '*').set('Access-Control-Allow-Headers', '*');
  if (req.query.readOnly === undefined) calls++;
  res.send(String(calls));
};`;

interface Answer {
  status: number | undefined;
  body: string;
}

function send(
  { port }: Program,
  headers: Record<string, string>,
  { method = 'GET', path = '/count?readOnly', address = '127.0.0.1' } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: address, port, method, path, headers, agent: false };
    const answered = async (answer: IncomingMessage): Promise<void> =>
      resolve({ status: answer.statusCode, body: await text(answer) });
    http.request(options, answered).on('error', reject).end();
  });
}

describe("--target='*' is for this machine", { timeout: 60_000 }, () => {
  let program: Program;
  before(async () => {
    program = await serveProgram(PROGRAM, { args: ['--target=*'] });
  });
  after(() => program.kill());

  const own = ['localhost', 'LOCALHOST.', 'app.localhost', '127.0.0.1', '127.8.9.10', '[::1]'];
  for (const name of own) {
    test(`${name} is answered, and a page of it may call`, async () => {
      const { port } = program;
      for (const authority of [name, `${name}:${port}`, `${name}:3000`]) {
        assert.equal((await send(program, { host: authority })).status, 200);
        const origin = `http://${authority}`;
        assert.equal((await send(program, { host: `localhost:${port}`, origin })).status, 200);
      }
    });
  }

  const foreign = [
    'evil.test',
    'localhost.evil.test',
    'notlocalhost',
    '128.0.0.1',
    '127.0.0.1.evil.test',
    '[::2]',
    '10.0.0.1',
    'a@localhost',
  ];
  for (const name of foreign) {
    test(`the Host "${name}" is refused, for the page and the functions`, async () => {
      for (const path of ['/', '/count', '/nothing', '/?event=pubsub&mode=push']) {
        const { status, body } = await send(program, { host: name }, { path });
        assert.equal(status, 403);
        assert.match(
          body,
          /^The Host header names ".*"\. --target='\*' is for development: .*--host\.\n$/,
        );
      }
    });
  }

  const origins = [
    'http://evil.test',
    'https://evil.test:8080',
    'null',
    'http://localhost.evil.test',
    'file://localhost',
    'chrome-extension://localhost',
  ];
  for (const origin of origins) {
    test(`a page of ${origin} is refused, by any method`, async () => {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const { status, body } = await send(program, { origin }, { method });
        assert.equal(status, 403);
        assert.match(body, /sent by a page of ".*"/);
      }
      assert.equal((await send(program, { origin }, { path: '/' })).status, 403);
    });
  }

  test('images, forms and links of other sites reach no function', async () => {
    const site = { 'sec-fetch-site': 'cross-site' };
    assert.equal((await send(program, site)).status, 403);
    const link = { ...site, 'sec-fetch-mode': 'navigate' };
    assert.equal((await send(program, link)).status, 403);
    assert.equal((await send(program, link, { path: '/' })).status, 200);
    for (const value of ['same-origin', 'same-site', 'none']) {
      assert.equal((await send(program, { 'sec-fetch-site': value })).status, 200);
    }
  });

  test('other machines do not reach it', async (t) => {
    const outer = Object.values(os.networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    if (outer === undefined) return t.skip('this machine has no address but loopback');
    await assert.rejects(send(program, {}, { address: outer }), { code: 'ECONNREFUSED' });
  });

  test('nothing that was refused was called', async () => {
    assert.equal((await send(program, {})).body, '0');
  });
});

test("--host decides where --target='*' listens, and its name is answered", async () => {
  const given = await serveProgram(PROGRAM, { args: ['--target=*', '--host=127.0.0.2'] });
  const address = '127.0.0.2';
  assert.equal((await send(given, {}, { address })).status, 200);
  await assert.rejects(send(given, {}), { code: 'ECONNREFUSED' });
  assert.equal((await send(given, { host: 'evil.test' }, { address })).status, 403);
  given.kill();

  const everywhere = await serveProgram(PROGRAM, { args: ['--target=*', '--host=0.0.0.0'] });
  assert.equal((await send(everywhere, { host: '10.1.2.3:80' })).status, 200);
  assert.equal(
    (await send(everywhere, { host: '10.1.2.3', origin: 'http://10.1.2.3' })).status,
    200,
  );
  assert.equal((await send(everywhere, { host: 'evil.test' })).status, 403);
  assert.equal((await send(everywhere, { origin: 'http://evil.test' })).status, 403);
  everywhere.kill();
});

test('one function alone is served to everybody, as before', async () => {
  const program = await serveProgram(PROGRAM, { args: ['--target=count'] });
  const headers = { host: 'example.com', origin: 'http://evil.test' };
  assert.equal((await send(program, headers)).status, 200);
  program.kill();
});

describe('a page of another site, in Chromium,', { skip, timeout: 60_000 }, () => {
  test('neither calls nor reads, whatever it tries', async (t) => {
    const program = await serveProgram(PROGRAM, { args: ['--target=*'] });
    const page = http.createServer((_req, res) => res.end('<!doctype html><title>Foreign</title>'));
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
    const { chromium: engine } = require('playwright-core');
    const browser = await engine.launch({
      executablePath: chromium,
      args: ['--no-sandbox', '--host-resolver-rules=MAP *.test 127.0.0.1'],
    });
    t.after(async () => {
      await browser.close();
      page.close();
      program.kill();
    });
    const tab = await browser.newPage();
    const { port } = page.address() as AddressInfo;
    await tab.goto(`http://foreign.test:${port}/`);
    const seen = await tab.evaluate(`(${attack})('http://localhost:${program.port}/count')`);
    assert.deepEqual(seen, ['no answer', 'no answer', 'opaque', 'error']);
    // The same name, now resolved to this machine.
    await tab.goto(`http://foreign.test:${program.port}/count`);
    assert.match(await tab.locator('body').textContent(), /^The Host header names/);
    assert.equal((await send(program, {})).body, '0');
    await tab.goto(`http://localhost:${program.port}/`);
    assert.equal(await tab.evaluate(`fetch('/count').then((answer) => answer.text())`), '1');
  });
});

/** What the foreign page tries. It runs in the browser. */
const attack = `async (url) => {
  const answer = (promise) => promise.then((one) => one.type === 'opaque' ? 'opaque' : one.text(), () => 'no answer');
  return [
    await answer(fetch(url)),
    await answer(fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })),
    await answer(fetch(url, { method: 'POST', mode: 'no-cors', body: 'x' })),
    await new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve('loaded');
      image.onerror = () => resolve('error');
      image.src = url;
    }),
  ];
}`;
