// Cold starts of a function with heavy dependencies: as installed, with Node's compile cache,
// bundled by esbuild, and both.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { everyPair, measureStarts } from './cold-start.mjs';
import { startServer } from './server.mjs';
import { heavyHello } from './workloads/index.mjs';
import { createFolder } from './workspace.mjs';

const source = fileURLToPath(new URL('workloads/heavy-function.cjs', import.meta.url));
const exitOnSigterm = fileURLToPath(new URL('workloads/exit-on-sigterm.cjs', import.meta.url));
/**
 * @param {import('./cold-start.mjs').Bench} bench
 */
export async function measureHeavyStarts(bench) {
  const folder = createFolder();
  await bundleFunction(folder);
  const starts = everyPair(bench).flatMap((pair) => startsOf(pair, folder));
  for (const { start, usesCache } of starts) if (usesCache) await fillCompileCache(start);
  await measureStarts(bench, 'heavy-start', starts, { most: bench.options.heavySamples });
}

/** @type {(pair: ReturnType<typeof everyPair>[number], folder: string) => { variant: string, usesCache: boolean, start: import('./server.mjs').Start }[]} */
function startsOf({ subject, runtime }, folder) {
  const bundle = bundleIn(folder);
  if (!subject.args?.('heavy', source)) return [];
  const hasCache = offersCompileCache(runtime);
  return [
    { variant: 'as installed', functionFile: source, usesCache: false },
    { variant: 'compile cache', functionFile: source, usesCache: true },
    { variant: 'bundled', functionFile: bundle, usesCache: false },
    { variant: 'bundled, compile cache', functionFile: bundle, usesCache: true },
  ]
    .filter(({ usesCache }) => hasCache || !usesCache)
    .map(({ variant, functionFile, usesCache }) => {
      /** @type {Record<string, string>} */
      const env = usesCache ? { NODE_COMPILE_CACHE: path.join(folder, 'compile') } : {};
      return {
        variant,
        usesCache,
        start: { subject, runtime, firstRequest: heavyHello, functionFile, env },
      };
    });
}

/** node:module's compile cache came with Node 22.1, on by environment variable. */
function offersCompileCache(/** @type {import('./server.mjs').Runtime} */ { name, version }) {
  return name.startsWith('node') && Number.parseInt(version, 10) >= 22;
}

/** Node writes the cache when the process ends by itself. @param {import('./server.mjs').Start} start */
async function fillCompileCache(start) {
  const server = await startServer({ ...start, runtimeArgs: ['--require', exitOnSigterm] }).catch(
    () => undefined,
  );
  if (!server) return; // it will fail again, recorded
  process.kill(server.pid, 'SIGTERM');
  await Promise.race([server.ended, new Promise((resolve) => setTimeout(resolve, 5000))]);
  await server.stop();
}

/** @param {string} folder */
function bundleIn(folder) {
  return path.join(folder, 'heavy-function.bundle.cjs');
}

/** @param {string} folder */
async function bundleFunction(folder) {
  const { build } = createRequire(import.meta.url)('esbuild');
  await build({
    entryPoints: [source],
    outfile: bundleIn(folder),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
}
