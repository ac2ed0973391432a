// Closed-loop load over thousands of connections, opened for each slice and closed after it: a
// server ends connections that rest while others are measured.
import { performance } from 'node:perf_hooks';
import { SubjectFailure } from '../failure.mjs';
import { createHistogram, percentiles } from './latencies.mjs';
import { askAll, openConnections } from './many-connections.mjs';

/** @typedef {import('./many-connections.mjs').Connection} Connection */

/** Times that each connection asks in a slice. */
const passes = 4;

/**
 * @param {import('./closed-loop.mjs').Target} target
 * @param {number} [longestMs] All answers of a pass must be there by then.
 * @returns {import('./closed-loop.mjs').LoadGenerator}
 */
export function openManyConnections(target, longestMs = 30_000) {
  const { server, workload, connections } = target;
  return { warmUp: async () => undefined, measure, close: async () => undefined };

  /** The lower quartile of the passes: what disturbs one only adds to its cost. */
  async function measure() {
    /** @type {Connection[]} */
    const opened = [];
    try {
      await openConnections(target, opened, connections);
      await ask(opened); // what it takes to accept a connection is not measured
      const measured = [];
      for (let pass = 0; pass < passes; pass++) measured.push(await measurePass(opened));
      return measured.sort((a, b) => a.cpuUs - b.cpuUs)[Math.floor(passes / 4)];
    } finally {
      for (const connection of opened) connection.close();
    }
  }

  /** @param {Connection[]} opened */
  async function measurePass(opened) {
    const before = server.usage();
    const histogram = createHistogram();
    const startedAt = performance.now();
    await ask(opened, (milliseconds) => {
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
  }

  /** @type {(opened: Connection[], onAnswer?: (milliseconds: number) => void) => Promise<void>} */
  async function ask(opened, onAnswer) {
    const problem = await askAll(opened, longestMs, onAnswer);
    server.assertAlive();
    if (problem) throw new SubjectFailure(`answers ${workload.name} under load ${problem}`);
  }
}
