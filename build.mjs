// Builds dist/: the code and its declarations.
//   node build.mjs              installs what is missing, bundles, emits declarations
//   node build.mjs --no-types   the same without declarations (what `npm start` needs)
//
// Compiling costs 35 µs a KB at each start, also of code that does not run. So dist/cli.js holds the
// modules that src/cli.ts imports, which the first request of an HTTP function needs. Modules that are
// only required within functions are in a few other files, by their folder in src/. A module that is
// imported or required from another file is that file: it exports the names of all its modules.
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './build/install.mjs';
import { ENTRY_POINTS, FILES, fileOfFolder, isPartOf } from './build/layout.mjs';
import { writeMediaTypes } from './build/media-types.mjs';
import {
  fileForPrograms,
  fileOfModules,
  importsOf,
  namesOf,
  otherFiles,
  takenNames,
} from './build/modules.mjs';

process.chdir(path.dirname(fileURLToPath(import.meta.url)));

const OPTIONS = {
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
};

/**
 * esbuild writes a require() for each module that imports from another file. Of the file that node was
 * started with, node looks for the path each time, which takes 0.2 M instructions.
 */
const LOAD_ONCE = `require = ((load, loaded = {}) =>
  Object.assign((name) => (loaded[name] ??= load(name)), load))(require);`;

await installDependencies();
writeMediaTypes();
rmSync('dist', { recursive: true, force: true });
await buildCode();
await buildPage();
if (!process.argv.includes('--no-types')) {
  await (await import('./build/declarations.mjs')).writeDeclarations();
}

async function buildCode() {
  const { build } = await import('esbuild');
  const files = readdirSync('src', { recursive: true }).filter((file) => file.endsWith('.ts'));
  const modules = files.map((file) => file.slice(0, -'.ts'.length).replaceAll(path.sep, '/'));
  const names = await namesOf(build, OPTIONS, modules);
  const imported = await importsOf(build, OPTIONS, 'cli');
  const fileOf = (name) =>
    imported.has(name) ? 'cli' : (ENTRY_POINTS[name] ?? fileOfFolder(name));

  const write = (file, lines, more) => {
    const stdin = { contents: lines.join('\n'), sourcefile: `${file}.js`, resolveDir: 'src' };
    const plugins = [otherFiles((...module) => isPartOf(file, ...module), fileOf)];
    return build({ ...OPTIONS, stdin, outfile: `dist/${file}.js`, plugins, ...more });
  };
  // Its exports are made at each start. Of other files, what a build writes takes names, too.
  const isTakenOfCli = takenNames(
    names,
    (module, from) => fileOf(from) === 'cli' && !isPartOf(fileOf(module), from, 'cli'),
  );
  for (const file of FILES) {
    const own = modules.filter((name) => fileOf(name) === file);
    const lines = fileOfModules(own, names, file === 'cli' ? isTakenOfCli : () => true);
    if (file === 'cli') lines.push('if (require.main === module) main();');
    await write(file, lines, {
      banner: { js: file === 'cli' ? '#!/usr/bin/env node' : LOAD_ONCE },
    });
  }
  await write('index', fileForPrograms(names.index.exported, './index'));
  for (const [name, file] of Object.entries(ENTRY_POINTS)) {
    const lines = fileForPrograms(names[name].exported, `./${file}.js`);
    await write(name, lines, { external: ['./*'], plugins: [] });
  }
  chmodSync('dist/cli.js', 0o755);
}

/** What a browser loads of the development page: a script and a style. */
async function buildPage() {
  const { build } = await import('esbuild');
  await build({
    entryPoints: { main: 'src/dev/page/static/main.mjs', page: 'src/dev/page/static/page.css' },
    outdir: 'dist/page',
    bundle: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
}
