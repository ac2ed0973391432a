import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import http from 'node:http';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import zlib from 'node:zlib';
import { exchangeBytes, send, serve, Wire } from '../../support/wire';

type Any = any;

const load = (name: string): Any => require(name);

const JSON_TYPE = { 'content-type': 'application/json' };

const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

/** Says what the function found in `req`. */
const describeBody = (req: Any, res: Any): void => {
  res.json({
    kind: Buffer.isBuffer(req.body) ? 'buffer' : typeof req.body,
    body: Buffer.isBuffer(req.body) ? req.body.toString('latin1') : req.body,
    raw: req.rawBody?.toString('latin1'),
    hasRawBody: 'rawBody' in req,
    same: req.body === req.rawBody,
  });
};

describe('the body of an HTTP function', async () => {
  const { url, port } = await serve(describeBody);

  for (const [title, headers, body, kind, parsed] of [
    ['JSON', JSON_TYPE, '{"a":[1]}', 'object', { a: [1] }],
    [
      'JSON in parameters and case',
      { 'content-type': 'Application/JSON; Charset="UTF-8"' },
      ' [1]',
      'object',
      [1],
    ],
    ['JSON with a BOM', JSON_TYPE, '\ufeff{"a":1}', 'object', { a: 1 }],
    ['empty JSON', JSON_TYPE, '', 'object', {}],
    [
      'a structured CloudEvent',
      { 'content-type': 'application/cloudevents+json' },
      '{"id":"1"}',
      'object',
      { id: '1' },
    ],
    ['plain text', { 'content-type': 'text/plain' }, 'text', 'string', 'text'],
    ['empty text', { 'content-type': 'text/plain' }, '', 'string', ''],
    ['a form', FORM_TYPE, 'a[b]=1&c=2&c=3', 'object', { a: { b: '1' }, c: ['2', '3'] }],
    ['an empty form', FORM_TYPE, '', 'object', {}],
    ['another type', { 'content-type': 'application/xml' }, '<a/>', 'buffer', '<a/>'],
    ['no type', {}, 'bytes', 'buffer', 'bytes'],
    ['an odd type', { 'content-type': 'nonsense' }, 'bytes', 'buffer', 'bytes'],
    ['an empty body of another type', { 'content-type': 'image/png' }, '', 'buffer', ''],
  ] as const) {
    test(`is parsed by its type, chunked or not: ${title}`, async () => {
      const raw = Buffer.from(body).toString('latin1');
      const expected = { kind, body: parsed, raw, hasRawBody: true, same: kind === 'buffer' };
      assert.deepEqual((await send(url, { headers, body })).json, expected);
      assert.deepEqual((await send(url, { headers, body, chunk: 3 })).json, expected);
    });
  }

  for (const [encoding, compress] of [
    ['gzip', zlib.gzipSync],
    ['GZIP', zlib.gzipSync],
    ['deflate', zlib.deflateSync],
    ['br', zlib.brotliCompressSync],
    ['identity', (text: string) => Buffer.from(text)],
  ] as const) {
    test(`is inflated: ${encoding}`, async () => {
      const body = compress('{"a":1}');
      const headers = { ...JSON_TYPE, 'content-encoding': encoding };
      for (const chunk of [undefined, 5]) {
        const upload = chunk === undefined ? { headers, body } : { headers, body, chunk };
        const { json } = await send(url, upload);
        assert.deepEqual([json.body, json.raw], [{ a: 1 }, '{"a":1}']);
      }
    });
  }

  test('is undefined, and rawBody absent, without a body', async () => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const request = `${method} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
      const { body } = await exchangeBytes(port, request);
      assert.deepEqual(JSON.parse(body), { kind: 'undefined', hasRawBody: false, same: true });
    }
  });

  test('may come with any method', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const { json } = await send(url, { method, headers: JSON_TYPE, body: '{"a":1}' });
      assert.deepEqual(json.body, { a: 1 }, method);
    }
  });

  test('is complete, however large and however it was cut', async () => {
    const body = JSON.stringify({ a: 'x'.repeat(3_000_000) });
    for (const upload of [{ body }, { body, chunk: 70_001 }]) {
      const { json } = await send(url, { headers: JSON_TYPE, ...upload });
      assert.equal(json.body.a.length, 3_000_000);
    }
  });

  test('is asked for by 100-continue', async () => {
    const wire = await Wire.connect(port);
    wire.write(
      'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\n',
    );
    await wire.sees('100 Continue\r\n\r\n');
    wire.write('ok');
    assert.match(await wire.end(), /"body":"ok"/);
  });

  test('leaves pipelined requests on one connection in order', async () => {
    const one = (text: string, close = ''): string =>
      `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: ${text.length}\r\n${close}\r\n${text}`;
    const wire = await Wire.connect(port);
    wire.write(one('first') + one('second') + one('third', 'Connection: close\r\n'));
    const bodies = [...(await wire.end()).matchAll(/"body":"(\w+)"/g)].map(([, body]) => body);
    assert.deepEqual(bodies, ['first', 'second', 'third']);
  });
});

const PAYLOADS = [0, 1, 10, 70_000, 1_500_000];

/** Ways in which programs read a request as a stream. */
const readers: Record<string, (req: Any) => Promise<Buffer>> = {
  async pipe(req) {
    const { PassThrough } = load('node:stream');
    return Buffer.concat(await req.pipe(new PassThrough()).toArray());
  },
  async 'for await'(req) {
    const chunks = [];
    for await (const chunk of req) chunks.push(chunk);
    return Buffer.concat(chunks);
  },
  'data and end': (req) =>
    new Promise((resolve) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => resolve(Buffer.concat(chunks)));
    }),
  'data and close': (req) =>
    new Promise((resolve) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('close', () => resolve(Buffer.concat(chunks)));
    }),
  readable: (req) =>
    new Promise((resolve) => {
      const chunks: Buffer[] = [];
      req.on('readable', () => {
        for (let chunk = req.read(); chunk !== null; chunk = req.read()) chunks.push(chunk);
      });
      req.on('end', () => resolve(Buffer.concat(chunks)));
    }),
  async pipeline(req) {
    const { pipeline } = load('node:stream/promises');
    const chunks: Buffer[] = [];
    await pipeline(req, async (source: AsyncIterable<Buffer>) => {
      for await (const chunk of source) chunks.push(chunk);
    });
    return Buffer.concat(chunks);
  },
  consumers: (req) => load('node:stream/consumers').buffer(req),
  async 'Readable.toWeb'(req) {
    return Buffer.from(await new Response(load('node:stream').Readable.toWeb(req)).arrayBuffer());
  },
  async 'after a delay'(req) {
    await delay(20);
    return load('node:stream/consumers').buffer(req);
  },
  async 'finished and resume'(req) {
    const { finished } = load('node:stream/promises');
    await finished(req.resume());
    return req.rawBody;
  },
};

describe('a body that was buffered can be read again', async () => {
  for (const [name, read] of Object.entries(readers)) {
    test(name, async () => {
      const { url } = await serve(async (req: Any, res: Any) => {
        const bytes = await read(req);
        res.json({ length: bytes.length, hash: hash(bytes), ended: req.readableEnded });
      });
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      for (const length of PAYLOADS) {
        const body = Buffer.alloc(length, 'abcdefg');
        for (const upload of [{ body }, { body, chunk: 100_000 }]) {
          const { json } = await send(url, { ...upload, agent });
          assert.deepEqual(
            json,
            { length, hash: hash(body), ended: true },
            `${length} ${'chunk' in upload}`,
          );
        }
      }
      agent.destroy();
    });
  }

  test('as the bytes that came, when it was compressed', async () => {
    const { url } = await serve(async (req: Any, res: Any) => {
      const wire = await load('node:stream/consumers').buffer(req);
      res.json({ body: req.body, wire: wire.toString('hex') });
    });
    const body = zlib.gzipSync('{"a":1}');
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    const { json } = await send(url, { headers, body });
    assert.deepEqual(json, { body: { a: 1 }, wire: body.toString('hex') });
  });

  test('or not at all, and the connection goes on', async () => {
    const { url } = await serve((req: Any, res: Any) => res.json({ length: req.rawBody.length }));
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    for (const length of [...PAYLOADS, ...PAYLOADS]) {
      const { json } = await send(url, { body: Buffer.alloc(length), agent });
      assert.deepEqual(json, { length });
    }
    agent.destroy();
  });
});

function hash(bytes: Buffer): string {
  return createHash('sha1').update(bytes).digest('hex');
}
