import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2, { type ClientHttp2Session, type OutgoingHttpHeaders } from 'node:http2';
import { describe, test } from 'node:test';
import type { Request, Response } from '../../../src/types/express';
import { Random } from '../../fuzz/random';
import { catchErrors, until } from '../../support/serving';
import { ask, served } from './session';

const POST = { ':method': 'POST' };

/** What the server refuses, and with which status. */
const REFUSED: Record<string, [fields: OutgoingHttpHeaders, status: number]> = {
  'headers that are too large': [{ 'x-large': 'y'.repeat(20_000) }, 431],
  'an unknown method': [{ ':method': 'FOO' }, 400],
  'an unknown expectation': [{ expect: 'more' }, 417],
  'a malformed path': [{ ':path': '/%ff' }, 400],
  'an ignored route': [{ ':path': '/robots.txt' }, 404],
  'the server as a whole': [{ ':method': 'OPTIONS', ':path': '*' }, 404],
  'what the function does not answer in time': [{ ':path': '/never' }, 504],
};

const OK = { status: 200, code: 0 };

/** Sends a request, with a body that does not end unless it is whole. */
function send(
  session: ClientHttp2Session,
  fields: OutgoingHttpHeaders,
  body?: Buffer,
  isWhole = false,
): Promise<{ status: unknown; code: number }> {
  const stream = session.request(fields, { endStream: body === undefined });
  let status: unknown;
  stream.on('response', (headers) => {
    status = headers[':status'];
  });
  stream.on('error', () => {});
  if (isWhole) stream.end(body);
  else if (body !== undefined) stream.write(body);
  stream.resume();
  return new Promise((resolve) =>
    stream.on('close', () => resolve({ status, code: stream.rstCode as number })),
  );
}

function answer(req: Request, res: Response): void {
  if (req.path !== '/never') res.send(`${req.rawBody?.length ?? 0}`);
}

describe('a refusal arrives whole', () => {
  for (const [name, [fields, status]] of Object.entries(REFUSED)) {
    test(`of ${name}`, async (t) => {
      catchErrors(t);
      const { session, inFlight } = await served(t, 'http', answer, {
        timeout: 0.1,
        bodyLimit: 1000,
      });
      const [first] = await Promise.all([send(session, fields), send(session, fields)]);
      assert.deepEqual(first, { status, code: 0 });
      assert.equal((await ask(session)).text, '0');
      await until(() => inFlight.size === 0);
    });
  }

  for (const name of [
    'headers that are too large',
    'an unknown method',
    'an unknown expectation',
    'a malformed path',
    'an ignored route',
  ]) {
    test(`of ${name}, with an upload that goes on`, async (t) => {
      const { session, inFlight } = await served(t, 'http', answer);
      const [fields, status] = REFUSED[name] as [OutgoingHttpHeaders, number];
      for (const length of [{}, { 'content-length': 100_000 }]) {
        const upload = { ...POST, ...fields, ...length };
        for (const body of [Buffer.alloc(1), Buffer.alloc(60_000)]) {
          assert.deepEqual(await send(session, upload, body), { status, code: 0 });
        }
      }
      assert.equal((await ask(session, POST, 'body')).text, '4');
      await until(() => inFlight.size === 0);
    });
  }

  test('of a body over the limit, with an upload that goes on', async (t) => {
    const { session, inFlight } = await served(t, 'http', answer, { bodyLimit: 1000 });
    for (const length of [{}, { 'content-length': 100_000 }]) {
      const refused = await send(session, { ...POST, ...length }, Buffer.alloc(50_000));
      assert.equal(refused.status, 413);
    }
    assert.equal((await ask(session, POST, 'body')).text, '4');
    await until(() => inFlight.size === 0);
  });

  test('of a method that an event function does not take', async (t) => {
    const { session } = await served(t, 'cloudevent', () => {});
    assert.deepEqual(await send(session, {}), { status: 405, code: 0 });
    const upload = { ':method': 'PUT', 'content-length': 9 };
    assert.deepEqual(await send(session, upload, Buffer.alloc(3)), { status: 405, code: 0 });
  });
});

test('a length that lies is refused, and others are served', async (t) => {
  const { origin, session, inFlight } = await served(t, 'http', answer);
  for (const length of [3, 5]) {
    // Node 22 and later end the session, too.
    const liar = http2.connect(origin).on('error', () => {});
    t.after(() => liar.destroy());
    const stream = liar.request({ ...POST, 'content-length': length });
    const code = new Promise((resolve) => stream.on('close', () => resolve(stream.rstCode)));
    stream.on('error', () => {});
    stream.resume().end('four');
    assert.notEqual(await code, 0);
  }
  assert.equal((await ask(session, POST, 'four')).text, '4');
  await until(() => inFlight.size === 0);
});

test('a client that says goodbye gets the answers that it waits for', async (t) => {
  const waiting: Response[] = [];
  const { session, inFlight } = await served(t, 'http', (_: Request, res: Response) => {
    waiting.push(res);
  });
  const answers = [ask(session), ask(session)];
  await until(() => inFlight.size === 2);
  session.goaway();
  for (const res of waiting) res.send('late');
  assert.deepEqual(
    (await Promise.all(answers)).map(({ text }) => text),
    ['late', 'late'],
  );
  session.close();
});

test('text in any encoding and bytes arrive as they were written', async (t) => {
  const { session } = await served(t, 'http', (req: Request, res: Response) => {
    res.setHeader('Content-Length', 6).setHeader('X-Name', 'h\u00f6');
    if (req.path === '/whole') return void res.end('\u20ac\u20ac');
    if (req.path === '/latin1') return void res.end('\u00e2\u0082\u00ac'.repeat(2), 'latin1');
    if (req.path === '/hex') return void res.end('e282ac'.repeat(2), 'hex');
    res.write('\u20ac', () => res.end(Buffer.from('\u20ac')));
  });
  for (const path of ['/whole', '/latin1', '/hex', '/parts']) {
    assert.equal((await ask(session, { ':path': path })).text, '\u20ac\u20ac', path);
  }
  const { text, headers } = await ask(session, { ':path': '/whole', ':method': 'HEAD' });
  assert.deepEqual([text, headers['content-length']], ['', '6']);
});

test('uploads that nobody read do not keep a session open', async (t) => {
  const { session } = await served(
    t,
    'web',
    () => new Promise((resolve) => setTimeout(() => resolve(new Response('x')), 100)) as never,
    { headersTimeout: 0.5 },
  );
  const closed = once(session, 'close');
  // The sizes at which the buffers between the client and the function are just full, on every Node.
  const sizes = Array.from({ length: 12 }, (_, index) => 16_384 * (index + 1));
  for (const length of sizes) {
    const upload = { ...POST, 'content-length': length };
    assert.deepEqual(await send(session, upload, Buffer.alloc(length), true), OK);
  }
  await closed;
});

test('uploads that are refused while they arrive do not keep a session open', async (t) => {
  catchErrors(t);
  const { session } = await served(t, 'http', answer, { bodyLimit: 50_000, headersTimeout: 0.5 });
  // The server closes an idle session that has no open stream.
  const left = once(session, 'goaway');
  const uploads = Array.from({ length: 40 }, (_, index) =>
    answered(session, Buffer.alloc(50_001 + 500 * index)),
  );
  assert.deepEqual(new Set(await Promise.all(uploads)), new Set([413]));
  await left;
});

/** The status of an upload of unannounced length. Node's client may leave its stream open. */
async function answered(session: ClientHttp2Session, body: Buffer): Promise<unknown> {
  const stream = session.request(POST, { endStream: false });
  stream.on('error', () => {});
  stream.end(body);
  const [headers] = await once(stream.resume(), 'response');
  return headers[':status'];
}

test('a thousand streams of all kinds end, the session serves on, and then rests', async (t) => {
  catchErrors(t);
  const { session, inFlight } = await served(t, 'http', wander, {
    timeout: 0.2,
    bodyLimit: 50_000,
    headersTimeout: 2,
  });
  const left = once(session, 'goaway');
  const random = new Random(7);
  for (let round = 0; round < 20; round++) {
    await Promise.all(Array.from({ length: 50 }, () => wanderer(session, random)));
  }
  await until(() => inFlight.size === 0);
  assert.equal((await ask(session)).text, '/');
  await left;
});

function wander(req: Request, res: Response): void {
  if (req.path === '/late') setTimeout(() => res.send('late'), 5);
  else if (req.path === '/large') res.send(Buffer.alloc(200_000));
  else if (req.path === '/half') res.write('half', () => req.socket.destroy());
  else if (req.path === '/close') res.set('Connection', 'close').send('closed');
  else if (req.path !== '/never') res.send(req.path);
}

/** A stream with anything in it, which its client may reset at any time. */
async function wanderer(session: ClientHttp2Session, random: Random): Promise<void> {
  const fields: OutgoingHttpHeaders = {
    ':method': random.pick(['GET', 'HEAD', 'POST', 'PUT', 'FOO']),
    ':path': random.pick(['/', '/late', '/large', '/half', '/close', '/never', '/%ff']),
  };
  if (random.below(10) === 0) fields['x-large'] = 'y'.repeat(20_000);
  if (random.below(10) === 0) fields['expect'] = 'more';
  const length = random.below(3) === 0 ? random.below(70_000) : 0;
  if (length > 0 && random.below(2) === 0) fields['content-length'] = length;
  const stream = session.request(fields, { endStream: length === 0 });
  // Node's client may not close a stream that was answered before its body was sent.
  const ended = new Promise((resolve) => stream.on('end', resolve).on('close', resolve));
  stream.on('error', () => {});
  if (length > 0) stream.end(Buffer.alloc(length));
  stream.resume();
  if (random.below(3) === 0) {
    setTimeout(() => stream.close(http2.constants.NGHTTP2_CANCEL), random.below(20));
  }
  await ended;
}
