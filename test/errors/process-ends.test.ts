import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { serveProgram } from '../support/program';
import { Wire } from '../support/wire';

const ENDING = `
const { http, onShutdown } = require('barefn');
onShutdown(() => { process.stderr.write('hook ran\\n'); });
const functions = {
  wait() {},
  exit() { process.exit(3); },
  exitLater() { setTimeout(() => process.exit(0), 5); },
  kill() { process.kill(process.pid, 'SIGKILL'); },
  abort() { process.abort(); },
  heap() { const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length)); },
};
http('function', (req, res) => functions[req.path.slice(1)](req, res));
`;

describe('a function that ends the process', () => {
  for (const [name, code] of [
    ['exit', 3],
    ['exitLater', 0],
  ] as const) {
    test(`by process.exit(): all in flight are answered with 500 and reported, no hooks: ${name}`, async () => {
      const { program, wires } = await serveAndCall(name);
      assert.equal(await program.exit(), code);
      for (const wire of wires) {
        const text = await wire.end();
        assert.match(text, /^HTTP\/1\.1 500 .*X-Google-Status: crash/s);
        assert.ok(text.endsWith(`Process exited with code ${code}`), text);
      }
      assert.match(program.stderr, new RegExp(`Error: Process exited with code ${code}`));
      assert.doesNotMatch(program.stderr, /hook ran/);
    });
  }

  for (const [name, signal] of [
    ['kill', 'SIGKILL'],
    ['abort', 'SIGABRT'],
  ] as const) {
    test(`by a signal that cannot be caught: connections close without an answer: ${name}`, async () => {
      const { program, wires } = await serveAndCall(name);
      assert.equal(await program.exit(), signal);
      for (const wire of wires) assert.equal(await wire.end(), '');
      assert.doesNotMatch(program.stderr, /hook ran/);
    });
  }

  test('by filling the heap: node says so and aborts, connections close without an answer', async () => {
    const env = { NODE_OPTIONS: '--max-old-space-size=30' };
    const { program, wires } = await serveAndCall('heap', env);
    assert.equal(await program.exit(), 'SIGABRT');
    for (const wire of wires) assert.equal(await wire.end(), '');
    assert.match(program.stderr, /JavaScript heap out of memory/);
  });
});

/** Starts the program, has one request wait, and calls the function that ends it. */
async function serveAndCall(
  name: string,
  env: Record<string, string> = {},
): Promise<{ program: Awaited<ReturnType<typeof serveProgram>>; wires: Wire[] }> {
  const program = await serveProgram(ENDING, { env });
  const waiting = await Wire.connect(program.port);
  waiting.write('GET /wait HTTP/1.1\r\nHost: a\r\n\r\n');
  await delay(50);
  const ending = await Wire.connect(program.port);
  ending.write(`GET /${name} HTTP/1.1\r\nHost: a\r\n\r\n`);
  return { program, wires: [waiting, ending] };
}
