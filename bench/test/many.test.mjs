// Thousands of connections: measured when they are right, a failure when they are not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openManyConnections } from '../load/many-loop.mjs';
import { leaveOutTooMany } from '../open-files.mjs';
import { startServer } from '../server.mjs';
import { listSubjects } from '../subjects/index.mjs';
import { hello } from '../workloads/index.mjs';
import { faulty, runtime } from './fixtures.mjs';

/** @type {(subject: import('../subjects/index.mjs').Subject, longestMs: number, use: (load: import('../load/closed-loop.mjs').LoadGenerator) => Promise<void>) => Promise<void>} */
async function withLoad(subject, longestMs, use) {
  const server = await startServer({ subject, runtime, firstRequest: hello });
  try {
    await use(openManyConnections({ server, workload: hello, connections: 500 }, longestMs));
  } finally {
    await server.stop();
  }
}

test('each of many connections gets its answer', async () => {
  await withLoad(listSubjects(['raw'])[0], 60_000, async (load) => {
    const { requests, cpuUs, p50Ms } = await load.measure();
    assert.equal(requests, 500);
    assert.ok(cpuUs > 1 && p50Ms > 0);
  });
});

for (const [fault, reason] of Object.entries({
  'wrong-body-later': /with a wrong body/,
  'non-2xx-later': /with status 503/,
  'hangs-later': /not at all within 3 s/,
  'crash-mid-run': /died: exit code 7|the connection was closed|ECONNRESET|EPIPE/,
  'hangs-up-under-load': /the connection was closed|ECONNRESET|EPIPE/,
})) {
  test(`many connections notice the fault "${fault}"`, async () => {
    const longestMs = fault === 'hangs-later' ? 3000 : 60_000;
    await withLoad(faulty(fault), longestMs, async (load) => {
      await assert.rejects(load.measure(), reason);
    });
  });
}

test('more connections than files may be open are left out, and said to be', (t) => {
  const said = t.mock.method(console, 'error', () => undefined);
  assert.deepEqual(leaveOutTooMany([1, 1000, 10_000], 'connections', 4096), [1, 1000]);
  assert.match(said.mock.calls[0].arguments[0], /10000 connections are left out: .* 4096 files/);
  assert.deepEqual(leaveOutTooMany([10_000], 'connections', 20_000), [10_000]);
  assert.equal(said.mock.callCount(), 1);
});
