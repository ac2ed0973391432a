// Load in short slices. All servers of a group run at once and are loaded in turn for a fraction of
// a second, in random order: what else the machine does then hits all of them alike. Each process
// is measured in several slices, and several processes of each subject are started, because what
// the compiler made of one is not the whole truth.
import { setTimeout as sleep } from 'node:timers/promises';
import { everyPair } from './cold-start.mjs';
import { verifyAnswer } from './exchange.mjs';
import { recordOrFail, SubjectFailure } from './failure.mjs';
import { startServer, untilEnded } from './server.mjs';
import { shuffle } from './stats.mjs';
import { ownServerOf } from './subjects/index.mjs';

/**
 * @typedef {import('./cold-start.mjs').Bench} Bench
 * @typedef {import('./workloads/index.mjs').Workload} Workload
 * @typedef {import('./server.mjs').RunningServer} RunningServer
 * @typedef {ReturnType<typeof everyPair>[number]} Pair
 *
 * One measurement on a running server, and the cell it belongs to.
 * @typedef {object} Step
 * @property {string} experiment
 * @property {string} variant
 * @property {Workload} workload
 * @property {(server: RunningServer) => import('./load/closed-loop.mjs').LoadGenerator} open
 * @property {import('./limits.mjs').Limits} [limits] Of the server.
 * @property {boolean} [onlyFirst] Whether it is measured on the first runtime only.
 * @property {number} [slices] Where not as many as usual.
 * @property {number} [warmUpRequests] Where not as many as usual.
 * @property {number} [warmUpSeconds] Where not as many as usual.
 *
 * @typedef {object} Place A subject in its group, with its server while that runs.
 * @property {Pair} pair
 * @property {RunningServer} [server]
 * @property {import('./load/closed-loop.mjs').LoadGenerator} [load]
 */

/** Subjects that run at once beside the baseline: more would need much memory. */
const groupSize = 5;

/**
 * Measures every step on a fresh process of every subject.
 * @param {Bench} bench
 * @param {Step[]} steps
 * @param {number} round
 */
export async function measureSlices(bench, steps, round) {
  const groups = groupPairs(bench);
  for (const [index, group] of shuffle([...groups.entries()], bench.random)) {
    const isFirst = group[0].runtime === bench.runtimes[0];
    const taken = steps.filter(({ onlyFirst }) => isFirst || !onlyFirst);
    for (const target of new Set(taken.map(({ workload }) => workload.target))) {
      const own = taken.filter(({ workload }) => workload.target === target);
      await measureGroup(bench, group, own, round * groups.length + index);
    }
  }
}

/**
 * The pairs in groups of one runtime, each with the baseline in it.
 * @param {Bench} bench
 */
export function groupPairs(bench) {
  const pairs = shuffle(everyPair(bench), bench.random);
  return bench.runtimes.flatMap((runtime) => {
    const own = pairs.filter((pair) => pair.runtime === runtime);
    const baseline = own.filter(({ subject }) => subject.name === 'raw');
    const others = own.filter(({ subject }) => subject.name !== 'raw');
    const count = Math.max(1, Math.ceil(others.length / groupSize));
    const groups = Array.from({ length: count }, () => [...baseline]);
    for (const together of keepTogether(others)) {
      const [smallest] = [...groups].sort((a, b) => a.length - b.length);
      smallest.push(...together);
    }
    return groups.filter((group) => group.length > 0);
  });
}

/** One application on barefn and on its own server are compared directly: they share a group. @param {Pair[]} pairs */
function keepTogether(pairs) {
  const partners = new Map(
    pairs.flatMap((pair) => {
      const partner = pairs.find(({ subject }) => subject.name === ownServerOf(pair.subject.name));
      return partner ? [[pair, partner]] : [];
    }),
  );
  const alone = pairs.filter(
    (pair) => !partners.has(pair) && ![...partners.values()].includes(pair),
  );
  return [...partners, ...alone.map((pair) => [pair])];
}

/** @type {(bench: Bench, group: Pair[], steps: Step[], process: number) => Promise<void>} */
async function measureGroup(bench, group, steps, process) {
  const { slices } = bench.options;
  /** @type {Place[]} */
  const places = group.map((pair) => ({ pair }));
  try {
    for (const step of steps) {
      if (performance.now() > (bench.endsAt ?? Infinity)) return;
      const serving = places.filter(({ pair }) => canServe(pair, step.workload));
      for (const place of serving) await warmUpPlace(bench, place, step);
      for (let slice = 0; slice < (step.slices ?? slices); slice++) {
        for (const place of shuffle(serving, bench.random))
          await measureSlice(bench, place, step, { process, slice });
      }
      for (const place of serving) await verifyPlace(bench, place, step);
      await Promise.all(serving.map(closeLoad));
      bench.progress(`${step.experiment} ${step.variant}`);
    }
  } finally {
    for (const place of places) {
      await closeLoad(place);
      await place.server?.stop();
    }
  }
}

/** @type {(pair: Pair, workload: Workload) => boolean} */
function canServe({ subject }, workload) {
  if (workload.target === 'http2') return subject.http2 === true;
  return subject.shell !== undefined || subject.serves?.(workload) !== false;
}

const warmUps = 3;

/**
 * What is compiled during the first thousands of requests is no cost of a request. V8 compiles a
 * large program in other threads for longer than the load lasts: the server is loaded again when
 * they have done, for then it runs other code.
 * @type {(bench: Bench, place: Place, step: Step) => Promise<void>}
 */
async function warmUpPlace(bench, place, step) {
  const { warmUpSeconds, warmUpRequests } = { ...bench.options, ...step };
  const requests = Math.ceil(warmUpRequests / warmUps);
  await underLoad(bench, place, step, async (load, server) => {
    await verify(server, step.workload);
    for (let pass = 0; pass < warmUps; pass++) {
      await load.warmUp({ seconds: warmUpSeconds / warmUps, requests });
      await untilAtRest(server);
    }
    return undefined;
  });
}

/** Until the process takes no CPU time for 10 ms, or a second is over. @param {RunningServer} server */
async function untilAtRest(server) {
  let before = server.usage().cpuMs;
  for (let wait = 0; wait < 100; wait++) {
    await sleep(10);
    const { cpuMs } = server.usage();
    if (cpuMs - before < 0.1) return;
    before = cpuMs;
  }
}

/** @type {(bench: Bench, place: Place, step: Step, position: { process: number, slice: number }) => Promise<void>} */
async function measureSlice(bench, place, step, { process, slice }) {
  await underLoad(bench, place, step, async (load) => ({
    round: process * bench.options.slices + slice,
    process,
    ...(await load.measure()),
  }));
}

/** After the load the answer must be what it was before. @type {(bench: Bench, place: Place, step: Step) => Promise<void>} */
async function verifyPlace(bench, place, step) {
  await underLoad(bench, place, step, async (_load, server) => {
    await verify(server, step.workload).catch((error) => {
      throw new SubjectFailure(`${error.message} (after the load)`);
    });
    return undefined;
  });
}

/** @type {(server: RunningServer, workload: Workload) => Promise<void>} */
async function verify(server, workload) {
  await verifyAnswer(workload, server.port, { path: server.pathOf(workload) });
}

/**
 * Does something with a place's load generator, and starts its server where that does not run.
 * @param {Bench} bench
 * @param {Place} place
 * @param {Step} step
 * @param {(load: NonNullable<Place['load']>, server: RunningServer) => Promise<import('./recorder.mjs').Sample | undefined>} use
 */
async function underLoad({ recorder, options }, place, step, use) {
  const { subject, runtime } = place.pair;
  const { experiment, variant, workload, limits } = step;
  const key = { experiment, variant, subject: subject.name, runtime: runtime.name };
  await recordOrFail(recorder, key, async () => {
    const timeout = options.startTimeout;
    place.server ??= await startServer({
      subject,
      runtime,
      firstRequest: workload,
      timeout,
      limits,
    });
    const { server } = place;
    place.load ??= step.open(server);
    try {
      return await use(place.load, server);
    } catch (error) {
      await closeLoad(place);
      await untilEnded(server);
      // What misbehaved once is not trusted with the next workload.
      await server.stop();
      place.server = undefined;
      server.assertAlive(); // its end is the cause of the connection errors
      throw error;
    }
  });
}

/** @param {Place} place */
async function closeLoad(place) {
  await place.load?.close();
  place.load = undefined;
}
