// Starts and latency with the quota of a small cloud instance.
import { everyPair, measureStarts } from './cold-start.mjs';
import { describeLimits, findObstacle } from './limits.mjs';
import { openFixedRate } from './load/fixed-rate.mjs';
import { measureProcesses } from './throughput.mjs';
import { hello } from './workloads/index.mjs';

/** Few enough for a quarter of a core. */
const rate = 200;
const seconds = 0.25;

/** @param {import('./cold-start.mjs').Bench} bench */
export async function measureSmallMachines(bench) {
  const { cpus, memoryMb, samples, startTimeout: timeout } = bench.options;
  const obstacle = await findObstacle({ cpu: cpus[0], memoryMb });
  if (obstacle) return console.error(`bench: small-machine is left out: ${obstacle}`);
  const subjects = bench.subjects.filter(({ name, shell }) => shell || measured.includes(name));
  const fifth = bench.seconds / cpus.length / 5;
  const runtimes = bench.runtimes.slice(0, 1);
  const share = { ...bench, subjects, runtimes, seconds: fifth };
  for (const cpu of cpus) {
    const limits = { cpu, memoryMb };
    const variant = describeLimits(limits);
    const starts = everyPair(share).map(({ subject, runtime }) => ({
      variant,
      start: { subject, runtime, firstRequest: hello, timeout, limits },
    }));
    await measureStarts(share, 'small-start', starts, { most: samples });
    const step = {
      experiment: 'small-latency',
      variant,
      workload: hello,
      limits,
      slices: 10,
      open: (/** @type {import('./server.mjs').RunningServer} */ server) =>
        openFixedRate({ server, workload: hello, rate }, seconds),
    };
    await measureProcesses({ ...share, seconds: 4 * fifth }, [step], bench.options.processes);
  }
}

const measured = ['raw', 'barefn', 'functions-framework', 'express', 'fastify', 'hono'];
