import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Program, serveProgram, startProgram } from './support/program';
import { exchangeBytes, parseReply, send, Wire } from './support/wire';

const FAILING = `
const { EventEmitter } = require('node:events');
const { PassThrough } = require('node:stream');
const shared = new EventEmitter();
const failing = {
  sync() { throw new Error('sync <b>'); },
  async async() { throw new Error('async <b>'); },
  timer() { setTimeout(() => { throw new Error('timer <b>'); }, 1); },
  immediate() { setImmediate(() => { throw new Error('immediate <b>'); }); },
  tick() { process.nextTick(() => { throw new Error('tick <b>'); }); },
  microtask() { queueMicrotask(() => { throw new Error('microtask <b>'); }); },
  emitter() { const e = new EventEmitter(); setTimeout(() => e.emit('error', new Error('emitter <b>')), 1); },
  stream() { const s = new PassThrough(); s.on('data', () => { throw new Error('stream <b>'); }); s.write('x'); },
  file() { require('node:fs').readFile(__filename, () => { throw new Error('file <b>'); }); },
  floating() { Promise.reject(new Error('floating <b>')); },
  floatingLater() { (async () => { await null; throw new Error('floatingLater <b>'); })(); },
  thenable() { return { then(resolve, reject) { reject(new Error('thenable <b>')); } }; },
  onData(req) { req.on('data', () => { throw new Error('onData <b>'); }); },
  onEnd(req) { req.on('data', () => {}).on('end', () => { throw new Error('onEnd <b>'); }); },
};
const odd = {
  undefined() { throw undefined; },
  null() { throw null; },
  zero() { throw 0; },
  text() { throw 'only a text'; },
  object() { throw { reason: 1 }; },
  prototypeless() { throw Object.create(null); },
  symbol() { throw Symbol('odd'); },
  emptyMessage() { throw new Error(''); },
  async asyncUndefined() { throw undefined; },
  promiseRejectNothing() { return Promise.reject(); },
  floatingNothing() { Promise.reject(); },
  timerUndefined() { setTimeout(() => { throw undefined; }, 1); },
};
const late = {
  afterEnd(req, res) { res.send('fine'); throw new Error('afterEnd'); },
  async asyncAfterEnd(req, res) { res.send('fine'); await null; throw new Error('asyncAfterEnd'); },
  afterFinish(req, res) { res.on('finish', () => { throw new Error('afterFinish'); }).send('fine'); },
  afterClose(req, res) { res.on('close', () => { throw new Error('afterClose'); }).send('fine'); },
  requestClose(req, res) { req.on('close', () => { throw new Error('requestClose'); }); res.send('fine'); },
  tickAfterEnd(req, res) { res.send('fine'); process.nextTick(() => { throw new Error('tickAfterEnd'); }); },
  timerAfterEnd(req, res) { setTimeout(() => { throw new Error('timerAfterEnd'); }, 20); res.send('fine'); },
  floatingAfterEnd(req, res) { setTimeout(() => Promise.reject(new Error('floatingAfterEnd')), 20); res.send('fine'); },
};
const cut = {
  syncCut(req, res) { res.write('begun'); throw new Error('syncCut'); },
  async asyncCut(req, res) { res.write('begun'); await null; throw new Error('asyncCut'); },
  timerCut(req, res) { res.write('begun'); setTimeout(() => { throw new Error('timerCut'); }, 5); },
  thenableCut(req, res) { res.write('begun'); return { then(_, reject) { reject(new Error('thenableCut')); } }; },
  floatingCut(req, res) { res.write('begun'); Promise.reject(new Error('floatingCut')); },
  lengthCut(req, res) { res.setHeader('Content-Length', 100); res.write('begun'); throw new Error('lengthCut'); },
};
const other = {
  ok(req, res) { res.send('ok'); },
  badType(req, res) { res.setHeader('Content-Type', 'nonsense'); res.send('x'); },
  fields(req, res) {
    res.setHeader('X-Kept', 'yes').setHeader('Content-Length', 3).setHeader('Content-Type', 'text/html')
      .setHeader('Content-Encoding', 'gzip').setHeader('ETag', '"1"');
    throw new Error('fields');
  },
  wait(req, res) { setTimeout(() => res.send('waited'), 150); },
  later(req, res) {
    const { id } = req.query;
    setTimeout(() => { if (id % 2) throw new Error('id ' + id); res.send('id ' + id); }, id % 7);
  },
  returned() { return 'ignored'; },
  thenResolves(req, res) { return { then(resolve) { res.send('from then'); resolve(); } }; },
  httpError() { throw Object.assign(new Error('teapot'), { status: 418, statusCode: 418 }); },
  poisonMessage() { throw { get message() { throw new Error('poisoned'); } }; },
  poisonStack() { const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { throw new Error('poisoned'); } }); throw e; },
  frozen(req, res) { res.end = () => { throw new Error('no end'); }; throw new Error('frozen'); },
};
const all = { ...failing, ...odd, ...late, ...cut, ...other };
exports.function = (req, res) => all[req.path.slice(1)](req, res);
`;

const FAILURES =
  'sync async timer immediate tick emitter stream file floating floatingLater thenable'.split(' ');
// Node before 24 does not tell to which request a callback of queueMicrotask() belongs.
if (Number.parseInt(process.versions.node, 10) >= 24) FAILURES.push('microtask');
const LATE =
  'afterEnd asyncAfterEnd afterFinish afterClose requestClose tickAfterEnd timerAfterEnd floatingAfterEnd'.split(
    ' ',
  );
const CUT = 'syncCut asyncCut timerCut thenableCut floatingCut lengthCut'.split(' ');

describe('an error inside a request', () => {
  let program: Program;
  before(async () => {
    program = await serveProgram(FAILING);
  });
  after(() => program.kill());

  for (const name of FAILURES) {
    test(`is answered with 500: ${name}`, async () => {
      const response = await fetch(`${program.url}/${name}`);
      assert.equal(response.status, 500);
      assert.equal(response.headers.get('x-google-status'), 'crash');
      assert.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8');
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
      assert.equal(await response.text(), `${name} <b>`);
      const log = await program.takeErrors();
      assert.match(log, new RegExp(`Error: ${name} <b>\\n +at `), 'the stack');
      assert.equal(log.split(`Error: ${name}`).length, 2, 'once');
    });
  }

  for (const name of ['onData', 'onEnd']) {
    test(`is answered with 500 in a listener of the request's own stream: ${name}`, async () => {
      const { status, text } = await send(`${program.url}/${name}`, { body: '{"a":1}' });
      assert.deepEqual([status, text], [500, `${name} <b>`]);
    });
  }

  for (const [name, text] of [
    ['undefined', 'undefined'],
    ['null', 'null'],
    ['zero', '0'],
    ['text', 'only a text'],
    ['object', '[object Object]'],
    ['symbol', 'Symbol(odd)'],
    ['emptyMessage', 'Error'],
    ['asyncUndefined', 'undefined'],
    ['promiseRejectNothing', 'undefined'],
    ['timerUndefined', 'undefined'],
  ] as const) {
    test(`may be any value: ${name}`, async () => {
      const response = await fetch(`${program.url}/${name}`);
      assert.deepEqual([response.status, await response.text()], [500, text]);
    });
  }

  for (const name of ['prototypeless', 'poisonMessage', 'poisonStack', 'floatingNothing']) {
    test(`may be a value that has no text: ${name}`, async () => {
      const response = await fetch(`${program.url}/${name}`);
      assert.equal(response.status, 500);
      await response.text();
      assert.equal(await (await fetch(`${program.url}/ok`)).text(), 'ok');
    });
  }

  for (const name of LATE) {
    test(`is only logged once the response has ended: ${name}`, async () => {
      await program.takeErrors();
      const response = await fetch(`${program.url}/${name}`);
      assert.deepEqual([response.status, await response.text()], [200, 'fine']);
      await program.logged(name);
      const log = await program.takeErrors();
      assert.equal(log.split(`Error: ${name}`).length, 2, log);
    });
  }

  for (const name of CUT) {
    test(`cuts a response that has begun: ${name}`, async () => {
      const { status, body } = await exchangeBytes(
        program.port,
        `GET /${name} HTTP/1.1\r\nHost: a\r\n\r\n`,
      );
      assert.equal(status, 200);
      assert.match(body, /begun/);
      assert.ok(!body.includes('0\r\n\r\n'), 'no regular end');
      await assert.rejects(async () => await (await fetch(`${program.url}/${name}`)).text());
    });
  }

  test('keeps the fields of the function but those about its body', async () => {
    const response = await fetch(`${program.url}/fields`);
    assert.equal(response.status, 500);
    assert.equal(response.headers.get('x-kept'), 'yes');
    assert.equal(response.headers.get('content-encoding'), null);
    assert.equal(response.headers.get('etag'), null);
    assert.equal(await response.text(), 'fields');
  });

  test('is 500 even where it names another status, as with Google’s package', async () => {
    const response = await fetch(`${program.url}/httpError`);
    assert.deepEqual([response.status, await response.text()], [500, 'teapot']);
  });

  test('goes to the request that caused it, of many at once', async () => {
    const ids = Array.from({ length: 60 }, (_, id) => id);
    const answers = await Promise.all(
      ids.map(async (id) => {
        const response = await fetch(`${program.url}/later?id=${id}`);
        return `${response.status} ${await response.text()}`;
      }),
    );
    assert.deepEqual(
      answers,
      ids.map((id) => `${id % 2 ? 500 : 200} id ${id}`),
    );
  });

  test('leaves the keep-alive connection usable, and other requests alone', async () => {
    const other = fetch(`${program.url}/wait`);
    const wire = await Wire.connect(program.port);
    wire.write('GET /async HTTP/1.1\r\nHost: a\r\n\r\n');
    await wire.sees('async <b>');
    wire.write('GET /ok HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    assert.match(await wire.end(), /500 Internal.*200 OK.*ok$/s);
    assert.equal(await (await other).text(), 'waited');
  });

  for (const name of ['tick', 'timer', 'onData', 'onEnd']) {
    test(`never breaks the next request of its connection: ${name}`, async () => {
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      await send(`${program.url}/${name}`, { body: '{"a":1}', agent });
      const next = await send(`${program.url}/ok`, { agent });
      assert.equal(next.status, 200);
      agent.destroy();
    });
  }

  test('an odd Content-Type does not hurt the process', async () => {
    const response = await fetch(`${program.url}/badType`);
    assert.ok([200, 500].includes(response.status));
    await response.text();
    assert.equal((await fetch(`${program.url}/ok`)).status, 200);
  });

  test('thenables are awaited, not answered', async () => {
    assert.equal(await (await fetch(`${program.url}/thenResolves`)).text(), 'from then');
  });

  test('what an HTTP function returns is not sent', async () => {
    const signal = AbortSignal.timeout(100);
    await assert.rejects(fetch(`${program.url}/returned`, { signal }), { name: 'TimeoutError' });
  });

  test('that breaks the answer itself does not end the process', async () => {
    const wire = await Wire.connect(program.port);
    wire.write('GET /frozen HTTP/1.1\r\nHost: a\r\n\r\n');
    await program.logged('frozen');
    await delay(50);
    wire.destroy();
    assert.equal((await fetch(`${program.url}/ok`)).status, 200);
  });
});

describe('in production', () => {
  test('no client sees what the error was', async () => {
    const program = await serveInProduction(FAILING);
    for (const name of ['sync', 'async', 'timer', 'floating', 'text', 'undefined', 'onData']) {
      const { status, text, headers } = await send(`${program.url}/${name}`, { body: 'x' });
      assert.deepEqual([status, text], [500, 'Internal Server Error'], name);
      assert.equal(headers['x-google-status'], 'crash');
    }
    await program.logged('Error: sync <b>', 'Error: timer <b>');
    const malformed = await send(`${program.url}/ok`, {
      body: '{"a":',
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(malformed.status, 400);
    assert.doesNotMatch(malformed.text, /^ +at /m);
    program.kill();
  });
});

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

/** Starts a program that prints nothing: it says itself on which port it listens. */
async function serveInProduction(text: string): Promise<Program> {
  const port = 20_000 + (process.pid % 20_000);
  const program = startProgram(text, {
    env: { NODE_ENV: 'production' },
    args: [`--port=${port}`],
  });
  program.port = port;
  for (let tries = 0; tries < 200; tries++) {
    const reply = await exchangeBytes(
      port,
      'GET /ok HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    ).catch(() => parseReply(''));
    if (reply.status === 200) return program;
    await delay(20);
  }
  throw new Error('The program did not start.');
}
