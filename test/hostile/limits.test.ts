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
    wire.write('GET / HTTP/1.1\r\nHost: a\r\n');
    const drip = setInterval(() => wire.write('X-A: b\r\n'), 50);
    const { status } = parseReply(await wire.end());
    clearInterval(drip);
    assert.equal(status, 408);
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

const CHUNKED = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';

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

  test('the third request is asked to come again, and is served when it does', async () => {
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
    for (const head of [post(10_000_000), CHUNKED]) {
      const { status, head: fields } = await exchangeBytes(port, head);
      assert.equal(status, 429);
      assert.match(fields, /\r\nRetry-After: 1\r\n/);
      assert.match(fields, /\r\nConnection: close\b/);
    }
    assert.equal((await send(url, { body: Buffer.alloc(3_000_000) })).status, 429);
    assert.equal(calls, 2);
    await release();
  });

  test('the slots of clients that leave are free again', async () => {
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

  test('uploads that stall take no slot', async () => {
    const wires: Wire[] = [];
    for (const head of [post(5), CHUNKED, post(5), CHUNKED]) {
      const wire = await Wire.connect(port);
      wires.push(wire.write(head).write('1\r\n'));
    }
    for (let round = 0; round < 3; round++) {
      assert.equal((await send(`${url}/fast`, { method: 'GET' })).status, 200);
      assert.equal((await send(`${url}/fast`, { body: 'x'.repeat(100_000) })).status, 200);
    }
    for (const wire of wires) wire.destroy();
  });

  for (const [title, head, first, rest] of [
    ['with a length', post(5), 'ab', 'cde'],
    ['in chunks', CHUNKED, '2\r\nab\r\n', '0\r\n\r\n'],
    [
      'that is not even inflated',
      post(5).replace('\r\n', '\r\nContent-Encoding: gzip\r\n'),
      'no',
      'zip',
    ],
  ] as const) {
    test(`a body ${title}, complete when all slots are taken, is answered with 429`, async () => {
      const wire = await Wire.connect(port);
      wire.write(head).write(first);
      await send(`${url}/fast`, { method: 'GET' });
      const release = await occupy();
      wire.write(rest);
      await wire.sees('which is the most here');
      assert.match(wire.received, /^HTTP\/1.1 429 /);
      assert.match(wire.received, /\r\nRetry-After: 1\r\n/);
      assert.equal(calls, 2);
      await release();
      wire.write('GET /fast HTTP/1.1\r\nHost: a\r\n\r\n');
      await wire.sees('fast');
      wire.destroy();
    });
  }

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

test('a web function runs while its body arrives, and has a slot', async () => {
  const { url, port } = await serve(
    async (request: Request) => new Response(await request.text()),
    { signatureType: 'web', maxConcurrency: 1 },
  );
  const wire = await Wire.connect(port);
  wire.write(post(5)).write('ab');
  while ((await send(url, { method: 'GET' })).status !== 429) await delay(5);
  wire.write('cde');
  await wire.sees('abcde');
  while ((await send(url, { method: 'GET' })).status !== 200) await delay(5);
  wire.destroy();
});

test('uploads that stall take no more memory than the functions that may run', async (t) => {
  const bodyLimit = 1_000_000;
  const { url, port } = await serve((req: any, res: any) => res.json(req.rawBody?.length ?? 0), {
    maxConcurrency: 2,
    bodyLimit,
  });
  const stalled = [post(bodyLimit), CHUNKED + bodyLimit.toString(16)].map(async (head) => {
    const wire = await Wire.connect(port);
    return wire
      .write(head)
      .write(head === post(bodyLimit) ? '' : '\r\n')
      .write('x'.repeat(990_000));
  });
  const wires = await Promise.all(stalled);
  t.after(() => {
    for (const wire of wires) wire.destroy();
  });
  // The two have 1 980 000 of 2 000 000 bytes, soon.
  while ((await send(url, { body: 'x'.repeat(150_000) })).status !== 429) await delay(5);
  const upload = { body: 'x'.repeat(500_000) };
  const chunks = { ...upload, chunk: 100_000 };
  const { status, headers, text } = await send(url, chunks);
  assert.equal(status, 429);
  assert.equal(headers['retry-after'], '1');
  assert.match(text, /^Uploads have 2000000 bytes in memory/);
  // What is small is taken in any case, and what has none.
  assert.equal((await send(url, { body: 'x'.repeat(60_000), chunk: 1000 })).json, 60_000);
  assert.equal((await send(url, { method: 'GET' })).json, 0);
  // What was refused or has left takes none.
  wires[0]?.destroy();
  while ((await send(url, upload)).status !== 200) await delay(5);
  for (let round = 0; round < 5; round++) assert.equal((await send(url, chunks)).json, 500_000);
});
