import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parseOptions } from '../../src/options/options';
import { root } from '../support/packed';
import { Program, serveInProduction, serveProgram, startProgram } from '../support/program';
import { get, request } from '../support/slow-function';
import { Wire } from '../support/wire';
import { PIDS, pidOf, pidsOf } from '../support/workers';

const TWO = ['--workers=2'];

describe('with --workers=2', () => {
  test('two processes serve one port, and connections go to them by turns', async () => {
    const program = await serveProgram(PIDS, { args: TWO });
    const counts = new Map<number, number>();
    for (let connection = 0; connection < 20; connection++) {
      const pid = await pidOf(program.url);
      counts.set(pid, (counts.get(pid) ?? 0) + 1);
    }
    assert.deepEqual([...counts.values()], [10, 10]);
    assert.ok(!counts.has(program.child.pid as number));
    program.kill();
  });

  test('the lines of the start come once, with the number of workers', async () => {
    const program = await serveProgram(PIDS, { args: TWO });
    assert.equal(
      program.stdout,
      `Serving function...\nFunction: function\nSignature type: http\nWorkers: 2\nURL: http://localhost:${program.port}/\n`,
    );
    program.kill();
  });

  test('a production start prints nothing', async () => {
    const program = await serveInProduction(PIDS, { args: TWO });
    await pidsOf(program.url, 2);
    assert.equal(program.stdout, '');
    program.kill();
  });

  test('startup hooks run in each process, before the port opens', async () => {
    const program = await serveProgram(PIDS, { args: TWO });
    assert.equal(program.stderr, 'startup hook\n'.repeat(2));
    program.kill();
  });

  test('a connection is kept for the next request, by the same process', async () => {
    const program = await serveProgram(PIDS, { args: TWO });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const first = await get(program.url, agent);
    for (let request = 0; request < 5; request++) {
      assert.deepEqual(await get(program.url, agent), first);
    }
    assert.equal(first.connection, 'keep-alive');
    agent.destroy();
    program.kill();
  });

  test('--verify and --workers=1 start no other process', async () => {
    const verified = startProgram(PIDS, { args: [...TWO, '--verify'] });
    assert.equal(await verified.exit(), 0);
    assert.match(verified.stdout, /^OK: function/);
    const program = await serveProgram(PIDS, { args: ['--workers=1'] });
    assert.equal(await pidOf(program.url), program.child.pid);
    assert.doesNotMatch(program.stdout, /Workers/);
    program.kill();
  });

  test('FUNCTION_WORKERS=auto starts one for each CPU', async () => {
    const program = await serveProgram(PIDS, { env: { FUNCTION_WORKERS: 'auto' } });
    const count = Number(/Workers: (\d+)/.exec(program.stdout)?.[1] ?? 1);
    assert.ok(count >= 1 && count <= os.availableParallelism());
    assert.equal((await pidsOf(program.url, count)).length, count);
    program.kill();
  });
});

describe('a start that fails', () => {
  const mistakes: Record<string, string> = {
    'a module that throws': "throw new Error('broken module');",
    'a module without the function': 'exports.other = 1;',
    'a module that cannot be parsed': 'exports.function = (;',
    'a startup hook that fails':
      "const { http, onStartup } = require('barefn'); http('function', () => {}); onStartup(async () => { throw new Error('no database'); });",
  };
  for (const [what, text] of Object.entries(mistakes)) {
    test(`ends with the message and exit code of one process, once: ${what}`, async () => {
      const [one, two] = [startProgram(text), startProgram(text, { args: TWO })];
      assert.deepEqual([await one.exit(), await two.exit()], [1, 1]);
      assert.notEqual(one.stderr, '');
      const shown = (text: string): string => text.replace(/\/program-\w+\/\d+\//g, '/');
      assert.equal(shown(two.stderr), shown(one.stderr));
      assert.equal(two.stdout, '');
    });
  }

  test('says once that a module awaits what never comes', async () => {
    const text = 'await new Promise(() => {}); export default (req, res) => res.send("x");';
    const program = startProgram(text, { file: 'index.mjs', args: [...TWO, '--target=default'] });
    assert.equal(await program.exit(), 1);
    assert.match(program.stderr, /^Cannot start: the top-level code of .* can settle\.\n$/);
  });

  test('ends with the exit code of a module that exits', async () => {
    const program = startProgram('process.exit(7);', { args: TWO });
    assert.equal(await program.exit(), 7);
    assert.equal(program.stderr, '');
  });

  test('names the signal that ended a worker', async () => {
    const program = startProgram("process.kill(process.pid, 'SIGKILL');", { args: TWO });
    assert.equal(await program.exit(), 137);
    assert.match(
      program.stderr,
      /^Worker \d \(process \d+\) was ended by SIGKILL before it could serve\.\n$/,
    );
  });

  test('says that the port is in use', async () => {
    const other = net.createServer().listen(0);
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const program = startProgram(PIDS, { args: [...TWO, `--port=${port}`] });
    assert.equal(await program.exit(), 1);
    assert.match(program.stderr, new RegExp(`^Cannot listen on port ${port}: it is in use`, 'm'));
    other.close();
  });

  test("refuses --target='*'", async () => {
    const program = startProgram(PIDS, { args: [...TWO, '--target=*'] });
    assert.equal(await program.exit(), 1);
    assert.match(
      program.stderr,
      /^--workers cannot start .*'\*' is for development.*pass --workers=1\.\n$/,
    );
  });

  test('refuses what is no number of processes', () => {
    for (const value of ['0', '-1', '1.5', 'two', '', 'AUTO', '1001']) {
      assert.throws(() => parseOptions([`--workers=${value}`], {}), {
        message: `--workers must be a number of processes from 1, or auto, not "${value}".`,
      });
    }
    assert.equal(parseOptions([], {}).workers, 1);
    assert.equal(parseOptions(['--workers=3'], { FUNCTION_WORKERS: 'auto' }).workers, 3);
  });
});

describe('other options work with --workers=2:', () => {
  test('--startup-report, once', async () => {
    const program = await serveProgram("exports.function = (req, res) => res.send('x');", {
      args: [...TWO, '--startup-report'],
    });
    await program.logged('\n');
    assert.equal(program.stderr.match(/barefn started/g)?.length, 1);
    const report = JSON.parse(program.stderr) as Record<string, number>;
    assert.equal(report['workers'], 2);
    const { primaryMs = 0, totalMs = 0, bootMs = 0, listenMs = 0 } = report;
    assert.ok(primaryMs > 0 && bootMs > 0 && listenMs >= 0 && totalMs > primaryMs + bootMs);
    program.kill();
  });

  test('--health-path', async () => {
    const program = await serveProgram(PIDS, { args: [...TWO, '--health-path=/healthz'] });
    for (let i = 0; i < 4; i++) assert.equal((await get(`${program.url}/healthz`)).text, 'ok\n');
    program.kill();
  });

  test('--headers-timeout, which node:http checks once it listens', async () => {
    const program = await serveProgram(PIDS, { args: [...TWO, '--headers-timeout=0.2'] });
    const wire = await Wire.connect(program.port);
    wire.write('GET / HTTP/1.1\r\nHo');
    assert.match(await wire.end(), /^HTTP\/1\.1 408 /);
    program.kill();
  });

  test('--http2', async () => {
    const program = await serveProgram(PIDS, { args: [...TWO, '--http2'] });
    const client = http2.connect(program.url);
    const stream = client.request({ ':path': '/' });
    const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
    assert.equal(headers[':status' as keyof typeof headers], 200);
    stream.resume();
    client.close();
    await once(client, 'close');
    assert.ok((await pidOf(program.url)) > 0);
    program.kill();
  });

  test('--express=4, and execution ids', async () => {
    const program = await serveProgram(
      "exports.function = (req, res) => { console.log('a line'); res.send(req.get('x-none') === undefined && req.param('a')); };",
      { args: [...TWO, '--express=4', '--log-execution-id'] },
    );
    const headers = { 'Function-Execution-Id': 'abc' };
    const answer = await fetch(`${program.url}/?a=yes`, { headers });
    assert.equal(await answer.text(), 'yes');
    await program.printed('"execution_id":"abc"');
    program.kill();
  });

  test('--max-concurrency holds for each process', async () => {
    const program = await serveProgram(PIDS, { args: [...TWO, '--max-concurrency=1'] });
    const held = await Promise.all([Wire.connect(program.port), Wire.connect(program.port)]);
    for (const wire of held) await wire.write(request('/stream?ms=100000')).sees(',');
    assert.deepEqual(
      [(await get(program.url)).status, (await get(program.url)).status],
      [429, 429],
    );
    for (const wire of held) wire.destroy();
    program.kill();
  });

  test('--require, NODE_OPTIONS and --compile-cache', async () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'workers-'));
    const preloaded = path.join(directory, 'preloaded.js');
    writeFileSync(preloaded, "globalThis.preloaded = 'yes';");
    const program = await serveProgram(
      "exports.function = (req, res) => res.json([globalThis.preloaded, process.debugPort, process.env.BAREFN_WORKER ?? 'none', require('node:module').getCompileCacheDir?.() !== undefined]);",
      {
        args: [...TWO, ...(cachesCode() ? [`--compile-cache=${directory}/cache`] : [])],
        // Sets the port, but opens no inspector.
        env: { NODE_OPTIONS: `--require=${preloaded} --inspect-port=21500` },
      },
    );
    const answers = [
      (await get(program.url, new http.Agent())).text,
      (await get(program.url, new http.Agent())).text,
    ];
    assert.deepEqual(
      answers.sort(),
      [21501, 21502].map((port) => JSON.stringify(['yes', port, 'none', cachesCode()])),
    );
    assert.equal(existsSync(`${directory}/cache`), cachesCode());
    program.kill();
    rmSync(directory, { recursive: true, force: true });
  });

  test('--watch restarts all of them on the same port', async () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'workers-'));
    const write = (answer: string): void => {
      writeFileSync(path.join(directory, 'answer.js'), `module.exports = '${answer}';`);
    };
    write('one');
    const text =
      "const answer = require('./answer.js'); exports.function = (req, res) => res.send(answer);";
    writeFileSync(path.join(directory, 'index.js'), text);
    const args = [path.join(root, 'dist/cli.js'), '--watch', '--workers=2', '--port=0'];
    const child = spawn(process.execPath, args, {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const answers = async (text: string): Promise<void> => {
      for (let tries = 0; tries < 3000; tries++) {
        const port = /URL: http:\/\/localhost:(\d+)/.exec(output)?.[1];
        const answer = await get(`http://127.0.0.1:${port}`).catch(() => undefined);
        if (answer?.text === text) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`No answer ${text}. Output: ${output}`);
    };
    await answers('one');
    write('two');
    await answers('two');
    assert.equal(new Set(output.match(/URL: .*/g)).size, 1);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
    rmSync(directory, { recursive: true, force: true });
  });
});

test('what a function sends to its parent reaches the parent of the command', async () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'workers-'));
  writeFileSync(
    path.join(directory, 'index.js'),
    "process.send('ready ' + process.pid); exports.function = (req, res) => res.send('x');",
  );
  const args = [path.join(root, 'dist/cli.js'), '--workers=2', '--port=0'];
  const child = spawn(process.execPath, args, {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const messages: unknown[] = [];
  for (const _ of TWO.concat('second')) messages.push((await once(child, 'message'))[0]);
  assert.equal(new Set(messages).size, 2);
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(directory, { recursive: true, force: true });
});

test('a worker without a free descriptor loses the connection, and gets others later', async () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'workers-'));
  writeFileSync(
    path.join(directory, 'index.js'),
    `const fs = require('node:fs');
     const open = [];
     exports.function = (req, res) => {
       try {
         while (req.path === '/fill') open.push(fs.openSync('/dev/null'));
       } catch {}
       if (req.path === '/free') for (const fd of open.splice(0)) fs.closeSync(fd);
       res.send(String(process.pid));
     };`,
  );
  const command = [process.execPath, path.join(root, 'dist/cli.js'), ...TWO, '--port=0'];
  const shell = `ulimit -n 100; exec ${command.map((word) => `'${word}'`).join(' ')}`;
  const program = new Program(spawn('sh', ['-c', shell], { cwd: directory }));
  await program.listening();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const filled = Number((await get(`${program.url}/fill`, agent)).text);
  const served = await Promise.allSettled([pidOf(program.url), pidOf(program.url)]);
  assert.deepEqual(served.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  await get(`${program.url}/free`, agent);
  assert.ok((await pidsOf(program.url, 2)).includes(filled));
  agent.destroy();
  program.signal('SIGTERM');
  assert.equal(await program.exit(), 0);
  rmSync(directory, { recursive: true, force: true });
});

test('a start without --workers loads nothing of it', () => {
  const script = `process.argv = ['node', 'cli', '--verify', '--source=${root}/test/example', '--target=hello'];
    process.on('exit', () => console.log(Object.keys(require.cache).filter((file) => file.endsWith('workers.js')).length));
    require(${JSON.stringify(path.join(root, 'dist/cli.js'))});`;
  const output = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  assert.match(output, /^0$/m);
});

function cachesCode(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 8);
}
