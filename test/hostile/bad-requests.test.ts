import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { exchangeBytes, parseReply, send, serve, Wire } from '../support/wire';

const MIB = 1024 * 1024;

let calls = 0;
const count = (req: any, res: any): void => {
  calls += 1;
  res.json({ url: req.url, originalUrl: req.originalUrl, length: req.rawBody?.length });
};

describe('a request that node:http or the path refuses', async () => {
  const { url, port } = await serve(count);
  const get = (target: string, fields = 'Host: a\r\n'): string =>
    `GET ${target} HTTP/1.1\r\n${fields}Connection: close\r\n\r\n`;

  for (const [title, bytes, status] of [
    ['bad percent-encoding', get('/%zz'), 400],
    ['broken UTF-8 in the path', get('/%ff'), 400],
    ['a lone percent sign', get('/a%'), 400],
    ['a percent sign in the query is the function’s own', get('/?q=%zz'), 200],
    ['no Host', get('/', ''), 400],
    ['a header flood', get('/', `Host: a\r\n${'X-A: b\r\n'.repeat(6000)}`), 431],
    ['one huge field', get('/', `Host: a\r\nX-A: ${'b'.repeat(20_000)}\r\n`), 431],
    ['no HTTP', 'nonsense\r\n\r\n', 400],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
      400,
    ],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a negative length', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n', 400],
    [
      'a broken chunk',
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      400,
    ],
    [
      'another expectation',
      'POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
      417,
    ],
    ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
  ] as const) {
    test(`${title}: ${status}`, async () => {
      calls = 0;
      const reply = await exchangeBytes(port, bytes);
      assert.equal(reply.status, status, reply.head);
      assert.equal(calls, status === 200 ? 1 : 0);
      assert.equal((await send(url, { method: 'GET' })).status, 200);
    });
  }

  test('absolute targets stay as they came', async () => {
    for (const target of ['http://example.com/a?b=1', 'http://example.com', '//a/b', '/a#b']) {
      const { status, body } = await exchangeBytes(port, get(target));
      assert.equal(status, 200);
      assert.equal(JSON.parse(body).originalUrl, target);
    }
  });
});

describe('an upload that is broken off', async () => {
  const { url, port } = await serve(count);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = async (): Promise<number> => {
    await delay(50);
    collect();
    await delay(20);
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };

  for (const [title, fields, data] of [
    ['sized', 'Content-Length: 9000000', 'x'.repeat(300_000)],
    ['chunked', 'Transfer-Encoding: chunked', `493e0\r\n${'x'.repeat(300_000)}\r\n`],
    ['within a chunk', 'Transfer-Encoding: chunked', `4c4b40\r\n${'x'.repeat(300_000)}`],
  ] as const) {
    test(`does not call the function, and frees what it took: ${title}`, async () => {
      calls = 0;
      const abort = async (): Promise<void> => {
        const wire = await Wire.connect(port);
        wire.write(`POST / HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n`).write(data);
        await delay(5);
        wire.destroy();
      };
      for (let round = 0; round < 10; round++) await abort();
      const before = await used();
      for (let round = 0; round < 15; round++) await Promise.all(Array.from({ length: 10 }, abort));
      const grown = (await used()) - before;
      assert.ok(grown < 16 * MIB, `${grown} bytes are held after 45 MB of uploads`);
      assert.equal(calls, 0);
      assert.equal((await send(url, { body: 'x' })).status, 200);
    });
  }

  test('slow uploads wait without harm', async () => {
    calls = 0;
    const wires = await Promise.all(Array.from({ length: 20 }, () => Wire.connect(port)));
    for (const wire of wires) {
      wire.write('POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 5\r\n\r\n');
    }
    for (const letter of 'abcde') {
      await delay(10);
      assert.equal(calls, 0);
      assert.equal((await send(url, { method: 'GET' })).status, 200);
      calls = 0;
      for (const wire of wires) wire.write(letter);
    }
    for (const wire of wires) assert.equal(parseReply(await wire.end()).status, 200);
    assert.equal(calls, 20);
  });

  test('idle keep-alive connections hold a body once at most', async () => {
    const wires = await Promise.all(Array.from({ length: 20 }, () => Wire.connect(port)));
    const before = await used();
    for (const wire of wires) {
      wire.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${MIB}\r\n\r\n`);
      wire.write('x'.repeat(MIB));
      await wire.sees(`"length":${MIB}`);
    }
    const grown = (await used()) - before;
    for (const wire of wires) wire.destroy();
    assert.ok(grown < 24 * MIB, `${grown} bytes are held by 20 idle connections`);
  });
});
