// Runs test files with Node's own test runner:
//   node test/run.mjs                the tests of `npm test`: all files but those of the two lists
//   node test/run.mjs --all          every test file
//   node test/run.mjs FILTER ...     the files whose path has one of these texts in it
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';

/** What `npm test` leaves out, by the beginnings of paths below test/, and why. */
const SLOW = {
  'drop-in/': 'starts both of Google’s packages and barefn with hundreds of settings',
  'fuzz/': 'sends thousands of random inputs',
  'frameworks/': 'loads large frameworks, and a browser',
  'types/': 'runs several compilers, and installs what they need',
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
const statuses = [run(alone, 1), run(others, CONCURRENCY)];
process.exit(statuses.find((status) => status !== 0) ?? 0);

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

/** Returns the exit code. Without a terminal it prints TAP, with all Nodes. */
function run(files, concurrency) {
  if (files.length === 0) return 0;
  const reporter = process.stdout.isTTY ? 'spec' : 'tap';
  const flags = ['--test', `--test-concurrency=${concurrency}`, `--test-reporter=${reporter}`];
  const command = ['--import', 'tsx', ...flags, ...files];
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status ?? 1;
}

function filesOf(folder, ending) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith(ending) && !file.includes('node_modules'));
}

function changed(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
