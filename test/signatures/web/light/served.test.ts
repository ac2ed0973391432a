import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Program, serveProgram } from '../../../support/program';
import { exchangeBytes } from '../../../support/wire';
import { bodyText, type Operation, operations } from './generated';

/** Does with its request what the field `x-operations` says, and answers with what came of it. */
const PROGRAM = `
const { runAll } = require(${JSON.stringify(path.join(__dirname, 'operations.cjs'))});
exports.program = {
  async fetch(request) {
    const list = request.headers.get('x-operations');
    if (list === null) return new Response([request.method, await request.text()]);
    const operations = JSON.parse(Buffer.from(list, 'base64').toString());
    const outcomes = await runAll(request, operations, { Request, Response, Headers });
    return Response.json(outcomes, { headers: { 'x-loaded': String(isLoaded()) } });
  },
};
const isLoaded = () => process.moduleLoadList.some((name) => /deps.undici.undici/.test(name));
`;

const target = fc.oneof(
  fc.constantFrom('/', '/a/b?c=d&e', "/it's?'", '/a//b/./c/../d', '/%2e%2E/x', '/%41%zz', '/a?b#c'),
  fc.constantFrom(
    '/[x]|y',
    '/a"b<c>',
    '/é'.normalize(),
    '/?a?b/c',
    '/{x}',
    '/a\\b',
    '/..',
    '/...',
    '/a:b@c',
  ),
  fc.stringMatching(/^\/[!-~]{0,8}$/),
);
const host = fc.constantFrom(
  'h',
  'H:80',
  '127.0.0.1:8080',
  'ex.org.',
  '[::1]:81',
  '0x7f.1',
  'a_b',
  '1.2.3',
  'x:99999',
);
const sent = fc.record({
  method: fc.constantFrom('GET', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
  target,
  headers: fc.record(
    {
      host,
      'content-type': fc.constantFrom(
        'application/json',
        'application/x-www-form-urlencoded',
        'text/plain; charset=latin1',
      ),
      'x-list': fc.constantFrom('1, 2', '', 'ä').map((value) => [value, '3', '1']),
      cookie: fc.constant('a=1; b=2'),
      'x-forwarded-proto': fc.constantFrom('https', 'x'),
      'x-forwarded-host': fc.constantFrom('f', 'f, g'),
    },
    { requiredKeys: ['host'] },
  ),
  body: bodyText,
  isChunked: fc.boolean(),
});
type Sent = typeof sent extends fc.Arbitrary<infer Value> ? Value : never;

const more: fc.Arbitrary<Operation> = fc.constantFrom<Operation>(
  ['turn'],
  ['read', 'signal'],
  ['wrap', { method: 'PUT', body: 'other' }],
  ['wrap', { headers: { a: 'b' } }],
  ['copy', 'http://other/'],
  ['consume', 'text'],
  ['consume', 'json'],
);
// How a body is cut into chunks is a matter of chance here.
const whole = operations.map((some) => some.filter(([name]) => name !== 'chunk'));
const list = fc
  .tuple(whole, fc.array(more, { maxLength: 3 }))
  .chain(([first, second]) =>
    fc.shuffledSubarray([...first, ...second], { minLength: first.length }),
  )
  // Node pipes the body of a request that another one is made of, and a tee reads from that pipe at once.
  .map((all) => (all.some(isWrap) ? all.filter(([name]) => name !== 'tee') : all));

function isWrap([name]: Operation): boolean {
  return name === 'wrap';
}

test('the light request of a served function does what Node’s own does', async (t) => {
  const light = await serveProgram(PROGRAM);
  const native = await serveProgram(PROGRAM, { args: ['--native-web'] });
  t.after(() => [light, native].forEach((program) => void program.kill()));
  await fc.assert(
    fc.asyncProperty(sent, list, async (request, operationList) => {
      const [ours, theirs] = await Promise.all(
        [light, native].map((program) => ask(program, request, operationList)),
      );
      assert.deepEqual(ours, theirs);
    }),
    { numRuns: 1500 },
  );
});

function ask({ port }: Program, request: Sent, operationList: Operation[]): Promise<unknown> {
  const { method, target: requestTarget, body, isChunked } = request;
  const payload = Buffer.from(body);
  const headers: http.OutgoingHttpHeaders = {
    ...request.headers,
    'x-operations': Buffer.from(JSON.stringify(operationList)).toString('base64'),
    ...(isChunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': payload.length }),
  };
  return new Promise((resolve, reject) => {
    // node:http refuses what a client may send.
    const options = { port, method, path: '/', headers, agent: false as const };
    const sending = http.request(options, async (response) => {
      let text = '';
      for await (const chunk of response) text += String(chunk);
      resolve([response.statusCode, method === 'HEAD' ? '' : text]);
    });
    sending.path = encodeURI(requestTarget).replaceAll('%25', '%');
    sending.once('error', reject);
    sending.write(payload.subarray(0, 1));
    setImmediate(() => sending.end(payload.subarray(1)));
  });
}

test('a served function loads Node’s classes with its first fetch, and not before', async (t) => {
  const program = await serveProgram(PROGRAM);
  t.after(() => program.kill());
  const outcomesOf = async (operationList: Operation[]): Promise<[string | null, unknown]> => {
    const answer = await fetch(program.url, {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'x-operations': Buffer.from(JSON.stringify(operationList)).toString('base64') },
    });
    return [answer.headers.get('x-loaded'), await answer.json()];
  };
  const [before] = await outcomesOf([
    ['clone', true],
    ['consume', 'json'],
    ['other'],
    ['consume', 'text'],
    ['attributes'],
  ]);
  assert.equal(before, 'false');
  const [after, outcomes] = await outcomesOf([
    ['fetch'],
    ['read', 'bodyUsed'],
    ['consume', 'text'],
  ]);
  assert.equal(after, 'true');
  assert.deepEqual(outcomes, [
    ['fetch', [200, true, true, 'POST,{"a":1}']],
    ['read', true],
    ['consume', { threw: 'TypeError' }],
  ]);
});

// As tracers do that are loaded with `--require`: the global class is that at the time of the call.
const TRACER = `
const plain = fetch;
globalThis.fetch = (input, init) => {
  const request = new Request(input, init);
  request.headers.set('x-traced', 'yes');
  return plain(request);
};
`;

for (const [kind, text] of [
  ['HTTP', 'exports.program = async (req, res) => res.send(await call());'],
  ['Web', 'exports.program = { fetch: async () => new Response(await call()) };'],
] as const) {
  test(`${kind} functions can call the fetch that a preloaded tracer wrapped`, async (t) => {
    const server = http.createServer((req, res) => res.end(`traced: ${req.headers['x-traced']}`));
    t.after(() => server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const call = `const call = async () => (await fetch('http://127.0.0.1:${port}')).text();`;
    const directory = mkdtempSync(path.join(os.tmpdir(), 'tracer-'));
    t.after(() => rmSync(directory, { recursive: true }));
    const tracer = path.join(directory, 'tracer.cjs');
    writeFileSync(tracer, TRACER);
    const program = await serveProgram(`${call}\n${text}`, {
      env: { NODE_OPTIONS: `--require=${tracer}` },
    });
    t.after(() => program.kill());
    assert.equal(await (await fetch(program.url)).text(), 'traced: yes');
  });
}

test('a web function gets an instance of the class that a library made the global one', async (t) => {
  const program = await serveProgram(`
    globalThis.Request = class Other extends Request {
      get isOther() { return true; }
    };
    exports.program = {
      async fetch(request) {
        const text = await request.text();
        return Response.json([request instanceof Request, request.isOther, request.method, text]);
      },
    };
  `);
  t.after(() => program.kill());
  const answer = await fetch(program.url, { method: 'POST', body: 'sent' });
  assert.deepEqual(await answer.json(), [true, true, 'POST', 'sent']);
});

test('characters of the head beyond ASCII are one byte each, also with a body of text', async (t) => {
  const program = await serveProgram(`
    exports.program = {
      fetch: (request) => {
        const isNamed = request.url.endsWith('/name');
        const init = isNamed ? { headers: { 'x-name': 'größe' } } : { statusText: 'größe' };
        return new Response('ü', init);
      },
    };
  `);
  t.after(() => program.kill());
  for (const [target, expected] of [
    ['/name', /x-name: größe\r\n/],
    ['/text', /^HTTP\/1\.1 200 größe\r\n/],
  ] as const) {
    const request = `GET ${target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`;
    const { head, body } = await exchangeBytes(program.port, request);
    assert.match(`${head}\r\n`, expected);
    assert.equal(body, 'Ã¼');
  }
});

test('fetch sends the form or Blob of a Request with its length, and again after a redirect', async (t) => {
  const server = http.createServer((req, res) => {
    req.resume();
    if (req.url === '/') res.writeHead(307, { location: '/target' }).end();
    else req.once('end', () => res.end(String(req.headers['content-length'])));
  });
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const program = await serveProgram(`
    exports.program = {
      async fetch(incoming) {
        const make = {
          blob: () => new Blob(['four']),
          form: () => {
            const form = new FormData();
            form.append('a', new Blob(['file']), 'name');
            return form;
          },
        }[incoming.headers.get('x-kind')];
        const init = { method: 'POST', body: make() };
        const touched = new Request('http://127.0.0.1:${port}/', init);
        touched.body;
        const requests = [new Request(touched.url, init), new Request(touched)];
        const lengths = requests.map(async (request) => (await fetch(request)).text());
        return Response.json(await Promise.all(lengths));
      },
    };
  `);
  t.after(() => program.kill());
  const lengthsOf = async (kind: string): Promise<unknown> =>
    (await fetch(program.url, { headers: { 'x-kind': kind } })).json();
  assert.deepEqual(await lengthsOf('blob'), ['4', '4']);
  const [first, second] = (await lengthsOf('form')) as string[];
  assert.ok(Number(first) > 100);
  assert.equal(first, second);
});
