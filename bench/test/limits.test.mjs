// Quotas, counts, and what misbehaves under a quota.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { measureStarts } from '../cold-start.mjs';
import { measureCounts } from '../counts.mjs';
import { findObstacle } from '../limits.mjs';
import { startServer } from '../server.mjs';
import { measureSmallMachines } from '../small-machine.mjs';
import { listSubjects, parseSubject } from '../subjects/index.mjs';
import { hello } from '../workloads/index.mjs';
import { createBench, faulty, runtime } from './fixtures.mjs';

const obstacle = await findObstacle();
const limits = { cpu: 0.5, memoryMb: 256 };

test('a quota holds: a process that computes gets no more, and is charged as throttled', {
  skip: obstacle,
}, async () => {
  const code = `const http = require("node:http");
    http.createServer((q, s) => s.end("Hello, World!")).listen(process.env.PORT, "127.0.0.1", spin);
    function spin() { const end = Date.now() + 20; while (Date.now() < end); setImmediate(spin); }`;
  const subject = { name: 'spinner', about: '', args: () => ['-e', code] };
  const small = { cpu: 0.1, memoryMb: 256 };
  const server = await startServer({ subject, runtime, firstRequest: hello, limits: small });
  try {
    const before = server.usage().cpuMs;
    const startedAt = performance.now();
    while (server.usage().cpuMs - before < 100) await new Promise((done) => setTimeout(done, 10));
    assert.ok(performance.now() - startedAt > 500, 'it got more than twice its quota');
    // Where other programs leave it no more than its quota, it is not throttled.
    while (performance.now() - startedAt < 60_000 && throttledMs(server) < 100)
      await new Promise((done) => setTimeout(done, 10));
    assert.ok(throttledMs(server) >= 100);
  } finally {
    await server.stop();
  }
});

/** @param {import('../server.mjs').RunningServer} server */
function throttledMs(server) {
  return server.limited().throttledMs ?? 0;
}

test('a server that needs more memory than it may have is reported as that', {
  skip: obstacle,
}, async () => {
  const code = 'const all = []; for (;;) all.push(Buffer.alloc(1e6, 1));';
  const subject = parseSubject(`hungry=exec '${process.execPath}' -e '${code}'`);
  await assert.rejects(
    startServer({ subject, runtime, firstRequest: hello, limits: { cpu: 1, memoryMb: 100 } }),
    /died: SIGKILL \(it reached the limit of memory\)/,
  );
});

test('a server that reaches the limit of memory under load is reported as that', {
  skip: obstacle,
}, async () => {
  const code = `const all = [];
    require("node:http").createServer((q, s) => {
      all.push(Buffer.alloc(4e6, 1));
      s.end("Hello, World!");
    }).listen(process.env.PORT, "127.0.0.1");`;
  const subject = parseSubject(`leaky=exec '${process.execPath}' -e '${code}'`);
  const sizes = { cpus: [1], memoryMb: 150 };
  const bench = createBench([subject], sizes);
  await measureSmallMachines(bench);
  const [starts, latency] = bench.recorder.cells;
  assert.equal(starts.failure, undefined);
  assert.match(latency.failure ?? '', /^died: SIGKILL \(it reached the limit of memory\)$/);
  assert.deepEqual(latency.samples, []);
});

test('one process of several that reaches the limit of memory is reported, too', {
  skip: obstacle,
}, async () => {
  const child = 'const all = []; for (;;) all.push(Buffer.alloc(1e6, 1));';
  const code = `require("node:http").createServer((q, s) => s.end("Hello, World!"))
      .listen(process.env.PORT, "127.0.0.1");
    setTimeout(() => require("node:child_process").spawn(process.execPath, ["-e", "${child}"]), 300);`;
  const subject = parseSubject(`parent=exec '${process.execPath}' -e '${code}'`);
  const small = { cpu: 1, memoryMb: 150 };
  const server = await startServer({ subject, runtime, firstRequest: hello, limits: small });
  try {
    const deadline = performance.now() + 120_000;
    await assert.rejects(async () => {
      while (performance.now() < deadline) {
        server.assertAlive();
        await new Promise((done) => setTimeout(done, 20));
      }
    }, /lost a process: it reached the limit of memory|died: SIGKILL \(it reached/);
  } finally {
    await server.stop();
  }
});

for (const [fault, reason] of Object.entries({
  exit: /died: exit code 3/,
  'wrong-body': /body "Hello, Mars!!" instead of "Hello, World!"/,
  'crash-mid-run': /died: exit code 7/,
  'non-2xx-later': /status 503/,
})) {
  test(`a subject with the fault "${fault}" fails under a quota, too`, {
    skip: obstacle,
  }, async () => {
    const sizes = { cpus: [0.5], memoryMb: 256 };
    const bench = createBench([faulty(fault)], sizes);
    await measureSmallMachines(bench);
    const failures = bench.recorder.cells.filter(({ failure }) => failure !== undefined);
    assert.match(failures[0]?.failure ?? '', reason);
    for (const { samples } of failures) assert.deepEqual(samples, []);
  });
}

test('no control group is left behind', { skip: obstacle }, async () => {
  const bench = createBench([faulty('behaves')]);
  const [subject] = bench.subjects;
  const start = { subject, runtime, firstRequest: hello, limits };
  await measureStarts(bench, 'small-start', [{ variant: '', start }], { most: 2 });
  const left = ['', 'cpu', 'memory', 'unified'].flatMap((controller) => {
    try {
      return readdirSync(`/sys/fs/cgroup/${controller}`).filter((name) => {
        return name.startsWith(`barefn-bench-${process.pid}-`);
      });
    } catch {
      return [];
    }
  });
  assert.deepEqual(left, []);
});

test('a start has counts: files, system calls, page faults', {
  skip: process.platform !== 'linux' && 'needs Linux',
}, async () => {
  const bench = createBench(listSubjects(['express']), { valgrind: false });
  await measureCounts(bench);
  const [raw, express] = bench.recorder.cells.map(({ samples }) => samples[0]);
  if (raw.filesOpened === undefined) return; // strace is not installed
  assert.ok(express.filesOpened > raw.filesOpened + 50, `${express.filesOpened} files`);
  assert.ok(express.statCalls > raw.statCalls + 100, `${express.statCalls} calls`);
});
