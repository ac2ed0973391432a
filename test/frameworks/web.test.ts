import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import {
  getQuery,
  getRouterParam,
  H3,
  HTTPError,
  redirect,
  setCookie as setH3Cookie,
  toNodeHandler,
} from 'h3';
import { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { cors } from 'hono/cors';
import { stream, streamSSE } from 'hono/streaming';
import { AutoRouter, error } from 'itty-router';
import { web } from '../../src/index';
import { serve } from '../support/serving';

/** Requests to be answered alike by an application's own server and by barefn. */
const REQUESTS: [path: string, init?: RequestInit][] = [
  ['/'],
  ['/json?name=Ada&name=Bob'],
  ['/items/a%20b'],
  ['/missing'],
  ['/broken'],
  ['/moved', { redirect: 'manual' }],
  ['/nothing'],
  ['/', { method: 'HEAD' }],
  ['/echo', { method: 'POST', body: '{"a":"ü"}', headers: { 'content-type': 'application/json' } }],
  [
    '/echo',
    { method: 'OPTIONS', headers: { origin: 'http://x', 'access-control-request-method': 'POST' } },
  ],
  ['/stream'],
  ['/sse'],
  ['/cookies'],
  ['/favicon.ico'],
];

/** The fields that differ from answer to answer, or that are the framing of one. */
const OWN_FIELDS = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'];

/** Streams have it set: Hono's server calls any body without a type text/plain, barefn does not. */
const TYPE = 'text/csv';

async function compare(t: TestContext, own: http.Server, name: string): Promise<void> {
  t.mock.method(console, 'error', () => undefined);
  own.listen(0, '127.0.0.1');
  await once(own, 'listening');
  t.after(() => {
    own.closeAllConnections();
    own.close();
  });
  const { origin } = await serve(t, name);
  const ownOrigin = `http://127.0.0.1:${(own.address() as AddressInfo).port}`;
  for (const [path, init] of REQUESTS) {
    const [ours, theirs] = await Promise.all([
      answer(`${origin}${path}`, init),
      answer(`${ownOrigin}${path}`, init),
    ]);
    assert.deepEqual(ours, theirs, `${init?.method ?? 'GET'} ${path}`);
  }
}

async function answer(url: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, init);
  const fields = [...response.headers]
    .filter(([name]) => !OWN_FIELDS.includes(name))
    // The space before a parameter is the server's, too: OWS of RFC 9110 §5.6.6.
    .map(([name, value]) => [name, value.replace('; charset=', ';charset=')]);
  // Errors of h3 name the URL, which has the port.
  const body = (await response.text()).replaceAll(new URL(url).host, 'host');
  return { status: response.status, fields: fields.sort(), body };
}

test('a Hono application answers as on its own server', async (t) => {
  const app = new Hono();
  app.use('/echo', cors());
  app.get('/', (c) => c.text(`Hello from ${getConnInfo(c).remote.address}`));
  app.get('/json', (c) => c.json(c.req.queries()));
  app.get('/items/:id', (c) => c.html(`<b>${c.req.param('id')}</b>`));
  app.get('/broken', () => {
    throw new Error('broken');
  });
  app.get('/moved', (c) => c.redirect('/'));
  app.get('/nothing', (c) => c.body(null, 204));
  app.post('/echo', async (c) => c.json({ got: (await c.req.json()) as unknown }, 201));
  app.get('/stream', (c) => {
    c.header('Content-Type', TYPE);
    return stream(c, async (out) => {
      for (const text of ['a', 'b', 'c']) {
        await out.write(text);
        await out.sleep(5);
      }
    });
  });
  app.get('/sse', (c) => streamSSE(c, (out) => out.writeSSE({ data: 'x', event: 'e', id: '1' })));
  app.get('/cookies', (c) => {
    setCookie(c, 'a', '1');
    setCookie(c, 'b', '2', { httpOnly: true });
    return c.text('set');
  });
  web('hono', app);
  await compare(t, honoServer(app.fetch), 'hono');
});

test('an h3 application answers as on its own server', async (t) => {
  const app = new H3();
  app.get('/', () => 'Hello');
  app.get('/json', (event) => getQuery(event));
  app.get('/items/:id', (event) => ({ id: getRouterParam(event, 'id', { decode: true }) }));
  app.get('/broken', () => {
    throw new HTTPError({ status: 418, message: 'broken', data: { why: 'test' } });
  });
  app.get('/moved', () => redirect('/'));
  app.get('/nothing', () => null);
  app.post('/echo', async (event) => ({ got: await event.req.json() }));
  app.get('/stream', ({ res }) => {
    res.headers.set('Content-Type', TYPE);
    return streamOf(['a', 'b', 'c']);
  });
  app.get('/cookies', (event) => {
    setH3Cookie(event, 'a', '1');
    setH3Cookie(event, 'b', '2', { httpOnly: true });
    return 'set';
  });
  app.get('/favicon.ico', () => new Response('icon', { headers: { 'content-type': 'image/x' } }));
  web('h3', app);
  await compare(t, http.createServer(toNodeHandler(app) as http.RequestListener), 'h3');
});

test('an itty-router application answers as on another server', async (t) => {
  const router = AutoRouter();
  router
    .get('/', () => 'Hello')
    .get('/json', ({ query }) => query)
    .get('/items/:id', ({ params }) => params)
    .get('/broken', () => error(418, 'broken'))
    .get('/moved', () => new Response(null, { status: 302, headers: { location: '/' } }))
    .get('/nothing', () => new Response(null, { status: 204 }))
    .post('/echo', async (request) => ({ got: (await request.json()) as unknown }))
    .get(
      '/stream',
      () => new Response(streamOf(['a', 'b', 'c']), { headers: { 'Content-Type': TYPE } }),
    );
  web('itty', router);
  await compare(t, honoServer(router.fetch), 'itty');
});

test('an application of a module is found by its fetch method', async () => {
  const { loadFunction } = require('../../src/load/load') as typeof import('../../src/load/load');
  const loaded = await loadFunction({
    source: `${__dirname}/../load/functions/web`,
    target: 'default',
    targetGiven: true,
    signatureType: 'http',
  });
  assert.equal(loaded.type, 'web');
});

function honoServer(fetch: (request: Request) => Response | Promise<Response>): http.Server {
  return createAdaptorServer({ fetch, overrideGlobalObjects: false }) as http.Server;
}

function streamOf(texts: string[]): ReadableStream {
  const rest = [...texts];
  return new ReadableStream({
    async pull(controller) {
      await delay(5);
      const text = rest.shift();
      if (text === undefined) controller.close();
      else controller.enqueue(Buffer.from(text));
    },
  });
}
