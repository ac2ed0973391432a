import assert from 'node:assert/strict';
import http from 'node:http';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Restarts } from '../../src/process/workers/restarts';
import { serveProgram } from '../support/program';
import { get, request } from '../support/slow-function';
import { Wire } from '../support/wire';
import { PIDS, pidOf, pidsOf } from '../support/workers';

const args = ['--workers=2'];

describe('a worker that ends', () => {
  test('by SIGKILL takes only its own requests with it, and is replaced', async () => {
    const program = await serveProgram(PIDS, { args });
    const [killed = 0, other = 0] = await pidsOf(program.url, 2);
    const wires = await Promise.all(Array.from({ length: 10 }, () => Wire.connect(program.port)));
    for (const wire of wires) await wire.write(request('/hold')).sees(',');
    process.kill(killed, 'SIGKILL');
    process.kill(other, 'SIGUSR2');
    for (const wire of wires) {
      const text = await wire.end().catch(() => wire.received);
      const isOwn = text.includes(`${killed},`);
      assert.equal(/end\r\n0\r\n\r\n$/.test(text), !isOwn);
    }
    const pids = await pidsOf(program.url, 2);
    assert.ok(pids.includes(other) && !pids.includes(killed));
    assert.match(
      program.stderr,
      new RegExp(
        `^Worker \\d \\(process ${killed}\\) was ended by SIGKILL\\. Another one starts in 0\\.1 s\\.$`,
        'm',
      ),
    );
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0);
  });

  test('leaves to the others the connections that it has not taken', async () => {
    const program = await serveProgram(PIDS, { args });
    const [stopped = 0, other = 0] = await pidsOf(program.url, 2);
    process.kill(stopped, 'SIGSTOP');
    // One of them waits at the process that is stopped.
    const answers = Array.from({ length: 5 }, () => pidOf(program.url));
    await Promise.any(answers);
    await delay(100);
    process.kill(stopped, 'SIGKILL');
    const pids = await Promise.all(answers);
    assert.ok(!pids.includes(stopped) && pids.includes(other));
    program.kill();
  });

  for (const [why, end] of Object.entries({
    'by SIGTERM': (_: string, pid: number) => void process.kill(pid, 'SIGTERM'),
    'by an error outside of requests': (url: string) => void get(`${url}/crash`, new http.Agent()),
  })) {
    test(`${why} answers what it has, and is replaced`, async () => {
      const program = await serveProgram(PIDS, { args });
      const pids = await pidsOf(program.url, 2);
      const wires = await Promise.all(Array.from({ length: 4 }, () => Wire.connect(program.port)));
      for (const wire of wires) await wire.write(request('/stream?ms=600')).sees(',');
      end(program.url, pids[0] as number);
      for (const wire of wires) assert.match(await wire.end(), /end\r\n0\r\n\r\n$/);
      await program.logged('is ending. Another one starts.\n');
      const ended = Number(/\(process (\d+)\) is ending/.exec(program.stderr)?.[1]);
      assert.ok(pids.includes(ended) && !(await pidsOf(program.url, 2)).includes(ended));
      program.signal('SIGTERM');
      assert.equal(await program.exit(), 0);
    });
  }

  test('because the function exits is replaced, too', async () => {
    const program = await serveProgram(PIDS, { args });
    assert.equal((await get(`${program.url}/exit`, new http.Agent())).status, 500);
    await program.logged('ended with exit code 5. Another one starts in 0.1 s.');
    await pidsOf(program.url, 2);
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0);
  });
});

test('connections wait for the next worker when none is left', async () => {
  const program = await serveProgram(PIDS, { args });
  const pids = await pidsOf(program.url, 2);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await program.until(() => program.stderr.match(/SIGKILL/g)?.length === 2);
  assert.ok(!pids.includes(await pidOf(program.url)));
  program.kill();
});

test('a function that crashes each time ends the command in the end, with its exit code', async () => {
  const program = await serveProgram(
    `const fs = require('node:fs');
     const mark = __filename + '.crashes';
     const timer = setInterval(() => {
       if (!fs.existsSync(mark)) return;
       clearInterval(timer);
       throw new Error('a stray error');
     }, 50);
     exports.function = (req, res) => res.send(String(fs.writeFileSync(mark, '')));`,
    { args: [...args, '--shutdown-timeout=1'] },
  );
  await get(program.url, new http.Agent());
  assert.equal(await program.exit(), 16);
  assert.ok((program.stderr.match(/Uncaught exception/g) ?? []).length >= 10);
  assert.match(
    program.stderr,
    /Every worker has ended 5 times within 30 s of its start: giving up\.$/m,
  );
});

test('a worker that cannot start again is tried again, while the other one serves', async () => {
  const program = await serveProgram(
    `const fs = require('node:fs');
     if (fs.existsSync(__filename + '.broken')) throw new Error('broken now');
     exports.function = (req, res) => {
       if (req.path === '/break') fs.writeFileSync(__filename + '.broken', '');
       if (req.path === '/mend') fs.unlinkSync(__filename + '.broken');
       res.send(String(process.pid));
     };`,
    { args },
  );
  const [killed = 0, other = 0] = await pidsOf(program.url, 2);
  await get(`${program.url}/break`, new http.Agent());
  process.kill(killed, 'SIGKILL');
  await program.logged('broken now', 'ended with exit code 1. Another one starts in 0.4 s.');
  assert.equal(await pidOf(program.url), other);
  await get(`${program.url}/mend`, new http.Agent());
  await pidsOf(program.url, 2);
  program.signal('SIGTERM');
  assert.equal(await program.exit(), 0);
});

test('when no worker can start again, the pauses grow, and the command ends with its exit code', async () => {
  const program = await serveProgram(
    `const fs = require('node:fs');
     if (fs.existsSync(__filename + '.broken')) throw new Error('broken now');
     exports.function = (req, res) => {
       fs.writeFileSync(__filename + '.broken', '');
       process.kill(process.pid, 'SIGKILL');
     };`,
    { args },
  );
  for (let turn = 0; turn < 2; turn++) await get(program.url, new http.Agent()).catch(() => {});
  assert.equal(await program.exit(), 1);
  for (const worker of [1, 2]) {
    const ends = program.stderr.matchAll(
      new RegExp(`^Worker ${worker} .*Another one starts in (.*) s\\.$`, 'gm'),
    );
    assert.deepEqual(Array.from(ends, ([, seconds]) => seconds).slice(0, 4), [
      '0.1',
      '0.2',
      '0.4',
      '0.8',
    ]);
  }
  assert.match(
    program.stderr,
    /Error: broken now$[\s\S]*^Worker \d \(process \d+\) ended with exit code 1\. Every worker has ended 5 times within 30 s of its start: giving up\.$/m,
  );
});

test('the pause before a replacement doubles up to 10 s, and starts again after a good run', () => {
  const restarts = new Restarts();
  const pauses = Array.from({ length: 9 }, () => restarts.pauseAfter(1000));
  assert.deepEqual(pauses, [100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  assert.equal(restarts.areHopeless, true);
  assert.equal(restarts.pauseAfter(30_000), 100);
  assert.equal(restarts.areHopeless, false);
  assert.equal(restarts.pauseAfter(1000), 100);
});
