// What the gate measures: raw and barefn only. Both servers run at once and are loaded in turns of
// a fraction of a second, so that whatever else the machine does hits both.
import { measureColdStarts } from './cold-start.mjs';
import { recordOrFail } from './failure.mjs';
import { runAutocannon } from './load/autocannon.mjs';
import { readOptions } from './options.mjs';
import { createRecorder } from './recorder.mjs';
import { startServer } from './server.mjs';
import { shuffle } from './stats.mjs';
import { verifyAndRun } from './throughput.mjs';
import { echo, eventBinary, eventStructured, hello } from './workloads/index.mjs';

/** @typedef {import('./cold-start.mjs').Bench} Bench */

const workloads = [hello, echo(1024), eventBinary, eventStructured];
/** Fresh processes of each subject: what the compiler made of one is not the whole truth. */
const generations = 2;
/** Turns of each workload in each generation: the first warm up, and are not counted. */
const turns = { warmUp: 4, counted: 7 };
const load = { connections: 20, warmUpSeconds: 0.04, seconds: 0.15 };

/**
 * @param {import('./subjects/index.mjs').Subject[]} subjects
 * @param {import('./server.mjs').Runtime} runtime
 */
export async function measureInTurns(subjects, runtime) {
  const bench = {
    subjects,
    runtimes: [runtime],
    options: { ...readOptions(['--quick']), samples: 25 },
    recorder: createRecorder(),
    random: Math.random,
    progress: () => undefined,
  };
  await measureColdStarts(bench);
  for (let generation = 0; generation < generations; generation++) {
    for (const target of ['http', 'event']) {
      const share = workloads.filter((workload) => workload.target === target);
      await takeTurns(bench, share, generation * turns.counted);
    }
  }
  return bench.recorder.cells;
}

/** @type {(bench: Bench, share: typeof workloads, firstRound: number) => Promise<void>} */
async function takeTurns({ subjects, runtimes: [runtime], recorder, random }, share, firstRound) {
  const running = [];
  for (const subject of subjects) {
    const server = await startServer({ subject, runtime, firstRequest: share[0] });
    running.push({ subject: subject.name, server });
  }
  for (const workload of share) {
    for (let turn = -turns.warmUp; turn < turns.counted; turn++) {
      for (const { subject, server } of shuffle(running, random)) {
        const variant = workload.name;
        const key = { experiment: 'throughput', variant, subject, runtime: runtime.name };
        await recordOrFail(recorder, key, async () => {
          const run = () => runAutocannon({ server, workload, ...load });
          const figures = await verifyAndRun(server, workload, run);
          return turn < 0 ? undefined : { round: firstRound + turn, ...figures };
        });
      }
    }
  }
  for (const { server } of running) await server.stop();
}
