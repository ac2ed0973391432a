// Runs test files with Node's own test runner:
//   node test/run.mjs                the tests of `npm test`: all files but those of the two lists
//   node test/run.mjs --all          every test file
//   node test/run.mjs FILTER ...     the files whose path has one of these texts in it
// A file that fails runs once more, alone: a test that leans on time passes then, a defect fails again. What
// failed is named before the last summary.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

/** What `npm test` leaves out, by the beginnings of paths below test/, and why. */
const SLOW = {
  'drop-in/': 'starts both of Google’s packages and barefn with hundreds of settings',
  'fuzz/': 'sends thousands of random inputs',
  'frameworks/': 'loads large frameworks, and a browser',
  'types/': 'runs several compilers, and installs what they need',
  'examples/runners.test': 'installs jest and vitest',
  'first-hour.test': 'installs packages of programs',
  'package.test': 'packs, installs and lints the tarball',
  'dev/unanswered': 'waits for what does not happen',
  'errors/never-answers': 'waits for timeouts',
  'hostile/memory': 'inflates gigabytes',
  'hostile/inflating': 'inflates gigabytes',
};

/** What `npm test` leaves out too, and what runs before all others, since it depends on time. */
const ALONE = {
  'dev/unfinished': 'looks at what runs a moment after a function, which a busy machine puts off',
  'hostile/linear-time': 'compares the time of inputs with that of twice their size',
  'server/cost': 'compares the CPU time of a request with that of node:http alone',
};

/**
 * Files that run at a time. Most tests wait for processes to start, to time out or to end: one for each
 * core leaves the cores idle.
 */
const CONCURRENCY = 4;

const args = process.argv.slice(2);
const filters = args.filter((arg) => !arg.startsWith('--'));
const isAll = args.includes('--all');
assertBuilt();
const files = filesOf('test', '.test.ts').filter(isAsked).sort();
const [alone, others] = [true, false].map((isAlone) =>
  files.filter((file) => isListed(file, ALONE) === isAlone),
);
if (files.length === 0) {
  console.error(`No test file under test/ has one of these in its path: ${filters.join(', ')}`);
  process.exit(1);
}
// All of them run, also after a failure.
const failures = [...run(alone, 1), ...run(others, CONCURRENCY)];
const failed = files.filter((file) => failures.some((failure) => failure.file === file));
for (const { file, test } of failures) console.log(`# failed: ${file}: ${test}`);
// A run that fails in hundreds of files is broken, not unlucky.
const isBroken = failures.length > 0 && (failed.length === 0 || failed.length > 5);
if (failed.length > 0 && !isBroken) {
  console.log(`# Runs again, each alone: ${failed.join(', ')}`);
  const again = run(failed, 1);
  for (const { file, test } of again) console.log(`# failed twice: ${file}: ${test}`);
  process.exit(again.length > 0 ? 1 : 0);
}
process.exit(isBroken ? 1 : 0);

/** Tests run what was built, which is what ships. */
function assertBuilt() {
  const newest = filesOf('src', '.ts').reduce((a, b) => (changed(a) > changed(b) ? a : b));
  if (changed('dist/cli.js') >= changed(newest)) return;
  console.error(`dist/ is older than ${newest}, and tests run dist/. Run: node build.mjs`);
  process.exit(1);
}

function isAsked(file) {
  if (filters.length > 0) return filters.some((filter) => file.includes(filter));
  return isAll || !(isListed(file, SLOW) || isListed(file, ALONE));
}

function isListed(file, list) {
  return Object.keys(list).some((start) => file.startsWith(`test/${start}`));
}

/** Gives what failed, as { file, test }. Without a terminal it prints TAP, with all Nodes. */
function run(files, concurrency) {
  if (files.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), 'barefn-tests-'));
  const failuresFile = join(folder, 'failures');
  const flags = [
    '--test',
    `--test-concurrency=${concurrency}`,
    `--test-reporter=${process.stdout.isTTY ? 'spec' : 'tap'}`,
    '--test-reporter-destination=stdout',
    '--test-reporter=./test/support/failures.mjs',
    `--test-reporter-destination=${failuresFile}`,
  ];
  const command = ['--import', 'tsx', ...flags, ...files];
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  const lines = readFileSync(failuresFile, 'utf8').split('\n').slice(0, -1);
  rmSync(folder, { recursive: true });
  const failures = lines
    .map((line) => JSON.parse(line))
    .map(({ file, test }) => ({ file: relative('.', resolve(file)).replaceAll('\\', '/'), test }));
  if (status !== 0 && failures.length === 0)
    failures.push({ file: '', test: `the runner: ${status}` });
  return failures;
}

/** Not of node_modules, where a link to this repository would make it endless. */
function filesOf(folder, ending) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesOf(file, ending);
    return file.endsWith(ending) ? [file] : [];
  });
}

function changed(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
