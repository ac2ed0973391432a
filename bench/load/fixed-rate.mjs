import http from 'node:http';
import { performance } from 'node:perf_hooks';
import { findProblem } from '../exchange.mjs';
import { SubjectFailure } from '../failure.mjs';
import { openClosedLoop } from './closed-loop.mjs';
import { createHistogram, percentiles } from './latencies.mjs';

/**
 * Sends requests at a fixed rate, whether earlier ones were answered or not: a server that stalls is
 * charged for all requests that wait (no coordinated omission). A latency counts from the moment its
 * request is sent. That the client's own timers are late, by up to a millisecond, is not the
 * server's fault, and would hide what is.
 * @param {Omit<import('./closed-loop.mjs').Target, 'connections'> & { rate: number }} target
 * @param {number} seconds Of a slice.
 * @returns {import('./closed-loop.mjs').LoadGenerator}
 */
export function openFixedRate({ server, workload, rate }, seconds) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 100 });
  const target = { host: '127.0.0.1', port: server.port, path: server.pathOf(workload), agent };
  return { warmUp, measure, close: async () => agent.destroy() };

  /**
   * In a closed loop: at 200 requests a second as many would take a minute, until V8 has compiled
   * what they run.
   * @param {{ seconds: number, requests: number }} limits
   */
  async function warmUp(limits) {
    const load = openClosedLoop({ server, workload, connections: 32 }, 0);
    await load.warmUp(limits).finally(() => load.close());
  }

  async function measure() {
    const before = server.usage();
    const { throttledMs: throttledBefore } = server.limited();
    const { sent, elapsedMs, histogram } = await run();
    const after = server.usage();
    const { throttledMs } = server.limited();
    const throttled = (throttledMs ?? 0) - (throttledBefore ?? 0);
    return {
      ...(throttledMs !== undefined && { throttledMsPerSecond: (throttled / elapsedMs) * 1000 }),
      requestsPerSecond: (sent / elapsedMs) * 1000,
      cpuUs: ((after.cpuMs - before.cpuMs) * 1000) / sent,
      ...percentiles(histogram),
    };
  }

  async function run() {
    const { problem, ...counts } = await pace(() => sendOnce(workload, target), rate, seconds);
    server.assertAlive();
    if (problem)
      throw new SubjectFailure(`answers ${workload.name} at ${rate}/s wrongly: ${problem}`);
    return counts;
  }
}

/**
 * Timers fire once a millisecond at best: each time, all requests that are due are sent.
 * @param {() => Promise<string | undefined>} send Resolves to what was wrong with the answer.
 * @param {number} rate
 * @param {number} seconds
 */
async function pace(send, rate, seconds) {
  const histogram = createHistogram();
  const total = Math.max(1, Math.round(rate * seconds));
  const start = performance.now();
  /** @type {Promise<void>[]} */
  const pending = [];
  /** @type {string | undefined} */
  let problem;
  while (pending.length < total && problem === undefined) {
    const due = Math.min(total, Math.floor(((performance.now() - start) * rate) / 1000) + 1);
    while (pending.length < due) pending.push(measure());
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(pending);
  return { problem, sent: pending.length, elapsedMs: performance.now() - start, histogram };

  async function measure() {
    const sentAt = performance.now();
    problem ??= await send();
    histogram.recordValue(Math.max(1, Math.round((performance.now() - sentAt) * 1000)));
  }
}

/** @type {(workload: import('../workloads/index.mjs').Workload, target: http.RequestOptions) => Promise<string | undefined>} */
function sendOnce(workload, target) {
  return new Promise((resolve) => {
    const { method, headers, body } = workload;
    const length = body ? { 'content-length': body.length } : {};
    const request = http.request(
      { ...target, method, headers: { ...headers, ...length } },
      (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          resolve(findProblem(workload, response.statusCode ?? 0, Buffer.concat(chunks)));
        });
        response.on('error', (error) => resolve(error.message));
      },
    );
    request.setTimeout(10_000, () => request.destroy(new Error('no answer within 10 s')));
    request.on('error', (error) => resolve(error.message));
    request.end(body);
  });
}
