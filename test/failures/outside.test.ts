import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { serveProgram, startProgram } from '../support/program';

const OUTSIDE = `
const { http, onShutdown } = require('barefn');
const later = (fail) => setTimeout(fail, Number(process.env.DELAY));
if (process.env.KIND === 'throw') later(() => { throw new Error('outside'); });
else if (process.env.KIND === 'undefined') later(() => { throw undefined; });
else later(() => { Promise.reject(new Error('outside')); });
onShutdown(async () => { await null; process.stderr.write('hook ran\\n'); });
http('function', (req, res) => setTimeout(() => res.send('in flight'), 500));
`;

describe('an error outside any request', () => {
  for (const [kind, text] of [
    ['throw', 'Uncaught exception\nError: outside\n    at '],
    ['undefined', 'Uncaught exception\nundefined'],
    ['reject', 'Unhandled rejection\nError: outside\n    at '],
  ] as const) {
    test(`lets requests end, runs the hooks and exits with 16: ${kind}`, async () => {
      const program = await serveProgram(OUTSIDE, { env: { KIND: kind, DELAY: '300' } });
      const inFlight = fetch(program.url);
      await program.logged('Un');
      await delay(50);
      await assert.rejects(fetch(program.url), 'stops accepting');
      const response = await inFlight;
      assert.deepEqual([response.status, await response.text()], [200, 'in flight']);
      assert.equal(response.headers.get('connection'), 'close');
      assert.equal(await program.exit(), 16);
      assert.ok(program.stderr.includes(text), program.stderr);
      assert.match(program.stderr, /hook ran/);
    });
  }

  test('while the module loads fails the start', async () => {
    const program = startProgram('throw new Error("while loading")');
    assert.equal(await program.exit(), 1);
    assert.match(program.stderr, /while loading/);
  });
});
