import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2, { type ClientHttp2Session } from 'node:http2';
import net from 'node:net';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer } from '../../../src/server';
import { type Program, serveProgram } from '../../support/program';
import { ask } from './session';

const { NGHTTP2_REFUSED_STREAM, NGHTTP2_INTERNAL_ERROR } = http2.constants;

/** `/never` is not answered, others are after the milliseconds that the query names. */
const SLOW = `exports.function = (req, res) => {
  if (req.path !== '/never') setTimeout(() => res.send(req.body ?? 'done'), Number(req.query.ms));
};`;

/** Starts a program whose shutdown timeout is longer than a test waits for its end. */
async function started(args = ['--shutdown-timeout=600']): Promise<[Program, ClientHttp2Session]> {
  const program = await serveProgram(SLOW, { args: ['--http2', ...args] });
  const session = http2.connect(program.url);
  session.on('error', () => {});
  await ask(session, { ':path': '/?ms=0' });
  return [program, session];
}

test('an idle session gets GOAWAY at once, and does not hold up the exit', async () => {
  const [program, session] = await started();
  program.signal('SIGTERM');
  const [code] = await once(session, 'goaway');
  assert.equal(code, 0);
  assert.equal(await program.exit(), 0);
});

test('a client that goes on gets each stream answered, or refused for another try', async () => {
  const [program, session] = await started();
  const ends = new Map<string, number>();
  const long = ask(session, { ':path': '/?ms=600' });
  const clients = Array.from({ length: 20 }, async () => {
    while (!session.closed) {
      const how = await howItEnds(session);
      ends.set(how, (ends.get(how) ?? 0) + 1);
    }
  });
  while ((ends.get('answered') ?? 0) < 20) await delay(10);
  program.signal('SIGTERM');
  assert.equal((await long).text, 'done');
  await Promise.all(clients);
  assert.deepEqual([await program.exit(), program.stderr], [0, '']);
  // RFC 9113 §6.8: streams above the last one that GOAWAY names were not begun.
  const others = [...ends.keys()].filter((how) => how !== 'answered');
  assert.deepEqual(others, ends.has('refused') ? ['refused'] : []);
});

test('a stream that is half uploaded can end', async () => {
  const [program, session] = await started();
  const stream = session.request({
    ':method': 'POST',
    ':path': '/?ms=0',
    'content-type': 'text/plain',
  });
  stream.write('first, ');
  // It comes after the other one.
  await ask(session, { ':path': '/?ms=0' });
  program.signal('SIGTERM');
  await once(session, 'goaway');
  await delay(300);
  stream.end('last');
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  assert.equal(text, 'first, last');
  assert.equal(await program.exit(), 0);
});

test('what is never answered fails when the shutdown timeout is over', async () => {
  const [program, session] = await started(['--shutdown-timeout=0.5']);
  const streams = ['GET', 'POST'].map((method) =>
    session.request({ ':method': method, ':path': '/never' }, { endStream: method === 'GET' }),
  );
  const failures = streams.map((stream) => once(stream, 'error'));
  await ask(session, { ':path': '/?ms=0' });
  program.signal('SIGTERM');
  await Promise.all(streams.map((stream) => assert.rejects(once(stream, 'response'))));
  for (const [failure] of await Promise.all(failures)) assert.match(String(failure), /ERROR/i);
  for (const { rstCode } of streams) assert.equal(rstCode, NGHTTP2_INTERNAL_ERROR);
  assert.equal(await program.exit(), 1);
});

test('a connection of which nothing has come ends with its server', async () => {
  const server = createServer(() => {}, { http2: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
  await once(server, 'connection');
  server.close();
  await Promise.all([once(socket, 'close'), once(server, 'close')]);
});

function howItEnds(session: ClientHttp2Session): Promise<string> {
  return new Promise((resolve) => {
    const stream = session.request({ ':path': '/?ms=10' });
    let status = 0;
    stream.on('response', (fields) => {
      status = fields[':status'] as unknown as number;
    });
    stream.on('error', () => {});
    stream.resume();
    stream.on('close', () => {
      if (stream.rstCode === NGHTTP2_REFUSED_STREAM && status === 0) resolve('refused');
      else if (stream.rstCode === 0 && status === 200) resolve('answered');
      else resolve(`${status}, reset with ${stream.rstCode}`);
    });
  });
}
