import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Program, serveProgram, startProgram } from '../support/program';
import { get, request, untilClosed } from '../support/slow-function';
import { Wire } from '../support/wire';
import { PIDS, pidsOf, untilGone } from '../support/workers';

const args = ['--workers=2'];

describe('with workers, SIGTERM', () => {
  test('loses nothing of clients that keep connections, and of others that make new ones', async () => {
    const program = await serveProgram(PIDS, { args });
    const kept = new http.Agent({ keepAlive: true, maxSockets: 20 });
    const fresh = new http.Agent({ maxSockets: 20 });
    const clients = [kept, fresh].flatMap((agent) =>
      Array.from({ length: 20 }, () => countAnswers(program.url, agent)),
    );
    await delay(500);
    program.signal('SIGTERM');
    const answered = (await Promise.all(clients)).reduce((sum, count) => sum + count, 0);
    assert.equal(await program.exit(), 0);
    assert.equal(servedBy(program), answered);
    assert.equal(program.stderr.match(/served/g)?.length, 2);
    assert.ok(answered > 40);
    kept.destroy();
  });

  test('answers what is in flight in each', async () => {
    // As long as a timer can be, or it would be over at once.
    const program = await serveProgram(PIDS, { args: [...args, '--shutdown-timeout=99999999'] });
    const wires = await connect(program, 6);
    for (const wire of wires) await wire.write(request('/stream?ms=600')).sees(',');
    program.signal('SIGTERM');
    for (const wire of wires) assert.match(await wire.end(), /end\r\n0\r\n\r\n$/);
    assert.equal(await program.exit(), 0);
  });

  test('during the start ends it with 0, and opens no port', async () => {
    const program = startProgram(
      `const { http, onStartup } = require('barefn');
       http('function', (req, res) => res.send('x'));
       onStartup(async () => { process.stderr.write('starting'); await new Promise((resolve) => setTimeout(resolve, 300)); });`,
      { args },
    );
    await program.until(() => program.stderr === 'startingstarting');
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 0);
    assert.equal(program.stdout, '');
  });

  test('during a start that fails ends it with 1, and says why once', async (t) => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'start-'));
    t.after(() => rmSync(directory, { recursive: true }));
    const GO = path.join(directory, 'go');
    const program = startProgram(
      `const { existsSync } = require('node:fs');
       process.stderr.write('starting');
       while (!existsSync(process.env.GO));
       throw new Error('no luck');`,
      { args, env: { GO } },
    );
    await program.until(() => program.stderr === 'startingstarting');
    program.signal('SIGTERM');
    await delay(200);
    writeFileSync(GO, '');
    assert.equal(await program.exit(), 1);
    assert.equal(program.stderr.match(/Error: no luck/g)?.length, 1, program.stderr);
    assert.equal(program.stdout, '');
  });

  test('to all processes at once, as Ctrl-C, loses nothing and starts no other', async () => {
    const program = await serveProgram(PIDS, { args });
    const pids = await pidsOf(program.url, 2);
    const agent = new http.Agent({ maxSockets: 20 });
    const clients = Array.from({ length: 20 }, () => countAnswers(program.url, agent));
    await delay(300);
    for (const pid of pids) process.kill(pid, 'SIGINT');
    program.signal('SIGINT');
    const answered = (await Promise.all(clients)).reduce((sum, count) => sum + count, 0);
    assert.equal(await program.exit(), 0);
    assert.equal(servedBy(program), answered);
    assert.doesNotMatch(program.stderr, /Another/);
  });

  test('with a request that is never answered exits with 1 at the timeout', async () => {
    const program = await serveProgram(PIDS, { args: [...args, '--shutdown-timeout=0.4'] });
    const [never, streamed] = (await connect(program, 2)) as [Wire, Wire];
    never.write(request('/never'));
    await program.logged('waiting');
    await streamed.write(request('/stream?ms=100')).sees(',');
    program.signal('SIGTERM');
    assert.match(await streamed.end(), /end\r\n0\r\n\r\n$/);
    assert.equal(await program.exit(), 1);
    assert.match(program.stderr, /timeout is over: 1 unanswered request\(s\) were cut off/);
    assert.equal(program.stderr.match(/served/g)?.length, 2, 'hooks run in both');
    await never.end();
  });

  test('kills a worker that does not react, and exits with 1', async () => {
    const program = await serveProgram(PIDS, { args: [...args, '--shutdown-timeout=0.1'] });
    const blocked = Number((await get(`${program.url}/block`, new http.Agent())).text);
    await program.logged('blocking');
    program.signal('SIGTERM');
    assert.equal(await program.exit(), 1);
    assert.match(program.stderr, /^The shutdown timeout is over: workers that do not react/m);
    await untilGone(blocked);
  });

  test('and another signal end them at once, and waiting requests are reported', async () => {
    const program = await serveProgram(PIDS, { args });
    const wires = await connect(program, 2);
    for (const wire of wires) wire.write(request('/never'));
    await program.logged('waiting\nwaiting');
    program.signal('SIGTERM');
    await untilClosed(program.port);
    program.signal('SIGINT');
    assert.equal(await program.exit(), 130);
    for (const wire of wires) assert.match(await wire.end(), /^HTTP\/1.1 500 /);
  });
});

describe('when the primary is killed', () => {
  test('workers answer what they have, and end', async () => {
    const program = await serveProgram(PIDS, { args });
    const pids = await pidsOf(program.url, 2);
    const wires = await connect(program, 4);
    for (const wire of wires) await wire.write(request('/stream?ms=500')).sees(',');
    program.kill();
    for (const wire of wires) assert.match(await wire.end(), /end\r\n0\r\n\r\n$/);
    for (const pid of pids) await untilGone(pid);
  });

  test('during the start, workers end too', async () => {
    const program = startProgram(
      `const { http, onStartup } = require('barefn');
       http('function', (req, res) => res.send('x'));
       onStartup(async () => { process.stderr.write(process.pid + ';'); await new Promise((resolve) => setTimeout(resolve, 60000)); });`,
      { args },
    );
    await program.until(() => program.stderr.split(';').length === 3);
    program.kill();
    for (const pid of program.stderr.split(';').slice(0, 2)) await untilGone(Number(pid));
  });
});

/** Sends requests until one fails. Resolves with how many were answered: as many as were served. */
async function countAnswers(url: string, agent: http.Agent): Promise<number> {
  for (let answered = 0; ; answered++) {
    const answer = await get(url, agent).catch(() => undefined);
    if (answer === undefined) return answered;
    assert.equal(answer.status, 200);
  }
}

/** How many requests all workers have served. */
function servedBy(program: Program): number {
  const counts = program.stderr.matchAll(/served <(\d+)>/g);
  return Array.from(counts, ([, count]) => Number(count)).reduce((sum, count) => sum + count, 0);
}

function connect(program: Program, count: number): Promise<Wire[]> {
  return Promise.all(Array.from({ length: count }, () => Wire.connect(program.port)));
}
