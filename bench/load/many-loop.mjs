// Closed-loop load over thousands of connections, opened for each slice and closed after it.
import { performance } from 'node:perf_hooks';
import { SubjectFailure } from '../failure.mjs';
import { createHistogram, percentiles } from './latencies.mjs';
import { connect } from './many-connections.mjs';

/** Connections that are opened at once: more would overflow the server's backlog. */
const atOnce = 200;

/**
 * @param {import('./closed-loop.mjs').Target} target
 * @returns {import('./closed-loop.mjs').LoadGenerator}
 */
export function openManyConnections(target) {
  const { server, workload, connections } = target;
  return { warmUp, measure, close: async () => undefined };

  /** As many connections as will be there, each once. */
  async function warmUp() {
    await measure();
  }

  async function measure() {
    const opened = await openAll();
    try {
      await answerOnce(opened); // what it takes to accept a connection is not measured
      const before = server.usage();
      const histogram = createHistogram();
      const startedAt = performance.now();
      await answerOnce(opened, (milliseconds) => {
        histogram.recordValue(Math.max(1, Math.round(milliseconds * 1000)));
      });
      const took = performance.now() - startedAt;
      const after = server.usage();
      return {
        requests: connections,
        requestsPerSecond: (connections / took) * 1000,
        cpuUs: ((after.cpuMs - before.cpuMs) * 1000) / connections,
        ...percentiles(histogram),
        rssBeforeMb: before.rssMb,
        rssAfterMb: after.rssMb,
      };
    } finally {
      for (const connection of opened) connection.close();
    }
  }

  async function openAll() {
    /** @type {Awaited<ReturnType<typeof connect>>[]} */
    const opened = [];
    while (opened.length < connections) {
      const some = Math.min(atOnce, connections - opened.length);
      opened.push(...(await Promise.all(Array.from({ length: some }, () => connect(target)))));
    }
    return opened;
  }

  /** @type {(opened: Awaited<ReturnType<typeof connect>>[], onAnswer?: (milliseconds: number) => void) => Promise<void>} */
  async function answerOnce(opened, onAnswer = () => undefined) {
    const problems = await Promise.all(
      opened.map(async ({ get }) => {
        const sentAt = performance.now();
        const problem = await get();
        onAnswer(performance.now() - sentAt);
        return problem;
      }),
    );
    server.assertAlive();
    const problem = problems.find((text) => text !== undefined);
    if (problem) throw new SubjectFailure(`answers ${workload.name} under load ${problem}`);
  }
}
