import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { send, serve, Wire } from '../support/wire';

const MIB = 1024 * 1024;
const CHUNK = `10000\r\n${'x'.repeat(65536)}\r\n`;

let calls = 0;
const count = (_: any, res: any): void => {
  calls += 1;
  res.send('called');
};

/** Requests that are answered before anybody reads their body. */
const UNREAD = [
  ['an ignored route', 404, 'POST /favicon.ico', {}],
  ['the server as a whole', 404, 'OPTIONS *', {}],
  ['a malformed path', 400, 'POST /%zz', {}],
  ['a method of no event function', 405, 'PUT /', { signatureType: 'cloudevent' }],
  ['a method of no web function', 405, 'TRACE /', { signatureType: 'web' }],
  ['a probe with a body', 413, 'GET /healthz', { healthPath: '/healthz', bodyLimit: MIB }],
] as const;

/** Sends chunks without end until the server closes the connection. */
async function sendWithoutEnd(port: number, line: string): Promise<Wire> {
  const wire = await Wire.connect(port);
  wire.write(`${line} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`);
  const send = (): void => {
    while (!wire.socket.destroyed && wire.socket.write(CHUNK));
  };
  wire.socket.on('drain', send);
  send();
  await Promise.race([wire.end(), delay(4000)]);
  return wire;
}

describe('a large body that nobody reads', () => {
  for (const [title, status, line, options] of UNREAD) {
    test(`ends its connection after the answer: ${title}`, async () => {
      const { port } = await serve(count, options);
      const before = calls;
      const wire = await sendWithoutEnd(port, line);
      assert.ok(wire.socket.destroyed, 'the server goes on reading');
      assert.match(
        wire.received,
        new RegExp(`^HTTP/1.1 ${status} .*\r\nConnection: close\r\n`, 's'),
      );
      assert.equal(calls, before);
    });
  }

  for (const line of ['POST /', 'GET /']) {
    test(`ends its connection after a web function that answers early: ${line}`, async () => {
      const { port } = await serve(() => new Response('early'), { signatureType: 'web' });
      const wire = await sendWithoutEnd(port, line);
      assert.ok(wire.socket.destroyed, 'the server goes on reading');
      assert.match(wire.received, /^HTTP\/1.1 200 .*early/s);
    });
  }

  test('and its answer reach clients that wait for neither', async () => {
    const { url } = await serve(count);
    const body = Buffer.alloc(8 * MIB);
    for (let round = 0; round < 10; round++) {
      for (const chunk of [undefined, MIB]) {
        const answer = await send(`${url}/favicon.ico`, {
          body,
          ...(chunk === undefined ? {} : { chunk }),
        });
        assert.deepEqual([answer.status, answer.headers.connection], [404, 'close']);
      }
      const response = await fetch(`${url}/favicon.ico`, { method: 'POST', body });
      assert.equal(response.status, 404);
    }
  });

  test('is not read on after a timeout, and the function is not called', async () => {
    const { port } = await serve(count, { timeout: 0.2 });
    const before = calls;
    const wire = await Wire.connect(port);
    wire.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nbegin');
    await wire.sees('did not answer within');
    wire.write('x'.repeat(100_000 - 5));
    assert.match(await wire.end(), /^HTTP\/1.1 504 .*\r\nConnection: close\r\n/s);
    assert.equal(calls, before);
  });
});

test('a small body that nobody reads leaves its connection open', async () => {
  for (const [title, status, line, options] of UNREAD) {
    if (status === 413) continue;
    const { url } = await serve(count, options);
    const [method = '', path = ''] = line.split(' ');
    const wire = await Wire.connect(Number(new URL(url).port));
    wire.write(`${line} HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n${'x'.repeat(60_000)}`);
    wire.write(`${method} ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    const answers = (await wire.end()).match(/HTTP\/1.1 \d+/g);
    assert.deepEqual(answers, Array(2).fill(`HTTP/1.1 ${status}`), title);
  }
});

test('a timeout is answered although the function has set a reason that cannot be sent', async () => {
  const handler = (_: Request, { outgoing }: any): Promise<never> => {
    outgoing.statusMessage = '\u0100';
    return new Promise(() => {});
  };
  const { port } = await serve(handler, { signatureType: 'web', timeout: 0.2 });
  const wire = await Wire.connect(port);
  wire.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nbegin');
  assert.match(await wire.end(), /^HTTP\/1.1 504 Gateway Timeout\r\n/);
});
