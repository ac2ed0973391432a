import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { findDifference } from '../../src/cli/build/answers';
import { readWarmRequest } from '../../src/cli/build/warm-up';
import { Project } from './project';

const answer = (body: unknown, status = 200, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('an answer of the bundle', () => {
  const same: [string, unknown, unknown, unknown][] = [
    ['a time that goes on', { at: '10:00' }, { at: '10:00' }, { at: '10:01' }],
    ['an id', { id: 'a', n: 1 }, { id: 'b', n: 1 }, { id: 'c', n: 1 }],
    ['a time in a text', 'at 10:00 <b>x</b>', 'at 10:00 <b>x</b>', 'at 10:01 <b>x</b>'],
    ['members that come and go', { a: 1, b: 2 }, { a: 1 }, { a: 1 }],
    ['JSON in JSON', { a: '{"t":1,"u":1}' }, { a: '{"t":2,"u":1}' }, { a: '{"t":3,"u":1}' }],
    ['texts of other words', 'a b', 'a', 'a b c'],
  ];
  for (const [what, before, bundle, after] of same) {
    test(`is as that of the source but for ${what}`, () => {
      assert.equal(findDifference(answer(before), answer(bundle), answer(after)), undefined);
    });
  }

  const others: [string, unknown, unknown, unknown][] = [
    ['a value', { a: 1, id: 1 }, { a: 2, id: 2 }, { a: 1, id: 3 }],
    ['a missing member', { a: 1, id: 1 }, { id: 2 }, { a: 1, id: 3 }],
    ['another type', { a: 1, id: 1 }, { a: 1, id: 'x' }, { a: 1, id: 3 }],
    ['a word beside a time', 'one at 10:00', 'two at 10:00', 'one at 10:01'],
    ['text for JSON', { id: 1 }, 'x', { id: 2 }],
    ['an object for a list', { list: [1], id: 1 }, { list: { 0: 1 }, id: 1 }, { list: [1], id: 2 }],
  ];
  for (const [what, before, bundle, after] of others) {
    test(`differs by ${what}`, () => {
      assert.equal(findDifference(answer(before), answer(bundle), answer(after)), 'the body');
    });
  }

  test('differs by its status and its fields', () => {
    assert.equal(findDifference(answer('', 200), answer('', 500), answer('', 200)), 'the status');
    const [one, two] = [answer('', 200, { a: '1' }), answer('', 200)];
    assert.equal(findDifference(one, two, one), 'the field a');
    assert.equal(findDifference(two, one, two), 'the field a');
  });
});

test('--warm takes the words of barefn invoke, quoted as in a shell', () => {
  const { words, flags } = readWarmRequest(
    `-X PUT -H 'X-One: a b' --data="{\\"id\\": 7}" /orders\\ 1`,
  );
  assert.deepEqual(words, ['invoke', '/orders 1']);
  assert.deepEqual(Object.fromEntries(flags), {
    request: ['PUT'],
    header: ['X-One: a b'],
    data: ['{"id": 7}'],
  });
  assert.throws(() => readWarmRequest('--port=1'), { code: 'INVALID_OPTION' });
  assert.throws(() => readWarmRequest('--out=x'), { code: 'INVALID_OPTION' });
});

/** Each call and hook is a line of a file, with the process that had it. */
const LOGGING = `
  const { appendFileSync } = require('fs');
  const log = (text) => appendFileSync(__dirname + '/log', process.pid + ' ' + text + '\\n');
  const { http, cloudEvent, event, typed, onStartup, onShutdown } = require('barefn');
  onStartup(() => log('started'));
  onShutdown(() => log('closed'));
  http('hello', (req, res) => { log(req.method + ' ' + req.url + ' ' + (req.rawBody ?? '')); res.json({ at: new Date(), id: Math.random() }); });
  cloudEvent('onEvent', (event) => log(event.type));
  event('onLegacy', (data, context) => log(context.eventType));
  typed('sum', ({ a = 0, b = 0 }) => { log('sum'); return a + b; });
`;

test('the function is called from its source, from one file and from its source, with its hooks', () => {
  const project = new Project({ 'index.js': LOGGING });
  const { stdout } = project.build('--target=hello', '--warm=/?a=1', "--warm=-d '[1]' /b");
  assert.match(stdout, /^2 calls \(200, 200\), as from the source/m);
  const lines = readFileSync(project.path('log'), 'utf8').trim().split('\n');
  const pids = [...new Set(lines.map((line) => line.split(' ')[0]))];
  assert.equal(pids.length, 3);
  const shown = lines.map(
    (line) => `${pids.indexOf(line.split(' ')[0])} ${line.replace(/^\d+ /, '').trim()}`,
  );
  assert.deepEqual(shown.slice(0, 9), [
    '0 started',
    '1 started',
    '2 started',
    '0 GET /?a=1',
    '1 GET /?a=1',
    '2 GET /?a=1',
    '0 POST /b [1]',
    '1 POST /b [1]',
    '2 POST /b [1]',
  ]);
  assert.deepEqual(shown.slice(9).sort(), ['0 closed', '1 closed', '2 closed']);
});

test('other functions get what they take, and --warm what it names', () => {
  const project = new Project({ 'index.js': LOGGING });
  for (const [target, warm, status, logged] of [
    ['onEvent', [], 204, 'com.example.greeting'],
    ['onEvent', ['--warm=--event=storage'], 204, 'google.cloud.storage.object.v1.finalized'],
    ['onLegacy', ['--warm=--event=pubsub'], 204, 'google.pubsub.topic.publish'],
    ['sum', [], 200, 'sum'],
  ] as const) {
    project.write({ log: '' });
    const { stdout } = project.build(`--target=${target}`, ...warm);
    assert.match(stdout, new RegExp(`^One call \\(${status}\\), as from the source`, 'm'), target);
    assert.equal(readFileSync(project.path('log'), 'utf8').split(` ${logged}\n`).length, 4, target);
  }
});

test('--no-warm calls nothing, and the build starts without compiled code', async () => {
  const project = new Project({ 'index.js': LOGGING, log: '' });
  const { stdout } = project.build('--target=hello', '--no-warm');
  assert.match(stdout, /^Not called \(--no-warm\): there is no compiled code/m);
  assert.equal(readFileSync(project.path('log'), 'utf8'), '');
  const program = await project.serve(['--startup-report']);
  await program.logged('"codeCache":"none was made"');
  assert.equal((await fetch(program.url)).status, 200);
});

test('a bundle that answers differently is no build, and both answers are shown', () => {
  const project = new Project({
    'index.js': `exports.hello = (req, res) => res.send(require.main.filename.includes('child') ? typeof module.filename : '');`,
  });
  const { code, stderr } = project.run(['build', '--target=hello']);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^GET \/ is answered differently from one file: the body\. .*--external=NAME/m,
  );
  assert.match(
    stderr,
    /From the source:\n200\n[\s\S]*\nstring\n\nFrom one file:\n200\n[\s\S]*\nundefined/,
  );
  const again = project.run(['--verify', '--target=hello']);
  assert.match(again.stdout, /^OK: hello/);
});

test('a function that refuses the call is built, and the report says that it is not warm', () => {
  const project = new Project({
    'index.js': `exports.hello = (req, res) => res.status(req.query.key ? 200 : 401).send('x');`,
  });
  const { stdout } = project.build('--target=hello');
  assert.match(stdout, /^One call \(401\), as from the source/m);
  assert.match(stdout, /^The function refused the call, .* --warm$/m);
});

test('a function that does not start fails the build as it fails the command', () => {
  const project = new Project({ 'index.js': `throw new Error('no start');` });
  const { code, stderr } = project.run(['build', '--target=hello']);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^The function does not start without a build, either\.\n[\s\S]*Error: no start/m,
  );
});

test('a request that is never answered fails the build with the flags that help', () => {
  const project = new Project({
    'index.js': `exports.hello = (req) => req.socket.destroy();`,
  });
  const { code, stderr } = project.run(['build', '--target=hello']);
  assert.equal(code, 1);
  assert.match(stderr, /^GET \/ was not answered: .*--warm, or --no-warm/m);
});
