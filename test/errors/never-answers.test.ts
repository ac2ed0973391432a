import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Program, serveProgram } from '../support/program';
import { send, Wire } from '../support/wire';

const express = JSON.stringify(require.resolve('express'));
const SLOW = `
const fs = require('node:fs');
const app = require(${express})();
app.get('/app', () => {});
app.get('/appLate', (req, res) => setTimeout(() => { res.json({ late: 1 }); console.error('went on'); }, 1300));
const late = (answer) => (req, res) => setTimeout(() => { answer(res); console.error('went on'); }, 1300);
const functions = {
  never() {},
  reason(req) { req.signal.addEventListener('abort', () => console.error(req.signal.reason.name + ': ' + req.signal.reason.message)); },
  answers(req, res) { req.signal.addEventListener('abort', () => res.status(503).send('giving up')); },
  throws(req) { req.signal.addEventListener('abort', () => { throw new Error('in the listener'); }); },
  rejects(req) { req.signal.addEventListener('abort', async () => { await null; throw new Error('in the listener'); }); },
  send: late((res) => res.send('late')),
  json: late((res) => res.status(201).set('X-A', '1').json({ late: 1 })),
  end: late((res) => res.end('late')),
  write: late((res) => { res.write('a', () => console.error('called back')); res.end('b'); }),
  writeHead: late((res) => res.writeHead(200, { a: 'b' }).end('late')),
  redirect: late((res) => res.redirect('/x')),
  sendFile: late((res) => res.sendFile(__filename)),
  pipe: late((res) => fs.createReadStream(__filename).pipe(res)),
  begun(req, res) { res.write('begun'); setTimeout(() => { res.write('late'); res.end(); console.error('went on'); }, 1300); },
  blocks(req, res) { const end = Date.now() + Number(req.query.ms); while (Date.now() < end); res.send('unblocked'); },
  wait(req, res) { setTimeout(() => res.send('waited'), 100); },
  upload(req, res) { console.error('called'); res.send('x'); },
  ok(req, res) { res.send('ok'); },
};
exports.function = (req, res) => req.path.startsWith('/app') ? app(req, res) : functions[req.path.slice(1)](req, res);
exports.application = app;
`;

describe('a function that never answers, with --timeout', () => {
  let program: Program;
  before(async () => {
    program = await serveProgram(SLOW, { args: ['--timeout=1', '--target=function'] });
  });
  after(() => program.kill());

  test('is answered with 504, and a line is logged', async () => {
    await program.takeErrors();
    const { status, text } = await send(`${program.url}/never?secret`, { method: 'GET' });
    assert.deepEqual([status, text], [504, 'The function did not answer within 1 s.']);
    const log = await program.takeErrors();
    assert.equal(log, '504 for GET /never: The function did not answer within 1 s.\n');
  });

  test('sees its signal abort', async () => {
    await send(`${program.url}/reason`, { method: 'GET' });
    await program.logged('TimeoutError: The function did not answer within 1000 ms.');
  });

  test('may answer then', async () => {
    const { status, text } = await send(`${program.url}/answers`, { method: 'GET' });
    assert.deepEqual([status, text], [503, 'giving up']);
  });

  for (const name of ['throws', 'rejects']) {
    test(`does no harm when its abort listener ${name}`, async () => {
      await program.takeErrors();
      const { status } = await send(`${program.url}/${name}`, { method: 'GET' });
      assert.equal(status, 504);
      await program.logged('in the listener');
      assert.equal(await (await fetch(`${program.url}/ok`)).text(), 'ok');
    });
  }

  test('answers in vain afterwards: ignored, one line each', async () => {
    await program.takeErrors();
    const names = 'send json end write writeHead redirect sendFile pipe appLate'.split(' ');
    const answers = await Promise.all(
      names.map((name) => send(`${program.url}/${name}`, { method: 'GET' })),
    );
    for (const { status } of answers) assert.equal(status, 504);
    await program.until(() => program.stderr.split('went on').length === names.length + 1);
    await delay(100);
    const log = await program.takeErrors();
    for (const name of names) {
      const line = `The answer to GET /${name} came too late and is ignored.\n`;
      assert.equal(log.split(line).length, 2, `${name}: ${log}`);
    }
    assert.match(log, /called back/);
    assert.doesNotMatch(log, / at |Error/);
  });

  test('is cut off when it has begun to answer', async () => {
    await program.takeErrors();
    const wire = await Wire.connect(program.port);
    wire.write('GET /begun HTTP/1.1\r\nHost: a\r\n\r\n');
    assert.match(await wire.end(), /200 OK.*begun\r\n$/s);
    await program.logged('went on');
    assert.match(program.stderr, /The answer to GET \/begun came too late/);
  });

  test('is not called when its body came too late', async () => {
    await program.takeErrors();
    const wire = await Wire.connect(program.port);
    wire.write('POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345');
    await wire.sees('did not answer within');
    wire.write('67890');
    await delay(100);
    wire.destroy();
    assert.doesNotMatch(await program.takeErrors(), /called/);
  });
});

describe('a client that goes', () => {
  for (const target of ['function', 'application']) {
    for (const name of target === 'function' ? ['never', 'throws', 'rejects', 'app'] : ['app']) {
      test(`harms no other request: ${target} ${name}`, async () => {
        const program = await serveProgram(SLOW, { args: [`--target=${target}`] });
        const wire = await Wire.connect(program.port);
        wire.write(`GET /${name} HTTP/1.1\r\nHost: a\r\n\r\n`);
        await delay(100);
        wire.destroy();
        if (['throws', 'rejects'].includes(name)) await program.logged('in the listener');
        await delay(100);
        assert.ok([200, 404].includes((await fetch(`${program.url}/ok`)).status));
        program.signal('SIGTERM');
        assert.equal(await program.exit(), 0);
      });
    }
  }
});

test('a function that blocks the event loop is answered afterwards: no timeout fires meanwhile', async () => {
  const program = await serveProgram(SLOW, { args: ['--timeout=1', '--target=function'] });
  const waiting = fetch(`${program.url}/wait`);
  await delay(50);
  const blocking = await fetch(`${program.url}/blocks?ms=1400`);
  assert.deepEqual([blocking.status, await blocking.text()], [200, 'unblocked']);
  assert.equal(await (await waiting).text(), 'waited');
  assert.equal(program.stderr, '');
  program.kill();
});

/** Says in what order it begins and answers, and blocks when both others have come. */
const BLOCKS = `
const { http } = require('barefn');
const { writeSync } = require('node:fs');
const say = (text) => writeSync(2, text + '\\n');
let blocker;
function block() {
  for (const end = Date.now() + 300; Date.now() < end; );
  say('unblocked');
}
http('function', (req, res) => {
  res.on('finish', () => say('answered ' + req.path));
  if (req.path === '/wait') {
    say('waits');
    blocker = () => setTimeout(() => res.send('waited'), 10);
  } else {
    blocker();
    block();
    res.send('blocked');
  }
});
`;

test('a function that blocks the event loop makes all wait, then they are answered', async () => {
  const program = await serveProgram(BLOCKS, { args: ['--target=function'] });
  const waiting = fetch(`${program.url}/wait`);
  await program.logged('waits');
  const blocking = fetch(`${program.url}/blocks`);
  assert.equal(await (await waiting).text(), 'waited');
  assert.equal(await (await blocking).text(), 'blocked');
  await program.logged('answered /wait', 'answered /blocks');
  // The timer of the first was due long before the second ended.
  assert.match(program.stderr, /^waits\nunblocked\nanswered .*\nanswered .*\n$/);
  program.kill();
});
