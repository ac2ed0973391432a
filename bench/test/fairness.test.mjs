import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { test } from 'node:test';
import { measureColdStarts } from '../cold-start.mjs';
import { connectWhenListening, verifyAnswer } from '../exchange.mjs';
import { openFixedRate } from '../load/fixed-rate.mjs';
import { startServer } from '../server.mjs';
import { processRatios } from '../slice-stats.mjs';
import { estimateMedian, pairRatios } from '../stats.mjs';
import { listSubjects } from '../subjects/index.mjs';
import { measureThroughput } from '../throughput.mjs';
import { hello } from '../workloads/index.mjs';
import { createBench, faulty, runtime } from './fixtures.mjs';

const [raw] = listSubjects(['raw']);
const copies = [raw, { ...raw, name: 'raw-again' }];

/** @type {(ratios: number[], metric: string) => void} */
function assertEqualWithinInterval(ratios, metric) {
  const { value, low, high } = estimateMedian(ratios, 0.999);
  assert.ok(low <= 1.03 && high >= 0.97, `${metric}: ${value} [${low}, ${high}]`);
}

test('the cold starts of a subject under two names are equal within their interval', async () => {
  const bench = createBench(copies, { samples: 15 });
  await measureColdStarts(bench);
  const [first, second] = sorted(bench.recorder.cells);
  for (const metric of ['startMs', 'cpuMs', 'peakRssMb'])
    assertEqualWithinInterval(pairRatios(second, first, metric), metric);
});

test('the load figures of a subject under two names are equal within their interval', async () => {
  const sizes = { workloads: ['echo'], processes: 6, slices: 6, warmUpRequests: 4000 };
  const bench = createBench(copies, sizes);
  await measureThroughput(bench);
  const [first, second] = sorted(bench.recorder.cells);
  for (const metric of ['cpuUs', 'requestsPerSecond'])
    assertEqualWithinInterval(processRatios(second, first, metric), metric);
});

test('at a fixed rate a stall is charged to all requests that wait for its end', async () => {
  const server = await startServer({
    subject: faulty('stalls-once'),
    runtime,
    firstRequest: hello,
  });
  const load = openFixedRate({ server, workload: hello, rate: 1000 }, 0.5);
  const { p90Ms } = await load.measure();
  await load.close();
  await server.stop();
  assert.ok(p90Ms > 50, `150 of 500 waited, and p90 is ${p90Ms} ms`);
});

/** @param {import('../recorder.mjs').Cell[]} cells */
function sorted(cells) {
  return [...cells].sort((a, b) => a.subject.length - b.subject.length);
}

test('a start is charged with one connection: that which found the server listening', async () => {
  let connections = 0;
  const server = http.createServer((_req, res) => res.end('Hello, World!'));
  server.on('connection', () => connections++).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const limits = { deadline: performance.now() + 60_000, assertAlive: () => undefined };
  const socket = await connectWhenListening(port, limits);
  await verifyAnswer(hello, port, { socket });
  socket.destroy();
  server.close();
  assert.equal(connections, 1);
});

test("CPU time is the server's own: a server that burns 1 ms a request is charged at least that", async () => {
  const used = '{user:u,system:s}=process.cpuUsage(b);';
  const burn = `const b=process.cpuUsage();for(;;){const ${used}if(u+s>=1000)break;}`;
  const code = `require("node:http").createServer((q,s)=>{${burn}s.end("Hello, World!")}).listen(process.env.PORT,"127.0.0.1")`;
  const burner = { name: 'burner', about: '', args: () => ['-e', code] };
  const bench = createBench([burner], { workloads: ['hello'], seconds: 0.5 });
  await measureThroughput(bench);
  const [{ cpuUs }] = bench.recorder.cells[0].samples;
  // The two clocks of the kernel differ by less than a tenth.
  assert.ok(cpuUs > 900 && cpuUs < 3000, `${cpuUs} µs`);
});
