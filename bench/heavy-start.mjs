// Cold starts of functions with the clients of services: as installed, with Node's compile cache, and
// bundled, the whole program in one file with its compiled code.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWithCode } from '../test/build/clients/bundle.mjs';
import { everyPair, measureStarts } from './cold-start.mjs';
import { findFreePort } from './exchange.mjs';
import { startServer } from './server.mjs';
import { clientEnv, clientFunction, clientWorkload } from './workloads/clients.mjs';
import { createFolder } from './workspace.mjs';

/**
 * @typedef {import('./server.mjs').Start} Start
 * @typedef {import('./server.mjs').Runtime} Runtime
 * @typedef {ReturnType<typeof everyPair>[number]} Pair
 * @typedef {{ variant: string, start: Start }} Variant
 */

const here = fileURLToPath(new URL('.', import.meta.url));
const exitOnSigterm = path.join(here, 'workloads/exit-on-sigterm.cjs');
const command = path.join(here, 'node_modules/barefn/dist/cli.js');
const measured = ['raw', 'barefn', 'functions-framework', 'fastify'];

/** @param {import('./cold-start.mjs').Bench} bench */
export async function measureHeavyStarts(bench) {
  const startedAt = performance.now();
  const { clients, heavySamples } = bench.options;
  const subjects = bench.subjects.filter(({ name }) => measured.includes(name));
  const first = { ...bench, subjects, runtimes: bench.runtimes.slice(0, 1) };
  const folder = createFolder();
  const starts = [];
  for (const client of clients) {
    const file = path.join(folder, `${client}.cjs`);
    writeFileSync(file, clientFunction(client));
    for (const pair of everyPair(first)) {
      starts.push(...(await startsOf(bench, pair, client, file)));
      bench.progress(`heavy-start, builds ${pair.subject.name} with ${client}`);
    }
  }
  const seconds = bench.seconds - (performance.now() - startedAt) / 1000;
  await measureStarts({ ...bench, seconds }, 'heavy-start', starts, { most: heavySamples });
}

/** @type {(bench: import('./cold-start.mjs').Bench, pair: Pair, client: string, file: string) => Promise<Variant[]>} */
async function startsOf({ recorder }, { subject, runtime }, client, file) {
  const base = { subject, runtime, firstRequest: clientWorkload(client), env: clientEnv };
  const installed = { ...base, functionFile: file };
  /** @type {Variant[]} */
  const starts = [{ variant: `${client}, as installed`, start: installed }];
  const out = `${file}-${subject.name}-${runtime.name}`;
  if (offersCompileCache(runtime)) {
    const start = { ...installed, env: { ...clientEnv, NODE_COMPILE_CACHE: `${out}-cache` } };
    await fillCompileCache(start);
    starts.push({ variant: `${client}, compile cache`, start });
  }
  if (runtime.name.startsWith('node')) {
    const variant = `${client}, bundled`;
    const bundle = subject.name === 'barefn' ? buildWithBarefn : bundleOther;
    try {
      const program = [await bundle({ name: subject.name, runtime, file, out })];
      starts.push({ variant, start: { ...base, program } });
    } catch (error) {
      const key = {
        experiment: 'heavy-start',
        subject: subject.name,
        runtime: runtime.name,
        variant,
      };
      recorder.fail(
        key,
        `cannot be bundled: ${/** @type {Error} */ (error).message.slice(0, 300)}`,
      );
    }
  }
  return starts;
}

/** node:module's compile cache came with Node 22.1, on by environment variable. */
function offersCompileCache(/** @type {Runtime} */ { name, version }) {
  return name.startsWith('node') && Number.parseInt(version, 10) >= 22;
}

/** Node writes the cache when the process ends by itself. @param {Start} start */
async function fillCompileCache(start) {
  const server = await startServer({ ...start, runtimeArgs: ['--require', exitOnSigterm] }).catch(
    () => undefined,
  );
  if (!server) return; // it will fail again, recorded
  process.kill(server.pid, 'SIGTERM');
  await Promise.race([server.ended, new Promise((resolve) => setTimeout(resolve, 5000))]);
  await server.stop();
}

/** @typedef {{ name: string, runtime: Runtime, file: string, out: string }} Bundle */

/** @param {Bundle} bundle */
async function buildWithBarefn({ runtime, file, out }) {
  const [program, ...args] = runtime.command;
  const options = ['build', '--target=heavy', `--source=${file}`, `--out=${out}`];
  execFileSync(program, [...args, command, ...options], {
    cwd: path.dirname(file),
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return path.join(out, 'start.js');
}

/** The others as one file, with the compiled code kept in the same way. @param {Bundle} bundle */
async function bundleOther({ name, runtime, file, out }) {
  const { build } = createRequire(import.meta.url)('esbuild');
  await bundleWithCode(build, {
    code: readFileSync(path.join(here, `subjects/one-file/${name}.cjs`), 'utf8'),
    from: path.join(here, 'subjects/one-file'),
    out,
    alias: { 'the-function': file },
    node: runtime.command[0],
    env: { ...environment(), PORT: String(await findFreePort()) },
  });
  return path.join(out, 'start.js');
}

function environment() {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, ...clientEnv };
}
