import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { preloadAfterListening } from '../../src/process/preload';
import { parseReply, type Reply, Wire } from '../support/wire';

const root = path.resolve(__dirname, '../..');
const directory = mkdtempSync(path.join(os.tmpdir(), 'preload-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const PROGRAM = `
const fs = require('node:fs');
// Uses up all descriptors.
process.on('SIGUSR2', () => {
  try { for (;;) fs.openSync('/dev/null'); } catch {}
});
// Says when the files were loaded that a request may need. They are loaded in a few turns.
let polls = 0;
const polling = setInterval(() => {
  if (polls++ < 300 && !Object.keys(require.cache).some((file) => file.endsWith('http.js'))) return;
  clearInterval(polling);
  let turns = 0;
  setImmediate(function turn() {
    if (++turns < 50) setImmediate(turn);
    else fs.writeSync(1, 'LOADED');
  });
}, 10);
const routes = {
  '/redirect': (req, res) => res.redirect('/elsewhere'),
  '/cookie': (req, res) => {
    req.secret = 'secret';
    res.cookie('name', 'value', { signed: true }).send('set');
  },
  '/body': (req, res) => res.json(req.body),
  '/throw': () => { throw new Error('thrown by the function'); },
  '/reject': async () => { await null; throw new Error('rejected by the function'); },
  '/late': () => void setTimeout(() => { throw new Error('thrown late'); }, 5),
  '/never': () => {},
  '/file': (req, res) => res.sendFile(__filename),
  '/format': (req, res) => res.format({ text: () => res.send('text'), json: () => res.json({}) }),
  '/origin': (req, res) => res.json([req.ip, req.protocol, req.hostname, req.traceId]),
  '/fields': (req, res) => res.attachment('ä.png').vary('Accept').links({ next: '/2' }).send('x'),
  '/jsonp': (req, res) => res.jsonp({ a: 1 }),
  '/files': (req, res) => res.json(Object.keys(require.cache).map((file) => require('node:path').basename(file))),
  '/long': (req, res) => {
    console.error('began');
    process.once('SIGTERM', () => setTimeout(() => res.send('at last'), 100));
  },
};
const answer = (req, res) => routes[req.path](req, res);
const onEvent = (event) => {
  if (event.type === 'throws') throw new Error('thrown by the function');
  return event.type === 'reply' ? { ...event, type: 'answer' } : undefined;
};
if (process.argv[2] === 'embedded') {
  const { createServer } = require('barefn/server');
  createServer(answer, { bodyLimit: 1000, timeout: 2 }).listen(0, '127.0.0.1', function () {
    process.stdout.write('URL: http://localhost:' + this.address().port + '/\\n');
  });
} else {
  const { http, cloudEvent, onShutdown } = require('barefn');
  http('answer', answer);
  cloudEvent('onEvent', onEvent);
  onShutdown(() => console.error('the hook ran'));
}
`;

/** A program in a directory of its own, with its own copy of what was built. */
class Installed {
  readonly directory = mkdtempSync(path.join(directory, 'program-'));
  readonly dist = path.join(this.directory, 'node_modules/barefn/dist');
  env: Record<string, string> = {};
  stderr = '';
  port = 0;
  private child: ChildProcess | undefined;

  constructor() {
    cpSync(path.join(root, 'dist'), this.dist, { recursive: true });
    cpSync(path.join(root, 'package.json'), path.join(this.dist, '../package.json'));
    writeFileSync(path.join(this.directory, 'index.js'), PROGRAM);
    writeFileSync(path.join(this.directory, 'package.json'), '{}');
  }

  /** Starts it with few descriptors, and waits until it has loaded all it will. */
  async start(...words: string[]): Promise<void> {
    const command = [process.execPath, ...words].map((word) => `'${word}'`).join(' ');
    this.child = spawn('sh', ['-c', `ulimit -n 64; exec ${command}`], {
      cwd: this.directory,
      env: { PATH: process.env['PATH'], ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const child = this.child;
    after(() => child.kill('SIGKILL'));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    while (!stdout.includes('LOADED')) {
      if (child.exitCode !== null) throw new Error(this.stderr);
      await Promise.race([
        once(child.stdout as NodeJS.ReadableStream, 'data'),
        once(child, 'exit'),
      ]);
    }
    this.port = Number(/URL: http:\/\/localhost:(\d+)/.exec(stdout)?.[1]);
  }

  serve(target: string, ...flags: string[]): Promise<void> {
    const cli = path.join(this.dist, 'cli.js');
    return this.start(cli, `--target=${target}`, '--port=0', '--body-limit=1000', ...flags);
  }

  embed(): Promise<void> {
    return this.start('index.js', 'embedded');
  }

  get errors(): NodeJS.ReadableStream {
    return (this.child as ChildProcess).stderr as NodeJS.ReadableStream;
  }

  signal(name: NodeJS.Signals): void {
    this.child?.kill(name);
  }

  async exit(): Promise<number | string | null> {
    const child = this.child as ChildProcess;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child.exitCode ?? child.signalCode;
  }

  /** Opens connections that the program has accepted. */
  async connect(count: number): Promise<Wire[]> {
    const wires = await Promise.all(Array.from({ length: count }, () => Wire.connect(this.port)));
    for (const wire of wires) {
      wire.write('OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n');
      await wire.sees('\r\n\r\n');
      wire.received = '';
    }
    return wires;
  }
}

/** Sends a request on a connection that is open, and reads until it is closed. */
async function ask(
  wire: Wire,
  line: string,
  fields: Record<string, string> = {},
  body: string | Buffer = '',
): Promise<Reply> {
  const length = String(Buffer.byteLength(body));
  const all = { Host: 'a', Connection: 'close', 'Content-Length': length, ...fields };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  wire.write(`${line} HTTP/1.1\r\n${lines.join('')}\r\n`).write(Buffer.from(body));
  return parseReply(await wire.end());
}

type Fields = Record<string, string>;
type Case = [answer: RegExp, line: string, fields?: Fields, body?: string | Buffer];

const json = { 'Content-Type': 'application/json' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const structured = { 'Content-Type': 'application/cloudevents+json' };
const binary = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/a', ...json };
const storage = { bucket: 'b', name: 'n', kind: 'storage#object' };

const answers: readonly Case[] = [
  [/302.*Location: \/elsewhere/s, 'GET /redirect'],
  [/200.*Set-Cookie: name=s%3Avalue\.\S+; Path=\//s, 'GET /cookie'],
  [/200.*\{"a":\{"b":"1"\}\}$/s, 'POST /body', form, 'a[b]=1'],
  [/200.*\{"a":1\}$/s, 'POST /body', { ...json, 'Content-Encoding': 'gzip' }, gzipSync('{"a":1}')],
  [
    /200.*"Ã©"$/s,
    'POST /body',
    { 'Content-Type': 'text/plain; charset=iso-8859-1' },
    Buffer.from([0xe9]),
  ],
  [/200.*text$/s, 'GET /format', { Accept: 'text/plain' }],
  [
    /200.*127\.0\.0\.1","http","a","0af/s,
    'GET /origin',
    { traceparent: `00-0af${'1'.repeat(29)}-00f067aa0ba902b7-01` },
  ],
  [/200.*Content-Disposition: attachment; filename="/s, 'GET /fields'],
  [/200.*typeof cb === 'function' && cb\(/s, 'GET /jsonp?callback=cb'],
  [/400.*JSON/s, 'POST /body', json, '{'],
  [/400.*Failed to decode/s, 'GET /%'],
  [/404/, 'GET /favicon.ico'],
  [/413/, 'POST /body', json, `"${'x'.repeat(2000)}"`],
  [/413/, 'POST /body', { ...json, 'Content-Length': '999999' }],
  [/415/, 'POST /body', { ...json, 'Content-Encoding': 'x' }],
  [/415/, 'POST /body', { 'Content-Type': 'text/plain; charset=x' }, 'x'],
  [/500.*thrown by the function/s, 'GET /throw'],
  [/500.*rejected by the function/s, 'GET /reject'],
  [/500.*thrown late/s, 'GET /late'],
  [/504.*did not answer/s, 'GET /never'],
];
/** Answers of the command to events. */
const acknowledgements: readonly Case[] = [
  [/204/, 'POST /', { ...binary, 'ce-type': 'a' }, '{}'],
  [
    /204/,
    'POST /',
    structured,
    JSON.stringify({ specversion: '1.0', id: '1', source: '/a', type: 'a' }),
  ],
  [/200.*ce-type: answer/is, 'POST /', { ...binary, 'ce-type': 'reply' }, '{}'],
  [
    /204/,
    'POST /',
    json,
    JSON.stringify({ message: { data: '', messageId: '1' }, subscription: 's' }),
  ],
  [/204/, 'POST /', json, JSON.stringify({ data: storage, context: legacyContext() })],
  [/400/, 'POST /', structured, '{}'],
  [/405.*Allow: POST/s, 'GET /'],
  [/415/, 'POST /', { ...binary, 'ce-type': 'a', 'Content-Encoding': 'x' }, '{}'],
  [/500.*thrown by the function/s, 'POST /', { ...binary, 'ce-type': 'throws' }, '{}'],
];

function legacyContext(): object {
  const resource = { service: 'storage.googleapis.com', name: 'projects/_/buckets/b/objects/n' };
  return { eventId: '1', eventType: 'google.storage.object.finalize', resource };
}

/** Causes a trouble; what it gives causes it again, where it may have passed. */
type Trouble = (program: Installed) => Promise<() => Promise<unknown>>;

const troubles: Record<string, Trouble> = {
  'all descriptors are used': async (program) => {
    const [wire] = (await program.connect(1)) as [Wire];
    return async () => {
      program.signal('SIGUSR2');
      wire.received = '';
      wire.write('OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n');
      await wire.sees('\r\n\r\n');
    };
  },
  'its files are gone': async ({ dist }) => {
    rmSync(path.join(dist, '..'), { recursive: true });
    return async () => {};
  },
  'its files are those of another version': async ({ dist }) => {
    for (const file of readdirSync(dist).filter((name) => name.endsWith('.js'))) {
      writeFileSync(path.join(dist, file), "throw new Error('another version');");
    }
    return async () => {};
  },
};

for (const [name, cause] of Object.entries(troubles)) {
  describe(`when ${name} while it serves`, () => {
    test('the command answers, refuses, logs and drains as ever', async () => {
      const program = new Installed();
      await program.serve('answer', '--timeout=2');
      const [last, ...wires] = (await program.connect(answers.length + 1)) as [Wire, ...Wire[]];
      const renew = await cause(program);
      await checkAnswers(wires, answers, renew);
      await renew();
      assert.match(program.stderr, /Error: thrown late\n +at /);
      await checkDrain(program, last);
    });

    test('an event function acknowledges and refuses as ever', async () => {
      const program = new Installed();
      await program.serve('onEvent');
      const wires = await program.connect(acknowledgements.length);
      await checkAnswers(wires, acknowledgements, await cause(program));
      program.signal('SIGTERM');
      assert.equal(await program.exit(), 0, program.stderr);
    });

    test('an embedded server answers and refuses as ever', async () => {
      const program = new Installed();
      await program.embed();
      const wires = await program.connect(answers.length);
      // What is thrown late is the program's own matter.
      const cases = answers.filter(([, line]) => line !== 'GET /late');
      await checkAnswers(wires, cases, await cause(program));
    });
  });
}

test('with all descriptors used, what needs one fails for its own request alone', async () => {
  const program = new Installed();
  await program.serve('answer');
  const [file, other] = (await program.connect(2)) as [Wire, Wire];
  const renew = await (troubles['all descriptors are used'] as Trouble)(program);
  await renew();
  assert.equal((await ask(file, 'GET /file')).status, 500);
  await renew();
  assert.equal((await ask(other, 'GET /redirect')).status, 302);
});

test('with its files gone, HTTP/2 is served', async () => {
  const program = new Installed();
  await program.serve('answer', '--http2');
  rmSync(path.join(program.dist, '..'), { recursive: true });
  const session = http2.connect(`http://127.0.0.1:${program.port}`);
  const [headers] = await once(session.request({ ':path': '/redirect' }), 'response');
  assert.equal(headers[':status'], 302);
  session.destroy();
});

test('nothing of development is loaded on a platform, and no codec where no events come', async () => {
  const program = new Installed();
  program.env = { K_SERVICE: 'hello' };
  await program.serve('answer');
  const [wire] = (await program.connect(1)) as [Wire];
  const files = JSON.parse((await ask(wire, 'GET /files')).body) as string[];
  assert.ok(files.includes('http.js'));
  assert.deepEqual(
    files.filter((file) => /^(tools|codec)\.js$/.test(file)),
    [],
  );
});

test('what is loaded ahead waits for the start and for the requests that are being served, not for ever', (t) => {
  t.mock.timers.enable({ apis: ['setInterval', 'setImmediate'] });
  let spent = 30_000;
  t.mock.method(process, 'cpuUsage', () => ({ user: spent, system: 0 }));
  const step = (): void => {
    t.mock.timers.tick(100);
    for (let turn = 0; turn < 5; turn++) t.mock.timers.tick(0);
  };
  const never = Number.POSITIVE_INFINITY;
  for (const { answersAfter, restsAfter, isLoadedAfter } of [
    { answersAfter: 0, restsAfter: 0, isLoadedAfter: 2 },
    { answersAfter: 2, restsAfter: 0, isLoadedAfter: 3 },
    { answersAfter: 0, restsAfter: 4, isLoadedAfter: 5 },
    { answersAfter: never, restsAfter: 0, isLoadedAfter: 31 },
    { answersAfter: 0, restsAfter: never, isLoadedAfter: 31 },
  ]) {
    const inFlight = new Set(['a response']);
    const server = new EventEmitter();
    let isLoaded = false;
    preloadAfterListening({ server, inFlight } as never, 'http', {}, () => {
      isLoaded = true;
    });
    server.emit('listening');
    for (let steps = 0; steps < isLoadedAfter; steps++) {
      assert.equal(isLoaded, false);
      if (steps === answersAfter) inFlight.clear();
      if (steps < restsAfter) spent += 20_000;
      step();
    }
    assert.equal(isLoaded, true);
  }
});

async function checkAnswers(
  wires: readonly Wire[],
  cases: readonly Case[],
  renew: () => Promise<unknown>,
): Promise<void> {
  for (const [index, [answer, line, fields, body]] of cases.entries()) {
    await renew();
    const reply = await ask(wires[index] as Wire, line, fields, body);
    assert.match(`${reply.head}\n${reply.body}`, answer, line);
  }
}

/** SIGTERM: what is in flight is answered, hooks run. */
async function checkDrain(program: Installed, wire: Wire): Promise<void> {
  const answer = ask(wire, 'GET /long');
  while (!program.stderr.includes('began')) await once(program.errors, 'data');
  program.signal('SIGTERM');
  assert.match((await answer).body, /at last/);
  assert.equal(await program.exit(), 0, program.stderr);
  assert.match(program.stderr, /the hook ran/);
}
