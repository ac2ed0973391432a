import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Program, serveProgram, startProgram } from '../support/program';
import { send } from '../support/wire';
import { HOSTILE_VALUES } from './hostile-values';

const NAMES = [
  ...(HOSTILE_VALUES.split('const HOSTILE')[1]?.matchAll(/^ {2}(\w+)[,:]/gm) ?? []),
].map(([, name]) => name as string);
const EVENT = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/' };

const BATCHED = { specversion: '1.0', id: '1', source: '/' };

/** A function of each signature; the query or the type of its event names the value and the way. */
const FUNCTIONS = `${HOSTILE_VALUES}
const { http, cloudEvent, event, typed, web } = require('barefn');
const all = { ...HOSTILE, ...PREPARE };
const fail = (name, way) => {
  const value = all[name]();
  switch (way) {
    case 'sync': throw value;
    case 'async': return (async () => { await null; throw value; })();
    case 'timer': setTimeout(() => { throw value; }, 1); return new Promise(() => {});
    case 'floating': Promise.reject(value); return new Promise(() => {});
  }
};
http('http', (req, res) => {
  if (req.path === '/ok') return res.send('ok');
  const { name, way } = req.query;
  if (way !== 'late') return fail(name, way);
  res.send('fine');
  throw all[name]();
});
cloudEvent('cloudEvent', ({ type }) => fail(...type.split(' ')));
event('event', (data, { type, eventType }) => fail(...(type ?? eventType).split(' ')));
cloudEvent('callback', ({ type }, callback) => { const [name] = type.split(' '); callback(all[name]()); });
cloudEvent('returned', ({ type }) => all[type.split(' ')[0]]());
typed('typed', (input, req) => fail(req.query.name, req.query.way));
web('web', (request) => { const { searchParams: query } = new URL(request.url); return fail(query.get('name'), query.get('way')); });
`;

for (const [target, ways] of [
  ['http', 'sync async timer floating'],
  ['cloudEvent', 'sync async timer floating'],
  ['event', 'sync async timer floating'],
  ['callback', 'sync'],
  ['typed', 'sync async timer floating'],
  ['web', 'sync async timer floating'],
] as const) {
  describe(`a value that throws when it is read is answered and logged: ${target}`, () => {
    let program: Program;
    before(async () => {
      program = await serveProgram(FUNCTIONS, { args: [`--target=${target}`] });
    });
    after(() => program.kill());

    for (const name of [...NAMES, 'prepareStackTrace']) {
      test(name, async () => {
        await program.takeErrors();
        await Promise.all(ways.split(' ').map((way) => fail(name, way)));
        await program.until(() => program.stderr.length > 2);
        const log = await program.takeErrors();
        assert.ok(log.length < 500_000);
        assert.doesNotMatch(log, /Uncaught exception|Unhandled rejection|Exception from/);
      });
    }

    async function fail(name: string, way: string): Promise<void> {
      const ofType =
        target === 'typed'
          ? { 'content-type': 'application/json' }
          : { 'content-type': 'text/plain' };
      const headers = { ...EVENT, ...ofType, 'ce-type': `${name} ${way}` };
      const url = `${program.url}/?name=${name}&way=${way}`;
      const { status, text } = await send(url, { body: '{}', headers });
      const isDropped = name === 'dropped' && /cloudEvent|event|callback/.test(target);
      assert.equal(status, isDropped && /^(a?sync)$/.test(way) ? 204 : 500, way);
      assert.ok(text.length < 100_000, way);
    }
  });
}

test('such values are logged after a response, too', async () => {
  const program = await serveProgram(FUNCTIONS, { args: ['--target=http'] });
  for (const name of NAMES.filter((name) => !name.startsWith('refusal'))) {
    const answer = await fetch(`${program.url}/?name=${name}&way=late`);
    assert.deepEqual([answer.status, await answer.text()], [200, 'fine'], name);
    await program.logged('Exception from a finished function: ');
    program.stderr = '';
  }
  program.signal('SIGTERM');
  assert.equal(await program.exit(), 0);
});

test('each event of a batch that fails with such a value is answered for', async () => {
  const program = await serveProgram(FUNCTIONS, { args: ['--target=cloudEvent'] });
  for (const way of ['sync', 'async']) {
    const batch = NAMES.map((name) => ({ ...BATCHED, type: `${name} ${way}` }));
    const headers = { 'content-type': 'application/cloudevents-batch+json' };
    const { status, text } = await send(program.url, { headers, body: JSON.stringify(batch) });
    assert.equal(status, 500);
    // All but the one that is not to be delivered again.
    assert.match(text, new RegExp(`^${NAMES.length - 1} of ${NAMES.length} events`));
  }
  program.signal('SIGTERM');
  assert.equal(await program.exit(), 0, program.stderr);
});

test('an event function that returns such a value is answered', async () => {
  const program = await serveProgram(FUNCTIONS, { args: ['--target=returned'] });
  for (const name of NAMES) {
    const headers = { ...EVENT, 'content-type': 'text/plain', 'ce-type': name };
    const { status } = await send(program.url, { body: 'x', headers });
    assert.ok([200, 204, 429, 500].includes(status), `${name} ${status}`);
  }
  program.signal('SIGTERM');
  assert.equal(await program.exit(), 0, program.stderr);
});

describe('such a value ends the process in order where it belongs to no request', () => {
  const names = ['everything', 'proxyThatThrowsItself', 'revoked', 'custom', 'toPrimitive', 'huge'];
  for (const name of [...names, 'prepareStackTrace']) {
    const value = `${HOSTILE_VALUES} const value = () => ({ ...HOSTILE, ...PREPARE })['${name}']();`;

    test(`while the module loads, or in a startup hook: ${name}`, async () => {
      for (const text of [
        'throw value();',
        `require('barefn').onStartup(() => { throw value(); }); exports.function = () => {};`,
      ]) {
        const program = startProgram(`${value}\n${text}`);
        assert.equal(await program.exit(), 1, program.stderr);
        assert.notEqual(program.stderr.trim(), '');
        assert.ok(program.stderr.length < 200_000);
      }
    });

    test(`in a shutdown hook or outside any request: ${name}`, async () => {
      const program = await serveProgram(
        `${value}
         const { http, onShutdown } = require('barefn');
         http('function', (req, res) => res.send('ok'));
         process.on('SIGUSR2', () => { throw value(); });
         onShutdown(() => { throw value(); });
         onShutdown(() => { process.stderr.write('second hook\\n'); });`,
      );
      program.signal('SIGUSR2');
      assert.equal(await program.exit(), 16, program.stderr);
      assert.match(
        program.stderr,
        /^Uncaught exception\n.*A shutdown hook failed: .*second hook\n/s,
      );
    });
  }
});
