import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { root } from '../support/packed';
import { Program } from '../support/program';

const directory = mkdtempSync(path.join(os.tmpdir(), 'start-content-'));
after(() => rmSync(directory, { recursive: true, force: true }));

/** What a process has loaded: Node's own modules, and files. */
interface Loaded {
  builtin: string[];
  files: string[];
}

const LOADED = `JSON.stringify({ builtin: process.moduleLoadList, files: Object.keys(require.cache) })`;

const FUNCTION = write('function.js', `exports.hello = (req, res) => res.send(${LOADED});`);

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
  const raw = await loadedBy([RAW]);
  const ours = await loadedBy([CLI, `--source=${FUNCTION}`, '--target=hello', '--port=0']);
  assert.deepEqual(ours.files, [CLI, FUNCTION]);
  const more = ours.builtin.filter((name) => !raw.builtin.includes(name));
  const unexpected = more.filter((name) => !EXPECTED.test(name));
  assert.deepEqual(unexpected, []);
});

/** Signals, AsyncLocalStorage, and whether the output is a terminal. */
const EXPECTED =
  /\b(?:signal_wrap|promise_hooks|async_local_storage\/\w+|async_context_frame|run_scope|tty|tty_wrap)$/;

test('cli.js has at most 76 kB: each costs 0.1 M instructions at every start', () => {
  const { size } = statSync(CLI);
  assert.ok(size <= 76_000, `${size} bytes`);
});

/** Starts programs until one answers before it loads what later requests need. */
async function loadedBy(args: string[]): Promise<Loaded> {
  for (let attempt = 0; ; attempt++) {
    const program = new Program(
      spawn(process.execPath, args, { env: { PATH: process.env['PATH'] } }),
    );
    try {
      await program.listening();
      const loaded = (await (await fetch(program.url)).json()) as Loaded;
      if (loaded.files.length <= 2 || attempt === 9) return loaded;
    } finally {
      program.kill();
    }
  }
}

function write(name: string, text: string): string {
  const file = path.join(directory, name);
  writeFileSync(file, text);
  return file;
}
