import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type net from 'node:net';
import { test } from 'node:test';
import { catchErrors } from '../../support/serving';
import { exchange, serveWeb } from './serve-web';

test('a body that is there at once has its length, bytes and text alike', async (t) => {
  const bodies: Record<string, () => ConstructorParameters<typeof Response>[0]> = {
    '/text': () => 'größer',
    '/bytes': () => new Uint8Array([1, 2, 3]),
    '/form': () => new URLSearchParams({ a: 'b' }),
    '/blob': () => new Blob(['blob']),
    '/empty': () => '',
    '/null': () => null,
  };
  const { origin } = await serveWeb(t, (request) => {
    return new Response(bodies[new URL(request.url).pathname]?.());
  });
  const lengths: Record<string, string | null> = {};
  for (const path of Object.keys(bodies)) {
    const answer = await fetch(origin + path);
    lengths[path] = answer.headers.get('content-length');
    const expected = await new Response(bodies[path]?.()).text();
    assert.equal(await answer.text(), expected);
  }
  assert.deepEqual(lengths, {
    '/text': '8',
    '/bytes': '3',
    '/form': '3',
    '/blob': '4',
    '/empty': '0',
    '/null': '0',
  });
});

test('characters of the head beyond ASCII are one byte each, also with a body of text', async (t) => {
  const { port } = await serveWeb(t, (request) => {
    const isOne = request.url.endsWith('/one');
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue('ü');
        if (isOne) controller.close();
        else setTimeout(() => controller.close(), 20);
      },
    });
    return new Response(body, { headers: { 'x-name': 'größe' } });
  });
  for (const path of ['/one', '/more']) {
    const request = `GET ${path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`;
    const answer = await exchange(port, request);
    assert.match(answer, /x-name: größe\r\n/);
    assert.ok(answer.includes('Ã¼'));
  }
});

test('a wrong Content-Length of the function does not shift the answers behind it', async (t) => {
  catchErrors(t);
  const { port } = await serveWeb(t, (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const content = new TextEncoder().encode('hello');
    const later = async (controller: ReadableStreamDefaultController): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      controller.enqueue(content);
      controller.close();
    };
    const body = pathname === '/whole' ? content : new ReadableStream({ start: later });
    return new Response(body, { headers: { 'content-length': searchParams.get('length') ?? '' } });
  });
  const answerOf = (path: string): Promise<string> =>
    exchange(port, `GET ${path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`);
  for (const length of [2, 5, 50]) {
    const whole = await answerOf(`/whole?length=${length}`);
    assert.match(whole, /\r\ncontent-length: 5\r\n[\s\S]*\r\n\r\nhello$/);
  }
  assert.match(await answerOf('/stream?length=5'), /\r\ncontent-length: 5\r\n[\s\S]*hello$/);
  const tooLong = await answerOf('/stream?length=2');
  assert.match(tooLong, /\r\ncontent-length: 2\r\n[\s\S]*\r\n\r\n$/);
});

for (const status of [204, 304]) {
  test(`${status} has neither body nor length`, async (t) => {
    const { port } = await serveWeb(
      t,
      () => new Response(null, { status, headers: { etag: '"1"' } }),
    );
    const text = await exchange(port, 'GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
    assert.match(text, new RegExp(`^HTTP/1\\.1 ${status} `));
    assert.doesNotMatch(text, /content-length|transfer-encoding/i);
    assert.match(text, /\r\n\r\n$/);
  });
}

test('HEAD is answered without the body, which is cancelled', async (t) => {
  let cancelled = false;
  const { port } = await serveWeb(t, () => {
    const body = new ReadableStream({
      cancel() {
        cancelled = true;
      },
    });
    return new Response(body, { headers: { 'content-length': '99' } });
  });
  const text = await exchange(port, 'HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
  assert.match(text, /^HTTP\/1\.1 200 [\s\S]*\r\ncontent-length: 99\r\n[\s\S]*\r\n\r\n$/);
  assert.ok(cancelled);
});

test('a function that says how its body is framed does not change how it is', async (t) => {
  const { origin } = await serveWeb(
    t,
    () => new Response('text', { headers: { 'transfer-encoding': 'chunked', 'keep-alive': 'x' } }),
  );
  const answer = await fetch(origin);
  assert.equal(answer.headers.get('content-length'), '4');
  assert.equal(await answer.text(), 'text');
});

test('the answer of another server, inflated by fetch, is passed on readable', async (t) => {
  const { gzipSync } = await import('node:zlib');
  const upstream = http.createServer((_req, res) => {
    const body = gzipSync('inflated text');
    res.writeHead(203, { 'content-encoding': 'gzip', 'content-length': body.length, 'x-a': 'b' });
    res.end(body);
  });
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  t.after(() => {
    upstream.closeAllConnections();
    upstream.close();
  });
  const { port } = upstream.address() as net.AddressInfo;
  const { origin } = await serveWeb(t, () => fetch(`http://127.0.0.1:${port}`));
  const answer = await fetch(origin);
  assert.equal(answer.status, 203);
  assert.equal(answer.headers.get('x-a'), 'b');
  assert.equal(await answer.text(), 'inflated text');
});

test('a body that fails before its first chunk is a 500', async (t) => {
  catchErrors(t);
  const { origin } = await serveWeb(t, () => {
    const body = new ReadableStream({
      pull() {
        throw new Error('broke at once');
      },
    });
    return new Response(body, { headers: { 'x-lost': '1' } });
  });
  const answer = await fetch(origin);
  assert.deepEqual([answer.status, await answer.text()], [500, 'broke at once']);
});

test('what is thrown is a 500', async (t) => {
  const errors = catchErrors(t);
  const { origin } = await serveWeb(t, async () => {
    throw new Error('no luck');
  });
  const answer = await fetch(origin);
  assert.deepEqual([answer.status, await answer.text()], [500, 'no luck']);
  assert.match(errors.text(), /^Error: no luck/);
});

for (const [value, what] of [
  [undefined, 'undefined'],
  [null, 'null'],
  ['text', 'string'],
  [{ status: 200 }, 'another object'],
] as const) {
  test(`returning ${what} in place of a Response is a 500 that says so`, async (t) => {
    catchErrors(t);
    const { origin } = await serveWeb(t, () => value);
    const answer = await fetch(origin);
    assert.equal(answer.status, 500);
    assert.match(
      await answer.text(),
      new RegExp(`must return a Response, but it returned ${what}\\. `),
    );
  });
}

test('a Response that was used already is a 500 that says so', async (t) => {
  catchErrors(t);
  const { origin } = await serveWeb(t, async () => {
    const response = new Response('text');
    await response.text();
    return response;
  });
  const answer = await fetch(origin);
  assert.equal(answer.status, 500);
  assert.match(await answer.text(), /used already/);
});
