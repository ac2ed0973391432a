import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { awaitModule, runStartupHooks } from '../../src/process/startup';
import { serveProgram, startProgram } from '../support/program';
import { catchErrors } from '../support/serving';

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

  for (const failure of [
    "throw new Error('no database')",
    "await null; throw new Error('no database')",
  ]) {
    test(`a startup hook that fails ends it with 1 and the reason: ${failure}`, async () => {
      const program = startProgram(
        `const { http, onStartup } = require('barefn');
         http('function', (req, res) => res.send('x'));
         onStartup(async () => { ${failure}; });`,
      );
      assert.equal(await program.exit(), 1);
      assert.match(program.stderr, /A startup hook failed: Error: no database/);
      assert.equal(program.stdout, '');
    });
  }
});

describe('a start that waits in vain', () => {
  const TOP_LEVEL = 'await new Promise(() => {}); export default (req, res) => res.send("x");';
  const IN_HOOK = `const { http, onStartup } = require('barefn');
    http('function', (req, res) => res.send('x'));
    onStartup(() => {});
    onStartup(async function connect() { await new Promise(() => {}); });`;

  for (const args of [
    ['--target=default'],
    ['--target=*'],
    ['--target=default', '--verify'],
    ['invoke'],
  ]) {
    test(`ends with 1 and says that a module awaits what never comes: ${args.join(' ')}`, async () => {
      const program = startProgram(TOP_LEVEL, { file: 'index.mjs', args });
      assert.equal(await program.exit(), 1);
      assert.match(
        program.stderr,
        /^Cannot start: the top-level code of \S+index\.mjs, or of a module that it imports, awaits a promise that nothing left in the process can settle\.\n$/,
      );
    });
  }

  for (const args of [[], ['invoke']]) {
    test(`ends with 1 and names the hook that awaits what never comes: ${args.join(' ')}`, async () => {
      const program = startProgram(IN_HOOK, { args });
      assert.equal(await program.exit(), 1);
      assert.match(
        program.stderr,
        /^Cannot start: startup hook 2 of 2 \(connect\) awaits a promise that nothing left/,
      );
    });
  }

  test('lets go on what another listener of beforeExit still brings', async () => {
    const program = await serveProgram(
      `let settle;
       process.once('beforeExit', () => setTimeout(() => settle(), 10));
       await new Promise((resolve) => { settle = resolve; });
       export default (req, res) => res.send('x');`,
      { file: 'index.mjs', args: ['--target=default'] },
    );
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0);
  });

  test('says after 10 seconds, once, which hook is waited for', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const errors = catchErrors(t);
    let settle = (): void => {};
    let begin = (): void => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const hook = [
      () => {
        begin();
        return new Promise<void>((resolve) => {
          settle = resolve;
        });
      },
    ];
    const running = runStartupHooks([() => {}, ...hook]);
    await begun;
    t.mock.timers.tick(9999);
    assert.equal(errors.text(), '');
    t.mock.timers.tick(1);
    t.mock.timers.tick(60_000);
    assert.match(
      errors.text(),
      /^Still starting after 10 s: startup hook 2 of 2 \(\(\) ?=> ?\{.*\) has not ended\.$/,
    );
    settle();
    await running;
  });

  test('says after 10 seconds that a module is waited for', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const errors = catchErrors(t);
    let settle = (): void => {};
    const loading = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const loaded = awaitModule(loading, { source: __filename });
    t.mock.timers.tick(10_000);
    assert.match(
      errors.text(),
      /^Still starting after 10 s: the top-level code of \S+start\.test\.ts/,
    );
    settle();
    await loaded;
  });

  test('says nothing where the start does not take long', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const errors = catchErrors(t);
    const before = process.listenerCount('beforeExit');
    await runStartupHooks([async () => {}, () => {}]);
    t.mock.timers.tick(20_000);
    assert.equal(errors.text(), '');
    assert.equal(process.listenerCount('beforeExit'), before);
  });
});
