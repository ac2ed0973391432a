import type { Built } from '../../built/built';
import { HELPERS } from './module-text';

/** The bundle, V8's compiled code of it, and what starts it. */
export const BUNDLE = 'bundle.js';
export const CACHE = 'bundle.cache';
export const START = 'start.js';

/** What the entry point tells the framework, but for what it finds out at run time. */
export type EntryPoint = Pick<Built, 'target' | 'signatureType' | 'express' | 'isAsync'> & {
  /** The file, relative to the build. */
  readonly name: string;
  /** The file, absolute. */
  readonly file: string;
};

/** The module that esbuild starts from: it runs the command, which loads the function. */
export function entryText(entry: EntryPoint, cli: string): string {
  const { target, signatureType, express, isAsync, name, file } = entry;
  const load = `${isAsync ? 'import' : 'require'}(${JSON.stringify(file)})`;
  return `import { main } from ${JSON.stringify(cli)};
main({
  ...${JSON.stringify({ target, signatureType, express, isAsync })},
  file: ${HELPERS}.path(${JSON.stringify(name)}),
  bundle: ${HELPERS}.path(${JSON.stringify(BUNDLE)}),
  cache: __barefnState.cache,
  load: () => ${load},
}, __barefnState);`;
}

/** A bundle is the text of a function, so that it has variables and parameters of its own. */
export function wrapperOf(isAsync: boolean): { banner: string; footer: string } {
  const parameters = '(require, module, __barefnDirectory, __barefnState)';
  return {
    banner: `(${isAsync ? 'async ' : ''}function ${parameters} {\n${HELPER_TEXT}`,
    footer: `})\n//# sourceMappingURL=${BUNDLE}.map`,
  };
}

/** What a file of its own, such as that of a worker, begins with. */
export function workerBanner(up: string): string {
  return `const __barefnDirectory = require('node:path').join(__dirname, ${JSON.stringify(up)});
const __barefnState = { load: (specifier, options) => import(specifier, options) };
${HELPER_TEXT}`;
}

/**
 * What modules need at run time:
 *
 * - `path(name)`: a path relative to the build, absolute
 * - `require(name)`: `require` of a module that was there, for names that only running the code shows
 * - `load(name)`: its `import()`
 * - `meta(name, was)`: `import.meta` of a module whose files are at `name` and which was at `was`
 */
const HELPER_TEXT = `const ${HELPERS} = {
  path: (name) => require('node:path').join(__barefnDirectory, name),
  require: (name) => require('node:module').createRequire(${HELPERS}.path(name)),
  url: (name) => require('node:url').pathToFileURL(${HELPERS}.path(name)).href,
  load: (name) => (specifier, options) =>
    __barefnState.load(/^\\.{1,2}\\//.test(specifier) ? new URL(specifier, ${HELPERS}.url(name)).href : specifier, options),
  meta: (name, was) => ({
    get filename() { return ${HELPERS}.path(name); },
    get dirname() { return require('node:path').dirname(${HELPERS}.path(name)); },
    get url() { return ${HELPERS}.url(name); },
    resolve: (specifier) => require('node:url').pathToFileURL(${HELPERS}.require(was).resolve(specifier)).href,
    main: false,
  }),
};`;

/** The checksums that start.js checks, and the Node that the cache is for. */
export interface StartFacts {
  readonly title: string;
  readonly bundle: string;
  readonly cache: string | undefined;
  readonly node: string;
  readonly isAscii: boolean;
}

/**
 * start.js: runs the bundle with V8's compiled code of it, if both are what was built. V8 itself refuses
 * the code of another version or other flags, but takes one with a changed byte or of another source.
 */
export function startText({ title, bundle, cache, node, isAscii }: StartFacts): string {
  return `'use strict';
// ${title}
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');
const { crc32 } = require('node:zlib');

const BUNDLE = ${JSON.stringify(bundle)};
const CACHE = ${JSON.stringify(cache ?? '')};
const NODE = ${JSON.stringify(node)};
const filename = require('node:path').join(__dirname, '${BUNDLE}');
const checksumOf = (bytes) => crc32(bytes).toString(16) + '-' + bytes.length;

function start() {
  const bytes = readFileSync(filename);
  if (checksumOf(bytes) !== BUNDLE) return '${BUNDLE} is not the file that was built';
  const state = { load: (specifier, options) => import(specifier, options) };
  const cachedData = readCache(state);
  const script = new Script(bytes.${isAscii ? 'latin1Slice()' : "toString('utf8')"}, { filename, cachedData });
  if (script.cachedDataRejected) state.cache = 'V8 refused it: it was made with other V8 flags';
  script.runInThisContext()(require, module, __dirname, state);
}

function readCache(state) {
  if (CACHE === '') state.cache = 'none was made';
  else if (NODE !== process.version + ' ' + process.arch) state.cache = 'it is for Node ' + NODE;
  else {
    try {
      const bytes = readFileSync(__dirname + '/${CACHE}');
      if (checksumOf(bytes) === CACHE) {
        state.cache = 'used';
        return bytes;
      }
      state.cache = 'it is not the file that was built';
    } catch (error) {
      state.cache = 'it cannot be read: ' + error.message;
    }
  }
}

const problem = start();
if (problem !== undefined && require.main === module) {
  console.error(problem + '. Build again: barefn build');
  process.exit(1);
}
// For the command, which serves the source then.
exports.problem = problem;
`;
}
