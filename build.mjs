// Builds dist/: the program, its rooms, its doors and their declarations.
//   node build.mjs              installs what is missing, bundles, emits declarations
//   node build.mjs --no-types   the same without declarations (what `npm start` needs)
//
// Compiling costs 35 µs a KB at each start, also of code that does not run. So cli.js holds what the
// first request of an HTTP function needs, and whatever the sources require() within a function goes
// into one of seven other files: http.js for the members of request and response, media-types.js for
// types that are rare, express4.js and express4-members.js for programs that were written for Express
// 4, events.js for event functions, commands.js for what does not serve in production, rooms.js for
// the rest.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeMediaTypes } from './media-types.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
process.chdir(root);

/** Doors into shared files: the file, and the names of it that the door shows. */
const inner = {
  server: { file: 'cli', names: ['createServer', 'HttpRequest', 'HttpResponse'] },
  testing: { file: 'cli', names: ['getFunction', 'getTestServer', 'invoke'] },
  cloudevents: {
    file: 'codec',
    names: ['decode', 'encode', 'isCloudEvent', 'BarefnError', 'HttpError'],
  },
};
/**
 * What compilers ask a CommonJS module for: `import * as` is to give the module itself, so that
 * `jest.spyOn` changes what the program calls, and `import framework from` gives it as well.
 */
const marks =
  'Object.defineProperties(exports, { __esModule: { value: true }, default: { value: exports } });';
const typed = ['index', 'testing', 'server', 'cloudevents'];

/**
 * For express4.js, which is loaded at the start: the program, when it is what node runs, is taken as it
 * is. To look for it costs 0.7 M instructions, and 0.2 M for each import that esbuild writes once more.
 */
const ownProgram = `require = ((load, { main }) => {
  const program = main?.filename === __dirname + '/cli.js' ? main.exports : undefined;
  return (name) => (name === './cli.js' && program) || load(name);
})(require, require);`;

if (!isLink('node_modules') && isStale('node_modules/.package-lock.json', 'package-lock.json')) {
  console.error('barefn: installing development dependencies…');
  execFileSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
  });
}

writeMediaTypes();
rmSync('dist', { recursive: true, force: true });
await bundleCode();
if (!process.argv.includes('--no-types')) await bundleDeclarations();

async function bundleCode() {
  const { build } = await import('esbuild');
  const options = {
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    // Users read stack traces and step through this code: it keeps its names and its lines. At the
    // start that costs no instructions; what is not minified at all costs 1 to 3 % of them.
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    logOverride: { 'commonjs-variable-in-esm': 'silent' },
  };
  await bundleIndex(build, options);
  // The codec is a file that event functions share.
  const codec = readdirSync('src/cloudevents').map((file) => `src/cloudevents/${file}`);
  await build({
    ...options,
    stdin: entry('codec.ts', reexport(['src/cloudevents.ts', ...codec])),
    outdir: undefined,
    outfile: 'dist/codec.js',
  });

  // What cli.ts imports is hot; what a function requires is found on the way.
  const rooms = new Map();
  const { metafile } = await build({
    ...options,
    write: false,
    entryPoints: ['src/cli.ts'],
    plugins: [roomsElsewhere(rooms)],
  });
  const hot = Object.keys(metafile.inputs).filter((file) => /^src\/.*\.ts$/.test(file));
  const files = {
    commands: new Map(),
    events: new Map(),
    rooms: new Map(),
    express4: new Map(),
    'express4-members': new Map(),
    http: new Map(),
    'media-types': new Map(),
  };
  for (const [room, file] of rooms) files[fileOf(room)].set(room, file);

  await bundleProgram(build, { ...options, plugins: [roomsElsewhere(rooms)] }, reexport(hot));
  for (const [name, members] of Object.entries(files)) {
    const lines = [...members].map(([room, file], index) =>
      // What starts need is read once, not once more as the text of a function: −2 M instructions.
      name === 'express4'
        ? `import * as room${index} from '${file}'; exports['${room}'] = () => room${index};`
        : `exports['${room}'] = () => require('${file}');`,
    );
    await build({
      ...options,
      stdin: entry(`${name}.ts`, lines.join('\n')),
      outdir: undefined,
      outfile: `dist/${name}.js`,
      plugins: [othersElsewhere(name, hot, files)],
      ...(name === 'express4' ? { banner: { js: ownProgram } } : {}),
    });
  }
  chmodSync('dist/cli.js', 0o755);
  for (const [door, { file, names }] of Object.entries(inner)) {
    const lines = names.map((name) => `exports.${name} = require('./${file}.js').${name};\n`);
    writeFileSync(`dist/${door}.js`, ["'use strict';\n", ...lines, `${marks}\n`].join(''));
  }
}

/** Registration. esbuild would export getters, which neither `jest.spyOn` nor `sinon.stub` can replace. */
async function bundleIndex(build, options) {
  const outfile = { ...options, outdir: undefined, outfile: 'dist/index.js' };
  const everything = "export * from './src/index';";
  const names = await exportedNames(build, outfile, entry('index.ts', everything));
  const lines = names.map((name) => `exports.${name} = ${name};`);
  const text = [`import { ${names.join(', ')} } from './src/index';`, ...lines, marks].join('\n');
  await build({ ...outfile, stdin: entry('index.ts', text) });
}

/** esbuild tells the names of ES modules only. */
async function exportedNames(build, options, stdin) {
  const { metafile } = await build({ ...options, stdin, format: 'esm', write: false });
  return metafile.outputs[options.outfile].exports;
}

/**
 * The program, with the names that its rooms ask for. esbuild would export a getter for each, before
 * anything runs: a plain object saves 0.4 ms and 60 kB at each start.
 */
async function bundleProgram(build, options, everything) {
  const program = { ...options, outdir: undefined, outfile: 'dist/cli.js' };
  const names = (await exportedNames(build, program, entry('program.ts', everything))).join(', ');
  const main = `import { ${names} } from 'everything';
    module.exports = { ${names} };
    if (require.main === module) main();`;
  const everythingPlugin = {
    name: 'everything',
    setup(build) {
      build.onResolve({ filter: /^everything$/ }, ({ path }) => ({ path, namespace: 'program' }));
      build.onLoad({ filter: /.*/, namespace: 'program' }, () => ({
        contents: everything,
        resolveDir: root,
      }));
    },
  };
  await build({
    ...program,
    stdin: entry('cli.ts', main),
    banner: { js: '#!/usr/bin/env node' },
    plugins: [everythingPlugin, ...options.plugins],
  });
}

/**
 * Turns `require('./x')` of a module of ours into a look into the file that holds its room. It is done
 * in the text: for esbuild each would be a module, whose wrappers cost 2 kB at each start.
 */
function roomsElsewhere(rooms) {
  return {
    name: 'rooms-elsewhere',
    setup(build) {
      build.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path: file }) => {
        const look = (call, specifier) => {
          if (specifier.endsWith('.json')) return call;
          const target = path.resolve(path.dirname(file), specifier);
          const room = path.relative(path.join(root, 'src'), target);
          rooms.set(room, target);
          return lookIntoRoom(room);
        };
        const text = readFileSync(file, 'utf8');
        return { contents: text.replace(/\brequire\('(\.\.?\/[^']+)'\)/g, look), loader: 'ts' };
      });
      const filter =
        /^\.\/(http|media-types|events|commands|rooms|express4(-members)?)\.js$|^\.\.\/package\.json$/;
      build.onResolve({ filter }, ({ path: specifier }) => ({ path: specifier, external: true }));
    },
  };
}

/**
 * In a file of rooms, modules of the program are the program's, so that their state exists once, and
 * modules of a later file are that file's, so that the package holds them once.
 */
function othersElsewhere(name, hot, files) {
  const hotFiles = new Set(hot.map((file) => path.resolve(file)));
  const order = Object.keys(files);
  return {
    name: 'others-elsewhere',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ path: specifier, resolveDir, namespace }) => {
        if (namespace === 'room') return { path: specifier, external: true };
        const file = path.resolve(resolveDir, specifier);
        if (hotFiles.has(`${file}.ts`)) return { path: './cli.js', external: true };
        const room = path.relative(path.join(root, 'src'), file);
        if (room.startsWith('cloudevents/')) return { path: './codec.js', external: true };
        const owner = fileOf(room);
        if (order.indexOf(owner) <= order.indexOf(name)) return undefined;
        files[owner].set(room, file);
        return { path: room, namespace: 'room' };
      });
      build.onLoad({ filter: /.*/, namespace: 'room' }, roomInItsFile);
    },
  };
}

function roomInItsFile({ path: room }) {
  return {
    contents: `module.exports = ${lookIntoRoom(room)};`,
    resolveDir: root,
  };
}

function lookIntoRoom(room) {
  return `require('./${fileOf(room)}.js')['${room}']()`;
}

function fileOf(room) {
  if (/^(commands|development)\//.test(room)) return 'commands';
  if (room === 'http/all-media-types') return 'media-types';
  if (room.startsWith('http/')) return 'http';
  if (/^express4\/(express4|bodies|request|response)$|^load\/express-wish/.test(room))
    return 'express4';
  if (/^express4\/|^load\/version-range/.test(room)) return 'express4-members';
  return /^(legacy|signatures)\//.test(room) ? 'events' : 'rooms';
}

function entry(sourcefile, contents) {
  return { contents, sourcefile, resolveDir: root, loader: 'ts' };
}

/** Modules with all their names, for the files that share them. */
function reexport(hot) {
  return hot.map((file) => `export * from './${file.slice(0, -3)}';`).join('\n');
}

async function bundleDeclarations() {
  const { rollup } = await import('rollup');
  const { dts } = await import('rollup-plugin-dts');
  const bundle = await rollup({
    input: Object.fromEntries(typed.map((door) => [door, `src/${door}.ts`])),
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    plugins: [dts()],
  });
  const { output } = await bundle.generate({
    format: 'es',
    entryFileNames: '[name].d.ts',
    manualChunks: (id) => (typed.includes(path.basename(id, '.ts')) ? undefined : 'types'),
    chunkFileNames: '[name].d.ts',
    // Compilers that name a type of ours in declarations of a program take the name from here.
    minifyInternalExports: false,
  });
  await bundle.close();
  for (const { fileName, code } of output) {
    const door = path.basename(fileName, '.d.ts');
    const text = nodeReferred(passUnresolvedExpress(withoutPrivates(code)));
    const exported = typed.includes(door) ? typesApart(door, text) : exportedInPlace(text);
    writeFileSync(`dist/${fileName}`, exported);
  }
}

/** A door shows classes whose values are behind another one: here they are types. */
function typesApart(door, code) {
  const values = Object.keys(createRequire(import.meta.url)(`./dist/${door}.js`));
  return code.replace(/^export \{ (.*) \}(.*;)\n/gm, (_, list, from) => {
    const names = list.split(', ');
    const isValue = (name) => values.includes(name);
    return [
      ['export', names.filter(isValue)],
      ['export type', names.filter((name) => !isValue(name))],
    ]
      .filter(([, some]) => some.length > 0)
      .map(([word, some]) => `${word} { ${some.join(', ')} }${from}\n`)
      .join('');
  });
}

/** TypeScript before 5.4 names a type by a door only if it was exported where it is declared. */
function exportedInPlace(code) {
  const lists = /^export (?:type )?\{ (.*) \};\n/gm;
  const names = [...code.matchAll(lists)].flatMap(([, list]) => list.split(', '));
  const declared = new RegExp(
    `^(?=(?:declare class|interface|type) (?:${names.join('|')})\\b)`,
    'gm',
  );
  return `${code.replace(lists, '').replace(declared, 'export ').trimEnd()}\n\nexport {};\n`;
}

/** With private members, nothing but a class itself would pass as one: `HttpRequestOf` is to pass. Others are for us. */
function withoutPrivates(code) {
  return code
    .replace(/^(?: +\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)? +private \w+;\n/gm, '')
    .replace(/^ *\/\*\*(?:(?!\*\/)[\s\S])*@internal(?:(?!\*\/)[\s\S])*\*\/\n.*;\n/gm, '');
}

/** Express's types are optional: where they are missing, compilers must let the import pass. */
function passUnresolvedExpress(code) {
  return code
    .replace(/^import '.*';\n/gm, '')
    .replace(/^import .* from 'express';$/m, '// @ts-ignore\n$&');
}

/** Compilers from TypeScript 6 on load the types of Node only where something names them. */
function nodeReferred(code) {
  return /'node:|\bBuffer\b/.test(code) ? `/// <reference types="node" />\n${code}` : code;
}

/** True for a link: npm ci would empty the folder of another checkout. */
function isLink(file) {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** True when `output` is missing or older than `input`; npm writes its two lock files in a row. */
function isStale(output, input) {
  try {
    return statSync(output).mtimeMs + 10_000 < statSync(input).mtimeMs;
  } catch {
    return true;
  }
}
