import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Program, serveInProduction, serveProgram } from '../support/program';

const PROGRAM = `const { http, cloudEvent, event } = require('barefn');
const { setTimeout: delay } = require('node:timers/promises');
http('string', () => 'Hi');
http('object', async () => ({ a: 1 }));
http('list', async () => { await delay(5); return [1]; });
http('nothing', async () => {});
http('sync', () => {});
http('thenable', () => ({ then(done) { done(7); } }));
http('answers', (req, res) => { setTimeout(() => res.send('later'), 50); return 'ignored'; });
http('stream', (req, res) => { res.flushHeaders(); return 'ignored'; });
http('fails', async () => { throw new Error('thrown'); });
http('response', () => new Response('sent'));
cloudEvent('callback', (event, context) => {});
event('legacy', (data, context, done) => {});
cloudEvent('calls', (event, done) => { setTimeout(done, 50); });
cloudEvent('plain', () => new Promise(() => {}));
cloudEvent('both', async (event, done) => {});
`;

const HEADERS = {
  'ce-specversion': '1.0',
  'ce-id': '1',
  'ce-source': '//pubsub.googleapis.com/projects/p/topics/t',
  'ce-type': 'google.cloud.pubsub.topic.v1.messagePublished',
};

/** Calls a function, however long that takes. */
function call(program: Program, name: string): void {
  const url = `${program.url}/${name}`;
  fetch(url, { method: 'POST', headers: HEADERS }).catch(() => undefined);
}

const warningsOf = (program: Program, name: string): string[] =>
  program.stderr.split('\n').filter((line) => line.startsWith(`Warning: ${name} `));

describe('a function that has ended without an answer is reported once', () => {
  let program: Program;
  before(async () => {
    program = await serveProgram(PROGRAM, { args: ['--target=*'] });
  });
  after(() => program.kill());

  for (const [name, returned, answer] of [
    ['string', 'a string', 'res.send'],
    ['object', 'an object', 'res.json'],
    ['list', 'an array', 'res.json'],
    ['thenable', 'a number', 'res.json'],
  ] as const) {
    test(`${name}: it returned ${returned}`, async () => {
      call(program, name);
      call(program, name);
      await program.logged(`Warning: ${name} returned ${returned}, but sent nothing`);
      const [warning, ...more] = warningsOf(program, name);
      assert.ok(warning?.includes(`(req, res) => ${answer}(…)`), warning);
      assert.deepEqual(more, []);
    });
  }

  for (const name of ['nothing', 'sync']) {
    test(`${name}: it returned nothing`, async () => {
      call(program, name);
      await program.logged(`Warning: ${name} returned 3 s ago and has not answered.`);
    });
  }

  for (const [name, parameter] of [
    ['callback', 2],
    ['legacy', 3],
  ] as const) {
    test(`${name}: parameter ${parameter} is a callback that was not called`, async () => {
      call(program, name);
      await program.logged(`Warning: ${name} returned 3 s ago and has not called its callback`);
      assert.match(
        warningsOf(program, name)[0] ?? '',
        new RegExp(`remove parameter ${parameter}:`),
      );
    });
  }

  test('functions that answer, fail, stream, call back or still work are not reported', async () => {
    const names = ['answers', 'stream', 'fails', 'response', 'calls', 'plain'];
    for (const name of names) call(program, name);
    await delay(3300);
    for (const name of names) assert.deepEqual(warningsOf(program, name), []);
  });

  test('a promise that completed an event is reported for its parameter alone', async () => {
    call(program, 'both');
    await program.logged(
      'Warning: both takes a callback, (event, callback), and returned a promise.',
    );
    await delay(3300);
    assert.equal(warningsOf(program, 'both').length, 1);
  });
});

test('a function that is the only one is watched as well, and none is in production', async () => {
  const program = await serveProgram("require('barefn').http('only', () => 'Hi');");
  call(program, '');
  await program.logged('Warning: only returned a string');
  program.kill();

  const production = await serveInProduction("require('barefn').http('only', () => 'Hi');");
  call(production, '');
  await delay(3300);
  assert.equal(production.stderr, '');
  production.kill();
});
