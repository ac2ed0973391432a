import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { describe, test } from 'node:test';
import zlib from 'node:zlib';
import { exchangeBytes, parseReply, send, serve, Wire } from '../support/wire';

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
const MIB = 1024 * 1024;

let calls = 0;
const count = (req: any, res: any): void => {
  calls += 1;
  res.json({ url: req.url, originalUrl: req.originalUrl, length: req.rawBody?.length });
};

describe('a body that cannot be decoded', async () => {
  const { url } = await serve(count);

  for (const [title, status, headers, body, text] of [
    ['malformed JSON', 400, JSON_TYPE, '{"a":', /JSON/],
    ['a JSON scalar', 400, JSON_TYPE, '1', /JSON/],
    ['JSON of white space', 400, JSON_TYPE, '  ', /JSON/],
    [
      'an unknown JSON charset',
      415,
      { 'content-type': 'application/json; charset=latin1' },
      '{}',
      /unsupported charset "LATIN1"/,
    ],
    [
      'an unknown text charset',
      415,
      { 'content-type': 'text/plain; charset=klingon' },
      'x',
      /unsupported charset "KLINGON"/,
    ],
    [
      'a form in UTF-16',
      415,
      { 'content-type': `${FORM_TYPE['content-type']}; charset=utf-16` },
      'a=1',
      /charset/,
    ],
    [
      'an unknown encoding',
      415,
      { ...JSON_TYPE, 'content-encoding': 'zstd' },
      '{}',
      /unsupported content encoding "zstd"/,
    ],
    [
      'a list of encodings',
      415,
      { ...JSON_TYPE, 'content-encoding': 'gzip, gzip' },
      '{}',
      /unsupported content encoding/,
    ],
    ['no gzip at all', 400, { ...JSON_TYPE, 'content-encoding': 'gzip' }, '{}', /not valid gzip/],
    [
      'truncated gzip',
      400,
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      zlib.gzipSync('{"a":1}').subarray(0, 20),
      /not valid gzip/,
    ],
    ['a form that nests too deep', 400, FORM_TYPE, `a${'[b]'.repeat(33)}=1`, /./],
    ['a form with 1001 parameters', 413, FORM_TYPE, 'a=1&'.repeat(1001).slice(0, -1), /./],
  ] as const) {
    test(`is refused, and the connection goes on: ${title}`, async () => {
      calls = 0;
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      for (const framing of [{}, { chunk: 7 }]) {
        const answer = await send(url, { headers, body, agent, ...framing });
        assert.equal(answer.status, status, answer.text);
        assert.match(answer.text, text);
        assert.equal(answer.headers['content-type'], 'text/plain; charset=utf-8');
        assert.equal(answer.headers['x-content-type-options'], 'nosniff');
        assert.doesNotMatch(answer.text, /\n +at /, 'no stack');
        assert.equal(answer.headers.connection, 'keep-alive');
      }
      assert.equal(calls, 0);
      assert.equal((await send(url, { agent, body: 'x' })).status, 200);
      agent.destroy();
    });
  }

  test('limits are no smaller than promised: 1000 parameters, 32 levels', async () => {
    const parameters = 'a=1&'.repeat(1000).slice(0, -1);
    assert.equal((await send(url, { headers: FORM_TYPE, body: parameters })).status, 200);
    const nested = `a${'[b]'.repeat(32)}=1`;
    assert.equal((await send(url, { headers: FORM_TYPE, body: nested })).status, 200);
  });
});

describe('a body over the limit', async () => {
  const { url, port } = await serve(count, { bodyLimit: 100_000 });

  test('is refused by its Content-Length, before it comes', async () => {
    const { status, head, body } = await exchangeBytes(
      port,
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n',
    );
    assert.equal(status, 413);
    assert.match(head, /Connection: close/);
    assert.match(body, /larger than 100000 bytes.*--body-limit/);
  });

  test('is refused by its chunks, as soon as they are too many', async () => {
    const wire = await Wire.connect(port);
    wire.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
    for (let sent = 0; sent < 2; sent++) wire.write(`ea60\r\n${'x'.repeat(60_000)}\r\n`);
    assert.equal(parseReply(await wire.end()).status, 413);
  });

  test('is refused by its inflated size, with the connection kept', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const headers = { 'content-encoding': 'gzip' };
    const body = zlib.gzipSync(Buffer.alloc(50 * MIB));
    const before = process.memoryUsage().rss;
    assert.equal((await send(url, { headers, body, agent })).status, 413);
    assert.ok(process.memoryUsage().rss - before < 30 * MIB, 'inflating stops at the limit');
    assert.equal((await send(url, { body: 'x', agent })).status, 200);
    agent.destroy();
  });

  test('exactly at the limit is served', async () => {
    const body = Buffer.alloc(100_000);
    assert.deepEqual((await send(url, { body })).json.length, 100_000);
    assert.deepEqual((await send(url, { body, chunk: 9_999 })).json.length, 100_000);
  });

  test('is not asked for by 100-continue’s final answer', async () => {
    const { status } = await exchangeBytes(
      port,
      'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 200000\r\n\r\n',
    ).then(({ head, body, status }) => (status === 100 ? parseReply(body) : { head, status }));
    assert.equal(status, 413);
  });

  test('whoever still uploads receives the 413: node’s client', async () => {
    for (let round = 0; round < 10; round++) {
      for (const framing of [{}, { chunk: 65_536 }]) {
        const { status, text } = await send(url, { body: Buffer.alloc(3 * MIB), ...framing });
        assert.equal(status, 413);
        assert.match(text, /larger than/);
      }
    }
  });

  test('whoever still uploads receives the 413: fetch', async () => {
    for (let round = 0; round < 10; round++) {
      const response = await fetch(url, { method: 'POST', body: Buffer.alloc(3 * MIB) });
      assert.equal(response.status, 413);
      assert.match(await response.text(), /larger than/);
    }
  });

  test('whoever still uploads receives the 413: curl', async (t) => {
    for (const framing of [[], ['-H', 'Transfer-Encoding: chunked']]) {
      const args = ['-s', '-w', ' %{http_code}', '--data-binary', '@-', ...framing, url];
      const child = execFile('curl', args);
      let output = '';
      child.stdout?.on('data', (text: string) => {
        output += text;
      });
      child.stdin?.on('error', () => {});
      child.stdin?.end(Buffer.alloc(3 * MIB));
      const failure = await Promise.race([
        once(child, 'close').then(() => undefined),
        once(child, 'error'),
      ]);
      if (failure !== undefined) return t.skip('curl is not installed');
      assert.match(output, /larger than.* 413$/);
    }
  });

  test('a client that never stops uploading is cut off', async () => {
    const wire = await Wire.connect(port);
    wire.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n');
    const drip = setInterval(() => wire.write('x'.repeat(1000)), 10);
    const began = Date.now();
    assert.equal(parseReply(await wire.end()).status, 413);
    clearInterval(drip);
    assert.ok(Date.now() - began < 30_000);
  });
});
