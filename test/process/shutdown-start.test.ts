import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startProgram } from '../support/program';

describe('during the start', () => {
  test('SIGTERM while a module computes ends it with 0, however long that takes', async () => {
    const program = startProgram(
      `process.stderr.write('computing\\n');
       for (const end = Date.now() + 500; Date.now() < end; );
       exports.function = (req, res) => res.send('x');`,
    );
    await program.logged('computing');
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0);
  });

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    test(`${signal} twice while hooks run ends it with ${code}`, async () => {
      const program = startProgram(
        `const { http, onStartup, onShutdown } = require('barefn');
         http('function', (req, res) => res.send('x'));
         onStartup(() => new Promise(() => { process.stderr.write('starting\\n'); setInterval(() => {}, 1000); }));
         onShutdown(() => new Promise(() => { process.stderr.write('ending\\n'); }));`,
      );
      await program.logged('starting');
      program.signal(signal);
      await program.logged('ending');
      await delay(1100);
      program.signal(signal);
      assert.equal(await program.exit(), code);
    });
  }
});
