import assert from 'node:assert/strict';
import http from 'node:http';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { serveProgram } from '../support/program';
import {
  endThenRelease,
  get,
  request,
  SLOW,
  untilClosed,
  untilOpen,
} from '../support/slow-function';
import { Wire } from '../support/wire';

describe('at SIGTERM', () => {
  test('200 requests in flight are all answered, then hooks run in order, then exit 0', async () => {
    const program = await serveProgram(SLOW);
    const agent = new http.Agent({ keepAlive: true, maxSockets: 200 });
    const answers = Array.from({ length: 200 }, (_, id) => get(`${program.url}/held/${id}`, agent));
    await untilOpen(program.url, 200);
    await endThenRelease(program, 'SIGTERM');
    for (const [id, { status, text, connection }] of (await Promise.all(answers)).entries()) {
      assert.deepEqual([status, text, connection], [200, `done /held/${id}`, 'close']);
    }
    assert.equal(await program.exit(), 0);
    assert.equal(program.stderr, 'hook 1, open 0\nhook 1 ends\nhook 2\n');
    agent.destroy();
  });

  test('SIGINT does the same', async () => {
    const program = await serveProgram(SLOW);
    const answer = get(`${program.url}/held`);
    await untilOpen(program.url, 1);
    await endThenRelease(program, 'SIGINT');
    assert.equal((await answer).text, 'done /held');
    assert.equal(await program.exit(), 0);
  });

  test('new connections are refused', async () => {
    const program = await serveProgram(SLOW);
    const wire = await halfUpload(program.port);
    program.signal('SIGTERM');
    await untilClosed(program.port);
    wire.write('67890');
    assert.match(await wire.end(), /200 OK.*done \/half$/s);
    assert.equal(await program.exit(), 0);
  });

  test('idle keep-alive connections serve what is on its way, then close', async () => {
    const program = await serveProgram(SLOW);
    const wires = await Promise.all(Array.from({ length: 5 }, () => Wire.connect(program.port)));
    for (const wire of wires) wire.write(request('/a?ms=1'));
    for (const wire of wires) await wire.sees('done /a');
    program.signal('SIGTERM');
    await untilClosed(program.port);
    wires[0]?.write(request('/late?ms=1'));
    const texts = await Promise.all(wires.map((wire) => wire.end()));
    assert.match(texts[0] as string, /Connection: close.*done \/late$/s);
    assert.equal(await program.exit(), 0);
  });

  test('connections that never sent anything are closed', async () => {
    // The test waits 30 s for the end.
    const program = await serveProgram(SLOW, { args: ['--shutdown-timeout=600'] });
    const wire = await Wire.connect(program.port);
    // Connections are accepted in their order.
    await untilOpen(program.url, 0);
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0);
    assert.equal(await wire.end(), '');
  });

  test('a body half read is read to its end and answered', async () => {
    const program = await serveProgram(SLOW);
    const wire = await halfUpload(program.port);
    program.signal('SIGTERM');
    await program.printed('signal;');
    await delay(300);
    wire.write('67890');
    assert.match(await wire.end(), /200 OK.*Connection: close.*done \/half$/s);
    assert.equal(await program.exit(), 0);
  });

  test('request fields half sent get their answer too', async () => {
    const program = await serveProgram(SLOW);
    const wire = await Wire.connect(program.port);
    wire.write('GET /half?ms=1 HTTP/1.1\r\nHo');
    await untilOpen(program.url, 0);
    program.signal('SIGTERM');
    await program.printed('signal;');
    wire.write('st: a\r\n\r\n');
    assert.match(await wire.end(), /200 OK.*done \/half$/s);
    assert.equal(await program.exit(), 0);
  });

  test('a response half streamed is streamed to its end', async () => {
    const program = await serveProgram(SLOW);
    const wire = await Wire.connect(program.port);
    wire.write(request('/stream'));
    await wire.sees('first,');
    program.signal('SIGTERM');
    assert.match(await wire.end(), /first,\r\n4\r\nlast\r\n0\r\n\r\n$/);
    assert.equal(await program.exit(), 0);
  });

  test('pipelined requests are all answered, the last one closes', async () => {
    const program = await serveProgram(SLOW);
    const wire = await Wire.connect(program.port);
    const targets = ['/held/one?ms=1', '/held/two?ms=100', '/held/three?ms=50'];
    wire.write(targets.map(request).join(''));
    await untilOpen(program.url, 3);
    await endThenRelease(program, 'SIGTERM');
    const text = await wire.end();
    assert.match(text, /done \/held\/one.*\/two.*Connection: close.*done \/held\/three$/s);
    assert.equal(text.match(/Connection: close/g)?.length, 1);
    assert.equal(await program.exit(), 0);
  });

  test('a client that is gone does not hold it up', async () => {
    const program = await serveProgram(SLOW);
    const wire = await Wire.connect(program.port);
    wire.write(request('/never'));
    await untilOpen(program.url, 1);
    program.signal('SIGTERM');
    await program.printed('signal;');
    wire.destroy();
    assert.equal(await program.exit(), 0);
  });

  test('a second signal ends it at once, and waiting requests are reported', async () => {
    const program = await serveProgram(SLOW);
    const wire = await Wire.connect(program.port);
    wire.write(request('/never'));
    await untilOpen(program.url, 1);
    program.signal('SIGTERM');
    await program.printed('signal;');
    // Within a second it counts as the same.
    await delay(1100);
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 143);
    assert.match(await wire.end(), /^HTTP\/1.1 500 /);
  });

  test('another signal ends it at once', async () => {
    const program = await serveProgram(SLOW);
    const wire = await Wire.connect(program.port);
    wire.write(request('/never'));
    await untilOpen(program.url, 1);
    program.signal('SIGTERM');
    await program.printed('signal;');
    program.signal('SIGINT');
    assert.equal(await program.exit(), 130);
    assert.match(await wire.end(), /^HTTP\/1.1 500 /);
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`${signal} that comes once more from npm is no second one`, async () => {
      const program = await serveProgram(SLOW);
      const answer = get(`${program.url}/held`);
      await untilOpen(program.url, 1);
      for (const printed of ['signal;', 'signal;signal;', 'signal;signal;signal;']) {
        program.signal(signal);
        await program.printed(printed);
      }
      program.signal('SIGUSR2');
      assert.equal((await answer).text, 'done /held');
      assert.equal(await program.exit(), 0);
    });
  }
});

describe('the shutdown timeout', () => {
  const args = ['--shutdown-timeout=0.4'];

  test('aborts a function that never answers, and exits with 1', async () => {
    const program = await serveProgram(SLOW, { args });
    const wire = await Wire.connect(program.port);
    wire.write(request('/never'));
    await untilOpen(program.url, 1);
    const began = Date.now();
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 1);
    // Not 8 s, the timeout without the flag.
    assert.ok(Date.now() - began < 7000);
    assert.match(program.stderr, /aborted: The server is shutting down/);
    assert.match(program.stderr, /timeout is over: 1 unanswered request\(s\) were cut off/);
    assert.match(program.stderr, /hook 2/, 'hooks still run');
    await wire.end();
  });

  test('lets a function answer when its signal aborts', async () => {
    const program = await serveProgram(SLOW, { args });
    const answer = get(`${program.url}/reacts`);
    await untilOpen(program.url, 1);
    program.signal('SIGTERM');
    assert.deepEqual(await answer, { status: 503, text: 'giving up', connection: 'close' });
    assert.equal(await program.exit(), 0);
  });

  test('ends a hook that hangs', async () => {
    const program = await serveProgram(
      `const { http, onShutdown } = require('barefn');
       http('function', (req, res) => res.send('x'));
       onShutdown(() => new Promise(() => {}));`,
      { args },
    );
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 1);
    assert.match(program.stderr, /shutdown hooks still run/);
  });
});

test('a shutdown hook that fails is logged, the others run, exit 1', async () => {
  const program = await serveProgram(
    `const { http, onShutdown } = require('barefn');
     http('function', (req, res) => res.send('x'));
     onShutdown(() => { throw new Error('hook error'); });
     onShutdown(async () => { await null; process.stderr.write('second\\n'); });`,
  );
  program.signal('SIGTERM');
  assert.equal(await program.exit(), 1);
  assert.match(program.stderr, /A shutdown hook failed: Error: hook error[\s\S]*second/);
});

/** Sends half of a body, once the server has the head of the request. */
async function halfUpload(port: number): Promise<Wire> {
  const wire = await Wire.connect(port);
  wire.write('POST /half?ms=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n');
  wire.write('Expect: 100-continue\r\n\r\n12345');
  await wire.sees('100 Continue');
  return wire;
}
