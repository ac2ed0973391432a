// How the cost of a request grows: of hello with connections, of echo and upload with the body.
import { openClosedLoop } from './load/closed-loop.mjs';
import { openManyConnections } from './load/many-loop.mjs';
import { leaveOutTooMany } from './open-files.mjs';
import { measureProcesses } from './throughput.mjs';
import { echo, hello, upload } from './workloads/index.mjs';

/**
 * @typedef {import('./slices.mjs').Step} Step
 * @typedef {import('./workloads/index.mjs').Workload} Workload
 * @typedef {import('./server.mjs').RunningServer} RunningServer
 */

/** Beyond them each connection answers a few times in a slice. */
const fewConnections = 100;
/** Bodies of this size are sent one at a time. */
const largeBody = 1_048_576;
/** Of those an answer takes longer than a slice. */
const hugeBody = 16 * 1_048_576;

/**
 * Connections and bodies have processes of their own, and half of the time each: a round of both
 * would be so long that few fit.
 * @param {import('./cold-start.mjs').Bench} bench
 */
export async function measureScaling(bench) {
  const { concurrencies, bodySizes, scalingSubjects, processes, seconds } = bench.options;
  const possible = leaveOutTooMany(concurrencies, 'connections');
  const ofConnections = possible.map((connections) => connectionStep(connections, seconds));
  const ofBodies = bodySizes.flatMap((size) => [
    bodyStep(`echo ${size}`, echo(size), seconds),
    bodyStep(`upload ${size}`, upload(size), seconds),
  ]);
  const subjects = bench.subjects.filter(
    ({ name, shell }) => shell || scalingSubjects.includes(name),
  );
  const runtimes = bench.runtimes.slice(0, 1);
  const half = { ...bench, subjects, runtimes, seconds: bench.seconds / 2 };
  for (const steps of [ofConnections, ofBodies]) {
    if (steps.length === 0) continue;
    await measureProcesses(half, [compileFirst(steps[0]), ...steps], processes);
  }
}

/**
 * Loads the server and measures nothing. Without it the points that are measured first would pay
 * for what V8 compiles during the first thousands of requests.
 * @param {Step} step
 * @returns {Step}
 */
function compileFirst(step) {
  const { workload } = step;
  const open = (/** @type {RunningServer} */ server) =>
    openClosedLoop({ server, workload, connections: 32 }, 1);
  return { ...step, open, slices: 0 };
}

/** @type {(connections: number, seconds: number) => Step} */
function connectionStep(connections, seconds) {
  const isMany = connections > fewConnections;
  return {
    experiment: 'concurrency',
    variant: String(connections),
    workload: hello,
    open: (server) =>
      isMany
        ? openManyConnections({ server, workload: hello, connections })
        : openClosedLoop({ server, workload: hello, connections }, seconds),
    warmUpRequests: 500,
    slices: connections < 5000 ? 8 : 2,
  };
}

/** @type {(variant: string, workload: Workload, seconds: number) => Step} */
function bodyStep(variant, workload, seconds) {
  const size = workload.body?.length ?? 0;
  const connections = size < largeBody ? 4 : 1;
  const fewestAnswers = size < hugeBody ? 4 : 1;
  const named = { ...workload, name: `${workload.name} of ${size} bytes` };
  return {
    experiment: 'body-size',
    variant,
    workload: named,
    open: (server) =>
      openClosedLoop({ server, workload: named, connections }, seconds, fewestAnswers),
    warmUpRequests: size < largeBody ? 6000 : size < hugeBody ? 30 : 1,
    slices: size < hugeBody ? 8 : 2,
  };
}
