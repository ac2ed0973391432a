// The harness can fail: what misbehaves is reported as that, never as a number.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { measureColdStarts } from '../cold-start.mjs';
import { findFreePort } from '../exchange.mjs';
import { hasWrk, openWrk, runCommand } from '../load/wrk.mjs';
import { renderMarkdown, renderTerminal } from '../report/text.mjs';
import { startServer, untilEnded } from '../server.mjs';
import { measureFixedRate, measureThroughput } from '../throughput.mjs';
import { hello } from '../workloads/index.mjs';
import { createBench, faulty, runtime } from './fixtures.mjs';
import { sampleResult } from './sample-result.mjs';

const run = fileURLToPath(new URL('../run.mjs', import.meta.url));

for (const [fault, reason] of Object.entries({
  exit: /died: exit code 3/,
  'dies-on-connect': /does not answer hello: .*\(died: exit code 5\)/,
  'wrong-body': /body "Hello, Mars!!" instead of "Hello, World!"/,
  'non-2xx': /status 503 instead of 200/,
})) {
  test(`a cold start of a subject with the fault "${fault}" is a failure without samples`, async () => {
    const { failure, samples } = await startOnce(fault);
    assert.match(failure ?? '', reason);
    assert.deepEqual(samples, []);
  });
}

test('a subject that never listens is a failure without samples', async () => {
  const { failure, samples } = await startOnce('never-listens', { startTimeout: 1000 });
  assert.match(failure ?? '', /did not start/);
  assert.deepEqual(samples, []);
});

test('a subject that never answers is a failure without samples', async () => {
  // On a busy machine it listens later than the first limits allow.
  for (let startTimeout = 1000; startTimeout < 100_000; startTimeout *= 2) {
    const { failure = '', samples } = await startOnce('never-answers', { startTimeout });
    assert.deepEqual(samples, []);
    if (failure.startsWith('did not start')) continue;
    return assert.match(failure, /no complete answer within/);
  }
  assert.fail('it never listened');
});

test('a server that died is known to have died, however late the system reports its end', async () => {
  let isReported = false;
  const ended = new Promise((resolve) => setTimeout(resolve, 500)).then(() => {
    isReported = true;
  });
  await untilEnded({ port: await findFreePort(), ended });
  assert.ok(isReported);
});

test('a slow start is measured as slow, not as a failure', async () => {
  const startedAt = performance.now();
  const { failure, samples } = await startOnce('slow-start');
  const elapsedMs = performance.now() - startedAt;
  assert.equal(failure, undefined);
  assert.equal(samples.length, 2);
  for (const { startMs } of samples)
    assert.ok(startMs > 600 && startMs < elapsedMs, `${startMs} of ${elapsedMs} ms`);
});

test('a start slower than the limit is a failure', async () => {
  const { failure } = await startOnce('slow-start', { startTimeout: 300 });
  assert.match(failure ?? '', /did not start|no complete answer within/);
});

/** @type {(fault: string, options?: object) => Promise<import('../recorder.mjs').Cell>} */
async function startOnce(fault, options) {
  const bench = createBench([faulty(fault)], options);
  await measureColdStarts(bench);
  return bench.recorder.cells[0];
}

/** More answers than the faults that come late wait for. */
const underLoad = { workloads: ['hello'], warmUpRequests: 300, warmUpSeconds: 60 };

for (const [fault, reason] of Object.entries({
  'crash-mid-run': /died: exit code 7/,
  'wrong-body-later': /wrong body/,
  'wrong-bytes-under-load': /wrong body/,
  'non-2xx-later': /with status 503/,
  'hangs-later': /no complete answer within|not at all: Headers Timeout/,
  'hangs-up-under-load': /hangs up instead of answering hello under load, \d+ times/,
})) {
  test(`load on a subject with the fault "${fault}" is a failure without samples`, async () => {
    const bench = createBench([faulty(fault)], underLoad);
    await measureThroughput(bench);
    const [cell] = bench.recorder.cells;
    assert.match(cell.failure ?? '', reason);
    assert.deepEqual(cell.samples, []);
  });
}

test('a server that closes each connection after its answer is measured', async () => {
  const bench = createBench([faulty('closes')], underLoad);
  await measureThroughput(bench);
  const [cell] = bench.recorder.cells;
  assert.equal(cell.failure, undefined);
  assert.equal(cell.samples.length, bench.options.slices);
});

test('a fixed rate of requests notices wrong answers', async () => {
  const bench = createBench([faulty('non-2xx-later')], { rate: 2000 });
  await measureFixedRate(bench);
  assert.match(bench.recorder.cells[0].failure ?? '', /status 503/);
});

test('wrk notices wrong bodies, where it is installed', {
  skip: !hasWrk() && 'wrk is not installed',
}, async () => {
  for (const fault of ['wrong-body-later', 'non-2xx-later', 'behaves']) {
    const server = await startServer({ subject: faulty(fault), runtime, firstRequest: hello });
    try {
      const load = openWrk({ server, workload: hello, connections: 4 }, 1);
      if (fault !== 'behaves')
        await assert.rejects(load.measure(), /under load wrongly, \d+ times/);
      else assert.ok((await load.measure()).p99Ms > 0);
    } finally {
      await server.stop();
    }
  }
});

test('a load generator that hangs is noticed, and ended', async () => {
  await assert.rejects(runCommand('sleep', ['61.5'], 300), /sleep did not end within 0.3 s/);
});

test('two runs at once have ports and folders of their own', async () => {
  const code = `import(process.argv[1]).then(({ createFolder, listPorts }) => {
    console.log(JSON.stringify([listPorts()[0], createFolder()]));
    process.stdin.resume();
  })`;
  const module = fileURLToPath(new URL('../workspace.mjs', import.meta.url));
  const children = [1, 2, 3].map(() => {
    return spawn(process.execPath, ['-e', code, module], { stdio: ['pipe', 'pipe', 'inherit'] });
  });
  const printed = await Promise.all(
    children.map(async ({ stdout }) => (await once(stdout, 'data'))[0]),
  );
  const [ports, folders] = [0, 1].map((part) => printed.map((text) => JSON.parse(text)[part]));
  assert.equal(new Set(ports).size, 3);
  assert.equal(new Set(folders).size, 3);
  const exits = children.map((child) => once(child, 'exit'));
  for (const { stdin } of children) stdin.end();
  await Promise.all(exits);
  for (const folder of folders) assert.equal(existsSync(folder), false);
});

test('a failure appears in words in every report, and no figure beside it', async () => {
  const result = sampleResult();
  for (const text of [renderTerminal(result), renderMarkdown(result)]) {
    const lines = text.split('\n').filter((line) => line.includes('broken'));
    assert.ok(lines.length > 0);
    for (const line of lines.filter((text) => !text.includes('subjects:')))
      assert.match(line, /FAILED: died: exit code 7/);
  }
});

test('a server that ignores signals is ended all the same', async () => {
  const subject = faulty('ignores-signals');
  const server = await startServer({ subject, runtime, firstRequest: hello });
  await server.stop();
  await untilNoProcess(server.pid);
});

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  test(`a run that ${signal} ends keeps what it has, and leaves no process behind`, {
    timeout: 300_000,
  }, async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'interrupted-'));
    const out = mkdtempSync(path.join(os.tmpdir(), 'interrupted-out-'));
    const long = ['--only=cold-start', '--subjects=raw', '--samples=9999', '--out', out];
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(process.execPath, [run, ...long], { env, stdio: 'ignore' });
    /** @type {Set<number>} */
    const groups = new Set();
    while (groups.size < 4) {
      for (const name of readdirSync(folder)) {
        const group = groupOf(path.join(folder, name));
        if (group) groups.add(group);
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    child.kill(signal);
    const [code] = await once(child, 'exit');
    assert.equal(code, 130);
    for (const group of groups) await untilNoProcess(group);
    assert.deepEqual(readdirSync(folder), ['barefn-bench-locks']);
    assert.deepEqual(readdirSync(path.join(folder, 'barefn-bench-locks')), []);
    assert.deepEqual(
      readdirSync(out)
        .map((name) => path.extname(name))
        .sort(),
      ['.html', '.json', '.md'],
    );
    const [page] = readdirSync(out).filter((name) => name.endsWith('.md'));
    assert.match(readFileSync(path.join(out, page), 'utf8'), /cut short: [\s\S]*\| raw \| \d+ \|/);
    for (const place of [folder, out]) rmSync(place, { recursive: true });
  });
}

test('stopping a server ends the processes it started', async () => {
  const subject = { ...faulty('behaves'), shell: `sleep 601.25 & ${faulty('behaves').shell}` };
  const server = await startServer({ subject, runtime, firstRequest: hello });
  assert.equal(countProcesses(server.pid), 2);
  await server.stop();
  await untilNoProcess(server.pid);
});

/** The process group that writes into the folder's log; 0 when there is none. @param {string} folder */
function groupOf(folder) {
  for (const pid of readdirSync('/proc').filter(Number)) {
    try {
      if (readlinkSync(`/proc/${pid}/fd/1`) === path.join(folder, 'log')) return Number(pid);
    } catch {
      // The process has ended.
    }
  }
  return 0;
}

/** The kernel ends the processes of a group one after the other. @param {number} group */
async function untilNoProcess(group) {
  const deadline = performance.now() + 60_000;
  while (countProcesses(group) > 0) {
    assert.ok(performance.now() < deadline, 'a process is left');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** @param {number} group */
function countProcesses(group) {
  return readdirSync('/proc').filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${Number(pid)}/stat`, 'utf8');
      const [state, , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(pgrp) === group && state !== 'Z';
    } catch {
      return false;
    }
  }).length;
}
