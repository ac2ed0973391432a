import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { root } from '../support/packed';
import { Program, serveProgram, startProgram } from '../support/program';

const PROGRAM = `
const { http, cloudEvent, event, typed, web } = require('barefn');
http('http', (req, res) => res.send('called'));
cloudEvent('cloudevent', (event) => 'called by ' + event.data.name);
event('event', (data, context) => 'called by ' + data.name + ', ' + context.eventType);
typed('typed', () => 'called');
web('web', () => new Response('called'));
`;
const start = (type: string, env: Record<string, string>) =>
  serveProgram(PROGRAM, { args: [`--target=${type}`], env });

test("what is no terminal gets the lines of Google's package and no more", async () => {
  const program = await start('http', {});
  assert.equal(
    program.stdout,
    `Serving function...\nFunction: http\nSignature type: http\nURL: http://localhost:${program.port}/\n`,
  );
  program.kill();
});

const answers: Record<string, string> = {
  http: 'called',
  cloudevent: 'called by World',
  event: 'called by World, com.example.greeting',
  typed: '"called"',
  web: 'called',
};
const skip = spawnSync('curl', ['--version']).error !== undefined && 'curl is not installed';

for (const [type, answer] of Object.entries(answers)) {
  test(`the curl command for ${type} functions calls one`, { skip }, async () => {
    const program = await start(type, { FORCE_COLOR: '0' });
    await program.until(() => /^Try: .*\n/m.test(program.stdout));
    const command = /^Try: curl (.*)$/m.exec(program.stdout)?.[1];
    const output = execFileSync('sh', ['-c', `curl -s ${command}`], { encoding: 'utf8' });
    assert.equal(output, answer);
    program.kill();
  });
}

for (const [host, shown] of [
  ['127.0.0.2', '127.0.0.2'],
  ['::1', '[::1]'],
  ['localhost', 'localhost'],
  ['0.0.0.0', 'localhost'],
  ['::', 'localhost'],
  ['', 'localhost'],
] as const) {
  test(`with --host=${host} the printed URL names ${shown}, and answers`, { skip }, async () => {
    for (const target of ['http', '*']) {
      const program = startProgram(PROGRAM, {
        args: [`--target=${target}`, `--host=${host}`],
        env: { FORCE_COLOR: '0' },
      });
      await program.until(() => /^URL: .*\n/m.test(program.stdout));
      const url = /^URL: (.*)$/m.exec(program.stdout)?.[1] ?? '';
      assert.equal(url.replace(/:\d+\/$/, ''), `http://${shown}`);
      const command = /^Try: (curl .*)$/m.exec(program.stdout)?.[1];
      const silent = (command ?? `curl -g ${url}http`).replace('curl', 'curl -s');
      assert.equal(execFileSync('sh', ['-c', silent], { encoding: 'utf8' }), 'called');
      program.kill();
    }
  });
}

test('colours are added where they are wanted, and change no word', async () => {
  const plain = (await start('http', { FORCE_COLOR: 'false', NO_COLOR: '' })).stdout;
  const program = startProgram(PROGRAM, {
    args: ['--target=http'],
    env: { FORCE_COLOR: '1', NO_COLOR: '1' },
  });
  await program.until(() => program.stdout.includes('curl'));
  assert.doesNotMatch(plain, /\x1b/);
  assert.match(program.stdout, /\x1b\[1mFunction:\x1b\[22m http\n/);
  const bare = (text: string): string => text.replace(/\x1b\[\d+m/g, '').replace(/:\d+/g, '');
  assert.equal(bare(program.stdout), bare(plain));
});

const terminal = spawnSync('script', ['--version']).error === undefined;

for (const [env, colored] of [
  [{}, true],
  [{ NO_COLOR: '1' }, false],
  [{ TERM: 'dumb' }, false],
] as const) {
  test(`a terminal with ${JSON.stringify(env)} gets ${colored ? 'colours' : 'none'}, and a curl command`, {
    skip: !terminal && 'script(1) is not installed',
  }, async () => {
    const source = path.join(root, 'test/examples/http-javascript');
    const command = `exec ${process.execPath} dist/cli.js --source=${source} --target=hello --port=0`;
    const program = new Program(
      spawn('script', ['-qec', command, '/dev/null'], {
        cwd: root,
        env: { PATH: process.env['PATH'], SHELL: '/bin/sh', TERM: 'xterm', ...env },
      }),
    );
    await program.until(() => /Try:\S* curl /.test(program.stdout));
    program.kill();
    assert.equal(program.stdout.includes('\x1b[1m'), colored, program.stdout);
  });
}
