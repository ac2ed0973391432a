import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import type { Program } from '../support/program';
import { request } from '../support/slow-function';
import { Wire } from '../support/wire';
import { PIDS, pidsOf } from '../support/workers';
import { Project } from './project';

const args = ['--workers=2'];

describe('a build with --workers=2', () => {
  const project = new Project({ 'index.js': PIDS });
  before(() => {
    project.build('--target=function');
    // What is not in the build would fail now.
    rmSync(project.path('index.js'));
  });

  test('serves with two processes, each of which runs the compiled code', async () => {
    const program = await project.serve([...args, '--startup-report']);
    assert.match(program.stdout, /^Function: function\nSignature type: http\nWorkers: 2$/m);
    assert.equal((await pidsOf(program.url, 2)).length, 2);
    await program.logged('}\n');
    const report = program.stderr.split('\n').find((line) => line.startsWith('{')) as string;
    const { codeCache, workers } = JSON.parse(report);
    assert.deepEqual([codeCache, workers], ['used', 2]);
    await endsWell(program);
  });

  test('answers what is in flight at SIGTERM', async () => {
    const program = await project.serve(args);
    const wires = await Promise.all(Array.from({ length: 4 }, () => Wire.connect(program.port)));
    for (const wire of wires) await wire.write(request('/stream?ms=300')).sees(',');
    program.signal('SIGTERM');
    for (const wire of wires) assert.match(await wire.end(), /end\r\n0\r\n\r\n$/);
    assert.equal(await program.exit(), 0);
    assert.equal(program.stderr.match(/served <2>/g)?.length, 2);
  });

  test('replaces a worker that is killed', async () => {
    const program = await project.serve(args);
    const [killed = 0] = await pidsOf(program.url, 2);
    process.kill(killed, 'SIGKILL');
    await program.logged(`(process ${killed}) was ended by SIGKILL. Another one starts`);
    assert.ok(!(await pidsOf(program.url, 2)).includes(killed));
    await endsWell(program);
  });
});

test('the command with --workers=2 serves the build that it finds', async () => {
  const project = new Project({ 'index.js': PIDS });
  project.build('--target=function');
  const program = await project.serveCommand('--target=function', ...args, '--startup-report');
  assert.equal((await pidsOf(program.url, 2)).length, 2);
  await program.logged('"codeCache":"used"');
  await endsWell(program);
  assert.doesNotMatch(program.stderr, /The build/);
});

test('a build that does not fit any more is said once', async () => {
  const project = new Project({ 'index.js': PIDS });
  project.build('--target=function');
  project.write({ 'index.js': `${PIDS}// changed` });
  const build = await project.serve(args);
  const command = await project.serveCommand('--target=function', ...args);
  for (const [program, line] of [
    [build, 'index.js has changed since this build was made.'],
    [command, 'The build in .barefn is not used: index.js has changed.'],
  ] as const) {
    await program.logged(line);
    // By then each worker has looked at the build.
    await pidsOf(program.url, 2);
    await endsWell(program);
    assert.equal(program.stderr.split(line).length, 2, program.stderr);
  }
});

async function endsWell(program: Program): Promise<void> {
  program.signal('SIGTERM');
  assert.equal(await program.exit(), 0);
}
