// The cost of a request: every workload in a closed loop, and a fixed rate.
import { openClosedLoop } from './load/closed-loop.mjs';
import { openFixedRate } from './load/fixed-rate.mjs';
import { openWrk } from './load/wrk.mjs';
import { overtime, roundsWithin } from './plan.mjs';
import { measureSlices } from './slices.mjs';
import { hello, workloadsNamed } from './workloads/index.mjs';

/**
 * @typedef {import('./slices.mjs').Bench} Bench
 * @typedef {import('./slices.mjs').Step} Step
 * @typedef {import('./server.mjs').RunningServer} RunningServer
 */

/** @param {Bench} bench */
export async function measureThroughput(bench) {
  const { processes, seconds, tool, workloads, everywhere } = bench.options;
  const open = tool === 'wrk' ? openWrk : openClosedLoop;
  const steps = workloadsNamed(workloads).map((workload) => ({
    experiment: 'throughput',
    variant: workload.name,
    workload,
    ...(workload.isLarge && { warmUpSeconds: 0.9 }),
    onlyFirst: !everywhere.workloads.includes(workload.name),
    open: (/** @type {RunningServer} */ server) => {
      const connections = workload.connections ?? bench.options.connections;
      return open({ server, workload, connections }, workload.isLarge ? 2 * seconds : seconds);
    },
  }));
  await measureProcesses(bench, steps, processes);
}

/**
 * The latency of hello at a fixed rate.
 * @param {Bench} bench
 */
export async function measureFixedRate(bench) {
  const { processes, fixedRateSeconds: seconds, rate } = bench.options;
  const subjects = bench.subjects.filter(
    ({ name, shell }) => shell || fixedRateSubjects.includes(name),
  );
  const step = {
    experiment: 'fixed-rate',
    variant: `hello ${rate}/s`,
    workload: hello,
    onlyFirst: true,
    slices: 8,
    open: (/** @type {RunningServer} */ server) =>
      openFixedRate({ server, workload: hello, rate }, seconds),
  };
  await measureProcesses({ ...bench, subjects }, [step], processes);
}

/** Those that all keep up differ in the tail only: a few are enough. */
const fixedRateSubjects = ['raw', 'barefn', 'functions-framework', 'express', 'fastify', 'hono'];

/**
 * All steps on fresh processes, as often as the time of the stage allows.
 * @param {Bench} bench
 * @param {Step[]} steps
 * @param {number} most
 */
export async function measureProcesses(bench, steps, most) {
  const { seconds, options } = bench;
  const endsAt = performance.now() + seconds * overtime * 1000;
  const limits = { fewest: options.fewestProcesses, most, mayBeCut: true };
  for (const round of roundsWithin(seconds, limits))
    await measureSlices({ ...bench, endsAt }, steps, round);
}
