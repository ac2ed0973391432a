import assert from 'node:assert/strict';
import http from 'node:http';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Program, type Setting, serveInProduction, serveProgram } from '../support/program';

/** Each function stands alone on its line, so that the line shows which of them it is. */
const PROGRAM = `const { cloudEvent, event, http: onRequest, typed, web } = require('barefn');
const { once } = require('node:events');
const childProcess = require('node:child_process'), fs = require('node:fs'), http = require('node:http');
const http2 = require('node:http2'), net = require('node:net'), dgram = require('node:dgram'), path = require('node:path');
const { setTimeout: delay } = require('node:timers/promises'), { Worker } = require('node:worker_threads');
const peer = process.env.PEER;
const agent = new http.Agent({ keepAlive: true });
const lib = require('lib');
setInterval(() => {}, 1000);
childProcess.execFileSync('mkfifo', [path.join(__dirname, 'fifo')]);
http.createServer().listen(0);
const get = (target) => new Promise((done) => http.get(peer + target, { agent }, (res) => res.resume().on('end', done)));
let later;
const leaving = {
  timeout() { setTimeout(() => {}, 5000); },
  interval() { setInterval(() => {}, 1000); },
  delayed() { delay(5000); },
  chain() { const again = () => setTimeout(again, 15); again(); },
  async afterAwait() { await delay(5); setTimeout(() => {}, 5000); },
  async inBranch() { (async () => { await delay(5); await get('/slow'); })(); await delay(10); },
  fetch() { fetch(peer + '/slow?secret=1'); },
  async pooledFetch() { await (await fetch(peer + '/fast')).text(); fetch(peer + '/slow'); },
  httpGet() { http.get(peer + '/slow', { agent }); },
  async pooledGet() { await get('/fast'); http.get(peer + '/slow', { agent }); },
  packageGet() { lib.get(peer + '/slow'); },
  socket() { net.connect(new URL(peer).port, '127.0.0.1'); },
  server() { net.createServer().listen(0); },
  httpServer() { http.createServer().listen(0); },
  udp() { dgram.createSocket('udp4').bind(0); },
  child() { childProcess.spawn('sleep', ['5']); },
  exec() { childProcess.exec('sleep 5'); },
  worker() { new Worker('setInterval(() => {}, 1000)', { eval: true }); },
  watcher() { fs.watch(__dirname); },
  file() { fs.open(path.join(__dirname, 'fifo'), () => {}); },
  filePromise() { fs.promises.readFile(path.join(__dirname, 'fifo')); },
  async throws() { setTimeout(() => {}, 5000); throw new Error('fails'); },
  async http2() { await h2('/fast'); h2('/slow'); },
};
let session;
function h2(target) { session ??= http2.connect(process.env.PEER2); return new Promise((done) => session.request({ ':path': target }).resume().on('close', done)); }
const clean = {
  nothing() {},
  async timers() { await delay(20); clearInterval(setInterval(() => {}, 1000)); setTimeout(() => {}, 10); setImmediate(() => {}); },
  unref() { setTimeout(() => {}, 5000).unref(); setInterval(() => {}, 5000).unref(); AbortSignal.timeout(5000); },
  async fetched() { await (await fetch(peer + '/fast')).text(); },
  async unread() { return (await fetch(peer + '/fast')).status; },
  async concurrent() { await Promise.all(Array.from({ length: 5 }, async () => (await fetch(peer + '/fast')).json())); },
  async got() { await get('/fast'); await get('/fast'); },
  async head() { await new Promise((done) => http.get(peer + '/fast', { agent }, done)); },
  async sockets() { const socket = net.connect(new URL(peer).port); await once(socket, 'connect'); socket.end(); await once(socket.resume(), 'close'); },
  async servers() { const server = net.createServer().listen(0); await once(server, 'listening'); server.close(); },
  async children() { await once(childProcess.spawn('true'), 'close'); },
  async files() { await fs.promises.writeFile(path.join(__dirname, 'x'), 'y'); await fs.promises.readFile(__filename); fs.createReadStream(__filename).resume(); },
  slowFiles() { let left = 15; const open = () => void (left-- > 0 && fs.open(__filename, (_, fd) => fs.close(fd, () => setTimeout(open, 4)))); open(); },
  logs() { console.log('x'); console.error('y'); process.stdout.write('z'); },
  pool() { lib.pool(peer); },
  async imported() { await import('node:zlib'); },
  async http2() { await h2('/fast'); },
  thenable() { let calls = 0; return { then(done) { calls++; setTimeout(() => done({ status: 200 + calls }), 80); } }; },
};
const functions = { leaving, clean };
cloudEvent('function', ({ type, subject }) => functions[type][subject]());
event('legacy', () => { setTimeout(() => {}, 5000); });
onRequest('silent', () => { setInterval(() => {}, 1000); });
onRequest('request', async (req, res) => { later = leaving[req.query.leaves] ?? clean[req.query.clean] ?? streams; await later(req, res); if (later !== streams) res.send('sent'); });
typed('typed', ({ leaves }) => { leaving[leaves]?.(); return 'sent'; });
web('web', (request) => { leaving[new URL(request.url).searchParams.get('leaves')]?.(); return new Response('sent'); });
web('object', { sent: 'sent', fetch() { leaving.timeout(); return new Response(this.sent); } });
function streams(req, res) { const timer = setInterval(() => res.write('.'), 5); res.on('close', () => clearInterval(timer)); setTimeout(() => res.end('sent'), 30); }
cloudEvent('agent', lib.wrap(() => {}, path.join(__dirname, 'fifo')));
cloudEvent('either', ({ type }, done) => { setTimeout(() => {}, 5000); if (type === 'throws') throw new Error('fails'); return delay(5); });
cloudEvent('callback', ({ type }, done) => { setTimeout(() => { if (type === 'leaves') setTimeout(() => {}, 5000); done(); }, 90); });
`;

/** A package that keeps a connection and refreshes something. */
const PACKAGE = `
exports.pool = (peer) => { require('node:net').connect(new URL(peer).port, '127.0.0.1'); setInterval(() => {}, 1000); };
exports.wrap = (handler, file) => (event) => { require('node:fs').readFile(file, () => {}); return handler(event); };
exports.get = async (url) => { await null; await null; require('node:http').get(url, (res) => res.resume()); };
`;

const http2Peer = http2.createServer();
http2Peer.on('stream', (stream, headers) => {
  if (headers[':path'] === '/fast') stream.respond({}, { endStream: true });
});
const peer = http.createServer((req, res) => {
  setTimeout(() => res.end('{"a":1}'), req.url === '/fast' ? 2 : 3000);
});
let env: Record<string, string>;
before(async () => {
  await new Promise<void>((done) => void peer.listen(0, '127.0.0.1', done));
  await new Promise<void>((done) => void http2Peer.listen(0, '127.0.0.1', done));
  env = {
    PEER: `http://127.0.0.1:${(peer.address() as AddressInfo).port}`,
    PEER2: `http://127.0.0.1:${(http2Peer.address() as AddressInfo).port}`,
  };
});
after(() => {
  peer.close();
  peer.closeAllConnections();
  http2Peer.close();
});

const files = { 'node_modules/lib/index.js': PACKAGE };
const serve = (setting: Setting = {}): Promise<Program> =>
  serveProgram(PROGRAM, { ...setting, env: { ...env, ...setting.env }, files });

/** Sends an event, and gives what the program prints once it has warned. */
async function deliverUnfinished(
  program: Program,
  type: string,
  subject?: string,
): Promise<string> {
  const before = await deliver(program, type, subject);
  if (!before.includes('Warning')) await program.logged('turns this off.)\n');
  return before + (await program.takeErrors());
}

/** Sends an event, and gives what the program prints within the next moments. */
async function deliver(program: Program, type: string, subject = 'any'): Promise<string> {
  await program.takeErrors();
  const headers = {
    'ce-specversion': '1.0',
    'ce-id': '1',
    'ce-source': '//pubsub.googleapis.com/projects/p/topics/t',
    'ce-type': type,
  };
  const response = await fetch(program.url, {
    method: 'POST',
    headers: { ...headers, 'ce-subject': subject },
  });
  assert.ok(response.ok || subject === 'throws', await response.text());
  await delay(110);
  return await program.takeErrors();
}

const lineOf = (name: string): number =>
  PROGRAM.split('\n').findIndex((line) => line.replace(/^ +(async )?/, '').startsWith(name)) + 1;

describe('work that an event function leaves running is reported with its place', () => {
  let program: Program;
  before(async () => {
    program = await serve();
  });
  after(() => program.kill());

  for (const [name, text] of [
    ['timeout', 'a timer (setTimeout)'],
    ['interval', 'a timer (setInterval)'],
    ['delayed', 'a timer (setTimeout)'],
    ['chain', 'a timer (setTimeout)'],
    ['afterAwait', 'a timer (setTimeout)'],
    ['inBranch', 'a request, GET {peer}/slow'],
    ['fetch', 'a request, GET {peer}/slow'],
    ['pooledFetch', 'a request, GET {peer}/slow'],
    ['httpGet', 'a request, GET {peer}/slow'],
    ['pooledGet', 'a request, GET {peer}/slow'],
    ['packageGet', 'a request, GET {peer}/slow'],
    ['socket', 'an open socket'],
    ['server', 'a listening server'],
    ['httpServer', 'a listening server'],
    ['udp', 'an open socket (UDP)'],
    ['child', 'a child process'],
    ['exec', 'a child process'],
    ['worker', 'a worker thread'],
    ['watcher', 'a file watcher'],
    ['file', 'a file operation'],
    ['filePromise', 'a file operation'],
    ['throws', 'a timer (setTimeout)'],
    ['http2', 'an HTTP/2 or gRPC request'],
  ] as const) {
    test(`${name}: ${text}`, async () => {
      const warning = await deliverUnfinished(program, 'leaving', name);
      const reported = [...warning.matchAll(/^ {2}(.*), started at .*index\.js:(\d+):\d+$/gm)];
      assert.equal(reported.length, 1, warning);
      assert.equal(reported[0]?.[1], text.replace('{peer}', env['PEER'] as string));
      const callee = { inBranch: 'const get =', http2: 'function h2' }[name as string];
      assert.equal(Number(reported[0]?.[2]), lineOf(callee ?? `${name}(`), warning);
      assert.doesNotMatch(warning, /secret/);
      const again = await deliver(program, 'leaving', name);
      assert.doesNotMatch(again, /Warning/, 'once');
    });
  }
});

const CLEAN =
  'nothing timers unref fetched unread concurrent got head sockets servers children files slowFiles logs pool imported http2 thenable'.split(
    ' ',
  );

describe('what is no unfinished work is not reported', () => {
  let program: Program;
  before(async () => {
    program = await serve();
  });
  after(() => program.kill());

  for (const name of CLEAN) {
    test(name, async () => {
      assert.notEqual(lineOf(`${name}(`), 0);
      assert.doesNotMatch(await deliver(program, 'clean', name), /Warning/);
    });
  }
});

test('a function that calls back ends when it does so', async () => {
  const program = await serve({ args: ['--target=callback'] });
  assert.doesNotMatch(await deliver(program, 'waits'), /Warning/);
  assert.match(await deliverUnfinished(program, 'leaves'), /a timer \(setTimeout\), started at/);
  program.kill();
});

test('a function with a callback ends by its promise, or when it throws, as well', async () => {
  const program = await serve({ args: ['--target=either'] });
  assert.match(await deliverUnfinished(program, 'promises'), /a timer \(setTimeout\), started at/);
  program.kill();
  const other = await serve({ args: ['--target=either'] });
  assert.match(
    await deliverUnfinished(other, 'throws', 'throws'),
    /a timer \(setTimeout\), started/,
  );
  other.kill();
});

test('a legacy function is watched too', async () => {
  const program = await serve({ args: ['--target=legacy'] });
  assert.match(
    await deliverUnfinished(program, 'google.cloud.pubsub.topic.v1.messagePublished'),
    /Warning: legacy ended/,
  );
  program.kill();
});

describe('work that a request leaves running is reported once its response is sent', () => {
  for (const [target, leaves, body] of [
    ['request', '?leaves=timeout', undefined],
    ['request', '?leaves=fetch', undefined],
    ['request', '?leaves=inBranch', undefined],
    ['request', '?leaves=exec', undefined],
    ['typed', '', '{"leaves":"interval"}'],
    ['web', '?leaves=httpGet', undefined],
    ['object', '', undefined],
  ] as const) {
    test(`${target} ${leaves}`, async () => {
      const program = await serve({ args: [`--target=${target}`] });
      const warning = await request(program, leaves, body);
      assert.match(
        warning,
        new RegExp(
          `^Warning: ${target} answered while work .*\\n  .*, started at .*index\\.js:\\d+:\\d+\\nA function`,
        ),
      );
      program.kill();
    });
  }

  test('and not what ends with it, what is kept on purpose, and what agents do', async () => {
    const program = await serve({ args: ['--target=request'] });
    for (const name of [...CLEAN.filter((name) => name !== 'thenable'), 'streams']) {
      await fetch(`${program.url}/?clean=${name}`).then((response) => response.text());
    }
    // What comes after them is reported, and nothing before it.
    const warning = await request(program, '?leaves=timeout');
    assert.equal(warning.match(/Warning/g)?.length, 1, warning);
    assert.equal(warning.match(/started at .*index\.js:(\d+)/)?.[1], `${lineOf('timeout(')}`);
    program.kill();
    const agent = await serve({ args: ['--target=agent'] });
    assert.equal(await deliver(agent, 'any'), '');
    await delay(600);
    assert.equal(await agent.takeErrors(), '');
    agent.kill();
  });

  test('and not what goes on after a timeout', async () => {
    const program = await serve({ args: ['--target=silent', '--timeout=1'] });
    // The first one may come before what watches is loaded.
    for (const _ of [1, 2]) assert.equal((await fetch(program.url)).status, 504);
    await delay(300);
    assert.doesNotMatch(await program.takeErrors(), /work that it started/);
    program.kill();
  });

  /** Sends requests until the program, which loads what watches after its port is open, warns. */
  async function request(program: Program, path: string, body?: string): Promise<string> {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', body, headers: { 'Content-Type': 'application/json' } };
    while (!program.stderr.includes('turns this off.)')) {
      const response = await fetch(`${program.url}/${path}`, init);
      assert.match(await response.text(), /sent/);
      await delay(100);
    }
    return await program.takeErrors();
  }
});

describe('nothing is reported', () => {
  for (const [where, setting] of <[string, Setting][]>[
    ['on Cloud Run and Knative', { env: { K_SERVICE: 'service' } }],
    ['with --no-warn-unfinished', { args: ['--no-warn-unfinished'] }],
    ['with FUNCTION_WARN_UNFINISHED=false', { env: { FUNCTION_WARN_UNFINISHED: 'false' } }],
  ]) {
    test(where, async () => {
      const program = await serve(setting);
      assert.equal(await deliver(program, 'leaving', 'timeout'), '');
      program.kill();
    });
  }

  test('in production', async () => {
    const program = await serveInProduction(PROGRAM, { env, files });
    assert.equal(await deliver(program, 'leaving', 'timeout'), '');
    program.kill();
  });
});
