// Cold starts of a function with heavy dependencies: as installed, with Node's compile cache,
// bundled by esbuild, and both.
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { everyPair, measureStart } from './cold-start.mjs';
import { recordOrFail } from './failure.mjs';
import { startServer } from './server.mjs';
import { shuffle } from './stats.mjs';
import { heavyHello } from './workloads/index.mjs';

const source = fileURLToPath(new URL('workloads/heavy-function.cjs', import.meta.url));
const exitOnSigterm = fileURLToPath(new URL('workloads/exit-on-sigterm.cjs', import.meta.url));
const cacheFolder = fileURLToPath(new URL('.cache/', import.meta.url));
const bundle = path.join(cacheFolder, 'heavy-function.bundle.cjs');

/**
 * @param {import('./cold-start.mjs').Bench} bench
 */
export async function measureHeavyStarts(bench) {
  await bundleFunction();
  const starts = everyPair(bench).flatMap(startsOf);
  for (const { start, usesCache } of starts) if (usesCache) await fillCompileCache(start);
  const { heavySamples } = bench.options;
  for (let round = -1; round < heavySamples; round++) {
    for (const { variant, start } of shuffle(starts, bench.random)) {
      const { name: subject } = start.subject;
      const key = { experiment: 'heavy-start', subject, runtime: start.runtime.name, variant };
      if (round < 0)
        await measureStart(start).catch(() => undefined); // fills the page cache
      else
        await recordOrFail(bench.recorder, key, async () => ({
          round,
          ...(await measureStart(start)),
        }));
    }
    bench.progress(round + 2, heavySamples + 1);
  }
}

/** @param {ReturnType<typeof everyPair>[number]} pair */
function startsOf({ subject, runtime }) {
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
      const env = usesCache ? { NODE_COMPILE_CACHE: path.join(cacheFolder, 'compile') } : {};
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

async function bundleFunction() {
  mkdirSync(cacheFolder, { recursive: true });
  rmSync(path.join(cacheFolder, 'compile'), { recursive: true, force: true });
  const { build } = createRequire(import.meta.url)('esbuild');
  await build({
    entryPoints: [source],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
}
