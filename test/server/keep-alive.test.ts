import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { parseOptions } from '../../src/options/options';
import { serve, Wire } from '../support/wire';

const POST = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx';
const answer = (_req: unknown, res: any): void => res.send('answered');

test('an idle connection stays open for --keep-alive-timeout, in seconds', async () => {
  for (const [flags, ms] of [
    [['--keep-alive-timeout=65'], 65_000],
    [['--keep-alive-timeout', '0.5'], 500],
    [['--keep-alive-timeout=0', '--max-concurrency=2'], 0],
    [['--headers-timeout=3'], 5000],
  ] as const) {
    const { server } = await serve(answer, parseOptions(flags, {}));
    assert.equal(server.keepAliveTimeout, ms, flags.join());
  }
  assert.equal(parseOptions([], { FUNCTION_KEEP_ALIVE_TIMEOUT: '620' }).keepAliveTimeout, 620);
  assert.throws(() => parseOptions(['--keep-alive-timeout=-1'], {}), /--keep-alive-timeout must/);
});

test('a client that keeps connections shorter than the server loses none of its requests', async () => {
  const { port } = await serve(answer, { keepAliveTimeout: 60 });
  // As a load balancer: connections rest for different times, and are used again.
  const rest = async (wire: Wire, turn: number): Promise<number> => {
    let answers = 0;
    for (let request = 0; request < 5; request++) {
      wire.received = '';
      wire.write(POST);
      await wire.sees('answered');
      answers++;
      await delay((turn * 37) % 150);
    }
    return answers;
  };
  const wires = await Promise.all(Array.from({ length: 40 }, () => Wire.connect(port)));
  assert.deepEqual(await Promise.all(wires.map(rest)), Array(40).fill(5));
  for (const wire of wires) wire.destroy();
});

test('it may be longer than the timeouts of a request, which begin with its first byte', async () => {
  const times = { keepAliveTimeout: 60, headersTimeout: 0.2, requestTimeout: 0.3 };
  const { port } = await serve(answer, times);
  const wire = await Wire.connect(port);
  for (let turn = 0; turn < 3; turn++) {
    wire.received = '';
    wire.write(POST);
    await wire.sees('answered');
    // Longer than both, and than the interval in which node looks at its connections.
    await delay(700);
  }
  assert.equal(wire.socket.closed, false);
  wire.write('POST / HTTP/1.1\r\n');
  assert.match(await wire.end(), /HTTP\/1\.1 408/);
});

test('a connection that rests longer is closed', async () => {
  const { port } = await serve(answer, { keepAliveTimeout: 0.1 });
  const wire = await Wire.connect(port);
  // Node 20.19 itself closes none that had a request with a body.
  wire.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  assert.match(await wire.end(), /answered$/);
});
