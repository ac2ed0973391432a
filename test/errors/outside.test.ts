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

/** Callbacks whose request Node forgets (as in the README). */
const FORGOTTEN = `
const dns = require('node:dns');
const { Worker } = require('node:worker_threads');
const fail = () => { throw new Error('forgotten'); };
const functions = {
  worker: () => new Worker('', { eval: true }).on('exit', fail),
  resolver: () => { const own = new dns.Resolver(); own.setServers(['127.0.0.1:9']); own.resolve4('a.test', fail); },
  resolve: () => { dns.setServers(['127.0.0.1:9']); dns.resolve4('a.test', fail); },
  finalization: () => {
    globalThis.registry = new FinalizationRegistry(fail);
    (() => registry.register({}))();
    require('node:v8').setFlagsFromString('--expose-gc');
    const gc = require('node:vm').runInNewContext('gc');
    setTimeout(gc, 10);
  },
  promise: () => { dns.promises.setServers(['127.0.0.1:9']); dns.promises.resolve4('a.test').catch(fail); },
};
exports.function = (req) => void functions[req.path.slice(1)]();
`;

describe('of some callbacks Node does not know the request', () => {
  for (const name of ['worker', 'resolver', 'resolve', 'finalization']) {
    test(`what they throw counts as outside any request: ${name}`, async () => {
      const program = await serveProgram(FORGOTTEN, { args: ['--shutdown-timeout=1'] });
      const answer = fetch(`${program.url}/${name}`).catch(() => {});
      assert.equal(await program.exit(), 16);
      assert.match(program.stderr, /^Uncaught exception\nError: forgotten\n/);
      await answer;
    });
  }

  test('of promises of dns it does', async () => {
    const program = await serveProgram(FORGOTTEN);
    assert.equal((await fetch(`${program.url}/promise`)).status, 500);
    program.kill();
  });
});
