// Cold starts of a function with heavy dependencies: as installed, with Node's compile cache, the
// function bundled by esbuild, and the whole program in one file.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { everyPair, measureStarts } from './cold-start.mjs';
import { startServer } from './server.mjs';
import { heavyHello } from './workloads/index.mjs';
import { createFolder } from './workspace.mjs';

/**
 * @typedef {import('./server.mjs').Start} Start
 * @typedef {{ variant: string, start: Start, cached?: boolean }} Variant
 */

const source = fileURLToPath(new URL('workloads/heavy-function.cjs', import.meta.url));
const exitOnSigterm = fileURLToPath(new URL('workloads/exit-on-sigterm.cjs', import.meta.url));
const command = fileURLToPath(new URL('node_modules/barefn/dist/cli.js', import.meta.url));
const programs = ['raw', 'functions-framework', 'fastify'];

/**
 * @param {import('./cold-start.mjs').Bench} bench
 */
export async function measureHeavyStarts(bench) {
  const folder = createFolder();
  const bundle = path.join(folder, 'heavy-function.cjs');
  await bundleTo(source, bundle);
  for (const name of programs) await bundleTo(programOf(name), path.join(folder, `${name}.cjs`));
  const starts = everyPair(bench).flatMap((pair) => [
    ...startsOf(pair, bundle, folder),
    ...startsOfOneFile(pair, folder),
  ]);
  for (const { start, cached } of starts) if (cached) await fillCompileCache(start);
  await measureStarts(bench, 'heavy-start', starts, { most: bench.options.heavySamples });
}

/** @type {(pair: ReturnType<typeof everyPair>[number], bundle: string, folder: string) => Variant[]} */
function startsOf({ subject, runtime }, bundle, folder) {
  if (!subject.args?.('heavy', source)) return [];
  const base = { subject, runtime, firstRequest: heavyHello };
  const env = cacheIn(folder);
  /** @type {Variant[]} */
  const plain = [
    { variant: 'as installed', start: { ...base, functionFile: source } },
    { variant: 'function bundled', start: { ...base, functionFile: bundle } },
  ];
  if (!offersCompileCache(runtime)) return plain;
  const cached = { cached: true, start: { ...base, functionFile: source, env } };
  return [...plain, { variant: 'compile cache', ...cached }];
}

/**
 * barefn's own build, which keeps V8's compiled code; the others bundled by esbuild, with Node's
 * compile cache where there is one.
 * @type {(pair: ReturnType<typeof everyPair>[number], folder: string) => Variant[]}
 */
function startsOfOneFile({ subject, runtime }, folder) {
  const variant = 'one file';
  const base = { subject, runtime, firstRequest: heavyHello };
  if (subject.name === 'barefn' && runtime.name.startsWith('node'))
    return [{ variant, start: { ...base, program: [buildWithBarefn(runtime, folder)] } }];
  if (!programs.includes(subject.name)) return [];
  const program = [path.join(folder, `${subject.name}.cjs`)];
  if (!offersCompileCache(runtime)) return [{ variant, start: { ...base, program } }];
  return [{ variant, cached: true, start: { ...base, program, env: cacheIn(folder) } }];
}

/** @type {(runtime: import('./server.mjs').Runtime, folder: string) => string} */
function buildWithBarefn(runtime, folder) {
  const out = path.join(folder, `build-${runtime.name}`);
  const [program, ...args] = runtime.command;
  const options = ['build', '--target=heavy', `--source=${source}`, `--out=${out}`];
  execFileSync(program, [...args, command, ...options], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return path.join(out, 'start.js');
}

/** @param {string} folder */
function cacheIn(folder) {
  return { NODE_COMPILE_CACHE: path.join(folder, 'compile') };
}

/** node:module's compile cache came with Node 22.1, on by environment variable. */
function offersCompileCache(/** @type {import('./server.mjs').Runtime} */ { name, version }) {
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

/** @param {string} name */
function programOf(name) {
  return fileURLToPath(new URL(`subjects/one-file/${name}.cjs`, import.meta.url));
}

/** @type {(entry: string, outfile: string) => Promise<void>} */
async function bundleTo(entry, outfile) {
  const { build } = createRequire(import.meta.url)('esbuild');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
}
