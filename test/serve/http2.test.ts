import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Request, Response } from '../../src/express-types';
import { parseOptions } from '../../src/options/options';
import type { Registration } from '../../src/registry';
import type { ServeOptions } from '../../src/serve/serve';
import { serveProgram } from '../support/program';
import { catchErrors, serve } from '../support/serving';
import { Wire } from '../support/wire';

interface Answer {
  status: number | undefined;
  headers: http2.IncomingHttpHeaders;
  text: string;
}

/** Sends one request over a session, and reads the whole answer. */
async function ask(
  session: http2.ClientHttp2Session,
  fields: http2.OutgoingHttpHeaders = {},
  body?: string | Buffer,
): Promise<Answer> {
  const stream = session.request(fields, { endStream: body === undefined });
  if (body !== undefined) stream.end(body);
  const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return { status: headers[':status'] as unknown as number, headers, text };
}

async function served(
  t: TestContext,
  type: Registration['type'],
  handler: (...args: never[]) => unknown,
  options: ServeOptions = {},
) {
  const { origin, port, inFlight } = await serve(t, { type, handler }, { ...options, http2: true });
  const session = http2.connect(origin);
  t.after(() => session.destroy());
  return { session, origin, port, inFlight };
}

const ECHO = (req: Request, res: Response): void => {
  const { method, path, query, body, hostname, ip, protocol } = req;
  res.set('X-Type', String(req.get('content-type')));
  res.json({ method, path, query, body, hostname, ip, protocol });
};

test('the same port takes HTTP/2 with prior knowledge and HTTP/1.1', async (t) => {
  const { session, origin } = await served(t, 'http', ECHO);
  const { status, headers, text } = await ask(session, { ':path': '/a?b=1' });
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'application/json; charset=utf-8');
  assert.equal(headers['connection'], undefined);
  const ip = '127.0.0.1';
  const expected = {
    method: 'GET',
    path: '/a',
    query: { b: '1' },
    hostname: ip,
    ip,
    protocol: 'http',
  };
  assert.deepEqual(JSON.parse(text), expected);
  const old = await fetch(`${origin}/a?b=1`);
  assert.deepEqual({ ...((await old.json()) as object), ip }, expected);
});

test('without the option the preface is no request', async (t) => {
  const { port } = await serve(t, { type: 'http', handler: ECHO });
  const wire = await Wire.connect(port);
  wire.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  assert.match(await wire.end(), /^HTTP\/1\.1 400/);
});

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

test('CONNECT and broken frames end a stream or a connection, and nothing else', async (t) => {
  const { session, port } = await served(t, 'http', ECHO);
  await assert.rejects(ask(session, { ':method': 'CONNECT', ':authority': 'a:1' }));
  const wire = await Wire.connect(port);
  wire.write(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${'garbage'.repeat(20)}`);
  await wire.end();
  assert.equal((await ask(session)).status, 200);
});

describe('the first bytes', () => {
  test('may come one by one, for both versions', async (t) => {
    const { port } = await served(t, 'http', ECHO);
    const wire = await Wire.connect(port);
    for (const byte of 'POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx') {
      wire.write(byte);
      await delay(1);
    }
    assert.match(await wire.end(), /200 OK.*"path":"\/p"/s);
    const socket = net.connect(port, '127.0.0.1').setNoDelay();
    const write = socket.write.bind(socket);
    await once(socket, 'connect');
    for (const byte of 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n') {
      write(byte);
      await delay(1);
    }
    const [frame] = (await once(socket, 'data')) as [Buffer];
    assert.equal(frame[3], 4); // SETTINGS
    socket.destroy();
  });

  test('may be a method that begins like the preface', async (t) => {
    const { port } = await served(t, 'http', ECHO);
    const wire = await Wire.connect(port);
    wire.write('PR');
    await delay(20);
    wire.write('OPFIND /p HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    assert.match(await wire.end(), /200 OK.*"method":"PROPFIND"/s);
  });

  test('may be followed by the end of what the client has to say', async (t) => {
    const { port } = await served(t, 'http', ECHO);
    const wire = await Wire.connect(port);
    wire.socket.end('GET /p HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    assert.match(await wire.end(), /200 OK.*"path":"\/p"/s);
  });

  test('may never come', async (t) => {
    const { port } = await served(t, 'http', ECHO);
    const wire = await Wire.connect(port);
    wire.write('PRI');
    wire.socket.end();
    assert.equal(await wire.end(), '');
  });
});

test('at SIGTERM streams in flight are answered, then the sessions end', async () => {
  const program = await serveProgram(
    `exports.function = (req, res) => setTimeout(() => res.send('z'.repeat(1_000_000)), 300);`,
    { args: ['--http2'] },
  );
  const [busy, idle] = [http2.connect(program.url), http2.connect(program.url)];
  await Promise.all([busy, idle].map((session) => once(session, 'connect')));
  const answers = Array.from({ length: 20 }, (_, id) => ask(busy, { ':path': `/${id}` }));
  await delay(150);
  program.signal('SIGTERM');
  await once(idle, 'close');
  for (const { status, text } of await Promise.all(answers)) {
    assert.deepEqual([status, text.length], [200, 1_000_000]);
  }
  assert.equal(await program.exit(), 0);
  assert.equal(program.stderr, '');
});

test('the shutdown timeout ends streams that are never answered', async () => {
  const program = await serveProgram(`exports.function = () => {};`, {
    args: ['--http2', '--shutdown-timeout=0.3'],
  });
  const session = http2.connect(program.url);
  session.on('error', () => {});
  const stream = session.request({});
  stream.on('error', () => {});
  await delay(150);
  program.signal('SIGTERM');
  await once(stream, 'close');
  assert.equal(await program.exit(), 1);
});

test('curl speaks it', async (t) => {
  const version = runCurl('--version');
  if (!/HTTP2/.test(version)) return t.skip('there is no curl with HTTP/2');
  const { origin } = await served(t, 'http', ECHO);
  const args = [
    '-s',
    '-d',
    '{"n":1}',
    '-H',
    'Content-Type: application/json',
    '-w',
    ' %{http_version}',
  ];
  const curl = promisify(execFile);
  const { stdout } = await curl('curl', ['--http2-prior-knowledge', ...args, `${origin}/c`]);
  assert.match(stdout, /^\{"method":"POST","path":"\/c","query":\{\},"body":\{"n":1\}.* 2$/);
});

test('it is off unless asked for', () => {
  assert.equal(parseOptions([], {}).http2, false);
  assert.equal(parseOptions([], { FUNCTION_HTTP2: 'true' }).http2, true);
});

function runCurl(flag: string): string {
  try {
    return execFileSync('curl', [flag], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
