import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../support/free-port';

const cli = path.resolve(__dirname, '../../dist/cli.js');
const directory = mkdtempSync(path.join(os.tmpdir(), 'lost-output-'));
after(() => rmSync(directory, { recursive: true, force: true }));

const PROGRAM = `
console.log('loaded');
exports.function = async (req, res) => {
  console.log('on stdout');
  console.error('on stderr');
  process.stdout.write('and more');
  // What comes of it comes before the answer.
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (req.path === '/throw') throw new Error('thrown');
  res.json({ pid: process.pid, parent: process.ppid });
};`;
writeFileSync(path.join(directory, 'index.js'), PROGRAM);
writeFileSync(
  path.join(directory, 'talkative.js'),
  `process.stdout.write('x'.repeat(1_000_000) + '\\n');
   exports.function = (req, res) => res.send('served');`,
);

const outputs = {
  'a stdout without a reader': '| true',
  'stdout and stderr without a reader': '2>&1 | true',
  'stdout closed': '>&-',
  'stdout and stderr closed': '>&- 2>&-',
  'a full disk for stdout and stderr': '>/dev/full 2>&1',
};

for (const [name, redirection] of Object.entries(outputs)) {
  describe(`with ${name}`, () => {
    for (const flag of ['', '--startup-report', '--log-execution-id', '--watch']) {
      test(`${`barefn ${flag}`.trim()} serves on, and ends as ever`, async (t) => {
        const { port, exit } = await start(t, `--source='${directory}' ${flag}`, redirection);
        let pids = { pid: 0, parent: 0 };
        for (let turn = 1; turn <= 3; turn++) {
          const answer = await ask(port, '/');
          assert.equal(answer.status, 200, `turn ${turn}`);
          pids = JSON.parse(answer.text);
          assert.equal((await ask(port, '/throw')).text, 'thrown');
        }
        process.kill(flag === '--watch' ? pids.parent : pids.pid, 'SIGTERM');
        assert.equal(await exit, '0\n');
      });
    }
  });
}

test('a pipe that is full when the port opens gets the line later', async (t) => {
  const port = await freePort();
  const source = path.join(directory, 'talkative.js');
  const child = spawn(process.execPath, [cli, `--source=${source}`, `--port=${port}`]);
  t.after(() => child.kill('SIGKILL'));
  assert.equal((await ask(port, '/')).text, 'served');
  let stdout = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    stdout += text;
    if (stdout.includes('URL: ')) break;
  }
  assert.ok(stdout.includes('Serving function...\nFunction: function\n'));
});

/** Runs the command with redirections by a shell. `exit` resolves with its exit code as a line. */
async function start(
  t: TestContext,
  words: string,
  redirection: string,
): Promise<{ port: number; exit: Promise<string> }> {
  const port = await freePort();
  const command = `'${process.execPath}' '${cli}' --port=${port} ${words}`;
  // The shell tells how it ended on a stream that nobody redirects.
  const [stdout = '', pipe = ''] = redirection.split('|');
  const line = `{ ${command} ${stdout}; echo $? >&3; } ${pipe && `| ${pipe}`}`;
  const shell = spawn('sh', ['-c', line], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  });
  t.after(() => {
    try {
      process.kill(-(shell.pid as number), 'SIGKILL');
    } catch {
      // It has ended.
    }
  });
  let code = '';
  const report = shell.stdio[3] as NodeJS.ReadableStream;
  report.setEncoding('utf8').on('data', (text: string) => {
    code += text;
  });
  return { port, exit: once(report, 'end').then(() => code) };
}

/** Asks until the port is open. */
async function ask(port: number, target: string): Promise<{ status: number; text: string }> {
  for (let tries = 0; ; tries++) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}${target}`);
      return { status: response.status, text: await response.text() };
    } catch (error) {
      if (tries > 500) throw error;
      await delay(20);
    }
  }
}
