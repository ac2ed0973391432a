import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { pack } from '../support/packed';
import { Program } from '../support/program';

// A program that asks for version 3 of Google's package, in an image where barefn was put beside it:
// RUN npm install; RUN npm install --no-save barefn; ENTRYPOINT node node_modules/barefn/dist/cli.js
const directory = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'samples-')));
after(() => rmSync(directory, { recursive: true, force: true }));
const app = path.join(directory, 'app');
cpSync(path.join(__dirname, 'samples'), app, { recursive: true });
writeJson('package.json', {
  name: 'samples',
  dependencies: { '@google-cloud/functions-framework': '^3.0.0' },
});
installGoogles();
const install = ['install', '--no-save', '--offline', '--no-audit', '--no-fund', '--silent'];
execFileSync('npm', [...install, pack(directory)], { cwd: app, stdio: 'pipe' });

/** What was installed before stays; to load it would fail. */
function installGoogles(): void {
  const googles = 'node_modules/@google-cloud/functions-framework';
  mkdirSync(path.join(app, googles), { recursive: true });
  writeJson(`${googles}/package.json`, {
    name: '@google-cloud/functions-framework',
    version: '3.5.1',
  });
  writeFileSync(path.join(app, googles, 'index.js'), `throw new Error('This is Google’s.');`);
}

function writeJson(file: string, content: object): void {
  writeFileSync(path.join(app, file), JSON.stringify(content, null, 2));
}

/** A function of a sample, as the container runs it. */
async function start(t: TestContext, ...args: string[]): Promise<Program> {
  const command = ['node_modules/barefn/dist/cli.js', '--port=0', ...args];
  const child = spawn(process.execPath, command, {
    cwd: app,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const program = new Program(child);
  t.after(() => program.kill());
  await program.listening();
  return program;
}

function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const fields = { 'Content-Type': 'application/json', ...headers };
  return fetch(url, { method: 'POST', headers: fields, body: JSON.stringify(body) });
}

test('hello reads a member of the body that a GET does not have', async (t) => {
  const { url } = await start(t, '--source=hello.js', '--target=hello');
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.equal(await response.text(), 'Hello, nobody!');
  assert.equal(await (await fetch(`${url}?name=Ada`)).text(), 'Hello, Ada!');
  assert.equal(await (await post(url, { name: 'Grace' })).text(), 'Hello, Grace!');
});

test('cors answers the preflight and the request', async (t) => {
  const { url } = await start(t, '--source=cors.js', '--target=cors');
  const preflight = await fetch(url, { method: 'OPTIONS' });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-methods'), 'GET');
  assert.equal(preflight.headers.get('access-control-max-age'), '3600');
  const response = await fetch(url);
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  assert.equal(await response.text(), 'For every origin');
});

test('storage gets the event of an object', async (t) => {
  const sample = await start(t, '--source=storage.js', '--target=storage');
  const object = { bucket: 'b', name: 'cat.png', metageneration: '1' };
  const response = await post(sample.url, object, {
    'ce-id': '7',
    'ce-source': '//storage.googleapis.com/projects/_/buckets/b',
    'ce-specversion': '1.0',
    'ce-type': 'google.cloud.storage.object.v1.finalized',
  });
  assert.equal(response.status, 204);
  await sample.printed('google.cloud.storage.object.v1.finalized 7: cat.png of b, generation 1\n');
});

const message = { data: Buffer.from('Ada').toString('base64'), messageId: '9' };

test('pubsub gets a message as a CloudEvent, also from a push', async (t) => {
  const sample = await start(t, '--source=pubsub.js', '--target=pubsub');
  const push = { subscription: 'projects/p/subscriptions/s', message };
  const response = await post(`${sample.url}/projects/p/topics/t`, push);
  assert.equal(response.status, 204);
  await sample.printed('Hello, Ada!\n');
});

test('pubsub gets a message as a background function', async (t) => {
  const signature = '--signature-type=event';
  const sample = await start(t, '--source=pubsub.js', '--target=background', signature);
  const push = { subscription: 'projects/p/subscriptions/s', message };
  assert.equal((await post(`${sample.url}/projects/p/topics/t`, push)).status, 204);
  await sample.printed('Hello again, Ada, from 9!\n');
});
