import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Program, serveProgram, startProgram } from '../support/program';

const PROGRAM = `
const { http, cloudEvent, event, typed, web } = require('barefn');
http('hello', (req, res) => {
  const { url, path, baseUrl, originalUrl, query, body } = req;
  res.json({ url, path, baseUrl, originalUrl, query, body });
});
cloudEvent('onEvent', (event) => ({ id: event.id, data: event.data }));
event('onLegacy', (data, context) => ({ data, type: context.eventType }));
typed('double', ({ n }) => 2 * n);
web('edge', async (request) => new Response(request.url.replace(/^.*?\\/\\/[^/]*/, '') + await request.text()));
http('slow', () => {});
http('fails', () => { throw new Error('failed'); });
exports.plain = (req, res) => res.send('plain');
exports['größe'] = (req, res) => res.send('size');
exports['<img src=x>'] = (req, res) => res.send('escaped');
exports.hello = () => {};
exports.data = 7;
const express = require(${JSON.stringify(require.resolve('express'))});
exports.app = express();
exports.app.use('/sub', (req, res) => res.json([req.url, req.baseUrl, req.originalUrl]));
`;

describe("--target='*'", { timeout: 60_000 }, () => {
  let program: Program;
  before(async () => {
    const args = ['--target=*', '--timeout=1', '--ignored-routes=/ignored'];
    program = await serveProgram(PROGRAM, { args });
  });
  after(() => program.kill());

  const get = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(program.url + path, init);
  const post = (path: string, body: unknown, type = 'application/json'): Promise<Response> =>
    get(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': type } });

  const mounts: [target: string, url: string, path: string][] = [
    ['/hello', '/', '/'],
    ['/hello/', '/', '/'],
    ['/hello?a=1', '/?a=1', '/'],
    ['/hello/a/b%20c?a=1', '/a/b%20c?a=1', '/a/b%20c'],
    ['/hello//a', '//a', '//a'],
  ];
  for (const [target, url, path] of mounts) {
    test(`a function sees ${target} as a mounted Express application would`, async () => {
      const seen = (await (await get(target)).json()) as Record<string, unknown>;
      const query = target.includes('?') ? { a: '1' } : {};
      assert.deepEqual(seen, { url, path, baseUrl: '/hello', originalUrl: target, query });
    });
  }

  test('each is called by its own signature type', async () => {
    const event = { specversion: '1.0', id: '7', source: '/', type: 'a.b', data: { n: 1 } };
    const answers = [
      await (await post('/hello', { n: 1 })).json(),
      await (await post('/onEvent', event, 'application/cloudevents+json')).json(),
      await (await post('/onLegacy', { data: 1, context: { eventType: 't' } })).json(),
      await (await post('/double', { n: 4 })).json(),
      await (await post('/edge/x?y=1', 'body')).text(),
      await (await get('/plain')).text(),
    ];
    assert.deepEqual((answers[0] as { body: unknown }).body, { n: 1 });
    assert.deepEqual(answers.slice(1), [
      { id: '7', data: { n: 1 } },
      { data: 1, type: 't' },
      8,
      '/x?y=1"body"',
      'plain',
    ]);
  });

  test('names in other scripts, and Express applications with routers, are reached', async () => {
    assert.equal(await (await get(`/${encodeURIComponent('größe')}`)).text(), 'size');
    const seen = await (await get('/app/sub/x?y')).json();
    assert.deepEqual(seen, ['/x?y', '/app/sub', '/app/sub/x?y']);
  });

  test('each has its methods, ignored routes, timeout and errors', async () => {
    const statuses = [
      (await get('/onEvent')).status,
      (await get('/hello/ignored/x')).status,
      (await get('/fails')).status,
      (await get('/slow')).status,
      (await get('/hello/%zz')).status,
      (await get('/onEvent', { method: 'POST', body: '{' })).status,
    ];
    assert.deepEqual(statuses, [405, 404, 500, 504, 400, 415]);
  });

  test('an unknown name is 404 with all that there are', async () => {
    for (const path of ['/nothing', '/constructor', '/__proto__', '/data', '//hello']) {
      const answer = await get(path);
      assert.equal(answer.status, 404);
      const names = (await answer.text()).match(/(?<=^\/).*/gm);
      assert.deepEqual(names, [
        ...['hello', 'onEvent', 'onLegacy', 'double', 'edge', 'slow', 'fails', 'plain'],
        ...['gr%C3%B6%C3%9Fe', '%3Cimg%20src%3Dx%3E', 'app'],
      ]);
    }
    assert.equal((await post('/', {})).status, 404);
  });

  test('the page names all, escaped, and loads nothing from elsewhere', async () => {
    const answer = await get('/');
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
    const policy = answer.headers.get('content-security-policy') as string;
    assert.match(policy, /^default-src 'none'; script-src 'nonce-[\w-]{36}';/);
    const page = await answer.text();
    assert.match(page, /<li>größe \(http\)<\/li>/);
    assert.match(page, /<li>&#60;img src=x&#62; \(http\)<\/li>/);
    assert.doesNotMatch(page, /<img|(?:src|href)="(?!\/_barefn\/|data:image)/);
    const again = (await get('/')).headers.get('content-security-policy');
    assert.notEqual(again, policy);
  });

  test('the page is given sample events and deliverys', async () => {
    const { event, modes } = (await (await get('/_barefn/sample?kind=pubsub')).json()) as any;
    assert.equal(event.type, 'google.cloud.pubsub.topic.v1.messagePublished');
    assert.deepEqual(modes, { binary: null, structured: null, legacy: null, push: null });
    const form = { kind: 'pubsub', mode: 'push', attributes: {}, data: JSON.stringify(event.data) };
    const sample = (await (await post('/_barefn/message', form)).json()) as any;
    assert.equal(sample.path, '/projects/my-project/topics/my-topic');
    const sent = await get(`/onEvent${sample.path}`, { method: 'POST', ...sample });
    assert.equal(sent.status, 200);
    const delivery = async (query: string): Promise<string> =>
      ((await (await get(`/_barefn/delivery?${query}`)).json()) as any).text;
    assert.match(await delivery('status=500'), /^Retried/);
    assert.match(await delivery('status=203&kind=pubsub'), /^Retried/);
    for (const kind of ['nothing', '__proto__']) {
      assert.equal((await get(`/_barefn/sample?kind=${kind}`)).status, 400);
    }
    const wrong = await post('/_barefn/message', { ...form, kind: 'custom' });
    assert.match(((await wrong.json()) as any).error, /Only Pub\/Sub pushes events/);
  });

  test('what it prints names each function with its URL', () => {
    assert.match(program.stdout, /^Serving all functions\.\.\.\nhttp {8}http:\S+\/hello\n/);
    assert.match(program.stdout, /^cloudevent {2}http:\S+\/onEvent$/m);
  });
});

test("--target='*' drains like any other", async () => {
  const program = await serveProgram(
    `exports.f = (req, res) => { console.log('begun'); setTimeout(() => res.send('late'), 200); };
     exports.g = () => {};`,
    { args: ['--target=*'] },
  );
  const answer = fetch(`${program.url}/f`);
  await program.until(() => program.stdout.includes('begun'));
  program.signal('SIGTERM');
  assert.equal(await (await answer).text(), 'late');
  assert.equal(await program.exit(), 0);
});

test("--target='*' is refused in production and where there is no function", async () => {
  const refused: [text: string, env: Record<string, string>, stderr: RegExp][] = [
    ['exports.f = () => {};', { NODE_ENV: 'production' }, /^--target='\*'.*pass one function.*\n$/],
    ['exports.x = 1;', {}, /exports no function/],
  ];
  for (const [text, env, stderr] of refused) {
    const program = startProgram(text, { args: ['--target=*'], env });
    assert.equal(await program.exit(), 1);
    assert.match(program.stderr, stderr);
  }
});

test('with several functions and no target the error names them and the asterisk', async () => {
  const text = 'exports.a = () => {}; exports.b = () => {};';
  const program = startProgram(text);
  assert.equal(await program.exit(), 1);
  assert.match(program.stderr, /exports "a", "b"\. Pass --target=.*, or --target='\*' for all/);
  const inProduction = startProgram(text, { env: { NODE_ENV: 'production' } });
  assert.equal(await inProduction.exit(), 1);
  assert.doesNotMatch(inProduction.stderr, /\*/);
});

test('invoke takes one function', async () => {
  const args = ['invoke', '--target=*'];
  const program = startProgram('exports.a = () => {}; exports.b = () => {};', { args });
  assert.equal(await program.exit(), 1);
  assert.match(program.stderr, /exports "a", "b"\. Pass --target=a or another of these\.\n/);
});

test('the only function needs no target', async () => {
  const program = await serveProgram(`exports.only = (req, res) => res.send('only');`);
  assert.equal(await (await fetch(program.url)).text(), 'only');
  assert.match(program.stdout, /^Function: only$/m);
  program.kill();
});
