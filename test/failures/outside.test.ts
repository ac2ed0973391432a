import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { serveProgram, startProgram } from '../support/program';

const OUTSIDE = `
const { http, onShutdown } = require('barefn');
const later = (fail) => setTimeout(fail, Number(process.env.DELAY));
if (process.env.KIND === 'throw') later(() => { throw new Error('outside'); });
else if (process.env.KIND === 'undefined') later(() => { throw undefined; });
else if (process.env.KIND === 'reject') later(() => { Promise.reject(new Error('outside')); });
else if (process.env.KIND === 'signal') {
  process.once('SIGTERM', () => later(() => { throw new Error('outside'); }));
}
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

  test('exits with 16 also when it happens while SIGTERM drains', async () => {
    const program = await serveProgram(OUTSIDE, { env: { KIND: 'signal', DELAY: '100' } });
    const inFlight = fetch(program.url);
    await delay(50);
    program.signal('SIGTERM');
    assert.equal(await (await inFlight).text(), 'in flight');
    assert.equal(await program.exit(), 16);
    assert.match(program.stderr, /Uncaught exception\nError: outside\n[\s\S]*hook ran/);
  });

  test('exits with 16 also when it happens in a shutdown hook', async () => {
    const program = await serveProgram(
      `const { http, onShutdown } = require('barefn');
       http('function', (req, res) => res.send('x'));
       onShutdown(() => { Promise.reject(new Error('floating')); });`,
    );
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 16);
    assert.match(program.stderr, /Unhandled rejection\nError: floating/);
  });

  test('keeps its code and its drain when SIGTERM comes meanwhile; a second one ends it', async () => {
    const env = { KIND: 'throw', DELAY: '300' };
    const program = await serveProgram(OUTSIDE, { env });
    const inFlight = fetch(program.url);
    await program.logged('Uncaught exception');
    program.signal('SIGTERM');
    assert.equal(await (await inFlight).text(), 'in flight');
    assert.equal(await program.exit(), 16);
    assert.match(program.stderr, /hook ran/);

    const impatient = await serveProgram(OUTSIDE, { env });
    const cut = fetch(impatient.url);
    await impatient.logged('Uncaught exception');
    impatient.signal('SIGTERM');
    await delay(50);
    impatient.signal('SIGINT');
    assert.equal((await cut).status, 500);
    assert.equal(await impatient.exit(), 130);
  });

  test('while the module loads fails the start', async () => {
    const program = startProgram('throw new Error("while loading")');
    assert.equal(await program.exit(), 1);
    assert.match(program.stderr, /while loading/);
  });
});
