import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serveProgram } from '../../support/program';
import { send } from '../../support/wire';

const PROGRAM = `
const { web } = require('barefn');
require('node:v8').setFlagsFromString('--expose-gc');
const collect = require('node:vm').runInNewContext('gc');
let read = 0;
web('function', async (request) => {
  if (request.method === 'GET') {
    collect();
    return Response.json({ read, bytes: process.memoryUsage().arrayBuffers });
  }
  await request.text();
  read++;
  await new Promise(() => {});
});
`;
const MB = 1 << 20;

for (const [name, chunk] of [
  ['a Content-Length', {}],
  ['chunks', { chunk: 65_536 }],
] as const) {
  test(`the bytes of an upload with ${name} are free once a web function has its text`, async () => {
    const program = await serveProgram(PROGRAM);
    const used = async (): Promise<{ read: number; bytes: number }> =>
      (await send(program.url, { method: 'GET' })).json;
    const before = await used();
    for (let sent = 0; sent < 10; sent++) {
      send(program.url, { body: Buffer.alloc(MB, 'a'), ...chunk }).catch(() => {});
    }
    let held = 0;
    // V8 frees what it has collected a little later.
    for (let tries = 0; tries < 20; tries++) {
      const { read, bytes } = await used();
      if (read < 10) tries = 0;
      held = bytes - before.bytes;
      if (read === 10 && held < MB) break;
    }
    assert.ok(held < MB, `${held} bytes are held`);
    program.kill();
  });
}
