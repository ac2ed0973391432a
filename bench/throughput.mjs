// Throughput and latency under a closed loop, a fixed rate, and over concurrency and body size.
import { everyPair } from './cold-start.mjs';
import { verifyAnswer } from './exchange.mjs';
import { recordOrFail, SubjectFailure } from './failure.mjs';
import { runAutocannon } from './load/autocannon.mjs';
import { runFixedRate } from './load/fixed-rate.mjs';
import { runWrk } from './load/wrk.mjs';
import { startServer } from './server.mjs';
import { shuffle } from './stats.mjs';
import { echo, hello, throughputWorkloads, upload } from './workloads/index.mjs';

/**
 * @typedef {import('./cold-start.mjs').Bench} Bench
 * @typedef {import('./workloads/index.mjs').Workload} Workload
 * @typedef {import('./server.mjs').RunningServer} RunningServer
 *
 * One measurement on a running server, and the cell it belongs to.
 * @typedef {object} Step
 * @property {string} experiment
 * @property {string} variant
 * @property {Workload} workload
 * @property {(server: RunningServer) => Promise<Record<string, number>>} run
 */

/**
 * Every workload, then a fixed rate of hello.
 * @param {Bench} bench
 */
export async function measureThroughput(bench) {
  const { seconds, warmUpSeconds, rate, tool } = bench.options;
  const runLoad = tool === 'wrk' ? runWrk : runAutocannon;
  /** @type {Step[]} */
  const steps = throughputWorkloads.map((workload) => ({
    experiment: 'throughput',
    variant: workload.name,
    workload,
    run: (server) => {
      const connections = workload.name === 'upload' ? 10 : bench.options.connections;
      return runLoad({ server, workload, connections, warmUpSeconds, seconds });
    },
  }));
  steps.push({
    experiment: 'fixed-rate',
    variant: `hello ${rate}/s`,
    workload: hello,
    run: (server) => runFixedRate({ server, workload: hello, warmUpSeconds, seconds, rate }),
  });
  await inRounds(bench, steps, bench.options.rounds);
}

/**
 * The growth of cost: hello over concurrency, echo and upload over body size.
 * @param {Bench} bench
 */
export async function measureScaling(bench) {
  const {
    concurrencies,
    bodySizes,
    scalingSubjects,
    scalingSeconds: seconds,
    scalingRounds,
  } = bench.options;
  const warmUpSeconds = Math.min(0.3, seconds / 2);
  const steps = concurrencies.map((connections) =>
    scaling('concurrency', String(connections), hello, connections),
  );
  for (const size of bodySizes) {
    const echoed = { ...echo(size), name: `echo of ${size} bytes` };
    const uploaded = { ...upload(size), name: `upload of ${size} bytes` };
    steps.push(scaling('body-size', `echo ${size}`, echoed, 4));
    steps.push(scaling('body-size', `upload ${size}`, uploaded, 4));
  }
  const subjects = bench.subjects.filter(
    ({ name, shell }) => shell || scalingSubjects.includes(name),
  );
  await inRounds(
    { ...bench, subjects, runtimes: bench.runtimes.slice(0, 1) },
    steps,
    scalingRounds,
  );

  /** @type {(experiment: string, variant: string, workload: Workload, connections: number) => Step} */
  function scaling(experiment, variant, workload, connections) {
    const run = (/** @type {RunningServer} */ server) =>
      runAutocannon({ server, workload, connections, warmUpSeconds, seconds });
    return { experiment, variant, workload, run };
  }
}

/**
 * In each round every subject, in random order, is started afresh and goes through all steps.
 * @param {Bench} bench
 * @param {Step[]} steps
 * @param {number} rounds
 */
export async function inRounds(bench, steps, rounds) {
  const pairs = everyPair(bench);
  let done = 0;
  for (let round = 0; round < rounds; round++) {
    for (const pair of shuffle(pairs, bench.random)) {
      for (const group of groupByProcess(pair.subject, steps))
        await runGroup(bench, pair, group, round);
      bench.progress(++done, rounds * pairs.length, pair.subject.name);
    }
  }
}

/** @type {(subject: import('./subjects/index.mjs').Subject, steps: Step[]) => Step[][]} */
function groupByProcess(subject, steps) {
  if (subject.oneProcess) return [steps];
  const isEvent = (/** @type {Step} */ step) => step.workload.target === 'event';
  const groups = [steps.filter((step) => !isEvent(step)), steps.filter(isEvent)];
  return groups.filter((group) => group.length > 0);
}

/**
 * @param {Bench} bench
 * @param {ReturnType<typeof everyPair>[number]} pair
 * @param {Step[]} steps
 * @param {number} round
 */
async function runGroup({ recorder, options }, { subject, runtime }, steps, round) {
  /** @type {RunningServer | undefined} */
  let server;
  for (const { experiment, variant, workload, run } of steps) {
    const key = { experiment, variant, subject: subject.name, runtime: runtime.name };
    await recordOrFail(recorder, key, async () => {
      const isFresh = server === undefined;
      const timeout = options.startTimeout;
      server ??= await startServer({ subject, runtime, firstRequest: workload, timeout });
      const current = server;
      try {
        if (isFresh) await heatUp(current, workload, options.heatUpSeconds);
        return { round, ...(await verifyAndRun(current, workload, run)) };
      } catch (error) {
        // What misbehaved once is not trusted with the next workload.
        await current.stop();
        server = undefined;
        throw error;
      }
    });
  }
  await server?.stop();
}

/**
 * What is compiled in the first moments of a process would be charged to the first workload alone.
 * @type {(server: RunningServer, workload: Workload, seconds: number) => Promise<void>}
 */
async function heatUp(server, workload, seconds) {
  await runAutocannon({ server, workload, connections: 10, warmUpSeconds: 0, seconds });
}

/**
 * One measurement, with the answer verified before and after it.
 * @type {(server: RunningServer, workload: Workload, run: Step['run']) => Promise<Record<string, number>>}
 */
export async function verifyAndRun(server, workload, run) {
  const options = { path: server.pathOf(workload) };
  await verifyAnswer(workload, server.port, options);
  const result = await run(server).catch((error) => {
    server.assertAlive(); // "died" says more than the connection errors that it caused
    throw error;
  });
  await verifyAnswer(workload, server.port, options).catch((error) => {
    throw new SubjectFailure(`${error.message} (after the load)`);
  });
  return result;
}
