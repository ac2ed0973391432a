import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { parseOptions } from '../../../src/options/options';
import type { Request, Response } from '../../../src/types/express';
import { serveProgram } from '../../support/program';
import { serve, until } from '../../support/serving';
import { Wire } from '../../support/wire';
import { ask, ECHO, served } from './session';

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
/** An empty frame of that type. */
const SETTINGS = '\0\0\0\x04\0\0\0\0\0';

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
  wire.write(PREFACE);
  assert.match(await wire.end(), /^HTTP\/1\.1 400/);
});

test('CONNECT and broken frames end a stream or a connection, and nothing else', async (t) => {
  const { session, port } = await served(t, 'http', ECHO);
  await assert.rejects(ask(session, { ':method': 'CONNECT', ':authority': 'a:1' }));
  const wire = await Wire.connect(port);
  wire.write(PREFACE + 'garbage'.repeat(20));
  await wire.end();
  assert.equal((await ask(session)).status, 200);
});

test('a session ends with its client, also one that only closes its side', async (t) => {
  const { port } = await served(t, 'http', ECHO);
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.write(PREFACE + SETTINGS);
  await once(socket, 'data');
  socket.end();
  await once(socket.resume(), 'end');
  socket.destroy();
});

/** The preface, a SETTINGS frame, the fields of `POST /` and the first byte of its body. */
const HALF_A_REQUEST = [
  PREFACE,
  SETTINGS,
  '\0\0\x06\x01\x04\0\0\0\x01\x83\x84\x86A\x01a',
  '\0\0\x01\0\0\0\0\0\x01a',
].join('');
/** A frame that ends a session without an error (RFC 9113 §6.8). */
const GOAWAY = `\0\0\x08\x07${'\0'.repeat(13)}`;
/** The head of a frame that is larger than any may be. */
const TOO_LARGE = '\xff\xff\xff\0\0\0\0\0\x01';

test('a session that rests ends, unless its client is there and waits', async (t) => {
  const slow = (_req: Request, res: Response): void => void setTimeout(() => res.send('late'), 900);
  const { session } = await served(t, 'http', slow, { headersTimeout: 0.3 });
  const [goneAway, closed] = [once(session, 'goaway'), once(session, 'close')];
  assert.equal((await ask(session)).text, 'late');
  assert.equal((await goneAway)[0], 0);
  await closed;
});

test('a client that is there gets its answer, however late, also one that is leaving', async (t) => {
  const slow = (_: Request, res: Response): void => void setTimeout(() => res.send('late'), 6000);
  const { session, origin, inFlight } = await served(t, 'http', slow, { headersTimeout: 0.3 });
  const leaving = http2.connect(origin);
  t.after(() => leaving.destroy());
  const answers = [ask(session), ask(leaving)];
  await until(() => inFlight.size === 2);
  leaving.goaway();
  for (const { text } of await Promise.all(answers)) assert.equal(text, 'late');
});

test('a client that left and is gone is waited for no longer', async (t) => {
  const { port, inFlight } = await served(t, 'http', () => {}, { headersTimeout: 0.3 });
  const socket = net.connect({ port, host: '127.0.0.1' });
  socket.write(Buffer.from(HALF_A_REQUEST, 'latin1'));
  await until(() => inFlight.size === 1);
  socket.write(Buffer.from(GOAWAY, 'latin1'));
  await until(() => inFlight.size === 0);
  socket.destroy();
});

test('a client that never ends its side of a connection is waited for no longer', async (t) => {
  const { port, server } = await serve(
    t,
    { type: 'http', handler: ECHO },
    { http2: true, headersTimeout: 0.3 },
  );
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  t.after(() => socket.destroy());
  socket.write(PREFACE + SETTINGS);
  await once(socket.resume(), 'end');
  const count = promisify(server.getConnections.bind(server));
  assert.equal(await count(), 1);
  while ((await count()) > 0) await delay(50);
});

test('a client that broke the protocol is waited for no longer', async (t) => {
  const { port, inFlight } = await served(t, 'http', ECHO, { headersTimeout: 0.3 });
  const socket = net.connect({ port, host: '127.0.0.1' });
  socket.write(Buffer.from(HALF_A_REQUEST, 'latin1'));
  await until(() => inFlight.size === 1);
  socket.write(Buffer.from(TOO_LARGE, 'latin1'));
  await once(socket.resume(), 'close');
  await until(() => inFlight.size === 0);
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
    for (const byte of PREFACE) {
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
