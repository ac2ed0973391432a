import assert from 'node:assert/strict';
import http2 from 'node:http2';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Request, Response } from '../../../src/express-types';
import { catchErrors } from '../../support/serving';
import { ask, served } from './session';

test('bodies arrive, with a length or without, small or large', async (t) => {
  const { session } = await served(t, 'http', (req: Request, res: Response) =>
    res.send(`${req.rawBody?.length} ${JSON.stringify(req.body)?.slice(0, 12)}`),
  );
  const post = { ':method': 'POST', 'content-type': 'application/json' };
  assert.equal((await ask(session, post, '{"a":1}')).text, '7 {"a":1}');
  const sized = { ...post, 'content-length': 7 };
  assert.equal((await ask(session, sized, '{"a":1}')).text, '7 {"a":1}');
  const large = `["${'x'.repeat(3_000_000)}"]`;
  assert.equal((await ask(session, post, large)).text, '3000004 ["xxxxxxxxxx');
  assert.equal((await ask(session, post)).status, 200);
  assert.equal((await ask(session, {})).text, 'undefined undefined');
});

test('large and streamed responses arrive whole, HEAD without a body', async (t) => {
  const { session } = await served(t, 'http', (req: Request, res: Response) => {
    if (req.path === '/large') return res.send(Buffer.alloc(5_000_000, 'y'));
    res.cookie('a', '1').cookie('b', '2').write('first,');
    return setTimeout(() => res.end('last'), 20);
  });
  assert.equal((await ask(session, { ':path': '/large' })).text.length, 5_000_000);
  const head = await ask(session, { ':path': '/large', ':method': 'HEAD' });
  assert.deepEqual([head.status, head.headers['content-length'], head.text], [200, '5000000', '']);
  const streamed = await ask(session);
  assert.equal(streamed.text, 'first,last');
  assert.deepEqual(streamed.headers['set-cookie'], ['a=1; Path=/', 'b=2; Path=/']);
});

test('a hundred requests at once over one connection get their own answers', async (t) => {
  const { session } = await served(t, 'http', (req: Request, res: Response) =>
    setTimeout(() => res.send(req.path), Math.random() * 30),
  );
  const paths = Array.from({ length: 100 }, (_, id) => `/${id}`);
  const answers = await Promise.all(paths.map((path) => ask(session, { ':path': path })));
  assert.deepEqual(
    answers.map(({ text }) => text),
    paths,
  );
});

test('event, typed and web functions are served too', async (t) => {
  const event = await served(t, 'cloudevent', ({ id }: { id: string }) => ({ got: id }));
  const fields = { 'ce-specversion': '1.0', 'ce-id': '7', 'ce-type': 't', 'ce-source': '/s' };
  const answer = await ask(event.session, { ':method': 'POST', ...fields });
  assert.deepEqual([answer.status, answer.text], [200, '{"got":"7"}']);
  assert.equal((await ask(event.session)).status, 405);
  const web = await served(t, 'web', async (request: globalThis.Request) => {
    return new Response(`${request.method} ${await request.text()}`) as never;
  });
  assert.equal((await ask(web.session, { ':method': 'POST' }, 'body')).text, 'POST body');
});

test('errors, limits and the timeout are answered with their status', async (t) => {
  catchErrors(t);
  const handler = (req: Request): void => {
    if (req.path === '/throws') throw new Error('broken');
  };
  const { session } = await served(t, 'http', handler, { bodyLimit: 1000, timeout: 0.05 });
  const thrown = await ask(session, { ':path': '/throws' });
  assert.deepEqual(
    [thrown.status, thrown.headers['x-google-status'], thrown.text],
    [500, 'crash', 'broken'],
  );
  assert.equal((await ask(session, { ':path': '/%ff' })).status, 400);
  assert.equal((await ask(session)).status, 504);
  const post = { ':method': 'POST', 'content-length': 100_000 };
  assert.equal((await ask(session, post, Buffer.alloc(100_000))).status, 413);
  assert.equal((await ask(session, { ':method': 'POST' }, Buffer.alloc(100_000))).status, 413);
  assert.equal((await ask(session, { ':path': '/throws' })).status, 500);
});

test('a response that fails half-way resets its stream alone', async (t) => {
  catchErrors(t);
  const { session } = await served(t, 'http', (req: Request, res: Response) => {
    if (req.path === '/fine') return res.send('fine');
    res.write('half');
    if (req.path === '/destroys') return setTimeout(() => req.socket.destroy(), 20);
    throw new Error('broken');
  });
  for (const path of ['/throws', '/destroys']) {
    await assert.rejects(ask(session, { ':path': path }), { code: 'ERR_HTTP2_STREAM_ERROR' });
  }
  assert.equal((await ask(session, { ':path': '/fine' })).text, 'fine');
});

test('a cancelled stream aborts the signal of its request', async (t) => {
  let reason: Error | undefined;
  const { session, inFlight } = await served(t, 'http', (req: Request) => {
    req.signal?.addEventListener('abort', () => {
      reason = req.signal?.reason as Error;
    });
  });
  const stream = session.request({});
  while (inFlight.size === 0) await delay(5);
  stream.close(http2.constants.NGHTTP2_CANCEL);
  while (inFlight.size > 0) await delay(5);
  assert.match(reason?.message ?? '', /client closed/);
});

test('a field that HTTP/2 cannot express fails its stream, not the process', async (t) => {
  const { session } = await served(t, 'http', (req: Request, res: Response) => {
    if (req.path === '/') res.setHeader('Content-Type', ['a/b', 'c/d']);
    res.setHeader('__proto__', 'own');
    res.end('x');
  });
  await assert.rejects(ask(session), { code: 'ERR_HTTP2_STREAM_ERROR' });
  const { headers } = await ask(session, { ':path': '/a' });
  assert.ok(
    Object.entries(headers).some(([name, value]) => `${name}: ${value}` === '__proto__: own'),
  );
});
