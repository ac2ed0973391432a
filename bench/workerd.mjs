// Cloudflare's runtime. It serves a configuration, not a script: subjects/workerd.capnp.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installRuntime, runtimeFolder } from './installation.mjs';
import { installAlone } from './workspace.mjs';

const bench = fileURLToPath(new URL('.', import.meta.url));
const require = createRequire(import.meta.url);

/** @type {import('./server.mjs').Runtime | undefined} */
let workerd;

/**
 * Installs it at the first call, and bundles the function that it serves.
 * @returns {import('./server.mjs').Runtime}
 */
export function resolveWorkerd() {
  workerd ??= install();
  return workerd;
}

function install() {
  const binary = installRuntime('workerd', 'workerd');
  const manifest = path.join(runtimeFolder('workerd'), 'node_modules/workerd/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  installAlone(bench, bundleFunction);
  return { name: `workerd-${version}`, command: [binary], version };
}

/**
 * One module, as wrangler makes of a function before it is deployed. workerd can load CommonJS as it
 * is, but there every use of a global variable is slow.
 */
function bundleFunction() {
  /** @type {typeof import('esbuild')} */
  const { buildSync } = require('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: [path.join(bench, 'subjects/workerd.mjs')],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    write: false,
  });
  const file = path.join(bench, '.cache/workerd/function.mjs');
  const [{ text }] = outputFiles;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
