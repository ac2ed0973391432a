import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, test } from 'node:test';
import zlib from 'node:zlib';
import { send } from '../support/wire';
import { get, JSON_TYPE, type Started, start } from './runtime';

describe('an HTTP function', { timeout: 60_000 }, () => {
  let server: Started;
  let url: string;
  before(async () => {
    server = await start('routes');
    url = server.url;
  });

  test('is called after its startup hook, with a query', async () => {
    assert.equal((await get(`${url}/?name=Ada`)).text, 'Hello, Ada!');
    assert.equal((await get(`${url}/state`)).json.started, true);
  });

  test('gets its body parsed and raw', async () => {
    const gzip = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    for (const [headers, body, parsed, isBytes] of [
      [JSON_TYPE, '{"a":"ü"}', { a: 'ü' }],
      [{ 'content-type': 'text/plain' }, 'text', 'text'],
      [{ 'content-type': 'application/x-www-form-urlencoded' }, 'a[b]=1', { a: { b: '1' } }],
      [{}, 'bytes', 'bytes', true],
      [gzip, zlib.gzipSync('{"a":1}'), { a: 1 }],
    ] as const) {
      for (const framing of [{}, { chunk: 3 }]) {
        const { status, json } = await send(`${url}/echo`, { headers, body, ...framing });
        assert.equal(status, 201);
        assert.deepEqual([json.body, json.isBytes], [parsed, isBytes ?? false]);
      }
    }
  });

  test('can read the body again as a stream', async () => {
    for (const length of [1, 70_000, 1_500_000]) {
      const body = Buffer.alloc(length, 'abc');
      const hash = createHash('sha1').update(body).digest('hex');
      for (const framing of [{}, { chunk: 100_000 }]) {
        const { json } = await send(`${url}/again`, { body, ...framing });
        assert.deepEqual(json, { length, hash });
      }
    }
  });

  test('sets fields and cookies, and negotiates', async () => {
    const { headers, json } = await send(`${url}/echo`, {
      headers: { 'x-cloud-trace-context': 'abc/1' },
      body: 'x',
    });
    assert.deepEqual(headers['set-cookie'], ['a=%C3%BC; Path=/']);
    assert.equal(headers['x-trace'], 'abc');
    assert.equal(json.method, 'POST');
    assert.equal((await get(`${url}/accepts`, { accept: 'text/html' })).json[0], 'html');
    assert.equal((await get(`${url}/redirect`)).headers.location, '/');
    assert.equal((await get(`${url}/tagged`)).text, 'tagged');
    assert.equal((await get(`${url}/tagged`, { 'if-none-match': '"1"' })).status, 304);
  });

  test('sends files and ranges of them, and streams', async () => {
    assert.match((await get(`${url}/file`)).text, /^const \{ createHash \}/);
    const part = await get(`${url}/file`, { range: 'bytes=0-4' });
    assert.deepEqual([part.status, part.text], [206, 'const']);
    assert.equal((await get(`${url}/stream`)).text, 'data: 1\n\ndata: 2\n\n');
  });

  test('fails for its own request only', async () => {
    assert.deepEqual([(await get(`${url}/throw`)).status, server.child.exitCode], [500, null]);
    assert.equal((await get(`${url}/reject`)).status, 500);
    const malformed = await send(`${url}/echo`, { headers: JSON_TYPE, body: '{' });
    assert.equal(malformed.status, 400);
    assert.equal((await get(`${url}/favicon.ico`)).status, 404);
    assert.equal((await get(`${url}/never`)).status, 504);
    assert.deepEqual((await get(`${url}/state`)).json.got, ['TimeoutError']);
  });
});

test('events are decoded, refused and replied to', { timeout: 60_000 }, async () => {
  const { url } = await start('onEvent');
  const binary = (type: string) => ({
    headers: {
      ...JSON_TYPE,
      'ce-id': '1',
      'ce-source': '/s',
      'ce-type': type,
      'ce-specversion': '1.0',
    },
    body: '{"a":1}',
  });
  assert.equal((await send(url, binary('plain'))).status, 204);
  assert.equal((await send(url, binary('fails'))).status, 500);
  const reply = await send(url, binary('reply'));
  assert.deepEqual([reply.headers['ce-type'], reply.json], ['replied', { a: 1 }]);
  const structured = { id: '1', source: '/s', type: 'reply', specversion: '1.0', data: 'x' };
  const headers = { 'content-type': 'application/cloudevents+json' };
  assert.equal((await send(url, { headers, body: JSON.stringify(structured) })).status, 200);
  assert.equal((await send(url, { headers, body: '{"id":1}' })).status, 400);
});

test('typed, web and background functions answer', { timeout: 60_000 }, async () => {
  const [sum, web, legacy] = await Promise.all(['sum', 'web', 'onLegacy'].map((f) => start(f)));
  const added = await send(sum?.url as string, { headers: JSON_TYPE, body: '{"a":1,"b":2}' });
  assert.equal(added.json, 3);
  const upper = await send(web?.url as string, { body: 'text' });
  assert.deepEqual([upper.status, upper.text], [202, 'TEXT']);
  const context = {
    eventId: '1',
    eventType: 't',
    resource: 'r',
    timestamp: '2020-01-01T00:00:00Z',
  };
  const body = JSON.stringify({ context, data: { name: 'Ada' } });
  const { text } = await send(legacy?.url as string, { headers: JSON_TYPE, body });
  assert.equal(text, 'Ada t');
});

test('applications of Express parse bodies themselves', { timeout: 60_000 }, async () => {
  for (const name of ['express', 'express4']) {
    const { url } = await start(name);
    const { json } = await send(`${url}/json`, { headers: JSON_TYPE, body: '{"a":[1]}' });
    assert.deepEqual(json, { a: [1] });
  }
});
