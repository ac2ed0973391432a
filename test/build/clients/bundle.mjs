// Makes of any program what `barefn build` makes of a function: one file, and V8's compiled code of
// what ran until the first request was answered.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {object} Program
 * @property {string} code It listens on $PORT.
 * @property {string} from The directory that its packages are resolved from.
 * @property {string} out The directory that is written; `start.js` in it starts the program.
 * @property {Record<string, string>} [alias] Other names of modules.
 * @property {string} [node] What compiles it, and can start it then.
 * @property {Record<string, string>} env Of the first request, with a PORT that is free.
 *
 * @param {typeof import('esbuild').build} build
 * @param {Program} program
 */
export async function bundleWithCode(build, { code, from, out, alias, node, env }) {
  // The code of another Node may lie there.
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await build({
    stdin: { contents: code, resolveDir: from },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: path.join(out, 'bundle.js'),
    banner: { js: '(function (require, module, exports, __dirname, __filename) {' },
    footer: { js: '})' },
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'error',
    ...(alias && { alias }),
  });
  writeFileSync(path.join(out, 'warm.js'), `${start}${warm}`);
  execFileSync(node ?? process.execPath, [path.join(out, 'warm.js')], {
    env: { NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 60_000,
  });
  writeFileSync(path.join(out, 'start.js'), start);
}

const start = `const fs = require('fs'), vm = require('vm');
const file = __dirname + '/bundle.js', cache = __dirname + '/bundle.cache';
const cachedData = fs.existsSync(cache) ? fs.readFileSync(cache) : undefined;
const script = new vm.Script(fs.readFileSync(file, 'utf8'), { filename: file, cachedData });
if (script.cachedDataRejected) throw new Error('The cache does not fit.');
script.runInThisContext()(require, module, exports, __dirname, file);
`;

const warm = `(async () => {
  const http = require('http');
  const ask = () => new Promise((resolve, reject) => {
    http.get({ port: process.env.PORT }, (res) => res.resume().on('end', resolve)).on('error', reject);
  });
  for (;;) {
    try { await ask(); break; }
    catch { await new Promise((resolve) => setTimeout(resolve, 10)); }
  }
  fs.writeFileSync(cache, script.createCachedData());
  process.exit(0);
})();
`;
