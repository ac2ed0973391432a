import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pack, root, unpack } from '../support/packed';
import { Program } from '../support/program';

const scratch = mkdtempSync(path.join(os.tmpdir(), 'examples-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** Dependencies of examples, installed in the repository under these names. */
const DEPENDENCIES = ['hono', 'zod', '@types/node', 'undici-types'];
const typescript = path.join(root, 'node_modules/@typescript/typescript6');

/** What `barefn invoke` prints of an example, by the example and the arguments. */
const INVOCATIONS: [string, string[], RegExp][] = [
  ['http-javascript', ['--target=hello', '/?name=Ada'], /^HTTP\/1.1 200 .*Hello, Ada!/s],
  ['http-javascript', ['--target=onEvent', '--data={"a":1}'], /{ a: 1 }/],
  ['http-typescript', ['--target=order', '-d', '{"id":7,"quantity":2}'], /201 .*"total":4/s],
  ['http-typescript', ['--target=order', '-d', '{"id":7}'], /400 .*Order at least one\./s],
  ['cloud-event', ['--data={"id":7,"quantity":2}'], /Order 7: 2 pieces/],
  ['cloud-event', ['--data={"id":7}'], /has no quantity\..*Acknowledged/s],
  ['firestore', ['--target=onUser', '--event=firestore'], /alice has 2 visits/],
  ['pubsub', ['--event=pubsub', '--data=Hello'], /: Hello {.*}$/m],
  ['pubsub', ['--event=pubsub', '--mode=push', '--data=Hello'], /: Hello {.*}$/m],
  ['hono', ['--target=default', '/orders/7'], /200 .*{"id":"7"}/s],
  ['typed', ['--data={"price":100,"country":"DE"}'], /200 .*{"total":119}/s],
  ['typed', ['--data={"price":10,"country":"XX"}'], /400 .*country/s],
];

describe('an example', () => {
  before(() => {
    unpack(pack(scratch), scratch, 'barefn');
    const modules = path.join(scratch, 'node_modules');
    mkdirSync(path.join(modules, '@types'));
    for (const name of DEPENDENCIES) {
      const installed = path.join(root, 'node_modules', name);
      symlinkSync(installed, path.join(modules, name));
    }
    for (const name of foldersOf(__dirname)) {
      cpSync(path.join(__dirname, name), path.join(scratch, name), { recursive: true });
    }
    execFileSync(process.execPath, [path.join(typescript, 'lib/tsc.js')], {
      cwd: path.join(scratch, 'http-typescript'),
    });
  });

  for (const [name, args, expected] of INVOCATIONS) {
    test(`${name} answers ${args.join(' ')}`, () => {
      const command = `"${process.execPath}" node_modules/barefn/dist/cli.js invoke --source=${name} "$@" 2>&1 || true`;
      const output = execFileSync('sh', ['-c', command, 'sh', ...args], {
        cwd: scratch,
        encoding: 'utf8',
      });
      assert.match(output, expected);
    });
  }

  test('embedding listens and answers', async () => {
    const program = new Program(
      spawn(process.execPath, ['embedding/index.js'], { cwd: scratch, env: { PORT: '0' } }),
    );
    await program.printed('Listening on port ');
    const port = Number(/port (\d+)/.exec(program.stdout)?.[1]);
    const response = await fetch(`http://127.0.0.1:${port}/a`);
    assert.deepEqual(await response.json(), { path: '/a' });
  });

  test('testing passes with node:test', () => {
    const cwd = path.join(scratch, 'testing');
    execFileSync(process.execPath, ['--test', 'test/node.test.js'], { cwd, stdio: 'pipe' });
  });
});

test('README.md lists every example', () => {
  const readme = readFileSync(path.join(__dirname, 'README.md'), 'utf8');
  for (const name of foldersOf(__dirname)) assert.ok(readme.includes(`](${name}`), name);
});

function foldersOf(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
