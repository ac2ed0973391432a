import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { parseOptions } from '../src/options/options';
import { pack, root, unpack } from './support/packed';
import { Program } from './support/program';

const recipes = path.join(__dirname, 'recipes');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'recipes-'));
const alive: ChildProcess[] = [];
after(() => {
  for (const child of alive) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

const tarball = pack(scratch);
const hasCompileCache = Number.parseInt(process.versions.node, 10) >= 24;
const { uid, gid } = process.getuid?.() === 0 ? { uid: 65532, gid: 65532 } : os.userInfo();

describe('the Dockerfile', () => {
  const lines = readFileSync(path.join(recipes, 'function/Dockerfile'), 'utf8').split('\n');
  const verify = wordsOf(lineOf('RUN ['));
  const serve = [...wordsOf(lineOf('ENTRYPOINT ')), ...wordsOf(lineOf('CMD '))];

  test('has no step for a shell in its last stage', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
    for (const line of last) assert.match(line, /^(?:(?:RUN|CMD|ENTRYPOINT) \[.*\]$|(?!RUN|CMD))/);
  });

  test('leaves an image whose function starts and stops', async () => {
    const directory = imageOf('function', 'barefn');
    const args = hasCompileCache ? verify : verify.filter((word) => !isCacheFlag(word));
    assert.match(runNode(directory, args), /^OK: hello, http function of \/.*index\.js\n/);
    if (hasCompileCache) assert.ok(readdirSync(path.join(directory, '.cache')).length > 0);
    chmodSync(directory, 0o555); // as with a read-only root
    await startsAndStops(
      directory,
      hasCompileCache ? serve : serve.filter((word) => !isCacheFlag(word)),
    );
  });

  function lineOf(start: string): string {
    return lines.find((text) => text.startsWith(start)) as string;
  }
});

test('README.md shows the Dockerfiles as they are', () => {
  const readme = readFileSync(path.join(recipes, 'README.md'), 'utf8');
  const shown = Array.from(readme.matchAll(/```dockerfile\n(.*?)```/gs), ([, text]) => text);
  const files = ['function', 'built'].map((name) =>
    readFileSync(path.join(recipes, name, 'Dockerfile'), 'utf8').replace(/^#.*\n/gm, ''),
  );
  assert.deepEqual(shown, files);
});

describe('the Dockerfile of a build', () => {
  const lines = readFileSync(path.join(recipes, 'built/Dockerfile'), 'utf8').split('\n');
  const directory = imageOf('built', 'barefn');
  symlinkSync(
    path.join(root, 'node_modules/esbuild'),
    path.join(directory, 'node_modules/esbuild'),
  );

  test('leaves an image whose function starts and stops without node_modules', async () => {
    const build = wordsOf(lines.find((line) => line.startsWith('RUN [')) as string);
    assert.match(
      runNode(directory, build),
      /^The build needs neither node_modules nor the source/m,
    );
    const image = path.join(scratch, 'of-a-build');
    mkdirSync(image);
    cpSync(path.join(directory, '.barefn'), path.join(image, '.barefn'), { recursive: true });
    chmodSync(image, 0o555);
    await startsAndStops(image, wordsOf(lines.at(-2) as string));
  });

  test('and the buildpacks have the same words', async () => {
    const { scripts } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
    const cli = 'node_modules/barefn/dist/cli.js';
    runNode(directory, scripts['gcp-build'].replace('barefn', cli).split(' '));
    await startsAndStops(directory, scripts.start.replace('exec node ', '').split(' '));
    await startsAndStops(directory, [cli, '--target=hello']);
  });
});

test('what the buildpacks start by the alias works', async () => {
  const directory = imageOf('buildpacks', '@google-cloud/functions-framework');
  const bin = 'node_modules/@google-cloud/functions-framework/dist/cli.js';
  await startsAndStops(directory, [bin], { FUNCTION_TARGET: 'hello' });
});

for (const file of ['cloud-run.yaml', 'knative.yaml', 'kubernetes.yaml']) {
  const text = readFileSync(path.join(recipes, file), 'utf8');

  test(`${file} sets options there are, and probes the path it sets`, () => {
    for (const [, list] of text.matchAll(/^ +args: (\[.*\])$/gm)) {
      const options = parseOptions(JSON.parse(list as string) as string[], environmentOf(text));
      const probed = [...text.matchAll(/^ +path: (.*)$/gm)].map(([, value]) => value);
      assert.deepEqual([...new Set(probed)], [options.healthPath]);
      assert.match(text, new RegExp(`containerPort: ${options.port}\n`));
      const limit = Number(/timeoutSeconds: (\d+)/.exec(text)?.[1] ?? Infinity);
      assert.ok(options.timeout < limit);
      const grace = Number(/terminationGracePeriodSeconds: (\d+)/.exec(text)?.[1] ?? 10);
      const preStop = Number(/^ +seconds: (\d+)/m.exec(text)?.[1] ?? 0);
      assert.ok(preStop + options.shutdownTimeout < grace);
    }
  });
}

test('the systemd unit is valid, and stops later than barefn does', (t) => {
  const unit = path.join(recipes, 'hello.service');
  const text = readFileSync(unit, 'utf8');
  const [, flags] = /^ExecStart=\S+ \S+ (.*)$/m.exec(text) as unknown as [string, string];
  const { shutdownTimeout } = parseOptions(flags.split(' '), {});
  assert.ok(shutdownTimeout < Number(/^TimeoutStopSec=(\d+)$/m.exec(text)?.[1]));
  if (!existsSync('/usr/bin/systemd-analyze')) return t.skip('there is no systemd-analyze');
  const { stderr, status } = tryRun('systemd-analyze', ['verify', unit]);
  const complaints = stderr.split('\n').filter((line) => line.includes('hello.service'));
  // The program need not be on this machine.
  const others = complaints.filter((line) => !line.includes('is not executable'));
  assert.deepEqual(others, []);
  if (complaints.length === 0) assert.equal(status, 0);
});

/** The words of an instruction in its exec form; node's path is this machine's. */
function wordsOf(line: string): string[] {
  const words = JSON.parse(line.slice(line.indexOf('['))) as string[];
  return words.filter((word) => word !== '/nodejs/bin/node');
}

/** A recipe's folder as its image has it: installed, at a path and of a user of its own. */
function imageOf(recipe: string, name: string): string {
  const directory = path.join(scratch, recipe);
  cpSync(path.join(recipes, recipe), directory, { recursive: true });
  unpack(tarball, directory, name);
  const manifest = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
  assert.equal(Object.keys(manifest.dependencies)[0], name);
  chmodSync(scratch, 0o755);
  for (const entry of ['', ...readdirSync(directory, { recursive: true, encoding: 'utf8' })]) {
    chownSync(path.join(directory, entry), uid, gid);
  }
  return directory;
}

async function startsAndStops(
  directory: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: directory,
    uid,
    gid,
    env: { ...env, PORT: '0' },
  });
  alive.push(child);
  const program = new Program(child);
  await program.listening();
  assert.equal(await (await fetch(`${program.url}/?name=Ada`)).text(), 'Hello, Ada!\n');
  program.signal('SIGTERM');
  assert.equal(await program.exit(), 0);
  assert.match(program.stdout, /closed\n$/);
}

function runNode(directory: string, args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: directory, uid, gid, encoding: 'utf8' });
}

function tryRun(command: string, args: readonly string[]): { stderr: string; status: number } {
  try {
    execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe' });
    return { stderr: '', status: 0 };
  } catch (error) {
    return error as { stderr: string; status: number };
  }
}

function environmentOf(text: string): Record<string, string> {
  const pairs = text.matchAll(/- name: ([A-Z_]+)\n +value: "?([^"\n]*)"?/g);
  return Object.fromEntries([...pairs].map(([, name, value]) => [name, value])) as Record<
    string,
    string
  >;
}

function isCacheFlag(word: string): boolean {
  return word.startsWith('--compile-cache');
}
