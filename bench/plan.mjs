// What a run is about to do, how long that takes, and how far it has come.
import os from 'node:os';

/**
 * @typedef {{ name: string, what: string, seconds: number }} Stage
 * @typedef {(what: string) => void} Progress
 */

/**
 * How the time of a run is divided among the experiments that it has: the minutes that five processes
 * of every subject need on the first runtime, and on each of the others.
 * @type {Record<string, { first: number, other?: number }>}
 */
const shares = {
  'cold-start': { first: 1.5, other: 0.4 },
  'startup-split': { first: 0.5, other: 0.1 },
  'heavy-start': { first: 2.5 },
  counts: { first: 0.5, other: 0.1 },
  'small-machine': { first: 7 },
  throughput: { first: 16, other: 1.8 },
  'fixed-rate': { first: 2.5 },
  http2: { first: 0.6, other: 0.6 },
  scaling: { first: 8 },
  growth: { first: 2 },
};

/**
 * The stages of a run, with the time that each may take.
 * @type {(options: import('./options.mjs').Options) => Stage[]}
 */
export function planRun(options) {
  const { samples, splitSamples, heavySamples, processes, workloads } = options;
  /** @type {Record<string, string>} */
  const descriptions = {
    'cold-start': `up to ${samples} starts of each subject`,
    'startup-split': `up to ${splitSamples} starts split into phases`,
    'heavy-start': `up to ${heavySamples} starts of functions with ${options.clients.join(', ')}, as installed and bundled`,
    counts: 'files, system calls and instructions of a start',
    'small-machine': `starts and latency with ${options.cpus.join(' and ')} CPU and ${options.memoryMb} MB`,
    throughput: `${workloads.length} workloads on up to ${processes} processes of each subject`,
    'fixed-rate': `hello ${options.rate} times a second`,
    http2: 'hello over HTTP/2, driven by h2load',
    scaling: `hello at ${options.concurrencies.length} concurrencies, bodies of ${options.bodySizes.length} sizes`,
    growth: 'starts of up to 1000 functions and files, memory of idle connections',
  };
  const others = options.runtimes.length - 1;
  const share = (/** @type {string} */ name) =>
    shares[name].first + (shares[name].other ?? 0) * others;
  const whole = options.only.reduce((sum, name) => sum + share(name), 0);
  return options.only.map((name) => ({
    name,
    what: descriptions[name],
    seconds: (options.minutes * 60 * share(name)) / whole,
  }));
}

/**
 * Divides the time that is left among the stages that are left: what one took beyond its time, the
 * others make up for, as far as half of theirs.
 * @type {(stages: Stage[], left: number) => void}
 */
export function divideRest(stages, left) {
  const planned = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  const factor = Math.max(0.5, left / planned);
  for (const stage of stages) stage.seconds *= factor;
}

/** What the fewest rounds may take beyond the time of their stage. */
export const overtime = 1.15;

/**
 * The numbers of rounds: as many as fit into the time, and at most `most`. Up to the fewest from
 * which an interval can be formed they may take a little longer, and where a round ends by itself
 * when the time is over, the last may be a part of one.
 * @param {number} seconds
 * @param {{ fewest: number, most: number, mayBeCut?: boolean }} limits
 */
export function* roundsWithin(seconds, { fewest, most, mayBeCut = false }) {
  const startedAt = performance.now();
  for (let round = 0; round < most; round++) {
    const elapsed = performance.now() - startedAt;
    const isNeeded = round < fewest;
    const takes = isNeeded && mayBeCut ? 0 : elapsed / Math.max(1, round);
    const allowed = seconds * (isNeeded ? overtime : 1) * 1000;
    if (round > 0 && elapsed + takes > allowed) return;
    yield round;
  }
}

/**
 * Says what is about to happen.
 * @type {(stages: Stage[], subjects: { name: string }[], runtimes: { name: string }[]) => void}
 */
export function announce(stages, subjects, runtimes) {
  const total = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  const on = runtimes.map(({ name }) => name).join(', ');
  console.error(
    `bench: ${subjects.length} subjects on ${on}, about ${formatTime(total)}, less than 10 MB of results:`,
  );
  for (const { name, what, seconds } of stages)
    console.error(`  ${name.padEnd(14)} ${what}, about ${formatTime(seconds)}`);
  const load = os.loadavg()[0];
  if (load > 1)
    console.error(
      `  The load average is ${load.toFixed(1)}: other work makes intervals wider, and fewer figures can be determined.`,
    );
  else
    console.error(
      '  Other work on this machine makes intervals wider: do nothing else on it until the run has ended.',
    );
}

/**
 * Says what runs and how long the run still takes: on a terminal in one line, else every 5 seconds.
 * @param {Stage[]} stages
 * @param {NodeJS.WriteStream} [out]
 */
export function createProgress(stages, out = process.stderr) {
  let writtenAt = -Infinity;
  return (/** @type {string} */ name) => {
    const index = stages.findIndex((stage) => stage.name === name);
    const left = stages.slice(index).reduce((sum, { seconds }) => sum + seconds, 0);
    const startedAt = performance.now();
    /** @type {Progress} */
    return (what) => {
      const now = performance.now();
      const remaining = Math.max(1, left - (now - startedAt) / 1000);
      const line = `bench: ${what}, about ${formatTime(remaining)} left`;
      if (out.isTTY) out.write(`\r${line}\x1b[K`);
      else if (now - writtenAt > 5000) {
        out.write(`${line}\n`);
        writtenAt = now;
      }
    };
  };
}

/** @param {number} seconds */
export function formatTime(seconds) {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return seconds < 600 ? `${minutes} min ${Math.ceil(seconds % 60)} s` : `${minutes + 1} min`;
}
