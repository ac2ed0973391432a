// workerd brings a runtime of its own, and serves a configuration instead of a script.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { measureColdStarts } from '../cold-start.mjs';
import { measureCounts } from '../counts.mjs';
import { verifyAnswer } from '../exchange.mjs';
import { renderMarkdown } from '../report/text.mjs';
import { startServer } from '../server.mjs';
import { measureStartupSplit } from '../startup-split.mjs';
import { listSubjects } from '../subjects/index.mjs';
import { measureThroughput } from '../throughput.mjs';
import { hello, throughputWorkloads } from '../workloads/index.mjs';
import { createBench, runtime } from './fixtures.mjs';
import { sampleResult } from './sample-result.mjs';

const subjects = listSubjects(['workerd']);
const [, workerd] = subjects;

/** @param {import('../recorder.mjs').Cell[]} cells */
function assertMeasured(cells) {
  for (const { subject, variant, failure, samples } of cells) {
    assert.equal(failure, undefined, `${subject} ${variant}`);
    assert.ok(samples.length > 0, `${subject} ${variant}`);
  }
}

test('a start of workerd is measured beside that of raw, and its files are counted', async () => {
  const bench = createBench(subjects, { valgrind: false });
  await measureColdStarts(bench);
  await measureCounts(bench);
  assertMeasured(bench.recorder.cells);
  const measured = bench.recorder.cells.map(
    ({ experiment, subject }) => `${experiment} ${subject}`,
  );
  const expected = ['cold-start raw', 'cold-start workerd', 'counts raw', 'counts workerd'];
  assert.deepEqual(measured.sort(), expected);
});

test('workerd answers every workload of a web function, and nothing that is meant for Node reaches it', async () => {
  const server = await startServer({
    subject: workerd,
    runtime,
    firstRequest: hello,
    runtimeArgs: ['--nonsense'],
  });
  try {
    const [program] = readFileSync(`/proc/${server.pid}/cmdline`, 'utf8').split('\0');
    assert.deepEqual([program], workerd.ownRuntime?.().command);
    const served = throughputWorkloads.filter((workload) => workerd.serves?.(workload));
    assert.equal(served.length, 8);
    for (const workload of served) await verifyAnswer(workload, server.port, { timeout: 60_000 });
  } finally {
    await server.stop();
  }
});

test('the CPU time of workerd under load is counted', async () => {
  const bench = createBench(subjects, { workloads: ['hello'] });
  await measureThroughput(bench);
  assertMeasured(bench.recorder.cells);
  for (const { subject, samples } of bench.recorder.cells) assert.ok(samples[0].cpuUs > 0, subject);
});

test('a start of workerd is not split: the probe is for Node', async () => {
  const bench = createBench(subjects, { splitSamples: 1 });
  await measureStartupSplit(bench);
  assert.deepEqual(
    bench.recorder.cells.map(({ subject }) => subject),
    ['raw'],
  );
});

test('a table of several runtimes names the one that a subject brought', () => {
  const result = sampleResult();
  const koa = result.subjects.find(({ name }) => name === 'koa');
  Object.assign(koa ?? {}, { runtime: 'workerd-1.0.0' });
  result.runtimes.push('node-24.0.0');
  const text = renderMarkdown(result);
  assert.match(text, /\| koa \| workerd-1\.0\.0 \|/);
  assert.match(text, /\| raw \| node-20\.0\.0 \|/);
});
