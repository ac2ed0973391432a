// The harness can fail: what misbehaves is reported as that, never as a number.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { measureColdStarts } from '../cold-start.mjs';
import { hasWrk, runWrk } from '../load/wrk.mjs';
import { renderMarkdown, renderTerminal } from '../report/text.mjs';
import { startServer } from '../server.mjs';
import { measureThroughput } from '../throughput.mjs';
import { hello } from '../workloads/index.mjs';
import { createBench, faulty, runtime } from './fixtures.mjs';
import { sampleResult } from './sample-result.mjs';

for (const [fault, reason] of Object.entries({
  exit: /died: exit code 3/,
  'never-listens': /did not start/,
  'never-answers': /no complete answer within/,
  'wrong-body': /body "Hello, Mars!!" instead of "Hello, World!"/,
  'non-2xx': /status 503 instead of 200/,
})) {
  test(`a cold start of a subject with the fault "${fault}" is a failure without samples`, async () => {
    const bench = createBench([faulty(fault)], { startTimeout: 2500 });
    await measureColdStarts(bench);
    const [cell] = bench.recorder.cells;
    assert.match(cell.failure ?? '', reason);
    assert.deepEqual(cell.samples, []);
  });
}

test('a slow start is measured as slow, not as a failure', async () => {
  const bench = createBench([faulty('slow-start')]);
  await measureColdStarts(bench);
  const [cell] = bench.recorder.cells;
  assert.equal(cell.failure, undefined);
  for (const { startMs } of cell.samples)
    assert.ok(startMs > 600 && startMs < 2500, `${startMs} ms`);
});

test('a start slower than the limit is a failure', async () => {
  const bench = createBench([faulty('slow-start')], { startTimeout: 300 });
  await measureColdStarts(bench);
  assert.match(bench.recorder.cells[0].failure ?? '', /did not start/);
});

for (const [fault, reason] of Object.entries({
  'crash-mid-run': /died: exit code 7/,
  'wrong-body-later': /wrong body/,
  'wrong-bytes-under-load': /wrong body/,
  'non-2xx-later': /with status 503/,
})) {
  test(`load on a subject with the fault "${fault}" is a failure without samples`, async () => {
    const bench = createBench([faulty(fault)]);
    await measureThroughput(bench);
    const cell = bench.recorder.cells.find(({ variant }) => variant === 'hello');
    assert.match(cell?.failure ?? '', reason);
    assert.deepEqual(cell?.samples, []);
  });
}

test('a fixed rate of requests notices wrong answers', async () => {
  const bench = createBench([faulty('non-2xx-later')], { rate: 2000 });
  await measureThroughput(bench);
  const cell = bench.recorder.cells.find(({ experiment }) => experiment === 'fixed-rate');
  assert.match(cell?.failure ?? '', /status 503/);
});

test('wrk notices wrong bodies, where it is installed', {
  skip: !hasWrk() && 'wrk is not installed',
}, async () => {
  for (const fault of ['wrong-body-later', 'non-2xx-later', 'behaves']) {
    const server = await startServer({ subject: faulty(fault), runtime, firstRequest: hello });
    try {
      const load = { server, workload: hello, connections: 4, warmUpSeconds: 0, seconds: 1 };
      if (fault !== 'behaves') await assert.rejects(runWrk(load), /under load wrongly, \d+ times/);
      else assert.ok((await runWrk(load)).p99Ms > 0);
    } finally {
      await server.stop();
    }
  }
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

test('stopping a server ends the processes it started', async () => {
  const subject = { ...faulty('behaves'), shell: `sleep 61.25 & ${faulty('behaves').shell}` };
  const server = await startServer({ subject, runtime, firstRequest: hello });
  const isLeft = () => countProcesses(server.pid) > 0;
  assert.ok(isLeft());
  await server.stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(isLeft(), false);
});

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
