import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serveProgram, startProgram } from '../support/program';

describe('during the start', () => {
  test('SIGTERM while an ES module awaits ends it with 0', async () => {
    const program = startProgram(
      `process.stderr.write('awaiting\\n');
       await new Promise((resolve) => setTimeout(resolve, 3000));
       export default (req, res) => res.send('x');`,
      { file: 'index.mjs', args: ['--target=default'] },
    );
    await program.logged('awaiting');
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0);
    assert.equal(program.stdout, '');
  });

  test('SIGTERM while a startup hook runs ends it with 0 and opens no port', async () => {
    const program = startProgram(
      `const { http, onStartup, onShutdown } = require('barefn');
       http('function', (req, res) => res.send('x'));
       onStartup(async () => { process.stderr.write('starting\\n'); await new Promise((r) => setTimeout(r, 200)); });
       onShutdown(() => new Promise((r) => setTimeout(r, 400)));`,
    );
    await program.logged('starting');
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0);
    assert.equal(program.stdout, '');
  });

  test('startup hooks run once, in order, before the port opens', async () => {
    const program = await serveProgram(
      `const { http, onStartup } = require('barefn');
       const seen = [];
       http('function', (req, res) => res.json(seen));
       onStartup(async () => { await new Promise((r) => setTimeout(r, 50)); seen.push(1); });
       onStartup(() => { seen.push(2); process.stderr.write('hooks ran, stdout untouched\\n'); });`,
    );
    assert.equal(await (await fetch(program.url)).text(), '[1,2]');
    assert.equal(await (await fetch(program.url)).text(), '[1,2]');
    program.kill();
  });

  for (const fault of [
    "throw new Error('no database')",
    "await null; throw new Error('no database')",
  ]) {
    test(`a startup hook that fails ends it with 1 and the reason: ${fault}`, async () => {
      const program = startProgram(
        `const { http, onStartup } = require('barefn');
         http('function', (req, res) => res.send('x'));
         onStartup(async () => { ${fault}; });`,
      );
      assert.equal(await program.exit(), 1);
      assert.match(program.stderr, /A startup hook failed: Error: no database/);
      assert.equal(program.stdout, '');
    });
  }
});
