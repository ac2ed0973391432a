import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../support/packed';

const directory = mkdtempSync(path.join(os.tmpdir(), 'watch-'));
const alive = new Set<Watched>();
after(async () => {
  // Those that watch pass it on; killed outright they are missed by what they started, see below.
  for (const { child } of alive) child.kill('SIGKILL');
  await delay(200);
  rmSync(directory, { recursive: true, force: true });
});

let programs = 0;

/** A program under `--watch`. */
class Watched {
  output = '';
  exitCode: number | null | undefined;
  readonly folder: string;
  readonly child: ChildProcess;

  constructor(files: Record<string, string>, args: string[] = ['--port=0'], env = {}) {
    this.folder = path.join(directory, String(++programs));
    mkdirSync(this.folder);
    for (const [file, text] of Object.entries(files)) this.write(file, text);
    const command = [path.join(root, 'dist/cli.js'), '--watch', ...args];
    this.child = spawn(process.execPath, command, {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], ...env },
    });
    alive.add(this);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.child.once('close', (code) => {
      this.exitCode = code;
      alive.delete(this);
    });
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), text);
  }

  /** As many editors do: the file is another one afterwards. */
  replace(file: string, text: string): void {
    this.write(`${file}~`, text);
    renameSync(path.join(this.folder, `${file}~`), path.join(this.folder, file));
  }

  async until(what: () => unknown): Promise<void> {
    for (let tries = 0; !(await what()); tries++) {
      if (tries > 1500) throw new Error(`Waited in vain. Output:\n${this.output}`);
      await delay(20);
    }
  }

  port(): string | undefined {
    return /URL: http:\/\/localhost:(\d+)/.exec(this.output)?.[1];
  }

  async get(): Promise<string | undefined> {
    try {
      return await (await fetch(`http://127.0.0.1:${this.port()}/`)).text();
    } catch {
      return undefined;
    }
  }

  answers(text: string): Promise<void> {
    return this.until(async () => (await this.get()) === text);
  }
}

const commonJs = (text: string): string => `exports.n = '${text}';`;
const esModule = (text: string): string => `export const n = '${text}';`;
const kinds = {
  'a CommonJS module': {
    dependency: 'dep.js',
    text: commonJs,
    files: {
      'index.js': `const { n } = require('./dep.js'); exports.f = (req, res) => res.send(n);`,
    },
  },
  'an ES module': {
    dependency: 'dep.mjs',
    text: esModule,
    files: {
      'index.mjs': `import { n } from './dep.mjs'; export const f = (req, res) => res.send(n);`,
    },
  },
  'a module that is imported late': {
    dependency: 'dep.mjs',
    text: esModule,
    files: {
      'index.js': `exports.f = async (req, res) => res.send((await import('./dep.mjs')).n);`,
    },
  },
};

for (const [what, { dependency, text, files }] of Object.entries(kinds)) {
  test(`the change of ${what} restarts on the same port, however it was saved`, async () => {
    const program = new Watched({ ...files, [dependency]: text('one') });
    await program.answers('one');
    const port = program.port();
    program.write(dependency, text('two'));
    await program.answers('two');
    for (const version of ['three', 'four']) {
      program.replace(dependency, text(version));
      await program.answers(version);
    }
    assert.deepEqual(
      [...new Set(program.output.match(/URL: .*/g))],
      [`URL: http://localhost:${port}/`],
    );
    program.child.kill('SIGTERM');
    await program.until(() => program.exitCode !== undefined);
  });

  test(`a syntax error in ${what} is printed, and its correction restarts`, async () => {
    const program = new Watched({ ...files, [dependency]: text('one') });
    await program.answers('one');
    program.write(dependency, 'export const = ;');
    if (what !== 'a module that is imported late') {
      await program.until(() =>
        /SyntaxError.*Waiting for the code to change/s.test(program.output),
      );
      assert.match(program.output, /Could not load the function/);
    }
    program.replace(dependency, text('two'));
    await program.answers('two');
  });
}

test('a program that is broken from the start is started when it is whole', async () => {
  const program = new Watched({
    'index.mjs': `import { n } from './dep.mjs'; export const f = (req, res) => res.send(n);`,
    'dep.mjs': 'export const n = ;',
  });
  await program.until(() => program.output.includes('Waiting for the code to change'));
  program.write('dep.mjs', esModule('whole'));
  await program.answers('whole');
});

test('a missing module is waited for', async () => {
  const program = new Watched({ 'index.js': `exports.f = require('./later.js');` });
  await program.until(() => program.output.includes('Waiting for the code to change'));
  program.write('later.js', `module.exports = (req, res) => res.send('there');`);
  await program.answers('there');
});

test('a module elsewhere counts, files that the function writes do not', async () => {
  mkdirSync(path.join(directory, 'shared'), { recursive: true });
  const shared = path.join(directory, 'shared/value.json');
  writeFileSync(shared, '"one"');
  const program = new Watched({
    'index.js': `exports.f = (req, res) => {
      require('fs').writeFileSync(__dirname + '/written.json', String(Date.now()));
      res.send(require('../shared/value.json'));
    };`,
  });
  await program.answers('one');
  await program.get();
  await delay(400);
  assert.doesNotMatch(program.output, /restarting/);
  writeFileSync(shared, '"two"');
  await program.answers('two');
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends both processes, with their hooks`, async () => {
    const program = new Watched({
      'index.js': `require('barefn').onShutdown(() => console.log('shut down'));
        exports.f = (req, res) => res.send(String(process.pid));`.replace(
        "'barefn'",
        JSON.stringify(path.join(root, 'dist/index.js')),
      ),
    });
    await program.until(() => program.port());
    const pid = Number(await program.get());
    program.child.kill(signal);
    await program.until(() => program.exitCode !== undefined);
    assert.equal(program.exitCode, 0);
    assert.match(program.output, /shut down/);
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  });
}

test('what is watched ends when what watches it was killed', async () => {
  const program = new Watched({
    'index.js': 'exports.f = (req, res) => res.send(String(process.pid));',
  });
  await program.until(() => program.port());
  const pid = Number(await program.get());
  program.child.kill('SIGKILL');
  await program.until(() => {
    try {
      return !process.kill(pid, 0);
    } catch {
      return true;
    }
  });
});

test('a request that hangs does not hold up the change', async () => {
  const program = new Watched({ 'index.js': `exports.f = () => {};` });
  await program.until(() => program.port());
  const hanging = program.get();
  await delay(100);
  program.write('index.js', `exports.f = (req, res) => res.send('new');`);
  await program.answers('new');
  assert.equal(await hanging, undefined);
});

test('a path after -- and the port of the environment are kept', async () => {
  const files = { 'other.js': `exports.f = (req, res) => res.send('x');` };
  const program = new Watched(files, ['--', 'other.js'], { PORT: '0' });
  await program.answers('x');
});

test('bad options and a missing source end it at once', async () => {
  for (const args of [['--prot=1'], ['--source=nowhere']]) {
    const program = new Watched({}, args);
    await program.until(() => program.exitCode !== undefined);
    assert.equal(program.exitCode, 1);
  }
});
