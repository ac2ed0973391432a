// Closed-loop load with undici: every connection sends its next request when the last is answered.
// It can be paused: the connections stay open, so that a slice of load costs the server nothing
// but its requests. Every answer is compared with the expected one, byte for byte.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'undici';
import { SubjectFailure } from '../failure.mjs';
import { createHistogram, percentiles } from './latencies.mjs';

/**
 * @typedef {object} Target
 * @property {import('../server.mjs').RunningServer} server
 * @property {import('../workloads/index.mjs').Workload} workload
 * @property {number} connections
 *
 * @typedef {object} LoadGenerator
 * @property {(limits: { seconds: number, requests: number }) => Promise<void>} warmUp
 * @property {() => Promise<Record<string, number>>} measure
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Counts Of one slice.
 * @property {number} answers
 * @property {number} hangUps Connections that ended instead of an answer.
 * @property {string} [problem] What was wrong with an answer.
 * @property {ReturnType<typeof createHistogram>} histogram
 */

const longestMs = 10_000;

/**
 * @param {Target} target
 * @param {number} seconds Of a slice.
 * @param {number} [fewestAnswers] Below which a slice is prolonged, up to `longestMs`.
 * @returns {LoadGenerator}
 */
export function openClosedLoop(target, seconds, fewestAnswers = 4) {
  const { server, connections } = target;
  const origin = `http://127.0.0.1:${server.port}`;
  const timeouts = { headersTimeout: 10_000, bodyTimeout: 10_000, connectTimeout: 10_000 };
  const clients = Array.from(
    { length: connections },
    () => new Client(origin, { pipelining: 1, keepAliveTimeout: 4000, ...timeouts }),
  );

  return { warmUp, measure, close };

  /** @param {{ seconds: number, requests: number }} limits */
  async function warmUp({ seconds: limit, requests }) {
    await run(({ answers }, elapsedMs) => answers >= requests || elapsedMs >= limit * 1000);
  }

  async function measure() {
    const before = server.usage();
    const from = performance.now();
    const { answers, histogram } = await run(
      (counts, elapsedMs) =>
        elapsedMs >= seconds * 1000 && (counts.answers >= fewestAnswers || elapsedMs >= longestMs),
    );
    const took = performance.now() - from;
    const after = server.usage();
    return {
      requests: answers,
      requestsPerSecond: (answers / took) * 1000,
      cpuUs: ((after.cpuMs - before.cpuMs) * 1000) / answers,
      ...percentiles(histogram),
      rssBeforeMb: before.rssMb,
      rssAfterMb: after.rssMb,
    };
  }

  /**
   * Loads the server until it is enough, and waits for the last answers: the server rests before
   * and after, so that the kernel has accounted for all of its CPU time.
   * @param {(counts: Counts, elapsedMs: number) => boolean} isEnough
   */
  async function run(isEnough) {
    /** @type {Counts} */
    const counts = { answers: 0, hangUps: 0, histogram: createHistogram() };
    const startedAt = performance.now();
    const state = { running: true };
    const isOver = () =>
      counts.problem ||
      counts.hangUps > connections ||
      isEnough(counts, performance.now() - startedAt);
    const loops = clients.map(async (client) => {
      for (let isFirst = true; state.running; isFirst = false)
        await exchange(client, target, counts, isFirst);
    });
    while (!isOver()) await sleep(2);
    state.running = false;
    await Promise.all(loops);
    assertClean(counts, target);
    return counts;
  }

  async function close() {
    await Promise.all(clients.map((client) => client.destroy()));
  }
}

/** One request; resolves in every case. @type {(client: Client, target: Target, counts: Counts, isFirst: boolean) => Promise<void>} */
function exchange(client, { server, workload }, counts, isFirst) {
  const { method, headers, body, status, answer } = workload;
  const path = server.pathOf(workload);
  const sentAt = performance.now();
  let received = 0;
  return new Promise((resolve) => {
    client.dispatch(
      { path, method: /** @type {'GET'} */ (method), headers, body: body ?? null },
      {
        onRequestStart() {},
        onResponseStart(_controller, statusCode) {
          if (statusCode !== status) counts.problem ??= `with status ${statusCode}`;
        },
        onResponseData(_controller, chunk) {
          if (counts.problem) return;
          const end = received + chunk.length;
          const isRight = end <= answer.length && chunk.equals(answer.subarray(received, end));
          if (!isRight) counts.problem = 'with a wrong body';
          received = end;
        },
        onResponseEnd() {
          if (received !== answer.length) counts.problem ??= 'with a wrong body';
          counts.answers++;
          counts.histogram.recordValue(
            Math.max(1, Math.round((performance.now() - sentAt) * 1000)),
          );
          resolve();
        },
        onResponseError(_controller, error) {
          noteError(error, counts, isFirst);
          resolve();
        },
      },
    );
  });
}

/**
 * A server may end a connection that has been idle, just when it is used again: at its first use in
 * a slice, and never later.
 * @type {(error: Error & { code?: string }, counts: Counts, isFirst: boolean) => void}
 */
function noteError(error, counts, isFirst) {
  const isHangUp = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '');
  if (isHangUp && isFirst) return;
  if (isHangUp) counts.hangUps++;
  else counts.problem ??= `not at all: ${error.message}`;
}

/** @type {(counts: Counts, target: Target) => void} */
function assertClean({ answers, hangUps, problem }, { server, workload }) {
  server.assertAlive();
  const { name } = workload;
  if (problem) throw new SubjectFailure(`answers ${name} under load ${problem}`);
  if (hangUps > 0) {
    throw new SubjectFailure(`hangs up instead of answering ${name} under load, ${hangUps} times`);
  }
  if (answers < 1) throw new SubjectFailure(`answers no ${name} under load`);
}
