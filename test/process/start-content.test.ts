import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { root } from '../support/packed';
import { Program, serveInProduction } from '../support/program';

const directory = mkdtempSync(path.join(os.tmpdir(), 'start-content-'));
after(() => rmSync(directory, { recursive: true, force: true }));

/** What a process has loaded: Node's own modules, and files. */
interface Loaded {
  builtin: string[];
  files: string[];
}

const LOADED = `JSON.stringify({ builtin: process.moduleLoadList, files: Object.keys(require.cache) })`;

const FUNCTION = write('function.js', `exports.hello = (req, res) => res.send(${LOADED});`);

const EVENT_FUNCTION = `exports.onEvent = () => {
  require('node:fs').writeSync(1, ${LOADED} + '\\n');
};`;

const RAW = write(
  'raw.js',
  `const server = require('node:http').createServer((req, res) => {
    const text = ${LOADED};
    res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': text.length });
    res.end(text);
  });
  server.listen(0, () => {
    require('node:fs').writeSync(1, 'URL: http://localhost:' + server.address().port + '/\\n');
  });`,
);

const CLI = path.join(root, 'dist/cli.js');

test('to its first answer an HTTP function loads cli.js and hardly more of Node than node:http does', async () => {
  const raw = await loadedBy(() => start(RAW));
  const ours = await loadedBy(() =>
    start(CLI, `--source=${FUNCTION}`, '--target=hello', '--port=0'),
  );
  assert.deepEqual(ours.files, [CLI, FUNCTION]);
  const more = ours.builtin.filter((name) => !raw.builtin.includes(name));
  const unexpected = more.filter((name) => !EXPECTED.test(name));
  assert.deepEqual(unexpected, []);
});

test('to its first event a CloudEvent function loads its signature, the codec and what reads a body besides', async () => {
  const args = ['--target=onEvent', '--signature-type=cloudevent'];
  const { files } = await loadedBy(() => serveInProduction(EVENT_FUNCTION, { args }), sendEvent);
  const names = files.map((file) => path.basename(file));
  assert.deepEqual(names.sort(), ['body.js', 'cli.js', 'codec.js', 'events.js', 'index.js']);
});

/** Signals, AsyncLocalStorage, and whether the output is a terminal. */
const EXPECTED =
  /\b(?:signal_wrap|promise_hooks|async_local_storage\/\w+|async_context_frame|run_scope|tty|tty_wrap)$/;

test('cli.js has at most 62 kB: each costs 0.1 M instructions at every start', () => {
  const { size } = statSync(CLI);
  assert.ok(size <= 62_000, `${size} bytes`);
});

/** Sends a CloudEvent, and gives what the function printed. */
async function sendEvent(program: Program): Promise<string> {
  const headers = {
    'ce-specversion': '1.0',
    'ce-id': '1',
    'ce-source': '/test',
    'ce-type': 'test',
    'content-type': 'application/json',
  };
  await fetch(program.url, { method: 'POST', headers, body: '{}' });
  await program.until(() => /\{.*\n/.test(program.stdout));
  return /\{.*\n/.exec(program.stdout)?.[0] as string;
}

async function get(program: Program): Promise<string> {
  return (await fetch(program.url)).text();
}

/** As on Cloud Run: in development, `starts.js` watches for requests for the development page. */
async function start(...args: string[]): Promise<Program> {
  const env = { PATH: process.env['PATH'], K_SERVICE: 'hello' };
  const program = new Program(spawn(process.execPath, args, { env }));
  await program.listening();
  return program;
}

/** Starts programs until one answers before it loads what later requests need. */
async function loadedBy(begin: () => Promise<Program>, request = get): Promise<Loaded> {
  for (let attempt = 0; ; attempt++) {
    const program = await begin();
    const loaded = JSON.parse(await request(program)) as Loaded;
    program.kill();
    if (!loaded.files.some((file) => file.endsWith('extras.js')) || attempt === 9) return loaded;
  }
}

function write(name: string, text: string): string {
  const file = path.join(directory, name);
  writeFileSync(file, text);
  return file;
}
