import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import express5 from 'express';
import { createServer } from '../../src/server';
import { getTestServer, invoke } from '../../src/testing';
import { serveProgram } from '../support/program';
import { serve } from '../support/serving';

const express4 = require('express4') as typeof express5;

/** What differs between the two versions. */
const report = (
  req: { body: unknown; query: unknown },
  res: { json(value: unknown): void },
): void => res.json({ body: req.body ?? 'none', query: req.query });
const older = { body: {}, query: { a: { b: '1' } } };
const newer = { body: 'none', query: { 'a[b]': '1' } };
const path = '/?a[b]=1';

async function answerOf(t: TestContext, server: ReturnType<typeof createServer>): Promise<unknown> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return (await fetch(`http://127.0.0.1:${port}${path}`)).json();
}

test('an embedded server takes the version as an option', async (t) => {
  assert.deepEqual(await answerOf(t, createServer(report, { express: 4 })), older);
  assert.deepEqual(await answerOf(t, createServer(report)), newer);
  assert.throws(() => createServer(report, { express: 3 as 4 }), { code: 'INVALID_OPTION' });
});

test('tests of functions take it as an option, or as the command does', async (t) => {
  assert.deepEqual(await answerOf(t, getTestServer(report, { express: 4 })), older);
  assert.deepEqual((await invoke(report, { path }, { express: 4 })).json(), older);
  assert.deepEqual((await invoke(report, { path })).json(), newer);
  process.env['FUNCTION_EXPRESS'] = '4';
  t.after(() => delete process.env['FUNCTION_EXPRESS']);
  assert.deepEqual((await invoke(report, { path })).json(), older);
  assert.deepEqual((await invoke(report, { path }, { express: 5 })).json(), newer);
});

test('it goes with settings of the server', async (t) => {
  const handler = (req: Record<string, unknown>, res: { json(value: unknown): void }): void => {
    const { body, host, protocol, app } = req as {
      body: unknown;
      app: { get(name: string): unknown };
    } & typeof req;
    res.json([body, host, protocol, app.get('query parser'), app.get('trust proxy')]);
  };
  const settings = { express: 4, trustProxy: false, maxConcurrency: 5 } as const;
  const { origin } = await serve(t, { type: 'http', handler }, settings);
  const headers = { 'X-Forwarded-Host': 'other', 'X-Forwarded-Proto': 'https' };
  const response = await fetch(origin, { headers });
  assert.deepEqual(await response.json(), [{}, '127.0.0.1', 'http', 'extended', false]);
});

for (const [version, express] of Object.entries({ 4: express4, 5: express5 })) {
  test(`an application of Express ${version} keeps what is its own`, async (t) => {
    const app = express();
    app.use(express.json());
    app.all('/form', report);
    const { origin } = await serve(t, { type: 'http', handler: app }, { express: 4 });
    const headers = { 'Content-Type': 'application/json' };
    const init = { method: 'POST', headers, body: '{"x":1}' };
    const response = await fetch(`${origin}/form?a[b]=1`, init);
    const query = version === '4' ? older.query : newer.query;
    assert.deepEqual(await response.json(), { body: { x: 1 }, query });
  });
}

test('all functions of a module get it with --target=*', async () => {
  const text = `exports.report = (req, res) => res.json({ body: req.body ?? 'none', query: req.query, params: req.params });`;
  const program = await serveProgram(text, { args: ['--target=*', '--express=4'] });
  const response = await fetch(`${program.url}/report/x?a[b]=1`);
  assert.deepEqual(await response.json(), { ...older, params: { 0: 'x' } });
  program.kill();
});

test('an event function gets what it gets without it', async (t) => {
  const handler = (event: unknown): unknown => event;
  const event = { specversion: '1.0', id: '1', source: '/', type: 't', data: { a: 1 } };
  const headers = { 'Content-Type': 'application/cloudevents+json' };
  const init = { method: 'POST', headers, body: JSON.stringify(event) };
  const answers = await Promise.all(
    ([4, 5] as const).map(async (express) => {
      const { origin } = await serve(t, { type: 'cloudevent', handler }, { express });
      const response = await fetch(origin, init);
      return [response.status, await response.text(), response.headers.get('ce-id')];
    }),
  );
  assert.deepEqual(answers[0], answers[1]);
  assert.equal(answers[0]?.[0], 200);
});

test('a response that was replaced in part sees every body', async (t) => {
  const handler = (_req: unknown, res: Record<string, unknown>): void => {
    const send = res['send'] as (body: unknown) => unknown;
    res['send'] = (body: unknown) => send.call(res, `${body}!`);
    (res['json'] as (value: unknown) => void)({ a: 1 });
  };
  const { origin } = await serve(t, { type: 'http', handler }, { express: 4 });
  assert.equal(await (await fetch(origin)).text(), '{"a":1}!');
});
