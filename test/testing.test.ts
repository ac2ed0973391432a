import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { cloudEvent, event, http } from '../src/index';
import { getFunction, getTestServer, invoke } from '../src/testing';

// It brings no types.
const request = require('supertest');

http('greet', (req, res) => {
  res
    .status(201)
    .set('X-Method', req.method)
    .send(`Hello, ${req.query['name'] ?? 'World'}`);
});
http('echo', (req, res) => {
  res.json({ body: req.body, raw: req.rawBody?.toString() });
});
http('fails', () => {
  throw new Error('it failed');
});
http('streams', (_req, res) => {
  res.write('one,');
  setTimeout(() => res.end('two'), 10);
});
http('cut', (_req, res) => {
  res.write('one,');
  throw new Error('cut off');
});
http('bytes', (_req, res) => {
  res.send(Buffer.from([0, 255, 128]));
});
http('cookies', (_req, res) => {
  res.cookie('a', '1').cookie('b', '2').redirect('/elsewhere');
});
cloudEvent('onEvent', (one) => ({ id: one.id, data: one.data }));
event('onLegacy', (data, context) => ({ data, eventType: context.eventType }));

const EVENT = { 'ce-id': '1', 'ce-source': '/s', 'ce-type': 't', 'ce-specversion': '1.0' };

describe('getFunction', () => {
  test('gives the handler that was registered, or undefined', () => {
    const handler = (): void => {};
    http('mine', handler);
    assert.equal(getFunction('mine'), handler);
    assert.equal(getFunction('nobody'), undefined);
  });
});

describe('getTestServer', () => {
  test('gives a server that does not listen yet, and leaves the process alone', async () => {
    const listeners = (): number =>
      ['uncaughtException', 'unhandledRejection', 'SIGTERM', 'SIGINT', 'exit']
        .map((name) => process.listenerCount(name))
        .reduce((sum, count) => sum + count, 0);
    const before = listeners();
    const server = getTestServer('greet');
    assert.equal(server.listening, false);
    server.listen(0);
    await once(server, 'listening');
    assert.equal(listeners(), before);
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://localhost:${port}/?name=Ada`);
    assert.deepEqual([response.status, await response.text()], [201, 'Hello, Ada']);
    server.close();
    server.closeAllConnections();
  });

  test('serves with supertest', async () => {
    const server = getTestServer('greet');
    await request(server)
      .get('/?name=Ada')
      .expect(201)
      .expect('X-Method', 'GET')
      .expect('Hello, Ada');
    await request(getTestServer('echo'))
      .post('/')
      .send({ a: 1 })
      .expect(200, { body: { a: 1 }, raw: '{"a":1}' });
    await request(getTestServer('echo'))
      .post('/')
      .type('form')
      .send('a[b]=1')
      .expect(200, { body: { a: { b: '1' } }, raw: 'a[b]=1' });
    await request(getTestServer('onEvent'))
      .post('/')
      .set(EVENT)
      .send({ x: 1 })
      .expect(200, { id: '1', data: { x: 1 } });
    await request(getTestServer('greet')).get('/favicon.ico').expect(404);
  });

  test('serves the type that was registered', async () => {
    await request(getTestServer('onEvent')).get('/').expect(405).expect('Allow', 'POST');
  });

  test('takes a function itself, with options', async () => {
    const server = getTestServer((_req, res) => res.send('mine'), {
      ignoredRoutes: '/ping',
      bodyLimit: 3,
    });
    await request(server).get('/').expect(200, 'mine');
    await request(server).get('/ping').expect(404);
    await request(server).post('/').send('four').expect(413);
  });

  test('gives a CloudEvent function any JSON object, with one warning', async (t) => {
    const warnings = t.mock.method(console, 'warn', () => {});
    const seen: unknown[] = [];
    const keep = (one: unknown): void => void seen.push(one);
    cloudEvent('onAny', keep);
    const server = getTestServer('onAny');
    // As tests of Google's samples do it.
    const bodies = [{ data: { a: 1 } }, { data: { message: { data: 'aGk=' } } }, { id: '1' }, {}];
    for (const body of bodies) await request(server).post('/').send(body).expect(204);
    assert.deepEqual(seen, bodies);
    assert.equal(warnings.mock.callCount(), 1);
    assert.match(String(warnings.mock.calls[0]?.arguments[0]), /not a CloudEvent.*Add specversion/);

    const itself = getTestServer(keep, {
      signatureType: 'cloudevent',
    });
    await request(itself).post('/').send(bodies[0]).expect(204);
    for (const wrong of [{ specversion: '1.0' }, [1]]) {
      await request(server).post('/').send(wrong).expect(400);
    }
    await request(server).post('/').type('text').send('x').expect(415);
    const { status } = await invoke('onAny', { body: { data: { a: 1 } } });
    assert.equal(status, 400);
  });

  test('throws for an unknown name', () => {
    assert.throws(() => getTestServer('nobody'), {
      message:
        'The provided function "nobody" was not registered. Did you forget to require the module that defined it?',
    });
  });
});

describe('invoke', () => {
  test('answers with status, fields and body, without a socket', async () => {
    const response = await invoke('greet', { path: '/?name=Ada' });
    assert.deepEqual([response.status, response.body], [201, 'Hello, Ada']);
    assert.equal(response.headers['x-method'], 'GET');
    assert.equal(response.headers['content-length'], '10');
  });

  test('sends JSON for values, and text and bytes as they are', async () => {
    const json = await invoke('echo', { body: { a: [1] } });
    assert.deepEqual(json.json(), { body: { a: [1] }, raw: '{"a":[1]}' });
    const text = await invoke('echo', { body: 'text', headers: { 'Content-Type': 'text/plain' } });
    assert.deepEqual(text.json(), { body: 'text', raw: 'text' });
    const large = await invoke('echo', { body: Buffer.alloc(300_000, 'x') });
    assert.equal((large.json() as { raw: string }).raw.length, 300_000);
  });

  test('takes a method, an empty body and repeated fields', async () => {
    assert.equal((await invoke('greet', { method: 'PUT', body: '' })).headers['x-method'], 'PUT');
    const response = await invoke((req, res) => res.json(req.headers['x-list']), {
      headers: { 'X-List': ['a', 'b'] },
    });
    assert.equal(response.json(), 'a, b');
  });

  test('gives bytes, streams and several cookies', async () => {
    assert.deepEqual([...(await invoke('bytes')).rawBody], [0, 255, 128]);
    assert.equal((await invoke('streams')).body, 'one,two');
    const { status, headers } = await invoke('cookies');
    assert.deepEqual([status, headers.location], [302, '/elsewhere']);
    assert.deepEqual(headers['set-cookie'], ['a=1; Path=/', 'b=2; Path=/']);
  });

  test('answers errors as the server does, and rejects when the response is cut off', async (t) => {
    t.mock.method(console, 'error', () => {});
    const failed = await invoke('fails');
    assert.deepEqual([failed.status, failed.body], [500, 'it failed']);
    await assert.rejects(invoke('cut'), /aborted|hang up|closed/);
    const malformed = await invoke('echo', {
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(malformed.status, 400);
    assert.equal((await invoke('echo', { body: 'four' }, { bodyLimit: 3 })).status, 413);
    await assert.rejects(async () => invoke('nobody'), /was not registered/);
  });

  test('times out as the server does', async () => {
    assert.equal((await invoke(() => {}, {}, { timeout: 0.05 })).status, 504);
  });

  test('delivers events', async () => {
    const one = await invoke('onEvent', { headers: EVENT, body: { x: 1 } });
    assert.deepEqual(one.json(), { id: '1', data: { x: 1 } });
    const context = { eventId: '1', eventType: 'google.storage.object.finalize', resource: 'r' };
    const legacy = await invoke('onLegacy', { body: { data: { y: 1 }, context } });
    assert.deepEqual(legacy.json(), { data: { y: 1 }, eventType: context.eventType });
  });
});
