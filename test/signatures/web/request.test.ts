import assert from 'node:assert/strict';
import { test } from 'node:test';
import { web } from '../../../src/index';
import { serve } from '../../support/serving';
import { exchange, serveWeb } from './serve-web';

test('a web function gets a Request and answers with a Response', async (t) => {
  web('hello', async (request) => {
    assert.ok(request instanceof Request);
    const { method, url } = request;
    return Response.json({ method, url, text: await request.text() }, { status: 201 });
  });
  const { origin } = await serve(t, 'hello');
  const answer = await fetch(`${origin}/a%20b//c?d=e&d=f`, { method: 'PUT', body: 'é' });
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get('content-type'), 'application/json');
  const url = `${origin}/a%20b//c?d=e&d=f`;
  assert.deepEqual(await answer.json(), { method: 'PUT', url, text: 'é' });
});

test('fetch is called as a method of its object, for each request', async (t) => {
  const app = {
    greeting: 'one',
    fetch(_request: Request): Response {
      return new Response(this.greeting);
    },
  };
  web('app', app);
  const { origin } = await serve(t, 'app');
  assert.equal(await (await fetch(origin)).text(), 'one');
  app.fetch = () => new Response('two');
  assert.equal(await (await fetch(origin)).text(), 'two');
});

test('the second argument has the request and the response of node:http', async (t) => {
  web('bindings', (_request, { incoming, outgoing }) => {
    return new Response(`${incoming.httpVersion} ${outgoing.statusCode}`);
  });
  const { origin } = await serve(t, 'bindings');
  assert.equal(await (await fetch(origin)).text(), '1.1 200');
});

test('fields keep their repeats, in both directions', async (t) => {
  const { port } = await serveWeb(t, (request) => {
    const headers = new Headers([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2, c'],
      ['X-Seen', `${request.headers.get('x-list')}|${request.headers.get('cookie')}`],
    ]);
    return new Response('x', { headers, statusText: 'Fine' });
  });
  const text = await exchange(
    port,
    'GET / HTTP/1.1\r\nHost: h\r\nX-List: 1\r\nx-list: 2\r\nCookie: a=1\r\nCookie: b=2\r\nConnection: close\r\n\r\n',
  );
  assert.match(text, /^HTTP\/1\.1 200 Fine\r\n/);
  assert.match(text, /\r\nset-cookie: a=1\r\nset-cookie: b=2, c\r\n/);
  assert.match(text, /\r\nx-seen: 1, 2\|a=1; b=2\r\n/);
});

for (const [head, url] of [
  ['GET /p HTTP/1.1\r\nHost: example.org:81', 'http://example.org:81/p'],
  ['GET //p HTTP/1.1\r\nHost: h', 'http://h//p'],
  ['GET /p HTTP/1.0', 'http://localhost/p'],
  ['GET http://other/p?q HTTP/1.1\r\nHost: h', 'http://other/p?q'],
  ['GET /p HTTP/1.1\r\nHost: h\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: f', 'https://f/p'],
  ['GET /p HTTP/1.1\r\nHost: h\r\nX-Forwarded-Proto: javascript', 'http://h/p'],
] as const) {
  test(`the URL of ${JSON.stringify(head)} is ${url}`, async (t) => {
    const { port } = await serveWeb(t, (request) => new Response(request.url));
    const text = await exchange(port, `${head}\r\nConnection: close\r\n\r\n`);
    assert.equal(text.slice(text.indexOf('\r\n\r\n') + 4), url);
  });
}

for (const host of ['a/b', 'user@h', 'h?x', 'h#x', 'h:port', '[', 'a\\b']) {
  test(`a request for the host ${host} is refused with 400`, async (t) => {
    const { port } = await serveWeb(t, (request) => new Response(request.url));
    const text = await exchange(
      port,
      `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    );
    assert.match(text, /^HTTP\/1\.1 400 /);
  });
}

for (const target of ['http://user:pw@h/', 'ftp://h/', 'data:,x', 'x']) {
  test(`the target ${target} is refused with 400`, async (t) => {
    const { port } = await serveWeb(t, (request) => new Response(request.url));
    const text = await exchange(
      port,
      `GET ${target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`,
    );
    assert.match(text, /^HTTP\/1\.1 400 /);
  });
}

test('TRACE, for which there is no Request, is refused with 405 and the methods that are allowed', async (t) => {
  const { port } = await serveWeb(t, () => new Response('x'));
  const text = await exchange(port, 'TRACE / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
  assert.match(text, /^HTTP\/1\.1 405 /);
  assert.match(text, /\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n/);
});

test('robots.txt and favicon.ico are the function’s own business', async (t) => {
  const { origin } = await serveWeb(t, () => new Response('mine'));
  assert.equal(await (await fetch(`${origin}/robots.txt`)).text(), 'mine');
});

test('the types take functions and applications', () => {
  web('types', () => new Response());
  web('types', async (request) => new Response(request.body));
  web('types', { fetch: (request) => new Response(request.url) });
  // @ts-expect-error text is no Response
  web('types', () => 'text');
  // @ts-expect-error no fetch
  web('types', { get: () => new Response() });
});
