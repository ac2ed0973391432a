import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import http, { type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import express from 'express';
import { HttpResponse } from '../../src/http/response';

// Express's public types and ours differ; the handlers here are written against both at once.
type Handler = (req: any, res: any) => unknown;

const dir = mkdtempSync(join(tmpdir(), 'response-'));
const file = join(dir, 'ten.txt');
writeFileSync(file, '0123456789');
writeFileSync(join(dir, 'empty.json'), '');
writeFileSync(join(dir, '.secret'), 'dot');
writeFileSync(join(dir, 'x.unknownext'), 'bytes');
mkdirSync(join(dir, 'sub'));
writeFileSync(join(dir, 'sub', 'index.html'), '<p>index</p>');
const modified = new Date('2024-01-02T03:04:05Z');
utimesSync(file, modified, modified);

let handler: Handler;
let ours: Server;
let theirs: Server;

before(async () => {
  const app = express();
  app.set('etag', false);
  app.disable('x-powered-by');
  app.enable('trust proxy');
  app.use((req, res) => run(req, res));
  theirs = http.createServer(app);
  ours = http.createServer(
    { IncomingMessage: requestClass(), ServerResponse: HttpResponse as any },
    (req, res) => run(req, res),
  );
  for (const server of [ours, theirs]) {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  }
});
after(() => {
  for (const server of [ours, theirs]) server.close();
});

function run(req: unknown, res: any): void {
  try {
    handler(req, res);
  } catch (error) {
    if (res.headersSent) return void res.destroy();
    for (const name of res.getHeaderNames()) res.removeHeader(name);
    res.statusCode = 599;
    res.end((error as Error).name);
  }
}

/** The request class, or Express's getters on a plain one while there is none. */
function requestClass(): typeof IncomingMessage {
  try {
    return require('../../src/http/request').HttpRequest;
  } catch (error) {
    if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error;
  }
  class StubRequest extends http.IncomingMessage {}
  Object.defineProperties(
    StubRequest.prototype,
    Object.getOwnPropertyDescriptors(express.request) as PropertyDescriptorMap,
  );
  const app = { get: (name: string) => (name === 'query parser fn' ? parseQuery : undefined) };
  Object.defineProperty(StubRequest.prototype, 'app', { get: () => app });
  Object.defineProperty(StubRequest.prototype, 'res', { get: resOf, set: setRes });
  return StubRequest;
}
const responses = new WeakMap<object, unknown>();
function resOf(this: object): unknown {
  return responses.get(this);
}
function setRes(this: object, res: unknown): void {
  responses.set(this, res);
}
const parseQuery = (text: string): unknown => require('node:querystring').parse(text);

function ask(server: Server, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.setTimeout(3000, () => socket.destroy(new Error(`no answer to ${head}`)));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.write(`${head}\r\n`);
  });
}

function parts(answer: string): { status: string; fields: string[]; body: string } {
  const end = answer.indexOf('\r\n\r\n');
  const [status = '', ...fields] = answer.slice(0, end).split('\r\n');
  const kept = fields
    .filter((field) => !/^date:/i.test(field))
    .map((field) => field.replace(/^[^:]+/, (name) => name.toLowerCase()));
  return { status, fields: kept.sort(), body: answer.slice(end + 4) };
}

async function compare(handle: Handler, request: string): Promise<void> {
  const [line, ...fields] = request.split('\n');
  const head = [`${line} HTTP/1.1`, 'Host: a.test', 'Connection: close', ...fields, ''].join(
    '\r\n',
  );
  handler = (req, res) => {
    req.res ??= res;
    return handle(req, res);
  };
  const expected = parts(await ask(theirs, head));
  const actual = parts(await ask(ours, head));
  assert.deepEqual(actual, expected, `${handle} for ${request}`);
}

const GET = 'GET /';
const cases: [string, Handler, ...string[]][] = [];
const add = (name: string, handle: Handler, ...requests: string[]): void => {
  cases.push([name, handle, ...(requests.length ? requests : [GET, 'HEAD /', 'POST /'])]);
};

for (const [name, body] of Object.entries({
  string: 'hello',
  empty: '',
  unicode: 'grüße 漢字',
  long: 'é'.repeat(3000),
  html: '<b>',
  buffer: Buffer.from([0, 255, 1]),
  emptyBuffer: Buffer.alloc(0),
  bytes: new Uint8Array([1, 2]),
  null: null,
  undefined: undefined,
  true: true,
  false: false,
  zero: 0,
  number: 1.5,
  object: { a: [1, 'é'] },
  array: [1, null],
  date: new Date(0),
})) {
  for (const status of [200, 201, 204, 205, 304, 404, 500, 999]) {
    add(`send ${name} with ${status}`, (_, res) => res.status(status).send(body));
  }
  for (const type of [
    'text/plain',
    'text/html; charset=latin1; x="a b"',
    'IMAGE/PNG',
    'json',
    'application/json',
    'nonsense',
  ]) {
    // Express writes `Content-Type: false` here; the test below says what we do.
    const isFalseType = type === 'nonsense' && (body === null || body === undefined);
    if (!isFalseType)
      add(`send ${name} as ${type}`, (_, res) => res.set('Content-Type', type).send(body), GET);
    add(`send ${name}, type ${type}`, (_, res) => res.type(type).send(body), GET);
  }
  add(`json ${name}`, (_, res) => res.json(body));
  add(`json ${name} with a field`, (_, res) => res.set('X-A', 'b').json(body), GET);
  add(
    `jsonp ${name}`,
    (_, res) => res.jsonp(body),
    GET,
    'GET /?callback=cb',
    'GET /?callback=a<b&callback=c',
    'GET /?callback=',
  );
}
for (const code of [100.5, '200', null, undefined, 99, 1000, 0, -1, Number.NaN, 10n, 299]) {
  add(`status ${String(code)}`, (_, res) => res.status(code).end(), GET);
}
for (const code of [200, 204, 304, 404, 418, 425, 500, 599, 799])
  add(`sendStatus ${code}`, (_, res) => res.sendStatus(code));
for (const value of ['a', ['a', 'b'], 1, undefined, null, 'é', 'a\r\nX: y', '漢']) {
  add(`set ${JSON.stringify(value)}`, (_, res) => res.set('X-A', value).end(), GET);
  add(
    `append ${JSON.stringify(value)}`,
    (_, res) => res.append('X-A', 'z').append('X-A', value).end(),
    GET,
  );
  add(`cookie ${JSON.stringify(value)}`, (_, res) => res.cookie('n', value).end(), GET);
}
add('set an object', (_, res) =>
  res.set({ 'X-A': 1, 'Content-Type': 'text/css' }).header('X-B', ['c']).end(),
);
add('set a list of types', (_, res) => res.set('Content-Type', ['a/b']).end(), GET);
for (const options of [
  {
    path: '/x',
    domain: '.a.test',
    httpOnly: true,
    secure: true,
    sameSite: true,
    priority: 'high',
    partitioned: true,
  },
  { expires: new Date(1e12) },
  { sameSite: 'None' },
  { sameSite: 'bad' },
  { priority: 'bad' },
  { maxAge: null },
  { maxAge: Number.NaN },
  { domain: 'a b' },
  { path: 'a;b' },
  { path: '' },
  { expires: 'x' },
  { signed: true },
  { encode: String },
  { encode: 1 },
]) {
  add(
    `cookie ${JSON.stringify(options)}`,
    (_, res) => res.cookie('n', 'a;é', options).cookie('m', { a: 1 }).end(),
    GET,
  );
  add(
    `clearCookie ${JSON.stringify(options)}`,
    (_, res) => res.clearCookie('n', options).end(),
    GET,
  );
}
add(
  'sign a cookie',
  (req, res) => {
    req.secret = 's';
    res.cookie('n', 'v', { signed: true }).end();
  },
  GET,
);
for (const name of ['a b', '', 'a=b', 'é'])
  add(`a cookie named ${name}`, (_, res) => res.cookie(name, 'v').end(), GET);
for (const url of [
  '/',
  '/a b',
  'http://x/?q="<>&\'',
  '/é漢',
  '/%zz%20',
  '//evil',
  '/\r\nX: y',
  '\ud800',
  'back',
  '{}|^`\\',
  undefined,
]) {
  add(`location ${url}`, (_, res) => res.location(url).end(), GET);
  for (const accept of [
    '*/*',
    'text/html',
    'text/plain',
    'image/png',
    'text/plain;q=0.1, text/html',
  ]) {
    add(`redirect ${url} for ${accept}`, (_, res) => res.redirect(url), `GET /\nAccept: ${accept}`);
  }
  add(`redirect 301 ${url}`, (_, res) => res.redirect(301, url), GET, 'HEAD /');
}
for (const name of [
  undefined,
  '',
  'a.png',
  '/x/b c.html',
  'é.txt',
  '漢字.pdf',
  '"q\\".css',
  'a%20b.js',
  "it's(*).bin",
  'noext',
  '\u0000.x',
]) {
  add(`attachment ${name}`, (_, res) => res.attachment(name).send('x'), GET);
}
for (const names of ['Accept', 'Accept, Origin', ['A', 'a', 'B'], '*', '', 'a b', []]) {
  add(`vary ${names}`, (_, res) => res.vary('Accept').vary(names).end(), GET);
}
add('links', (_, res) =>
  res
    .links({ next: '/a' })
    .links({ prev: ['/b', '/c'] })
    .end(),
);
for (const accept of [
  '*/*',
  'text/html',
  'application/json;q=0.5, text/*;q=0.4',
  'image/png',
  'text/html;q=0',
]) {
  add(
    `format for ${accept}`,
    (_, res) =>
      res.format({
        text: () => res.send('t'),
        html: () => res.send('h'),
        'application/json': () => res.send({ a: 1 }),
        default: () => res.send('d'),
      }),
    `GET /\nAccept: ${accept}`,
  );
}
for (const condition of [
  'If-None-Match: "a"',
  'If-None-Match: W/"a"',
  'If-None-Match: *',
  'If-None-Match: "b"',
  'If-Modified-Since: Tue, 02 Jan 2024 03:04:05 GMT',
  'Cache-Control: no-cache\nIf-None-Match: "a"',
]) {
  add(
    `ETag and ${condition}`,
    (_, res) => res.set('ETag', '"a"').send('x'),
    `GET /\n${condition}`,
    `POST /\n${condition}`,
  );
  add(
    `Last-Modified and ${condition}`,
    (_, res) => res.set('Last-Modified', modified.toUTCString()).json(1),
    `GET /\n${condition}`,
  );
  add(`no validator and ${condition}`, (_, res) => res.send('x'), `GET /\n${condition}`);
}
add('transfer encoding set', (_, res) => res.set('Transfer-Encoding', 'chunked').send('x'));
add('send twice', (_, res) => {
  res.send('a');
  try {
    res.send('b');
  } catch {}
});
add('a replaced end', (_, res) => {
  const { end } = res;
  res.end = function (...a: unknown[]) {
    res.setHeader('X-End', '1');
    return end.apply(this, a);
  };
  res.send('x');
});
add('a replaced send', (_, res) => {
  const { send } = res;
  res.send = function (b: unknown) {
    res.set('X-Send', '1');
    return send.call(this, b);
  };
  res.json({ a: 1 });
});
add('a replaced writeHead', (_, res) => {
  const { writeHead } = res;
  res.writeHead = function (...a: unknown[]) {
    res.setHeader('X-Head', String(res.getHeader('content-length')));
    return writeHead.apply(this, a);
  };
  res.send('x');
});
add('locals', (_, res) => {
  res.locals.a = 1;
  res.json(res.locals);
});
add('read after send', (_, res) => {
  res.send('x');
  assert.equal(res.get('content-length'), '1');
});

for (const extra of [
  '',
  'Range: bytes=2-4',
  'Range: bytes=-3',
  'Range: bytes=8-',
  'Range: bytes=-500',
  'Range: bytes=0-1,4-5',
  'Range: bytes=0-1,2-5',
  'Range: chars=1-2',
  'Range: bytes=x',
  'Range: bytes=0-1\nIf-Range: Tue, 02 Jan 2024 03:04:05 GMT',
  'Range: bytes=0-1\nIf-Range: "x"',
  'If-Modified-Since: Tue, 02 Jan 2024 03:04:05 GMT',
  'If-Unmodified-Since: Tue, 02 Jan 2024 03:04:05 GMT',
  'If-None-Match: *',
]) {
  for (const options of [
    {},
    { maxAge: '1d', immutable: true },
    { maxAge: 5000, acceptRanges: false },
    { cacheControl: false, lastModified: false },
    { headers: { 'X-A': 'b', 'Content-Type': 'text/x-a' } },
    { start: 2, end: 7 },
  ]) {
    add(
      `sendFile ${extra} ${JSON.stringify(options)}`,
      (_, res) =>
        res.sendFile(file, { ...options }, (error: any) => {
          // The wording of refusals is ours, so the handler answers them here.
          if (error && !res.headersSent) res.status(error.status).end();
        }),
      ...['GET', 'HEAD'].map((m) => [`${m} /`, extra].filter(Boolean).join('\n')),
    );
  }
}
for (const [path, options] of [
  ['missing', {}],
  ['ten.txt', {}],
  ['empty.json', {}],
  ['.secret', {}],
  ['.secret', { dotfiles: 'allow' }],
  ['.secret', { dotfiles: 'deny' }],
  ['../x', {}],
  ['sub/../../x', {}],
  ['sub/../ten.txt', {}],
  ['sub', {}],
  ['sub/', {}],
  ['sub/', { index: false }],
  ['ten', { extensions: ['txt'] }],
  ['a\0b', {}],
  ['x.unknownext', {}],
  ['ten.txt/', {}],
  ['ten.txt', { dotfiles: 'bad' }],
  ['', {}],
  ['%2e%2e/x', {}],
] as const) {
  const done = (res: any) => (error: any) => {
    if (error && !res.headersSent)
      res
        .status(error.status ?? 500)
        .json([
          error.status,
          error.statusCode,
          error.code === 'FILE_REFUSED' ? undefined : error.code,
        ]);
  };
  add(
    `sendFile ${path} ${JSON.stringify(options)}`,
    (_, res) => res.sendFile(path, { root: dir, ...options }, done(res)),
    GET,
  );
  add(
    `download ${path} ${JSON.stringify(options)}`,
    (_, res) => res.download(path, 'näme.txt', { root: dir, ...options }, done(res)),
    GET,
  );
}
for (const range of [
  'Range: bytes=20-',
  'If-Match: "a"',
  'If-Unmodified-Since: Mon, 01 Jan 2024 03:04:05 GMT',
]) {
  add(
    `a refused ${range}`,
    (_, res) => res.sendFile(file, (error: any) => res.status(error.status).end()),
    `GET /\n${range}`,
  );
}
add('a relative path without root', (_, res) => res.sendFile('x'), GET);
add('no path', (_, res) => res.sendFile(), GET);
add('download by path', (_, res) => res.download(file), GET);

for (const [name, handle, ...requests] of cases) {
  test(`answers like Express: ${name}`, async () => {
    for (const request of requests) await compare(handle, request);
  });
}

test('an unparsable Content-Type is sent as it is and ends nothing', async () => {
  handler = (_, res) => {
    res.setHeader('Content-Type', 'nonsense');
    res.send('x');
  };
  const answer = parts(await ask(ours, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n'));
  assert.equal(answer.status, 'HTTP/1.1 200 OK');
  assert.ok(answer.fields.includes('content-type: nonsense'));
});

test('render says that there is no view engine', async () => {
  handler = (_, res) =>
    assert.throws(() => res.render('x'), { code: 'NO_VIEW_ENGINE' }) ?? res.end();
  assert.match(await ask(ours, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n'), /200 OK/);
});

test('set with an unknown extension as Content-Type leaves an empty body without a type', async () => {
  handler = (_, res) => res.set('Content-Type', 'nonsense').send(null);
  const answer = parts(await ask(ours, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n'));
  assert.equal(answer.status, 'HTTP/1.1 200 OK');
  assert.deepEqual(answer.fields, ['connection: close', 'content-length: 0']);
});
