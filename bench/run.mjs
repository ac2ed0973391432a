// The benchmark's command line: `npm run bench -- --help`.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment, watchOtherWork } from './environment.mjs';
import { installBarefn, installClients, installPackages, resolveRuntime } from './installation.mjs';
import { help, readOptions } from './options.mjs';
import { announce, createProgress, divideRest, formatTime, planRun } from './plan.mjs';
import { takePriority } from './priority.mjs';
import { createRecorder } from './recorder.mjs';
import { onFirstSignal } from './server.mjs';
import { listSubjects, parseSubject, versionOf } from './subjects/index.mjs';

/** @typedef {import('./report/summary.mjs').Result} Result */

const here = fileURLToPath(new URL('.', import.meta.url));
const interrupted = onFirstSignal();

main(process.argv.slice(2)).catch((error) => {
  console.error(`bench: ${error.message}`);
  if (process.env.DEBUG) console.error(error);
  process.exitCode = 2;
});

/** @param {string[]} argv */
async function main(argv) {
  const options = readOptions(argv);
  if (options.help) return void console.log(help);
  const folder = options.out ?? path.join(here, 'results');
  const before = options.compare ? readResult(options.compare) : readLastResult(folder);
  const careful = options.holds && readResult(options.holds);
  const earlier = options.from && readResult(options.from);

  installPackages({ peers: true });
  if (earlier) {
    await writeReports(earlier, options.from?.replace(/\.json$/, '') ?? '', options);
    return careful ? sayHeld(careful, earlier) : undefined;
  }
  if (options.tool === 'wrk' && !(await import('./load/wrk.mjs')).hasWrk()) {
    throw new Error('--tool=wrk needs wrk, which is not installed.');
  }
  const runtimes = options.runtimes.map(resolveRuntime);
  const subjects = [...listSubjects(options.subjects), ...options.extraSubjects.map(parseSubject)];
  if (subjects.some(({ name }) => name.startsWith('barefn'))) installBarefn();
  for (const { ownRuntime } of subjects) ownRuntime?.(); // installs it
  if (options.selfTest) return selfTest(options, runtimes[0]);
  if (options.profile) return profile(options, runtimes[0]);
  if (options.only.includes('heavy-start')) installClients();
  const stages = planRun(options);
  announce(stages, subjects, runtimes);

  const result = createResult(argv, subjects, runtimes);
  const base = path.join(folder, nameOf(result.environment, folder));
  const startedAt = Date.now();
  const isWhole = await Promise.race([
    measure({ options, subjects, runtimes, stages, result, save }).then(() => true),
    interrupted.then(() => false),
  ]);
  if (!isWhole) result.cutShort = true;
  save();
  // What still runs after an interruption fails, and must not change what was measured.
  const kept = structuredClone(result);
  result.cells = [];
  if (kept.cells.length > 0) {
    await writeReports(kept, base, options, before);
    if (options.compare && before) await exitByComparison(before, kept);
    if (careful) await sayHeld(careful, kept);
  }
  if (!isWhole) process.exit(130);

  /** The result as it is: what was measured is not lost when the run is ended. */
  function save() {
    if (result.cells.length === 0) return;
    result.tookSeconds = (Date.now() - startedAt) / 1000;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${base}.json`, `${JSON.stringify(result)}\n`);
  }
}

/** @type {(command: string[], subjects: import('./subjects/index.mjs').Subject[], runtimes: import('./server.mjs').Runtime[]) => Result} */
function createResult(command, subjects, runtimes) {
  return {
    format: 2,
    environment: readEnvironment(),
    tookSeconds: 0,
    command,
    subjects: subjects.map(describeSubject),
    runtimes: runtimes.map(({ name }) => name),
    cells: [],
  };
}

/** @type {(subject: import('./subjects/index.mjs').Subject) => Result['subjects'][number]} */
function describeSubject(subject) {
  const { name, about, ownRuntime } = subject;
  return { name, about, version: versionOf(subject), runtime: ownRuntime?.().name };
}

/** @type {(environment: Result['environment'], folder: string) => string} */
function nameOf({ date, commit }, folder) {
  const name = `${date.slice(0, 19).replaceAll(':', '-')}-${commit.split(' ')[0]}`;
  return existsSync(path.join(folder, `${name}.json`)) ? `${name}-${process.pid}` : name;
}

/** @type {(options: import('./options.mjs').Options, runtime: import('./server.mjs').Runtime) => Promise<void>} */
async function selfTest(options, runtime) {
  const { runSelfTest } = await import('./self-test.mjs');
  console.error(`bench: the self-test takes about ${formatTime(options.minutes * 60)}`);
  interrupted.then(() => process.exit(130));
  if (options.priority) takePriority();
  console.log(await runSelfTest(options, runtime));
}

/** @type {(options: import('./options.mjs').Options, runtime: import('./server.mjs').Runtime) => Promise<void>} */
async function profile({ profile: name = '', out, ...options }, runtime) {
  const { seconds, connections, workloads } = options;
  const { profileSubject } = await import('./profile.mjs');
  const subject = listSubjects([name]).find((other) => other.name === name);
  const folder = out ?? path.join(here, 'results');
  if (subject) await profileSubject({ subject, runtime, seconds, connections, folder, workloads });
}

/** @type {(run: { options: import('./options.mjs').Options, subjects: import('./subjects/index.mjs').Subject[], runtimes: import('./server.mjs').Runtime[], stages: import('./plan.mjs').Stage[], result: Result, save: () => void }) => Promise<void>} */
async function measure({ options, subjects, runtimes, stages, result, save }) {
  result.environment.hasPriority = options.priority && takePriority();
  const recorder = createRecorder(result.cells);
  const runners = await loadExperiments();
  const progressOf = createProgress(stages);
  let savedAt = performance.now();
  const endsAt = savedAt + options.minutes * 60_000;
  for (const [index, stage] of stages.entries()) {
    divideRest(stages.slice(index), (endsAt - performance.now()) / 1000);
    const { name, seconds } = stage;
    const report = progressOf(name);
    const known = result.cells.length;
    const readOtherWork = watchOtherWork();
    const noteOtherWork = () => {
      const otherWork = readOtherWork();
      for (const cell of result.cells.slice(known)) cell.otherWork = otherWork;
    };
    const progress = (/** @type {string} */ what) => {
      report(what);
      noteOtherWork();
      saveNowAndThen();
    };
    const random = Math.random;
    await runners[name]({ subjects, runtimes, options, recorder, random, seconds, progress });
    noteOtherWork();
    save();
  }

  function saveNowAndThen() {
    if (performance.now() - savedAt < 30_000) return;
    savedAt = performance.now();
    save();
  }
}

/**
 * Loaded only now: before the first installation their packages are missing.
 * @returns {Promise<Record<string, (bench: import('./cold-start.mjs').Bench) => Promise<void>>>}
 */
async function loadExperiments() {
  const { measureColdStarts } = await import('./cold-start.mjs');
  const { measureHttp2 } = await import('./http2.mjs');
  const { measureGrowth } = await import('./growth.mjs');
  const { measureCounts } = await import('./counts.mjs');
  const { measureSmallMachines } = await import('./small-machine.mjs');
  const { measureStartupSplit } = await import('./startup-split.mjs');
  const { measureHeavyStarts } = await import('./heavy-start.mjs');
  const { measureScaling } = await import('./scaling.mjs');
  const { measureFixedRate, measureThroughput } = await import('./throughput.mjs');
  return {
    'cold-start': measureColdStarts,
    'startup-split': measureStartupSplit,
    'heavy-start': measureHeavyStarts,
    counts: measureCounts,
    'small-machine': measureSmallMachines,
    throughput: measureThroughput,
    'fixed-rate': measureFixedRate,
    http2: measureHttp2,
    scaling: measureScaling,
    growth: measureGrowth,
  };
}

/** @type {(result: Result, base: string, options: import('./options.mjs').Options, before?: Result) => Promise<void>} */
async function writeReports(result, base, options, before) {
  const { renderMarkdown, renderTerminal } = await import('./report/text.mjs');
  const { renderHtml } = await import('./report/html.mjs');
  writeFileSync(`${base}.md`, renderMarkdown(result, before));
  writeFileSync(`${base}.html`, await renderHtml(result, before));
  console.log(renderTerminal(result, before));
  console.log(`\nReports: ${base}.json, .md, .html`);
  if (options.updateReadme) await updateReadme(result);
}

/** @param {Result} result */
async function updateReadme(result) {
  const report = await import('./report/readme.mjs');
  const readme = path.join(here, '../README.md');
  const text = readFileSync(readme, 'utf8');
  writeFileSync(readme, report.replaceBetweenMarkers(text, report.renderReadmeTables(result)));
  const plot = await report.renderReadmePlot(result);
  if (plot) writeFileSync(path.join(here, 'cold-start.svg'), `${plot}\n`);
  console.log('Updated the tables in README.md, and bench/cold-start.svg.');
}

/** The newest result that a run left in the folder. @type {(folder: string) => Result | undefined} */
function readLastResult(folder) {
  if (!existsSync(folder)) return undefined;
  const names = readdirSync(folder).filter((name) => /^\d{4}-\d\d-\d\d.*\.json$/.test(name));
  for (const name of names.sort().reverse()) {
    try {
      return readResult(path.join(folder, name));
    } catch {
      // Of an older form, or half written.
    }
  }
  return undefined;
}

/** @type {(file: string) => Result} */
function readResult(file) {
  /** @type {Result} */
  let result;
  try {
    result = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} cannot be read: ${/** @type {Error} */ (cause).message}`);
  }
  if (result.format === 2) return result;
  throw new Error(`${file} is not a result of this version of the benchmark.`);
}

/** @type {(before: Result, after: Result) => Promise<void>} */
async function exitByComparison(before, after) {
  const { reportComparison } = await import('./compare.mjs');
  if (reportComparison(before, after).regressed) process.exitCode = 1;
}

/** @type {(careful: Result, result: Result) => Promise<void>} */
async function sayHeld(careful, result) {
  const { reportHeld } = await import('./compare.mjs');
  console.log(`\n${reportHeld(careful, result)}`);
}
