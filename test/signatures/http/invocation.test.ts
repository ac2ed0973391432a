import assert from 'node:assert/strict';
import { once } from 'node:events';
import type http from 'node:http';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { send, serve, Wire } from '../../support/wire';

type Any = any;

const JSON_TYPE = { 'content-type': 'application/json' };

describe('the signal of a request', () => {
  test('aborts when the client disconnects, on both of its names', async () => {
    let seen: Any;
    const { port } = await serve((req: Any) => {
      seen = { own: once(req.signal, 'abort'), controller: req.abortController };
    });
    const wire = await Wire.connect(port);
    wire.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx');
    while (seen === undefined) await delay(5);
    assert.equal(seen.controller.signal.aborted, false);
    wire.destroy();
    await seen.own;
    assert.equal(seen.controller.signal.aborted, true);
    assert.match(String(seen.controller.signal.reason), /client closed/);
  });

  test('does not abort after a regular answer', async () => {
    let signal: Any;
    const { url } = await serve((req: Any, res: Any) => {
      signal = req.signal;
      res.send('fine');
    });
    await send(url, { body: 'x' });
    await delay(30);
    assert.equal(signal.aborted, false);
  });

  test('aborts on the timeout, which answers 504', async () => {
    let reason: Any;
    const { url } = await serve(
      (req: Any) => {
        req.signal.addEventListener('abort', () => {
          reason = req.signal.reason;
        });
      },
      { timeout: 0.1 },
    );
    const { status, text } = await send(url, { headers: JSON_TYPE, body: '{}' });
    assert.equal(status, 504);
    assert.match(text, /did not answer within 0.1 s/);
    assert.equal(reason.name, 'TimeoutError');
  });

  test('is given late, it is already aborted', async () => {
    let late: Any;
    const { port } = await serve((req: Any) => {
      setTimeout(() => {
        late = req.signal;
      }, 80);
    });
    const wire = await Wire.connect(port);
    wire.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await delay(30);
    wire.destroy();
    while (late === undefined) await delay(5);
    assert.equal(late.aborted, true);
  });
});

describe('the execution id and the trace', async () => {
  const { url } = await serve((req: Any, res: Any) => {
    const { executionId, spanId, traceId, traceSampled } = req;
    res.json({ executionId, again: req.executionId, spanId, traceId, traceSampled });
  });
  const get = async (headers: http.OutgoingHttpHeaders): Promise<Any> =>
    (await send(url, { method: 'GET', headers })).json;

  test('are made up once, or taken from the request', async () => {
    const one = await get({});
    assert.match(one.executionId, /^[0-9a-z]{12}$/);
    assert.equal(one.again, one.executionId);
    assert.notEqual((await get({})).executionId, one.executionId);
    assert.equal((await get({ 'function-execution-id': 'given' })).executionId, 'given');
  });

  test('come from X-Cloud-Trace-Context or traceparent', async () => {
    const cloud = await get({ 'x-cloud-trace-context': 'abc/123;o=1' });
    assert.deepEqual([cloud.traceId, cloud.spanId, cloud.traceSampled], ['abc', '123', true]);
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const w3c = await get({ traceparent: `00-${trace}-b7ad6b7169203331-00` });
    assert.deepEqual(
      [w3c.traceId, w3c.spanId, w3c.traceSampled],
      [trace, 'b7ad6b7169203331', false],
    );
    assert.equal((await get({ traceparent: 'nonsense' })).spanId, undefined);
  });
});
