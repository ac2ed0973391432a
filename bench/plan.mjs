// What a run is about to do, how long that takes, and how far it has come.
import os from 'node:os';

/**
 * @typedef {{ name: string, what: string, seconds: number }} Stage
 * @typedef {(done: number, total: number, what?: string) => void} Progress
 */

/**
 * The stages of a run with rough durations, measured on two cores with nothing else to do.
 * @type {(options: import('./options.mjs').Options, subjects: import('./subjects/index.mjs').Subject[], runtimes: import('./server.mjs').Runtime[]) => Stage[]}
 */
export function planRun(options, subjects, runtimes) {
  const { samples, splitSamples, heavySamples, rounds, seconds, warmUpSeconds } = options;
  const { concurrencies, bodySizes, scalingRounds, scalingSeconds } = options;
  const pairs = subjects.length * runtimes.length;
  const heavy = subjects.filter((subject) => subject.args?.('heavy', '')).length * runtimes.length;
  const scaled = subjects.filter(
    ({ name, shell }) => shell || options.scalingSubjects.includes(name),
  ).length;
  const growing = concurrencies.length + 2 * bodySizes.length;
  const loads = [2 * options.heatUpSeconds, 6 * (seconds + warmUpSeconds + 0.05), 0.4];
  /** @type {Record<string, [string, number]>} */
  const stages = {
    'cold-start': [`${samples} starts of each subject`, (samples + 1) * pairs * 0.13],
    'startup-split': [`${splitSamples} starts split into phases`, splitSamples * pairs * 0.18],
    'heavy-start': [
      `${heavySamples} starts with heavy dependencies, in up to 4 variants`,
      (heavySamples + 1) * heavy * 4 * 0.2,
    ],
    throughput: [
      `${rounds} rounds of 6 loads of ${seconds} s`,
      rounds * pairs * loads.reduce((sum, part) => sum + part),
    ],
    scaling: [
      `hello at ${concurrencies.length} concurrencies, bodies of ${bodySizes.length} sizes`,
      scalingRounds * scaled * (growing * (scalingSeconds + 0.35) + 3),
    ],
  };
  return options.only.map((name) => ({ name, what: stages[name][0], seconds: stages[name][1] }));
}

/**
 * Says what is about to happen.
 * @type {(stages: Stage[], subjects: { name: string }[], runtimes: { name: string }[]) => void}
 */
export function announce(stages, subjects, runtimes) {
  const total = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  const on = runtimes.map(({ name }) => name).join(', ');
  console.error(`bench: ${subjects.length} subjects on ${on}, about ${formatTime(total)}:`);
  for (const { name, what, seconds } of stages)
    console.error(`  ${name.padEnd(14)} ${what}, about ${formatTime(seconds)}`);
  const load = os.loadavg()[0];
  if (load > 1)
    console.error(
      `  Beware: the load average is ${load.toFixed(1)}. Other work widens every interval.`,
    );
  else console.error('  Leave the machine alone meanwhile; other work widens every interval.');
}

/**
 * Tells what runs and how long remains of all stages: by the plan, corrected by how it has fared.
 * @param {Stage[]} stages
 * @param {NodeJS.WriteStream} [out]
 */
export function createProgress(stages, out = process.stderr) {
  const startedAt = performance.now();
  const sum = (/** @type {Stage[]} */ part) => part.reduce((all, { seconds }) => all + seconds, 0);
  return (/** @type {string} */ name) => {
    const index = stages.findIndex((stage) => stage.name === name);
    const before = sum(stages.slice(0, index));
    let toldAt = 0;
    /** @type {Progress} */
    return (done, total, what = '') => {
      const now = performance.now();
      const planned = before + (stages[index].seconds * done) / total;
      const left = (sum(stages) / planned - 1) * ((now - startedAt) / 1000);
      const position = `${name} ${done}/${total}${what && ` ${what}`}`;
      const line = `bench: ${position}, ${planned < sum(stages) ? `${formatTime(left)} left` : 'done'}`;
      if (out.isTTY) out.write(`\r${line}\x1b[K${done < total ? '' : '\n'}`);
      else if (done === total || now - toldAt > 5000) {
        out.write(`${line}\n`);
        toldAt = now;
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
