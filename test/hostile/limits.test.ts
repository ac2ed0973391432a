import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { parseOptions } from '../../src/options/options';
import { exchangeBytes, parseReply, send, serve, Wire } from '../support/wire';

const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const post = (length: number): string =>
  `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;

describe('timeouts of slow clients', () => {
  test('are node’s own unless they are set', async () => {
    const { server } = await serve(() => {});
    const { headersTimeout, requestTimeout, keepAliveTimeout, timeout } = http.createServer();
    assert.equal(server.headersTimeout, headersTimeout);
    assert.equal(server.requestTimeout, requestTimeout);
    assert.equal(server.keepAliveTimeout, keepAliveTimeout);
    assert.equal(server.timeout, timeout);
    assert.deepEqual([headersTimeout, requestTimeout], [60_000, 300_000]);
  });

  test('are read in seconds; the shorter one holds for the head', async () => {
    for (const [flags, head, whole] of [
      [['--headers-timeout=5'], 5000, 300_000],
      [['--headers-timeout=0'], 300_000, 300_000],
      [['--request-timeout=7'], 7000, 7000],
      [['--request-timeout=0'], 60_000, 0],
      [['--request-timeout=0', '--headers-timeout=0'], 0, 0],
      [['--request-timeout=1.5', '--headers-timeout=20'], 1500, 1500],
    ] as const) {
      const { server } = await serve(() => {}, parseOptions(flags, {}));
      assert.deepEqual([server.headersTimeout, server.requestTimeout], [head, whole], flags.join());
    }
  });

  test('a head that does not end in time is answered with 408', async () => {
    const { port } = await serve(() => {}, { headersTimeout: 0.3 });
    const wire = await Wire.connect(port);
    const began = Date.now();
    wire.write('GET / HTTP/1.1\r\nHost: a\r\n');
    const drip = setInterval(() => wire.write('X-A: b\r\n'), 50);
    const { status } = parseReply(await wire.end());
    clearInterval(drip);
    assert.equal(status, 408);
    assert.ok(Date.now() - began < 3000, `${Date.now() - began} ms`);
  });

  test('a body that does not end in time is cut off, and the function not called', async () => {
    let calls = 0;
    const { port } = await serve(
      () => {
        calls++;
      },
      { requestTimeout: 0.3 },
    );
    for (const framing of ['Content-Length: 100000', 'Transfer-Encoding: chunked']) {
      const wire = await Wire.connect(port);
      wire.write(`POST / HTTP/1.1\r\nHost: a\r\n${framing}\r\n\r\n`);
      const drip = setInterval(() => wire.write('1\r\nx\r\n'), 50);
      assert.equal(parseReply(await wire.end()).status, 408);
      clearInterval(drip);
    }
    assert.equal(calls, 0);
  });

  test('a function that takes its time to answer is none of these', async () => {
    const { url } = await serve(
      async (_: unknown, res: any) => {
        await delay(700);
        res.send('late');
      },
      { headersTimeout: 0.2, requestTimeout: 0.2 },
    );
    assert.equal((await send(url, { body: 'x' })).text, 'late');
  });

  test('bad values are refused', () => {
    for (const flag of ['--headers-timeout=x', '--request-timeout=-1', '--max-concurrency=1.5']) {
      assert.throws(() => parseOptions([flag], {}), { code: 'INVALID_OPTION' });
    }
  });
});

describe('with --max-concurrency=2', async () => {
  const waiting: any[] = [];
  let calls = 0;
  const { url, port, server } = await serve(
    (req: any, res: any) => {
      calls++;
      if (req.path === '/fast') res.send('fast');
      else waiting.push(res);
    },
    parseOptions(['--max-concurrency=2'], {}),
  );

  async function occupy(): Promise<() => Promise<void>> {
    calls = 0;
    const wires = [await Wire.connect(port), await Wire.connect(port)];
    for (const wire of wires) wire.write(GET);
    while (waiting.length < 2) await delay(5);
    return async () => {
      for (const res of waiting.splice(0)) res.send('done');
      for (const wire of wires) await wire.sees('done');
      for (const wire of wires) wire.destroy();
      await delay(20);
    };
  }

  test('the third request is told to come again, and is served when it does', async () => {
    const release = await occupy();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    for (const upload of [{ method: 'GET' }, { body: 'x'.repeat(60_000) }]) {
      const { status, headers, text } = await send(`${url}/fast`, { ...upload, agent });
      assert.equal(status, 429);
      assert.equal(headers['retry-after'], '1');
      assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
      assert.equal(headers.connection, 'keep-alive');
      assert.match(text, /2 requests/);
    }
    assert.equal(calls, 2);
    await release();
    assert.equal((await send(`${url}/fast`, { method: 'GET', agent })).text, 'fast');
    agent.destroy();
  });

  test('an upload is refused before it comes', async () => {
    const release = await occupy();
    for (const head of [
      post(10_000_000),
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n',
    ]) {
      const { status, head: fields } = await exchangeBytes(port, head);
      assert.equal(status, 429);
      assert.match(fields, /\r\nRetry-After: 1\r\n/);
      assert.match(fields, /\r\nConnection: close\b/);
    }
    assert.equal((await send(url, { body: Buffer.alloc(3_000_000) })).status, 429);
    assert.equal(calls, 2);
    await release();
  });

  test('clients that go away make room', async () => {
    const release = await occupy();
    waiting.length = 0;
    server.closeAllConnections();
    await delay(50);
    assert.equal((await send(`${url}/fast`, { method: 'GET' })).status, 200);
    await release().catch(() => {});
    for (let round = 0; round < 5; round++) {
      assert.equal((await send(`${url}/fast`, { method: 'GET' })).status, 200);
    }
  });

  test('waiting uploads count, so that slow clients cannot pile up', async () => {
    const wires = [await Wire.connect(port), await Wire.connect(port)];
    for (const wire of wires) wire.write(post(5)).write('x');
    await delay(50);
    assert.equal((await send(`${url}/fast`, { method: 'GET' })).status, 429);
    for (const wire of wires) wire.destroy();
    await delay(50);
    assert.equal((await send(`${url}/fast`, { method: 'GET' })).status, 200);
  });

  test('pipelined requests count one by one', async () => {
    const wire = await Wire.connect(port);
    wire.write(GET.repeat(4));
    while (waiting.length < 2) await delay(5);
    await delay(50);
    for (const res of waiting.splice(0)) res.send('done');
    await wire.sees('done');
    const [served, refused] = [/ 200 OK/g, / 429 /g];
    await delay(50);
    assert.equal(wire.received.match(served)?.length, 2);
    assert.equal(wire.received.match(refused)?.length, 2);
    wire.destroy();
    await once(wire.socket, 'close');
  });
});
