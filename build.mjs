// Builds dist/: the code and its declarations.
//   node build.mjs              installs what is missing, bundles, emits declarations
//   node build.mjs --no-types   the same without declarations (what `npm start` needs)
//
// Compiling costs 35 µs a KB at each start, also of code that does not run. So dist/cli.js holds the
// modules that src/cli.ts imports, which the first request of an HTTP function needs. Modules that are
// only required within functions lie in a few other files, by their folder in src/. A module that is
// imported or required from another file is that file: it exports the names of all its modules.
import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeMediaTypes } from './media-types.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
process.chdir(root);

/** The file of each folder, for modules that cli.ts does not import: the longest path counts. */
const FOLDERS = {
  http: 'http',
  'http/media-types': 'media-types',
  'http/express4': 'express4',
  'http/express4/members': 'express4-members',
  'load/express4': 'express4',
  cloudevents: 'codec',
  google: 'events',
  'google/firestore': 'firestore',
  signatures: 'events',
  'signatures/web': 'web',
  'signatures/late-modules': 'extras',
  'signatures/express4': 'express4',
  'core/standard-schema': 'events',
  'core/header-syntax': 'http',
  'core/media-type': 'http',
  'server/http2': 'http2',
  'process/workers': 'workers',
  cli: 'tools',
  dev: 'tools',
  'dev/unanswered': 'extras',
  '': 'extras',
};
const FILES = ['cli', ...new Set(Object.values(FOLDERS))];
/** Entry points that show some names of another file. */
const ENTRY_POINTS = { server: 'cli', testing: 'cli', cloudevents: 'codec', google: 'firestore' };

/**
 * esbuild writes a require() for each module that imports from another file. Of the file that node was
 * started with, node looks for the path each time, which takes 0.2 M instructions.
 */
const LOAD_ONCE = `require = ((load, loaded = {}) =>
  Object.assign((name) => (loaded[name] ??= load(name)), load))(require);`;

if (!isLink('node_modules') && isStale('node_modules/.package-lock.json', 'package-lock.json')) {
  console.error('barefn: installing development dependencies…');
  execFileSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
  });
}
writeMediaTypes();
rmSync('dist', { recursive: true, force: true });
await buildCode();
if (!process.argv.includes('--no-types')) {
  await (await import('./declarations.mjs')).writeDeclarations();
}

async function buildCode() {
  const { build } = await import('esbuild');
  const options = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    // Users read stack traces and step through this code: it keeps its names and its lines. At the
    // start that costs no instructions; what is not minified at all costs 1 to 3 % of them.
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
    logOverride: { 'commonjs-variable-in-esm': 'silent', 'unsupported-require-call': 'silent' },
    metafile: true,
  };
  const files = readdirSync('src', { recursive: true }).filter((file) => file.endsWith('.ts'));
  const modules = files.map((file) => file.slice(0, -'.ts'.length).replaceAll(path.sep, '/'));
  const exported = await exportsOf(build, options, modules);

  const plugins = [otherFiles('cli', (_, kind) => (kind === 'require-call' ? 'later' : 'cli'))];
  const imported = await build({ ...options, write: false, entryPoints: ['src/cli.ts'], plugins });
  const isImported = (name) => `src/${name}.ts` in imported.metafile.inputs;
  const fileOf = (name) => (isImported(name) ? 'cli' : fileOfPath(name));

  const write = (file, lines, more) => {
    const stdin = {
      contents: lines.join('\n'),
      sourcefile: `${file}.js`,
      resolveDir: `${root}/src`,
    };
    const outfile = `dist/${file}.js`;
    return build({ ...options, stdin, outfile, plugins: [otherFiles(file, fileOf)], ...more });
  };
  for (const file of FILES) {
    const own = modules.filter((name) => fileOf(name) === file || ENTRY_POINTS[name] === file);
    const names = namesOf(own, exported);
    const lines = [...names].map(
      ([name, keys]) => `import { ${keys.join(', ')} } from './${name}';`,
    );
    lines.push(`Object.assign(exports, { ${[...names.values()].flat().join(', ')} });`);
    if (file === 'cli') lines.push('if (require.main === module) main();');
    await write(file, lines, {
      banner: { js: file === 'cli' ? '#!/usr/bin/env node' : LOAD_ONCE },
    });
  }
  await write('index', entryPoint(exported.index, './index'));
  for (const [name, file] of Object.entries(ENTRY_POINTS)) {
    await write(name, entryPoint(exported[name], `./${file}.js`), {
      external: ['./*'],
      plugins: [],
    });
  }
  chmodSync('dist/cli.js', 0o755);
}

function fileOfPath(name) {
  const folders = Object.keys(FOLDERS).filter((path) => `${name}/`.startsWith(path && `${path}/`));
  return FOLDERS[folders.sort((a, b) => b.length - a.length)[0]];
}

/**
 * Takes modules that lie in another file from there, so that each ships once and has its state once. What
 * index.js, the codec and firestore.js import they hold themselves: they are loaded without cli.js, too.
 */
function otherFiles(current, fileOf) {
  return {
    name: 'other-files',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ path: specifier, resolveDir, kind, importer }) => {
        if (specifier.endsWith('/package.json')) return { path: '../package.json', external: true };
        const module = path.relative(`${root}/src`, path.resolve(resolveDir, specifier));
        const file = fileOf(module, kind);
        const isOwn = file === current || importer.endsWith('.js');
        const isShared = file === 'cli' || module.startsWith('core/');
        const isAlone = current === 'codec' || current === 'firestore';
        const holdsImports = current === 'index' || (isAlone && isShared);
        return isOwn || holdsImports ? undefined : { path: `./${file}.js`, external: true };
      });
    },
  };
}

/** The names that each module exports. */
async function exportsOf(build, options, modules) {
  const entryPoints = modules.map((name) => `src/${name}.ts`);
  const alone = { bundle: false, format: 'esm', write: false, outdir: 'dist', outbase: 'src' };
  const { metafile } = await build({ ...options, ...alone, entryPoints });
  const outputs = Object.entries(metafile.outputs);
  return Object.fromEntries(
    outputs.map(([file, output]) => [file.slice('dist/'.length, -'.js'.length), output.exports]),
  );
}

/**
 * What each module gives to the exports of its file. Entry points pass some names of other modules on.
 * Two modules that export one name are an error, which esbuild reports.
 */
function namesOf(modules, exported) {
  const [entryPoints, others] = [/^[^/]*$/, /\//].map((kind) =>
    modules.filter((name) => kind.test(name)),
  );
  const seen = new Set(others.flatMap((name) => exported[name]));
  const names = new Map(others.map((name) => [name, exported[name]]));
  for (const name of entryPoints) {
    names.set(
      name,
      exported[name].filter((key) => !seen.has(key)),
    );
    for (const key of exported[name]) seen.add(key);
  }
  return names;
}

/**
 * A file for programs. Its names can be replaced, as jest.spyOn and sinon.stub do: esbuild would export
 * getters. The marks let compiled `import * as` and `import framework from` give the module itself.
 */
function entryPoint(names, from) {
  return [
    `import { ${names.join(', ')} } from '${from}';`,
    // Node finds names in this form for `import { http } from`.
    ...names.map((name) => `exports.${name} = ${name};`),
    `Object.defineProperties(exports, { __esModule: { value: true }, default: { value: exports } });`,
  ];
}

/** True for a link: npm ci would empty the folder of another checkout. */
function isLink(file) {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** True when `output` is missing or older than `input`; npm writes its two lock files in a row. */
function isStale(output, input) {
  const made = statSync(output, { throwIfNoEntry: false });
  return made === undefined || made.mtimeMs + 10_000 < statSync(input).mtimeMs;
}
