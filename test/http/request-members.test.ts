import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createService } from '../../src/server/serve';
import type { HttpFunction } from '../../src/types/handlers';

// Version 4 has no types of its own here; what is used of it is the same in 5.
const express4 = require('express4') as typeof import('express');

const MEMBERS = ['traceId', 'spanId', 'traceSampled', 'signal', 'baseUrl', 'app', 'params', 'next'];

test('functions can assign members of their own to a request, whatever their names', async () => {
  const answer = await ask((req, res) => {
    const own = req as unknown as Record<string, unknown>;
    for (const name of MEMBERS) own[name] = `own ${name}`;
    res.json(MEMBERS.map((name) => own[name]));
  });
  assert.deepEqual(
    JSON.parse(answer),
    MEMBERS.map((name) => `own ${name}`),
  );
});

test('what one request is assigned does not show on the next', async () => {
  const seen: unknown[] = [];
  const handler: HttpFunction = (req, res) => {
    seen.push(req.baseUrl);
    req.baseUrl = '/changed';
    res.end();
  };
  await ask(handler, 2);
  assert.deepEqual(seen, ['', '']);
});

for (const [type, body, parsed] of [
  ['application/json', '{"a":[1]}', { a: [1] }],
  ['application/x-www-form-urlencoded', 'a[b]=1', { a: { b: '1' } }],
  ['text/plain', 'text', 'text'],
] as const) {
  test(`an Express 4 application parses ${type} by itself`, async () => {
    const app = express4();
    app.use(express4.json(), express4.urlencoded({ extended: true }), express4.text());
    app.post('/x/:id', (req, res) => void res.json([req.params['id'], req.baseUrl, req.body]));
    const init = { method: 'POST', headers: { 'Content-Type': type }, body };
    const answer = await ask(app as unknown as HttpFunction, 1, '/x/7', init);
    assert.deepEqual(JSON.parse(answer), ['7', '', parsed]);
  });
}

/** The body of the last of `times` answers of a function on a real server. */
async function ask(
  handler: HttpFunction,
  times = 1,
  path = '/',
  init: RequestInit = {},
): Promise<string> {
  const { server } = createService({ name: 'f', type: 'http', handler });
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  let text = '';
  for (let i = 0; i < times; i++) {
    text = await (await fetch(`http://localhost:${port}${path}`, init)).text();
  }
  server.closeAllConnections();
  server.close();
  return text;
}
