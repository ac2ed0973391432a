// The benchmark's command line: `npm run bench -- --help`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from './environment.mjs';
import { installBarefn, installPackages, resolveRuntime } from './installation.mjs';
import { help, readOptions } from './options.mjs';
import { announce, createProgress, planRun } from './plan.mjs';
import { createRecorder } from './recorder.mjs';
import { exitOnSignals } from './server.mjs';
import { listSubjects, parseSubject } from './subjects/index.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

exitOnSignals();
main(process.argv.slice(2)).catch((error) => {
  console.error(`bench: ${error.message}`);
  if (process.env.DEBUG) console.error(error);
  process.exitCode = 2;
});

/** @param {string[]} argv */
async function main(argv) {
  const options = readOptions(argv);
  if (options.help) return void console.log(help);
  const before = options.compare && readResult(options.compare);

  installPackages({ peers: true });
  if (options.tool === 'wrk' && !(await import('./load/wrk.mjs')).hasWrk()) {
    throw new Error('--tool=wrk needs wrk, which is not installed.');
  }
  const runtimes = options.runtimes.map(resolveRuntime);
  const subjects = [...listSubjects(options.subjects), ...options.extraSubjects.map(parseSubject)];
  if (subjects.some(({ name }) => name.startsWith('barefn'))) installBarefn();
  if (options.profile) return profile(options, runtimes[0]);
  const stages = planRun(options, subjects, runtimes);
  announce(stages, subjects, runtimes);
  const environment = readEnvironment();
  const startedAt = Date.now();
  const cells = await measure(options, subjects, runtimes, stages);

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

/** @type {(options: import('./options.mjs').Options, runtime: import('./server.mjs').Runtime) => Promise<void>} */
async function profile({ profile: name = '', seconds, connections, out }, runtime) {
  const { profileSubject } = await import('./profile.mjs');
  const subject = listSubjects([name]).find((other) => other.name === name);
  const folder = out ?? path.join(here, 'results');
  if (subject) await profileSubject({ subject, runtime, seconds, connections, folder });
}

/** @type {(options: import('./options.mjs').Options, subjects: import('./subjects/index.mjs').Subject[], runtimes: import('./server.mjs').Runtime[], stages: import('./plan.mjs').Stage[]) => Promise<import('./recorder.mjs').Cell[]>} */
async function measure(options, subjects, runtimes, stages) {
  const recorder = createRecorder();
  const runners = await loadExperiments();
  const progressOf = createProgress(stages);
  for (const { name } of stages) {
    const progress = progressOf(name);
    await runners[name]({ subjects, runtimes, options, recorder, random: Math.random, progress });
  }
  return recorder.cells;
}

/**
 * Loaded only now: before the first installation their packages are missing.
 * @returns {Promise<Record<string, (bench: import('./cold-start.mjs').Bench) => Promise<void>>>}
 */
async function loadExperiments() {
  const { measureColdStarts } = await import('./cold-start.mjs');
  const { measureStartupSplit } = await import('./startup-split.mjs');
  const { measureHeavyStarts } = await import('./heavy-start.mjs');
  const { measureThroughput, measureScaling } = await import('./throughput.mjs');
  return {
    'cold-start': measureColdStarts,
    'startup-split': measureStartupSplit,
    'heavy-start': measureHeavyStarts,
    throughput: measureThroughput,
    scaling: measureScaling,
  };
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
  const report = await import('./report/readme.mjs');
  const readme = path.join(here, '../README.md');
  const text = readFileSync(readme, 'utf8');
  writeFileSync(readme, report.replaceBetweenMarkers(text, report.renderReadmeTables(result)));
  const plot = await report.renderReadmePlot(result);
  if (plot) writeFileSync(path.join(here, 'cold-start.svg'), `${plot}\n`);
  console.log('Updated the tables in README.md, and bench/cold-start.svg.');
}

/** @type {(file: string) => import('./report/summary.mjs').Result} */
function readResult(file) {
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    if (result.format === 1) return result;
  } catch (cause) {
    throw new Error(`--compare=${file} cannot be read: ${/** @type {Error} */ (cause).message}`);
  }
  throw new Error(`--compare=${file} is not a result of this benchmark.`);
}

/** @type {(before: import('./report/summary.mjs').Result, after: import('./report/summary.mjs').Result) => Promise<void>} */
async function compare(before, after) {
  const { reportComparison } = await import('./compare.mjs');
  const { text, regressed } = reportComparison(before, after);
  console.log(`\n${text}`);
  if (regressed) process.exitCode = 1;
}
