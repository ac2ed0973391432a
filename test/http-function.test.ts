import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import zlib from 'node:zlib';
import { exchangeBytes, send, serve, type Upload, Wire } from './support/wire';

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

const BOUNDARY = 'x-boundary';
const MULTIPART_TYPE = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
const FILE = 'file content '.repeat(20_000);
const MULTIPART = [
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="title"\r\n\r\nA title`,
  `\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n${FILE}`,
  `\r\n--${BOUNDARY}--\r\n`,
].join('');
const PARTS = { title: 'A title', name: 'a.txt', length: FILE.length };

describe('uploads', () => {
  const withBusboy = (req: Any, feed: (busboy: Any) => void): Promise<Any> =>
    new Promise((resolve, reject) => {
      const found: Any = { length: 0 };
      const busboy = load('busboy')({ headers: req.headers });
      busboy.on('field', (name: string, value: string) => {
        found[name] = value;
      });
      busboy.on('file', (_: string, file: Any, info: Any) => {
        found.name = info.filename;
        file.on('data', (chunk: Buffer) => {
          found.length += chunk.length;
        });
      });
      busboy.on('close', () => resolve(found)).on('error', reject);
      feed(busboy);
    });
  const withMulter = (req: Any, res: Any): Promise<Any> => {
    const multer = load('multer');
    return new Promise((resolve, reject) => {
      multer({ storage: multer.memoryStorage() }).single('file')(req, res, (error: unknown) => {
        if (error) reject(error);
        else {
          const { originalname: name, size: length } = req.file;
          resolve({ title: req.body.title, name, length });
        }
      });
    });
  };
  const parsers: Record<string, (req: Any, res: Any) => Promise<Any>> = {
    'busboy by req.pipe': (req) => withBusboy(req, (busboy) => req.pipe(busboy)),
    'busboy by rawBody': (req) => withBusboy(req, (busboy) => busboy.end(req.rawBody)),
    multer: withMulter,
    'multer, later': async (req, res) => {
      await delay(20);
      return withMulter(req, res);
    },
    formidable: async (req) => {
      const { formidable } = await import('formidable' as string);
      const [fields, files] = await formidable().parse(req);
      const [file] = files.file;
      load('node:fs').unlinkSync(file.filepath);
      return { title: fields.title[0], name: file.originalFilename, length: file.size };
    },
  };
  for (const [name, parse] of Object.entries(parsers)) {
    test(`are parsed by ${name}`, async () => {
      const { url } = await serve(async (req: Any, res: Any) => res.json(await parse(req, res)));
      for (const framing of [{}, { chunk: 50_000 }]) {
        const { json } = await send(url, { headers: MULTIPART_TYPE, body: MULTIPART, ...framing });
        assert.deepEqual(json, PARTS);
      }
    });
  }
});

/** The routes that each Express application of the tests has. */
function expressApp(express: Any): Any {
  const app = express();
  const echo = (req: Any, res: Any): void => {
    const body = Buffer.isBuffer(req.body) ? req.body.toString() : req.body;
    res.json({ body, path: req.path, query: req.query, id: typeof req.executionId });
  };
  const multer = load('multer');
  app.post('/json', express.json(), echo);
  app.post('/form', express.urlencoded({ extended: true }), echo);
  app.post('/text', express.text(), echo);
  app.post('/raw', express.raw({ type: '*/*' }), echo);
  app.post(
    '/upload',
    multer({ storage: multer.memoryStorage() }).single('file'),
    (req: Any, res: Any) =>
      res.json({ title: req.body.title, name: req.file.originalname, length: req.file.size }),
  );
  app.get('/signal', (req: Any, res: Any) => res.json({ aborted: req.signal.aborted }));
  app.get('/throw', () => {
    throw new Error('from express');
  });
  app.use((_req: Any, res: Any) => res.status(404).send('no route'));
  return app;
}

for (const name of ['express', 'express4']) {
  describe(`an application of ${name} with its own body parsers`, async () => {
    const { url } = await serve(expressApp(load(name)));
    const uploads: [string, Upload, unknown][] = [
      ['/json', { headers: JSON_TYPE, body: '{"a":[1]}' }, { a: [1] }],
      ['/form', { headers: FORM_TYPE, body: 'a[b]=1' }, { a: { b: '1' } }],
      ['/text', { headers: { 'content-type': 'text/plain' }, body: 'text' }, 'text'],
      ['/raw', { headers: { 'content-type': 'image/png' }, body: 'png' }, 'png'],
      [
        '/json',
        { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: zlib.gzipSync('{"z":1}') },
        { z: 1 },
      ],
      [
        '/raw',
        {
          headers: { 'content-type': 'image/png', 'content-encoding': 'gzip' },
          body: zlib.gzipSync('png'),
        },
        'png',
      ],
    ];
    for (const [path, upload, body] of uploads) {
      const encoding = upload.headers?.['content-encoding'] ?? 'identity';
      test(`parses ${path} (${encoding})`, async () => {
        for (const framing of [{}, { chunk: 2 }]) {
          const { status, json } = await send(`${url}${path}?q=1`, { ...upload, ...framing });
          assert.equal(status, 200);
          assert.deepEqual(json, { body, path, query: { q: '1' }, id: 'string' });
        }
      });
    }
    test('takes uploads, has a signal, answers its own errors and 404', async () => {
      const upload = { headers: MULTIPART_TYPE, body: MULTIPART };
      assert.deepEqual((await send(`${url}/upload`, upload)).json, PARTS);
      assert.deepEqual((await send(`${url}/signal`, { method: 'GET' })).json, { aborted: false });
      assert.equal((await send(`${url}/throw`, { method: 'GET' })).status, 500);
      const { status, text } = await send(`${url}/none`, { method: 'GET' });
      assert.deepEqual([status, text], [404, 'no route']);
    });
  });
}

describe('other frameworks', () => {
  test('Fastify reads the body itself, by its routing or its server', async () => {
    const fastify = load('fastify')();
    fastify.post('/', (request: Any) => ({ body: request.body, q: request.query.q }));
    await fastify.ready();
    for (const handler of [
      (req: Any, res: Any) => fastify.routing(req, res),
      (req: Any, res: Any) => fastify.server.emit('request', req, res),
    ]) {
      const { url } = await serve(handler);
      for (const framing of [{}, { chunk: 2 }]) {
        const { json } = await send(`${url}/?q=1`, {
          headers: JSON_TYPE,
          body: '{"a":1}',
          ...framing,
        });
        assert.deepEqual(json, { body: { a: 1 }, q: '1' });
      }
    }
    await fastify.close();
  });

  test('Koa reads req and answers', async () => {
    const Koa = load('koa');
    const app = new Koa();
    app.use(async (ctx: Any) => {
      ctx.status = 201;
      ctx.body = { sent: await load('node:stream/consumers').text(ctx.req), path: ctx.path };
    });
    const { url } = await serve(app.callback());
    const { status, json } = await send(`${url}/x`, { headers: JSON_TYPE, body: '{"a":1}' });
    assert.deepEqual([status, json], [201, { sent: '{"a":1}', path: '/x' }]);
  });
});

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

function hash(bytes: Buffer): string {
  return createHash('sha1').update(bytes).digest('hex');
}
