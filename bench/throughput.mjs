// The cost of a request: every workload in a closed loop, a fixed rate, and growing loads.
import { openClosedLoop } from './load/closed-loop.mjs';
import { openFixedRate } from './load/fixed-rate.mjs';
import { openManyConnections } from './load/many-loop.mjs';
import { openWrk } from './load/wrk.mjs';
import { overtime, roundsWithin } from './plan.mjs';
import { measureSlices } from './slices.mjs';
import { echo, hello, upload, workloadsNamed } from './workloads/index.mjs';

/**
 * @typedef {import('./slices.mjs').Bench} Bench
 * @typedef {import('./slices.mjs').Step} Step
 * @typedef {import('./workloads/index.mjs').Workload} Workload
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
    ...(workload.isLarge && { warmUpSeconds: 0.9, slices: 8 }),
    onlyFirst: !everywhere.workloads.includes(workload.name),
    open: (/** @type {RunningServer} */ server) => {
      const connections = workload.connections ?? bench.options.connections;
      return open({ server, workload, connections }, seconds);
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
    slices: 4,
    open: (/** @type {RunningServer} */ server) =>
      openFixedRate({ server, workload: hello, rate }, seconds),
  };
  await measureProcesses({ ...bench, subjects }, [step], processes);
}

/** Those that all keep up differ in the tail only: a few are enough. */
const fixedRateSubjects = ['raw', 'barefn', 'functions-framework', 'express', 'fastify', 'hono'];

/** Beyond them each connection answers once in a slice. */
const fewConnections = 1000;
/** Bodies of this size are sent one at a time. */
const largeBody = 1_048_576;

/**
 * How the cost of a request grows: of hello with connections, of echo and upload with the body.
 * @param {Bench} bench
 */
export async function measureScaling(bench) {
  const { options } = bench;
  const { concurrencies, bodySizes, scalingSubjects, seconds } = options;
  const steps = concurrencies.map((connections) =>
    scaling('concurrency', String(connections), hello, connections),
  );
  for (const size of bodySizes) {
    const echoed = { ...echo(size), name: `echo of ${size} bytes` };
    const uploaded = { ...upload(size), name: `upload of ${size} bytes` };
    const connections = size < largeBody ? 4 : 1;
    steps.push(scaling('body-size', `echo ${size}`, echoed, connections));
    steps.push(scaling('body-size', `upload ${size}`, uploaded, connections));
  }
  const subjects = bench.subjects.filter(
    ({ name, shell }) => shell || scalingSubjects.includes(name),
  );
  const first = { ...bench, subjects, runtimes: bench.runtimes.slice(0, 1) };
  await measureProcesses(first, steps, options.processes);

  /** @type {(experiment: string, variant: string, workload: Workload, connections: number) => Step} */
  function scaling(experiment, variant, workload, connections) {
    const open = (/** @type {RunningServer} */ server) =>
      connections > fewConnections
        ? openManyConnections({ server, workload, connections })
        : openClosedLoop({ server, workload, connections }, seconds);
    const isLarge = connections > fewConnections || (workload.body?.length ?? 0) >= largeBody;
    const sizes = isLarge ? { warmUpRequests: 3, slices: 3 } : { warmUpRequests: 500 };
    return { experiment, variant, workload, open, ...sizes };
  }
}

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
