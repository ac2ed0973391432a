import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import { describe, test } from 'node:test';
import { type Program, serveProgram } from '../support/program';
import { send, Wire } from '../support/wire';

const PROGRAM = `
require('node:v8').setFlagsFromString('--expose-gc');
const collect = require('node:vm').runInNewContext('gc');
exports.function = (req, res) => {
  collect();
  res.send(String(process.memoryUsage().arrayBuffers));
};
`;
const MB = 1 << 20;
const UPLOADS = 20;
const SENT = Buffer.alloc(MB / 4, 'a');

describe('an upload takes what it sends, not what it announces', () => {
  test('over HTTP/1.1', async () => {
    const announced = 4 * MB;
    const program = await serveProgram(PROGRAM, { args: ['--body-limit=32mb'] });
    const before = await used(program);
    const wires = await Promise.all(
      Array.from({ length: UPLOADS }, () => Wire.connect(program.port)),
    );
    for (const wire of wires) {
      wire.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${announced}\r\n\r\n`).write(SENT);
    }
    await assertBounded(program, before);
    for (const wire of wires) wire.destroy();
    program.kill();
  });

  for (const announced of [4 * MB, 32 * MB]) {
    test(`over HTTP/2, ${announced / MB} MB`, async () => {
      const program = await serveProgram(PROGRAM, { args: ['--body-limit=32mb', '--http2'] });
      const before = await used(program);
      const session = http2.connect(program.url);
      session.on('error', () => {});
      for (let upload = 0; upload < UPLOADS; upload++) {
        const stream = session.request({ ':method': 'POST', 'content-length': announced });
        stream.on('error', () => {});
        stream.write(SENT);
      }
      await assertBounded(program, before);
      session.destroy();
      await once(session, 'close');
      program.kill();
    });
  }
});

async function used({ url }: Program): Promise<number> {
  return Number((await send(url, { method: 'GET' })).text);
}

/** Waits until all is there that was sent, which takes its own bytes and little more. */
async function assertBounded(program: Program, before: number): Promise<void> {
  const sent = UPLOADS * SENT.length;
  let taken = 0;
  for (let tries = 0; taken < sent * 0.9; tries++) {
    assert.ok(tries < 3000, `${taken} of ${sent} bytes have come`);
    taken = (await used(program)) - before;
  }
  assert.ok(taken < 2 * sent, `${sent} bytes take ${taken}`);
}
