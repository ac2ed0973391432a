import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureColdStarts } from '../cold-start.mjs';
import { runAutocannon } from '../load/autocannon.mjs';
import { estimateMedian, pairRatios } from '../stats.mjs';
import { listSubjects } from '../subjects/index.mjs';
import { inRounds } from '../throughput.mjs';
import { echo, hello } from '../workloads/index.mjs';
import { createBench } from './fixtures.mjs';

const [raw] = listSubjects(['raw']);
const twins = [raw, { ...raw, name: 'raw-again' }];

/** @type {(cells: import('../recorder.mjs').Cell[], metric: string) => void} */
function assertEqualWithinInterval([first, second], metric) {
  const { value, low, high } = estimateMedian(pairRatios(second, first, metric), 0.999);
  assert.ok(low <= 1.03 && high >= 0.97, `${metric}: ${value} [${low}, ${high}]`);
}

test('the cold starts of a subject under two names are equal within their interval', async () => {
  const bench = createBench(twins, { samples: 15 });
  await measureColdStarts(bench);
  for (const metric of ['startMs', 'cpuMs', 'peakRssMb'])
    assertEqualWithinInterval(bench.recorder.cells, metric);
});

test('the load figures of a subject under two names are equal within their interval', async () => {
  const bench = createBench(twins);
  const workload = echo(1024);
  const run = (/** @type {import('../server.mjs').RunningServer} */ server) =>
    runAutocannon({ server, workload, connections: 10, warmUpSeconds: 0.2, seconds: 0.4 });
  await inRounds(bench, [{ experiment: 'throughput', variant: 'echo', workload, run }], 8);
  for (const metric of ['cpuUs', 'requestsPerSecond'])
    assertEqualWithinInterval(bench.recorder.cells, metric);
});

test("CPU time is the server's own: a server that burns 1 ms a request is charged at least that", async () => {
  const burn = 'const e=process.hrtime.bigint()+1000000n;while(process.hrtime.bigint()<e);';
  const code = `require("node:http").createServer((q,s)=>{${burn}s.end("Hello, World!")}).listen(process.env.PORT,"127.0.0.1")`;
  const bench = createBench([
    { name: 'burner', about: '', oneProcess: true, args: () => ['-e', code] },
  ]);
  const run = (/** @type {import('../server.mjs').RunningServer} */ server) =>
    runAutocannon({ server, workload: hello, connections: 4, warmUpSeconds: 0.1, seconds: 0.5 });
  await inRounds(bench, [{ experiment: 'throughput', variant: 'hello', workload: hello, run }], 1);
  const [{ cpuUs }] = bench.recorder.cells[0].samples;
  // Less than a millisecond would be charged only where another process took the core meanwhile.
  assert.ok(cpuUs > 600 && cpuUs < 1600, `${cpuUs} µs`);
});
