import { performance } from 'node:perf_hooks';
import autocannon from 'autocannon';
import { SubjectFailure } from '../failure.mjs';
import { createHistogram, percentiles } from './latencies.mjs';

/**
 * @typedef {object} Load
 * @property {import('../server.mjs').RunningServer} server
 * @property {import('../workloads/index.mjs').Workload} workload
 * @property {number} connections
 * @property {number} warmUpSeconds Same load, not counted.
 * @property {number} seconds
 *
 * @typedef {object} LoadResult
 * @property {number} requests Verified answers within the window.
 * @property {number} requestsPerSecond
 * @property {number} cpuUs The server's own CPU time for each verified answer, in microseconds.
 * @property {number} p50Ms
 * @property {number} p90Ms
 * @property {number} p99Ms
 * @property {number} p999Ms
 * @property {number} rssBeforeMb
 * @property {number} rssAfterMb
 */

/** Answers below which a window is prolonged, up to `longest` milliseconds. */
const fewest = 8;
const longest = 10_000;

/**
 * Runs closed-loop load with autocannon: every connection sends its next request when the last is
 * answered. Every answer is compared with the expected one. CPU time and answers are counted over
 * the same window, between two moments of the same run, so that requests in flight cancel.
 * @param {Load} load
 * @returns {Promise<LoadResult>}
 */
export async function runAutocannon(load) {
  const { server, workload, connections, warmUpSeconds, seconds } = load;
  const rssBeforeMb = server.usage().rssMb;
  const histogram = createHistogram();
  let answers = 0;
  const run = startAutocannon(load, (milliseconds) => {
    answers++;
    histogram.recordValue(Math.max(1, Math.round(milliseconds * 1000)));
  });
  await sleep(warmUpSeconds * 1000);
  histogram.reset();
  const from = { time: performance.now(), answers, cpuMs: server.usage().cpuMs };
  await sleep(seconds * 1000);
  // Answers that take long, such as an echo of 10 MB, get the time for a few of them.
  while (answers - from.answers < fewest && performance.now() - from.time < longest)
    await sleep(20);
  const to = { time: performance.now(), answers };
  const usage = server.usage();
  assertClean(await run.end(), workload, server);

  const requests = to.answers - from.answers;
  if (requests < 1)
    throw new SubjectFailure(`answers no ${workload.name} under load (${connections} connections)`);
  return {
    requests,
    requestsPerSecond: (requests / (to.time - from.time)) * 1000,
    cpuUs: ((usage.cpuMs - from.cpuMs) * 1000) / requests,
    ...percentiles(histogram),
    rssBeforeMb,
    rssAfterMb: usage.rssMb,
  };
}

/** @type {(load: Load, onAnswer: (milliseconds: number) => void) => { end: () => Promise<any> }} */
function startAutocannon({ server, workload, connections, warmUpSeconds, seconds }, onAnswer) {
  const { method, headers, body, answer } = workload;
  /** @type {(result: unknown) => void} */
  let resolveResult;
  const result = new Promise((resolve) => {
    resolveResult = resolve;
  });
  let answers = 0;
  let closings = 0;
  const options = {
    url: `http://127.0.0.1:${server.port}${server.pathOf(workload)}`,
    method,
    headers,
    ...(body && { body }),
    connections,
    duration: warmUpSeconds + seconds + 30,
    sampleInt: 100,
    timeout: 10,
    bailout: 20,
    // After "connection: close" it writes a request that nobody can answer.
    setupClient: (/** @type {import('node:events').EventEmitter} */ client) =>
      client.on('headers', ({ shouldKeepAlive }) => {
        if (!shouldKeepAlive) closings++;
      }),
    verifyBody: (/** @type {string | undefined} */ got) => (got ?? '') === answer,
  };
  const run = autocannon(/** @type {any} */ (options), (error, outcome) =>
    resolveResult(error ?? outcome),
  );
  run.on('response', (_client, _status, _bytes, milliseconds) => {
    answers++;
    onAnswer(milliseconds);
  });
  return {
    end: async () => {
      run.stop?.();
      const outcome = await result;
      // autocannon connects anew without a word when the server hangs up instead of answering.
      const lost = (outcome.requests?.sent ?? 0) - answers - closings;
      return Object.assign(outcome, { unanswered: lost > connections ? lost : 0 });
    },
  };
}

/** @type {(result: any, workload: Load['workload'], server: Load['server']) => void} */
function assertClean(result, workload, server) {
  server.assertAlive();
  if (result instanceof Error) throw result;
  const wrongStatus = Object.keys(result.statusCodeStats).filter(
    (code) => Number(code) !== workload.status,
  );
  if (wrongStatus.length > 0) {
    throw new SubjectFailure(
      `answers ${workload.name} under load with status ${wrongStatus.join(', ')}`,
    );
  }
  if (result.mismatches > 0) {
    throw new SubjectFailure(
      `answers ${workload.name} under load with a wrong body, ${result.mismatches} times`,
    );
  }
  if (result.unanswered > 0) {
    throw new SubjectFailure(
      `hangs up instead of answering ${workload.name} under load, ${result.unanswered} times`,
    );
  }
  if (result.errors > 0) {
    throw new SubjectFailure(
      `${result.errors} errors under load (${workload.name}), ${result.timeouts} of them timeouts`,
    );
  }
}

/** @type {(milliseconds: number) => Promise<void>} */
function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
