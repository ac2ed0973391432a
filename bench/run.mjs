// The benchmark's command line: `npm run bench -- --help`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from './environment.mjs';
import { buildBarefn, installPackages, resolveRuntime } from './installation.mjs';
import { experiments, help, readOptions } from './options.mjs';
import { createRecorder } from './recorder.mjs';
import { listSubjects, parseSubject } from './subjects/index.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
main(process.argv.slice(2)).catch((error) => {
  console.error(`bench: ${error.message}`);
  if (process.env.DEBUG) console.error(error);
  process.exitCode = 2;
});

/** @param {string[]} argv */
async function main(argv) {
  const options = readOptions(argv);
  if (options.help) return void console.log(help);
  const before = options.compare && JSON.parse(readFileSync(options.compare, 'utf8'));

  installPackages({ peers: true });
  if (options.tool === 'wrk' && !(await import('./load/wrk.mjs')).hasWrk()) {
    throw new Error('--tool=wrk needs wrk, which is not installed.');
  }
  const runtimes = options.runtimes.map(resolveRuntime);
  const subjects = [...listSubjects(options.subjects), ...options.extraSubjects.map(parseSubject)];
  if (subjects.some(({ name }) => name.startsWith('barefn'))) buildBarefn();
  announce(options, subjects, runtimes);
  const environment = readEnvironment();
  const startedAt = Date.now();
  const cells = await measure(options, subjects, runtimes);

  /** @type {import('./report/summary.mjs').Result} */
  const result = {
    format: 1,
    environment,
    tookSeconds: (Date.now() - startedAt) / 1000,
    command: argv,
    subjects: subjects.map(({ name, about, version }) => ({
      name,
      about,
      ...(version && { version }),
    })),
    runtimes: runtimes.map(({ name }) => name),
    cells,
  };
  await writeReports(result, options.out ?? path.join(here, 'results'));
  if (options.updateReadme) await updateReadme(result);
  if (before) await compare(before, result);
}

/** @type {(options: import('./options.mjs').Options, subjects: import('./subjects/index.mjs').Subject[], runtimes: import('./server.mjs').Runtime[]) => void} */
function announce(options, subjects, runtimes) {
  const pairs = subjects.length * runtimes.length;
  const {
    samples,
    rounds,
    seconds,
    warmUpSeconds,
    concurrencies,
    bodySizes,
    scalingRounds,
    scalingSeconds,
  } = options;
  const scaled = options.scalingSubjects.length + options.extraSubjects.length;
  // Rough figures: 0.2 s for a start, and 0.3 s around each load.
  /** @type {Record<string, [string, number]>} */
  const plan = {
    'cold-start': [`${samples} cold starts of each`, (samples + 1) * pairs * 0.16],
    'startup-split': [
      `${options.splitSamples} starts split into phases`,
      options.splitSamples * pairs * 0.25,
    ],
    'heavy-start': [
      `${options.heavySamples} starts with heavy dependencies`,
      (options.heavySamples + 1) * runtimes.length * 16 * 0.3,
    ],
    throughput: [
      `${rounds} rounds of 6 loads of ${seconds} s`,
      rounds * pairs * (6 * (seconds + warmUpSeconds + 0.3) + 0.4),
    ],
    scaling: [
      `hello at ${concurrencies.length} concurrencies, bodies of ${bodySizes.length} sizes`,
      scalingRounds *
        scaled *
        (concurrencies.length + 2 * bodySizes.length) *
        (scalingSeconds + 0.5),
    ],
  };
  const total = options.only.reduce((sum, name) => sum + plan[name][1], 0);
  console.error(
    `bench: ${subjects.length} subjects on ${runtimes.map(({ name }) => name).join(', ')}, about ${formatTime(total)}:`,
  );
  for (const name of options.only)
    console.error(`  ${name.padEnd(14)} ${plan[name][0]}, about ${formatTime(plan[name][1])}`);
  console.error('  Leave the machine alone meanwhile; other load widens every interval.');
}

/** @type {(options: import('./options.mjs').Options, subjects: import('./subjects/index.mjs').Subject[], runtimes: import('./server.mjs').Runtime[]) => Promise<import('./recorder.mjs').Cell[]>} */
async function measure(options, subjects, runtimes) {
  const recorder = createRecorder();
  const runners = await loadExperiments();
  for (const name of experiments.filter((experiment) => options.only.includes(experiment))) {
    const startedAt = Date.now();
    const progress = (/** @type {number} */ done, /** @type {number} */ total) =>
      showProgress(name, done, total, startedAt);
    await runners[name]({ subjects, runtimes, options, recorder, random: Math.random, progress });
  }
  return recorder.cells;
}

/** Loaded only now: before the first installation their packages are missing. */
async function loadExperiments() {
  const { measureColdStarts } = await import('./cold-start.mjs');
  const { measureStartupSplit } = await import('./startup-split.mjs');
  const { measureHeavyStarts } = await import('./heavy-start.mjs');
  const { measureThroughput, measureScaling } = await import('./throughput.mjs');
  /** @type {Record<string, (bench: import('./cold-start.mjs').Bench) => Promise<void>>} */
  return {
    'cold-start': measureColdStarts,
    'startup-split': measureStartupSplit,
    'heavy-start': measureHeavyStarts,
    throughput: measureThroughput,
    scaling: measureScaling,
  };
}

/** @type {(name: string, done: number, total: number, startedAt: number) => void} */
function showProgress(name, done, total, startedAt) {
  const left = ((Date.now() - startedAt) / done) * (total - done);
  const line = `bench: ${name} ${done}/${total}${done < total ? `, ${formatTime(left / 1000)} left` : ', done'}`;
  if (process.stderr.isTTY) process.stderr.write(`\r${line}\x1b[K${done < total ? '' : '\n'}`);
  else if (done === total || done % Math.ceil(total / 5) === 0) console.error(line);
}

/** @param {number} seconds */
function formatTime(seconds) {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

/** @type {(result: import('./report/summary.mjs').Result, folder: string) => Promise<void>} */
async function writeReports(result, folder) {
  const { renderMarkdown, renderTerminal } = await import('./report/text.mjs');
  const { renderHtml } = await import('./report/html.mjs');
  mkdirSync(folder, { recursive: true });
  const stamp = result.environment.date.slice(0, 19).replaceAll(':', '-');
  const base = path.join(folder, `${stamp}-${result.environment.commit.split(' ')[0]}`);
  writeFileSync(`${base}.json`, `${JSON.stringify(result)}\n`);
  writeFileSync(`${base}.md`, renderMarkdown(result));
  writeFileSync(`${base}.html`, await renderHtml(result));
  console.log(renderTerminal(result));
  console.log(`\nReports: ${base}.json, .md, .html`);
}

/** @param {import('./report/summary.mjs').Result} result */
async function updateReadme(result) {
  const { renderReadmeTable, replaceBetweenMarkers } = await import('./report/text.mjs');
  const readme = path.join(here, '../README.md');
  writeFileSync(
    readme,
    replaceBetweenMarkers(readFileSync(readme, 'utf8'), renderReadmeTable(result)),
  );
  console.log('Updated the table in README.md.');
}

/** @type {(before: import('./report/summary.mjs').Result, after: import('./report/summary.mjs').Result) => Promise<void>} */
async function compare(before, after) {
  const { reportComparison } = await import('./compare.mjs');
  const { text, regressed } = reportComparison(before, after);
  console.log(`\n${text}`);
  if (regressed) process.exitCode = 1;
}
