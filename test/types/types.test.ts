import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { pack, root, unpack } from '../support/packed';

const googlesName = '@google-cloud/functions-framework';
const directory = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'types-')));
const tarball = pack(directory);
after(() => rmSync(directory, { recursive: true, force: true }));

/** The types of Express and what they need: npm puts all of them into a program's folder. */
const expressTypes = [
  ...['express', 'express-serve-static-core', 'serve-static', 'body-parser', 'connect'],
  ...['http-errors', 'qs', 'range-parser', 'send'],
].map((name) => `@types/${name}`);

/** Where Google's package 3 has the types of Express 4. */
const olderModules = path.join(root, 'node_modules/functions-framework-3/node_modules');

/** What programs have installed; `folders` are those of test/types/programs, `…-node10` for it alone. */
interface Setup {
  readonly folders: readonly string[];
  readonly packages: readonly string[];
  readonly installsOurs: boolean;
  /** The version of Express whose types are installed. @default 5 */
  readonly express?: 4;
  /** The Node whose types are installed. @default 22, what the repository compiles with */
  readonly node?: 20 | 26;
}

const setups: Record<string, Setup> = {
  'Google’s package': {
    folders: ['google', 'google-node10', 'google-express'],
    packages: [googlesName, '@types/node', '@types/express', 'cloudevents'],
    installsOurs: false,
  },
  'our package beside the types of Express': {
    folders: ['google', 'google-node10', 'google-express', 'barefn', 'barefn-express'],
    packages: ['@types/node', ...expressTypes, 'cloudevents'],
    installsOurs: true,
  },
  'our package beside the types of Express 4': {
    folders: ['google', 'google-node10', 'google-express', 'google-express4', 'barefn'],
    packages: ['@types/node', ...expressTypes, '@types/mime', 'cloudevents'],
    installsOurs: true,
    express: 4,
  },
  'our package alone': {
    folders: ['google', 'google-node10', 'barefn', 'barefn-alone'],
    packages: ['@types/node'],
    installsOurs: true,
  },
  'our package and the types of Node 20': {
    folders: ['barefn', 'barefn-alone'],
    packages: ['@types/node'],
    installsOurs: true,
    node: 20,
  },
  'our package and the types of Node 26': {
    folders: ['barefn', 'barefn-alone'],
    packages: ['@types/node'],
    installsOurs: true,
    node: 26,
  },
};

/** `.bin/tsc` may be that of another version. */
const typescript7 = path.join(root, 'node_modules/typescript/bin/tsc');
const typescript6 = path.join(root, 'node_modules/.bin/tsc6');
/** The TypeScript 5.6 that are-the-types-wrong brings. */
const typescript56 = createRequire(
  path.join(root, 'node_modules/@arethetypeswrong/core/package.json'),
).resolve('typescript/lib/tsc.js');
/** The oldest that our declarations are for. */
const typescript50 = path.join(root, 'node_modules/typescript50/lib/tsc.js');

/** TypeScript 7 has no `node10` any more. */
const resolutions = {
  node10: { compiler: typescript6, options: { module: 'commonjs', ignoreDeprecations: '6.0' } },
  node16: { compiler: typescript50, options: { module: 'node16' } },
  nodenext: { compiler: typescript56, options: { module: 'nodenext' } },
  bundler: { compiler: typescript7, options: { module: 'preserve' } },
};

test('TypeScript 5.0, 5.6, 6 and 7 are those that compile', () => {
  const versions = Object.values(resolutions).map(({ compiler }) =>
    execFileSync(process.execPath, [compiler, '--version'], { encoding: 'utf8' }),
  );
  assert.match(versions.join(''), /^Version 6.*\nVersion 5\.0.*\nVersion 5\.6.*\nVersion 7.*\n$/);
});

for (const [what, setup] of Object.entries(setups)) {
  suite(`programs compile with ${what}`, { concurrency: 2 }, () => {
    const programs = install(what, setup);
    for (const [moduleResolution, { compiler, options }] of Object.entries(resolutions)) {
      // @types/node 26 is for TypeScript 5.6 and later.
      if (setup.node === 26 && compiler === typescript50) continue;
      test(`resolved as ${moduleResolution}`, async () => {
        // Our declarations are checked as well: what passes so also passes without.
        const settings = { ...options, moduleResolution, skipLibCheck: !setup.installsOurs };
        const folders = setup.folders.filter(
          (folder) => !folder.endsWith('-node10') || moduleResolution === 'node10',
        );
        assert.equal(await compile(programs, compiler, settings, folders), '');
        // Declarations of a program name what is public: other files change from version to version.
        for (const [file, text] of declarationsOf(programs, settings)) {
          assert.doesNotMatch(text, /import\("[^"]*\b(dist|build)\//, file);
        }
      });
    }
  });
}

/** What programs are compiled for. */
const targets = ['es2016', 'es2017', 'es2018', 'es2019', 'es2020', 'es2021', 'es2022', 'esnext'];

suite('the quickstart compiles without more than @types/node', { concurrency: 2 }, () => {
  const programs = install('quickstart', {
    folders: ['quickstart'],
    packages: ['@types/node'],
    installsOurs: true,
  });
  const compilers = { 'TypeScript 5.6': typescript56, 6: typescript6, 7: typescript7 };
  for (const [version, compiler] of Object.entries(compilers)) {
    test(`by ${version}, strict, for every target, and with the compiler’s own defaults`, async () => {
      for (const target of version === '7' ? targets : ['es2016', 'esnext']) {
        const settings = { target, module: 'node16', lib: undefined, types: undefined };
        assert.equal(await compile(programs, compiler, settings, ['quickstart']), '', target);
      }
    });
  }
});

function install(name: string, setup: Setup): string {
  const { folders, packages, installsOurs, express, node } = setup;
  const programs = path.join(directory, name);
  mkdirSync(programs);
  for (const folder of folders) {
    cpSync(path.join(__dirname, 'programs', folder), path.join(programs, folder), {
      recursive: true,
    });
  }
  // Programs are ES modules, but for those that say .cts.
  writeFileSync(path.join(programs, 'package.json'), '{ "type": "module" }');
  for (const installed of packages) {
    const link = path.join(programs, 'node_modules', installed);
    mkdirSync(path.dirname(link), { recursive: true });
    const older = path.join(olderModules, installed);
    const isOlder = express === 4 && existsSync(older);
    const isOtherNode = node !== undefined && installed === '@types/node';
    const ours = path.join(root, 'node_modules', isOtherNode ? `types-node${node}` : installed);
    const target = isOlder ? older : ours;
    // What is named in declarations of the program has to be there, and not behind a link.
    if (expressTypes.includes(installed) && installsOurs) cpSync(target, link, { recursive: true });
    else symlinkSync(target, link);
  }
  if (installsOurs) for (const as of ['barefn', googlesName]) unpack(tarball, programs, as);
  return programs;
}

/** Resolves with what the compiler has to say. */
function compile(
  programs: string,
  compiler: string,
  settings: object,
  include: readonly string[],
): Promise<string> {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023'],
    types: ['node'],
    strict: true,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: '.',
    outDir: outputOf(settings),
    esModuleInterop: true,
    ...settings,
  };
  const project = path.join(programs, `tsconfig-${outputOf(settings)}.json`);
  writeFileSync(project, JSON.stringify({ compilerOptions, include }));
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [compiler, '-p', project], { timeout: 120_000 }, (error, stdout) => {
      if (error !== null && stdout === '') reject(error);
      else resolve(stdout);
    });
  });
}

/** Where declarations go that are emitted with these settings. */
function outputOf(settings: object): string {
  return Object.values(settings).join('-');
}

/** The declarations of programs, by file. */
function declarationsOf(programs: string, settings: object): [file: string, text: string][] {
  const folder = path.join(programs, outputOf(settings));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const declarations = files.filter((file) => /\.d\.[cm]?ts$/.test(file));
  assert.ok(declarations.length > 0);
  return declarations.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]);
}
