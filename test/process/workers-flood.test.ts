import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { after, describe, test } from 'node:test';
import { type Program, serveProgram } from '../support/program';
import { get } from '../support/slow-function';
import { Wire } from '../support/wire';
import { isAlive, PIDS, pidsOf, untilGone } from '../support/workers';

const REQUEST = 'GET /pid HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
/** So many connections, or more, close the port. */
const MANY = 4096;

describe('when no worker takes a connection', { skip: descriptors() < 3 * MANY }, () => {
  test('a flood ends at a closed port, and all that wait are answered later', async () => {
    const program = await serveProgram(PIDS, { args: ['--workers=2', '--health-path=/healthz'] });
    const pids = await stopWorkers(program);
    const wires = await flood(program);
    await assert.rejects(get(`${program.url}/healthz`), { code: 'ECONNREFUSED' });
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    for (const wire of wires) {
      const text = await wire.end();
      // What the kernel had, when the port closed, is cut off.
      if (wire.failure === undefined) assert.match(text, /^HTTP\/1.1 200 .*\d$/s);
    }
    assert.ok(wires.filter(({ failure }) => failure === undefined).length >= MANY);
    await program.logged('The port is open again.');
    assert.equal((await get(`${program.url}/healthz`)).status, 200);
    assert.equal(program.stderr.match(/connections wait/g)?.length, 1);
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0);
  });

  test('SIGTERM ends the flood', async () => {
    const args = ['--workers=2', '--shutdown-timeout=0.1'];
    const program = await serveProgram(PIDS, { args });
    const pids = await stopWorkers(program);
    const wires = await flood(program);
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 1);
    assert.doesNotMatch(program.stderr, /open again/);
    for (const pid of pids) await untilGone(pid);
    for (const wire of wires) await wire.end();
  });

  test('a program that takes the closed port ends the command, which answers what waits', async () => {
    const program = await serveProgram(PIDS, { args: ['--workers=2'] });
    const pids = await stopWorkers(program);
    const wires = await flood(program);
    const other = net.createServer().listen(program.port);
    await once(other, 'listening');
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    assert.equal(await program.exit(), 1);
    assert.match(program.stderr, /^Cannot listen on port \d+: it is in use/m);
    for (const wire of wires) {
      const text = await wire.end();
      if (wire.failure === undefined) assert.match(text, /^HTTP\/1.1 200 .*\d$/s);
    }
    other.close();
  });
});

const stopped: number[] = [];
after(() => {
  for (const pid of stopped) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});

/** Stops both workers, which take nothing until they are continued. */
async function stopWorkers(program: Program): Promise<number[]> {
  const pids = await pidsOf(program.url, 2);
  stopped.push(...pids);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return pids;
}

/** Sends requests on new connections until one is refused. */
async function flood(program: Program): Promise<Wire[]> {
  const wires: Wire[] = [];
  for (;;) {
    const batch = Array.from({ length: 50 }, () => Wire.connect(program.port));
    const settled = await Promise.allSettled(batch);
    const opened = settled.filter((result) => result.status === 'fulfilled');
    for (const { value } of opened) wires.push(value.write(REQUEST));
    if (opened.length < batch.length) break;
    assert.ok(wires.length < 2 * MANY, 'none was refused');
  }
  await program.logged(`${MANY} connections wait for a worker`);
  return wires;
}

/** How many a process may have; the primary and this one need some for each connection. */
function descriptors(): number {
  if (process.platform === 'win32') return 0;
  const limit = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit);
}
