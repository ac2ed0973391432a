import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import zlib from 'node:zlib';
import { root } from '../support/packed';
import { send } from '../support/wire';

/** The command that runs programs: BAREFN_RUNTIME as JSON, or the Node of this test. */
const [command, ...words]: string[] = JSON.parse(
  process.env['BAREFN_RUNTIME'] ?? JSON.stringify([process.execPath]),
);
/** Bun does not tell whose a late error is: it ends the process. */
const isBun = path.basename(command as string).startsWith('bun');
const cli = path.join('node_modules', 'barefn', 'dist', 'cli.js');
const JSON_TYPE = { 'content-type': 'application/json' };

const directory = mkdtempSync(path.join(os.tmpdir(), 'runtime-'));
const children: ChildProcess[] = [];
before(() => {
  cpSync(path.join(__dirname, 'program'), directory, { recursive: true });
  mkdirSync(path.join(directory, 'node_modules/barefn'), { recursive: true });
  for (const name of ['dist', 'package.json']) {
    cpSync(path.join(root, name), path.join(directory, 'node_modules/barefn', name), {
      recursive: true,
    });
  }
  for (const name of ['express', 'express4']) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(directory, 'node_modules', name));
  }
});
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

interface Started {
  readonly url: string;
  readonly child: ChildProcess;
  output(): string;
}

async function start(target: string, type = 'http'): Promise<Started> {
  const flags = [`--target=${target}`, `--signature-type=${type}`, '--port=0', '--timeout=1'];
  const child = spawn(command as string, [...words, cli, ...flags], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  while (!output.includes('URL: ')) {
    if (child.exitCode !== null) throw new Error(`${command} ended:\n${output}`);
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  }
  const url = /URL: (\S+?)\/?\n/.exec(output)?.[1]?.replace('localhost', '127.0.0.1') as string;
  return { url, child, output: () => output };
}

const get = (url: string, headers = {}) => send(url, { method: 'GET', headers });

describe('an HTTP function', { timeout: 60_000 }, () => {
  let server: Started;
  let url: string;
  before(async () => {
    server = await start('routes');
    url = server.url;
  });

  test('is called after its startup hook, with a query', async () => {
    assert.equal((await get(`${url}/?name=Ada`)).text, 'Hello, Ada!');
    assert.equal((await get(`${url}/state`)).json.started, true);
  });

  test('gets its body parsed and raw', async () => {
    const gzip = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    for (const [headers, body, parsed, isBytes] of [
      [JSON_TYPE, '{"a":"ü"}', { a: 'ü' }],
      [{ 'content-type': 'text/plain' }, 'text', 'text'],
      [{ 'content-type': 'application/x-www-form-urlencoded' }, 'a[b]=1', { a: { b: '1' } }],
      [{}, 'bytes', 'bytes', true],
      [gzip, zlib.gzipSync('{"a":1}'), { a: 1 }],
    ] as const) {
      for (const framing of [{}, { chunk: 3 }]) {
        const { status, json } = await send(`${url}/echo`, { headers, body, ...framing });
        assert.equal(status, 201);
        assert.deepEqual([json.body, json.isBytes], [parsed, isBytes ?? false]);
      }
    }
  });

  test('can read the body again as a stream', async () => {
    for (const length of [1, 70_000, 1_500_000]) {
      const body = Buffer.alloc(length, 'abc');
      const hash = createHash('sha1').update(body).digest('hex');
      for (const framing of [{}, { chunk: 100_000 }]) {
        const { json } = await send(`${url}/again`, { body, ...framing });
        assert.deepEqual(json, { length, hash });
      }
    }
  });

  test('sets fields and cookies, and negotiates', async () => {
    const { headers, json } = await send(`${url}/echo`, {
      headers: { 'x-cloud-trace-context': 'abc/1' },
      body: 'x',
    });
    assert.deepEqual(headers['set-cookie'], ['a=%C3%BC; Path=/']);
    assert.equal(headers['x-trace'], 'abc');
    assert.equal(json.method, 'POST');
    assert.equal((await get(`${url}/accepts`, { accept: 'text/html' })).json[0], 'html');
    assert.equal((await get(`${url}/redirect`)).headers.location, '/');
    assert.equal((await get(`${url}/tagged`)).text, 'tagged');
    assert.equal((await get(`${url}/tagged`, { 'if-none-match': '"1"' })).status, 304);
  });

  test('sends files and ranges of them, and streams', async () => {
    assert.match((await get(`${url}/file`)).text, /^const \{ createHash \}/);
    const part = await get(`${url}/file`, { range: 'bytes=0-4' });
    assert.deepEqual([part.status, part.text], [206, 'const']);
    assert.equal((await get(`${url}/stream`)).text, 'data: 1\n\ndata: 2\n\n');
  });

  test('fails for its own request only', async () => {
    assert.deepEqual([(await get(`${url}/throw`)).status, server.child.exitCode], [500, null]);
    assert.equal((await get(`${url}/reject`)).status, 500);
    const malformed = await send(`${url}/echo`, { headers: JSON_TYPE, body: '{' });
    assert.equal(malformed.status, 400);
    assert.equal((await get(`${url}/favicon.ico`)).status, 404);
    assert.equal((await get(`${url}/never`)).status, 504);
    assert.deepEqual((await get(`${url}/state`)).json.got, ['TimeoutError']);
  });

  test('is answered when a promise fails later', { skip: isBun && 'Bun: it ends' }, async () => {
    assert.equal((await get(`${url}/late`)).status, 500);
    assert.equal((await get(url)).status, 200);
  });

  test('answers what is in flight after SIGTERM, runs its hook and exits with 0', async () => {
    const exit = once(server.child, 'close');
    const slow = get(`${url}/slow`);
    await get(url);
    server.child.kill('SIGTERM');
    assert.equal((await slow).text, 'answered');
    assert.deepEqual(await exit, [0, null]);
    assert.match(server.output(), /\nshut down\n/);
  });
});

test('events are decoded, refused and replied to', { timeout: 60_000 }, async () => {
  const { url } = await start('onEvent');
  const binary = (type: string) => ({
    headers: {
      ...JSON_TYPE,
      'ce-id': '1',
      'ce-source': '/s',
      'ce-type': type,
      'ce-specversion': '1.0',
    },
    body: '{"a":1}',
  });
  assert.equal((await send(url, binary('plain'))).status, 204);
  assert.equal((await send(url, binary('fails'))).status, 500);
  const reply = await send(url, binary('reply'));
  assert.deepEqual([reply.headers['ce-type'], reply.json], ['replied', { a: 1 }]);
  const structured = { id: '1', source: '/s', type: 'reply', specversion: '1.0', data: 'x' };
  const headers = { 'content-type': 'application/cloudevents+json' };
  assert.equal((await send(url, { headers, body: JSON.stringify(structured) })).status, 200);
  assert.equal((await send(url, { headers, body: '{"id":1}' })).status, 400);
});

test('typed, web and background functions answer', { timeout: 60_000 }, async () => {
  const [sum, web, legacy] = await Promise.all(['sum', 'web', 'onLegacy'].map((f) => start(f)));
  const added = await send(sum?.url as string, { headers: JSON_TYPE, body: '{"a":1,"b":2}' });
  assert.equal(added.json, 3);
  const upper = await send(web?.url as string, { body: 'text' });
  assert.deepEqual([upper.status, upper.text], [202, 'TEXT']);
  const context = {
    eventId: '1',
    eventType: 't',
    resource: 'r',
    timestamp: '2020-01-01T00:00:00Z',
  };
  const body = JSON.stringify({ context, data: { name: 'Ada' } });
  const { text } = await send(legacy?.url as string, { headers: JSON_TYPE, body });
  assert.equal(text, 'Ada t');
});

test('applications of Express parse bodies themselves', { timeout: 60_000 }, async () => {
  for (const name of ['express', 'express4']) {
    const { url } = await start(name);
    const { json } = await send(`${url}/json`, { headers: JSON_TYPE, body: '{"a":[1]}' });
    assert.deepEqual(json, { a: [1] });
  }
});

test('invoke runs a function without a server', () => {
  const flags = ['invoke', '--target=routes', '/?name=Ada'];
  const options = { cwd: directory, encoding: 'utf8', timeout: 30_000 } as const;
  const output = execFileSync(command as string, [...words, cli, ...flags], options);
  assert.match(output, /Hello, Ada!/);
});
