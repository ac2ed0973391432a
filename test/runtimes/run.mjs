// Runs the tests on other runtimes, and prints a table: node test/runtimes/run.mjs [--wire] [name ...]
//   names    node-20.19.0 node-22 node-24 node-26 bun deno, all of them by default; or lowest, newest
//   --wire   only the tests that serve functions: others hardly depend on the version of Node
// Runtimes come from npm. One that cannot be had, as without a network, is skipped.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { install, reasonOf } from './install.mjs';

const nodes = ['20.19.0', '22', '24', '26'].map((version) => `node-${version}`);
const lowest = nodes[0];
const newest = nodes.at(-1);
/** Tests of texts, types, packing and of Google's package, which take most of the time. */
const still = /^(architecture|package|types|drop-in|google|cloudevents|recipes|readme|hostile)\b/;

const words = process.argv.slice(2);
const wire = words.includes('--wire');
const names = words.filter((word) => word !== '--wire');
const asked = names.length === 0 ? [...nodes, 'bun', 'deno'] : names.map(byMeaning);

const rows = asked.map((name) => {
  console.log(`\n— ${name} —`);
  const started = performance.now();
  const outcome = runOn(name);
  return { runtime: name, ...outcome, seconds: Math.round((performance.now() - started) / 1000) };
});
console.log();
console.table(Object.fromEntries(rows.map(({ runtime, ...row }) => [runtime, row])));
process.exit(rows.some(({ result }) => result === 'failed') ? 1 : 0);

function byMeaning(name) {
  return { lowest, newest }[name] ?? name;
}

function runOn(name) {
  let command;
  try {
    command = install(name);
  } catch (error) {
    console.log(`Skipped: npm could not install ${name}: ${reasonOf(error)}`);
    return { version: '', result: 'skipped' };
  }
  const version = execFileSync(command[0], ['--version'], { encoding: 'utf8' }).split('\n')[0];
  const status = name.startsWith('node-') ? runSuite(command[0]) : runSmoke(command);
  return { version: version.replace(/ \(.*/, ''), result: status === 0 ? 'passed' : 'failed' };
}

/** The whole suite, or its tests of the wire; whatever the tests start by name is this Node too. */
function runSuite(node) {
  const PATH = [path.dirname(node), process.env.PATH].join(path.delimiter);
  const filters = wire ? wireTests() : [];
  return spawnSync(node, ['test/run.mjs', ...filters], {
    stdio: 'inherit',
    env: { ...process.env, PATH },
  }).status;
}

function runSmoke(command) {
  return spawnSync(process.execPath, ['test/run.mjs', 'runtimes/smoke'], {
    stdio: 'inherit',
    env: { ...process.env, BAREFN_RUNTIME: JSON.stringify(command) },
  }).status;
}

function wireTests() {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !still.test(file))
    .map((file) => `test/${file}`);
}
