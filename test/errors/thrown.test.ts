import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Program, serveInProduction, serveProgram } from '../support/program';
import { exchangeBytes, send } from '../support/wire';
import { FAILING } from './failing';

const FAILURES =
  'sync async timer immediate tick emitter stream file floating floatingLater thenable'.split(' ');
// Node before 24 does not show to which request a callback of queueMicrotask() belongs.
if (Number.parseInt(process.versions.node, 10) >= 24) FAILURES.push('microtask');
const LATE =
  'afterEnd asyncAfterEnd afterFinish afterClose requestClose tickAfterEnd timerAfterEnd floatingAfterEnd'.split(
    ' ',
  );
const CUT = 'syncCut asyncCut timerCut thenableCut floatingCut lengthCut'.split(' ');

describe('an error inside a request', () => {
  let program: Program;
  before(async () => {
    program = await serveProgram(FAILING);
  });
  after(() => program.kill());

  for (const name of FAILURES) {
    test(`is answered with 500: ${name}`, async () => {
      const response = await fetch(`${program.url}/${name}`);
      assert.equal(response.status, 500);
      assert.equal(response.headers.get('x-google-status'), 'crash');
      assert.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8');
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
      assert.equal(await response.text(), `${name} <b>`);
      const log = await program.takeErrors();
      assert.match(log, new RegExp(`Error: ${name} <b>\\n +at `), 'the stack');
      assert.equal(log.split(`Error: ${name}`).length, 2, 'once');
    });
  }

  for (const name of ['onData', 'onEnd']) {
    test(`is answered with 500 in a listener of the request's own stream: ${name}`, async () => {
      const { status, text } = await send(`${program.url}/${name}`, { body: '{"a":1}' });
      assert.deepEqual([status, text], [500, `${name} <b>`]);
    });
  }

  for (const [name, text] of [
    ['undefined', 'undefined'],
    ['null', 'null'],
    ['zero', '0'],
    ['text', 'only a text'],
    ['object', '[object Object]'],
    ['symbol', 'Symbol(odd)'],
    ['emptyMessage', 'Error'],
    ['asyncUndefined', 'undefined'],
    ['promiseRejectNothing', 'undefined'],
    ['timerUndefined', 'undefined'],
  ] as const) {
    test(`may be any value: ${name}`, async () => {
      const response = await fetch(`${program.url}/${name}`);
      assert.deepEqual([response.status, await response.text()], [500, text]);
      const log = await program.takeErrors();
      assert.ok(log.includes(name === 'object' ? '{ reason: 1 }' : text), log);
    });
  }

  for (const name of ['prototypeless', 'poisonMessage', 'poisonStack', 'floatingNothing']) {
    test(`may be a value that has no text: ${name}`, async () => {
      const response = await fetch(`${program.url}/${name}`);
      assert.equal(response.status, 500);
      await response.text();
      assert.equal(await (await fetch(`${program.url}/ok`)).text(), 'ok');
    });
  }

  for (const name of LATE) {
    test(`is only logged once the response has ended: ${name}`, async () => {
      await program.takeErrors();
      const response = await fetch(`${program.url}/${name}`);
      assert.deepEqual([response.status, await response.text()], [200, 'fine']);
      await program.logged(name);
      const log = await program.takeErrors();
      const start = `^Exception from a finished function: Error: ${name}\n +at .*index\\.js:`;
      assert.match(log, new RegExp(start, 'm'), 'the stack');
      assert.equal(log.split(`Error: ${name}`).length, 2, log);
    });
  }

  for (const name of CUT) {
    test(`cuts a response that has begun: ${name}`, async () => {
      await program.takeErrors();
      const { status, body } = await exchangeBytes(
        program.port,
        `GET /${name} HTTP/1.1\r\nHost: a\r\n\r\n`,
      );
      assert.equal(status, 200);
      assert.match(body, /begun/);
      assert.ok(!body.includes('0\r\n\r\n'), 'no regular end');
      assert.match(await program.takeErrors(), new RegExp(`^Error: ${name}\n +at `));
      await assert.rejects(async () => await (await fetch(`${program.url}/${name}`)).text());
    });
  }

  test('keeps the fields of the function but those about its body', async () => {
    const response = await fetch(`${program.url}/fields`);
    assert.equal(response.status, 500);
    assert.equal(response.headers.get('x-kept'), 'yes');
    assert.equal(response.headers.get('content-encoding'), null);
    assert.equal(response.headers.get('etag'), null);
    assert.equal(await response.text(), 'fields');
  });

  test('is 500 even where it names another status, as with Google’s package', async () => {
    const response = await fetch(`${program.url}/httpError`);
    assert.deepEqual([response.status, await response.text()], [500, 'teapot']);
  });
});

describe('in production', () => {
  test('no client sees what the error was', async () => {
    const program = await serveInProduction(FAILING);
    for (const name of ['sync', 'async', 'timer', 'floating', 'text', 'undefined', 'onData']) {
      const { status, text, headers } = await send(`${program.url}/${name}`, { body: 'x' });
      assert.deepEqual([status, text], [500, 'Internal Server Error'], name);
      assert.equal(headers['x-google-status'], 'crash');
    }
    await program.logged('Error: sync <b>', 'Error: timer <b>');
    const malformed = await send(`${program.url}/ok`, {
      body: '{"a":',
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(malformed.status, 400);
    assert.doesNotMatch(malformed.text, /^ +at /m);
    program.kill();
  });
});

test('an event function names the status with its error', async () => {
  const program = await serveProgram(
    `require('barefn').cloudEvent('function', ({ type }) => {
      const status = type === 'named' ? { status: 429, retryAfter: 7 } : {};
      throw Object.assign(new Error('busy'), status);
    });`,
    { args: ['--target=function'] },
  );
  const headers = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/' };
  const named = await send(program.url, { headers: { ...headers, 'ce-type': 'named' } });
  assert.deepEqual([named.status, named.headers['retry-after']], [429, '7']);
  const other = await send(program.url, { headers: { ...headers, 'ce-type': 'other' } });
  assert.deepEqual([other.status, other.headers['x-google-status']], [500, 'error']);
  await program.logged('Error: busy\n    at ');
  program.kill();
});
