import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Request, Response } from '../../../src/types/express';
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

test('a response that is shorter than it announces fails its stream alone', async (t) => {
  const { session, inFlight } = await served(t, 'http', (req: Request, res: Response) => {
    if (req.path === '/whole') return void res.send('whole');
    res.set('Content-Length', '30');
    if (req.path === '/at%20once') return void res.end('short');
    res.write('short', () => setImmediate(() => res.end()));
  });
  for (const path of ['/at%20once', '/in%20parts']) {
    await assert.rejects(ask(session, { ':path': path }), { code: 'ERR_HTTP2_STREAM_ERROR' });
    assert.equal((await ask(session, { ':path': '/whole' })).text, 'whole');
  }
  assert.equal(inFlight.size, 0);
});

test('the timeouts that a function sets come when nothing is sent, and end with its response', async (t) => {
  let calls = 0;
  const { session } = await served(t, 'http', (req: Request, res: Response) => {
    if (req.path === '/') return void res.send('ok');
    if (req.path === '/fails') return void res.setTimeout(20);
    res.setTimeout(req.path === '/busy' ? 300 : 20, () => {
      calls += 1;
      if (req.path === '/rests') res.status(503).send('too late');
    });
    if (req.path === '/quick') res.send('quick');
    if (req.path !== '/busy') return;
    let count = 0;
    const timer = setInterval(() => {
      if (++count <= 6) res.write('.');
      else clearInterval(timer);
      if (count === 6) res.end();
    }, 100);
  });
  const { status, text } = await ask(session, { ':path': '/rests' });
  assert.deepEqual([status, text, calls], [503, 'too late', 1]);
  assert.equal((await ask(session, { ':path': '/quick' })).text, 'quick');
  // Node ends a connection whose timeout nobody handles.
  await assert.rejects(ask(session, { ':path': '/fails' }), { code: 'ERR_HTTP2_STREAM_ERROR' });
  assert.equal((await ask(session, { ':path': '/busy' })).text, '......');
  assert.equal((await ask(session)).text, 'ok');
  assert.equal(calls, 1);
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

test(':authority names the host, also where Host says otherwise (RFC 9113 §8.3.1)', async (t) => {
  const { session } = await served(t, 'http', (req: Request, res: Response) =>
    res.send(`${req.headers.host} ${req.hostname}`),
  );
  const both = { ':authority': 'h.test:80', host: 'evil.test' };
  assert.equal((await ask(session, both)).text, 'h.test:80 h.test');
});

test('what the server refuses by itself ends cleanly', async (t) => {
  const { session } = await served(t, 'http', (_req: Request, res: Response) => res.send('ok'));
  const large = await ask(session, { 'x-large': 'y'.repeat(20_000) });
  assert.equal(large.status, 431);
  const unknown = await ask(session, { ':method': 'FOO' });
  assert.equal(unknown.status, 400);
  const upload = { ':method': 'FOO', 'content-length': 70_000 };
  assert.equal((await ask(session, upload, Buffer.alloc(70_000))).status, 400);
  assert.equal((await ask(session)).text, 'ok');
});

test('requests one after another share a connection, and none sees the next', async (t) => {
  const sockets = new Set<unknown>();
  const { session } = await served(t, 'http', (req: Request, res: Response) => {
    sockets.add(req.socket);
    if (req.path === '/more') {
      // More than its Content-Length: what follows is part of no response.
      res.writeHead(200, { 'content-length': 2 });
      res.write('ok');
      setTimeout(() => res.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nwrong'), 20);
      return;
    }
    res.send(`${req.path} ${req.rawBody ?? ''}`);
  });
  for (let i = 0; i < 20; i++) {
    const body = i % 2 === 0 ? undefined : `body ${i}`;
    const head = { ':path': `/${i}`, ':method': body === undefined ? 'GET' : 'POST' };
    assert.equal((await ask(session, head, body)).text, `/${i} ${body ?? ''}`);
    // The server notices the end of a response in the next turn.
    await delay(1);
  }
  assert.equal(sockets.size, 1);
  const answers = ['/more', '/a', '/b', '/c'].map((path) => ask(session, { ':path': path }));
  assert.deepEqual(
    (await Promise.all(answers)).map(({ text }) => text),
    ['ok', '/a ', '/b ', '/c '],
  );
  await delay(40);
  assert.equal((await ask(session, { ':path': '/after' })).text, '/after ');
});

test('interim responses and trailers arrive', async (t) => {
  const { session } = await served(t, 'http', (_req: Request, res: Response) => {
    res.writeEarlyHints({ link: '</a.css>; rel=preload', 'keep-alive': 'x' });
    res.setHeader('Trailer', 'x-sum');
    res.write('body');
    // HTTP/2 has no fields of a connection (RFC 9113 §8.2.2).
    res.addTrailers({ 'x-sum': '7', 'keep-alive': 'x' });
    res.end();
  });
  const stream = session.request({ ':path': '/' });
  const interim: number[] = [];
  stream.on('headers', (fields) => interim.push(fields[':status'] as unknown as number));
  const trailers = new Promise((resolve) => stream.on('trailers', resolve));
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  assert.deepEqual([text, interim], ['body', [103]]);
  assert.equal(((await trailers) as http2.IncomingHttpHeaders)['x-sum'], '7');
});

test('trailers of a request arrive', async (t) => {
  const { session } = await served(t, 'http', (req: Request, res: Response) => {
    res.json([req.body.toString(), req.trailers]);
  });
  const stream = session.request({ ':method': 'POST' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '7', 'x-two': ['a', 'b'] }));
  stream.end('body');
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  assert.deepEqual(JSON.parse(text), ['body', { 'x-sum': '7', 'x-two': 'a, b' }]);
});

test('trailers that HTTP/2 cannot express fail their stream alone', async (t) => {
  const { session } = await served(t, 'http', (req: Request, res: Response) => {
    if (req.path === '/fine') return void res.send('fine');
    res.setHeader('Trailer', 'content-type');
    res.write('body');
    res.addTrailers([
      ['content-type', 'a/b'],
      ['content-type', 'c/d'],
    ] as never);
    res.end();
  });
  await assert.rejects(ask(session), { code: 'ERR_HTTP2_STREAM_ERROR' });
  assert.equal((await ask(session, { ':path': '/fine' })).text, 'fine');
});

test('a client that expects 100-continue gets it before it sends', async (t) => {
  const { session } = await served(t, 'http', (req: Request, res: Response) =>
    res.send(String(req.rawBody)),
  );
  const stream = session.request({ ':method': 'POST', expect: '100-continue' });
  stream.on('continue', () => stream.end('body'));
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  assert.equal(text, 'body');
});

test('a client that does not read holds back the function, not its neighbours', async (t) => {
  let written = 0;
  const { session } = await served(t, 'http', (req: Request, res: Response) => {
    if (req.path === '/next') return void res.send('next');
    const chunk = Buffer.alloc(64 * 1024);
    const write = (): void => {
      do written += chunk.length;
      while (written < 50_000_000 && res.write(chunk));
      if (written < 50_000_000) res.once('drain', write);
      else res.end();
    };
    write();
  });
  const slow = session.request({ ':path': '/slow' });
  slow.pause();
  await delay(200);
  assert.ok(written < 5_000_000, `${written} bytes were written for a client that reads none`);
  assert.equal((await ask(session, { ':path': '/next' })).text, 'next');
  let received = 0;
  for await (const chunk of slow) received += (chunk as Buffer).length;
  assert.ok(received >= 50_000_000 - 65_536);
});

test('an upload waits for a function that does not read', async (t) => {
  const { session } = await served(t, 'web', async (request: globalThis.Request) => {
    await delay(200);
    return new Response(`${(await request.arrayBuffer()).byteLength}`) as never;
  });
  const body = Buffer.alloc(3_000_000);
  assert.equal((await ask(session, { ':method': 'POST' }, body)).text, '3000000');
});

test('the late end of an answered upload does not end the upload of another stream', async (t) => {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { session, inFlight } = await served(t, 'web', async (request: globalThis.Request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/unread') await released;
    const text = pathname === '/read' ? await request.text() : '';
    return new Response(`${pathname} ${text}`) as never;
  });
  const first = session.request({ ':method': 'POST', ':path': '/read', 'content-length': 5 });
  first.write('12345');
  await once(first.resume(), 'response');
  await delay(20);
  // The connection is free. Another upload takes it, of which nothing has come yet.
  const fields = { ':method': 'POST', ':path': '/unread', 'content-length': 300 };
  const second = session.request(fields);
  second.resume();
  const answered = once(second, 'close');
  while (inFlight.size === 0) await delay(5);
  first.end();
  await delay(20);
  release();
  await answered;
  // It would be taken for the rest of the upload.
  assert.equal((await ask(session, { ':path': '/next' })).text, '/next ');
});
