// How the modules of src/ make files of dist/. Used by build.mjs.
import path from 'node:path';

/** A plugin that takes modules of other files from there, so that each ships once and has its state once. */
export function otherFiles(isOwn, fileOf) {
  return {
    name: 'other-files',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ path: specifier, resolveDir, kind, importer }) => {
        if (specifier.endsWith('/package.json')) return { path: '../package.json', external: true };
        const module = path.relative(path.resolve('src'), path.resolve(resolveDir, specifier));
        const file = fileOf(module, kind);
        // Files of dist/ import what they are made of.
        if (importer.endsWith('.js') || isOwn(module, file)) return undefined;
        return { path: `./${file}.js`, external: true };
      });
    },
  };
}

/** A module and all that it imports; what is required within functions is not among them. */
export async function importsOf(build, options, module) {
  const leaveRequired = {
    name: 'leave-required',
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, kind }) =>
        kind === 'require-call' ? { path, external: true } : undefined,
      );
    },
  };
  const entryPoints = [`src/${module}.ts`];
  const alone = { write: false, entryPoints, plugins: [leaveRequired], metafile: true };
  const { metafile } = await build({ ...options, ...alone });
  return new Set(
    Object.keys(metafile.inputs).map((file) => file.slice('src/'.length, -'.ts'.length)),
  );
}

/** Per module: its code, the names that it exports, and the names that it takes of other modules. */
export async function namesOf(build, options, modules) {
  const entryPoints = modules.map((name) => `src/${name}.ts`);
  const alone = {
    bundle: false,
    format: 'esm',
    write: false,
    outdir: 'dist',
    outbase: 'src',
    metafile: true,
  };
  const { metafile, outputFiles } = await build({ ...options, ...alone, entryPoints });
  const exports = Object.values(metafile.outputs).map((output) => output.exports);
  return Object.fromEntries(
    Object.keys(metafile.outputs).map((file, index) => {
      const name = file.slice('dist/'.length, -'.js'.length);
      return [name, { exported: exports[index], taken: takenBy(name, outputFiles[index].text) }];
    }),
  );
}

/** What a module takes: pairs of another module and a name of it, or `*` where it takes the whole. */
function takenBy(module, code) {
  const resolve = (specifier) => path.posix.join(path.posix.dirname(module), specifier);
  const named = [...code.matchAll(/^(?:import|export) \{([^}]*)\} from "(\..*)";$/gm)];
  const whole = [...code.matchAll(/\brequire\("(\.[^"]*)"\)|\* as \S+ from "(\.[^"]*)"/g)];
  return [
    ...named.flatMap(([, names, specifier]) =>
      names.split(',').map((name) => [resolve(specifier), name.trim().split(' ')[0]]),
    ),
    ...whole.map(([, required, imported]) => [resolve(required ?? imported), '*']),
  ];
}

/** Whether a module of another file takes a name of a module. */
export function takenNames(names, isElsewhere) {
  const taken = new Set(
    Object.keys(names)
      .flatMap((name) => names[name].taken.filter(([from]) => isElsewhere(name, from)))
      .map((pair) => pair.join(' ')),
  );
  return (module, name) => taken.has(`${module} ${name}`) || taken.has(`${module} *`);
}

/**
 * The source of a file of several modules, which exports the names that `isTaken` says. Entry points
 * export all of theirs, of which some may be names of other modules; index has a file of its own.
 *
 * Two modules that export one name are an error, which esbuild reports.
 */
export function fileOfModules(modules, names, isTaken) {
  const isEntryPoint = (name) => !name.includes('/');
  const seen = new Set();
  const imports = [];
  for (const module of [...modules].sort((a, b) => isEntryPoint(a) - isEntryPoint(b))) {
    const keys = names[module].exported.filter((key) =>
      isEntryPoint(module) && module !== 'index' ? !seen.has(key) : isTaken(module, key),
    );
    for (const key of keys) seen.add(key);
    if (keys.length > 0) imports.push(`import { ${keys.join(', ')} } from './${module}';`);
  }
  return [
    ...imports,
    // Without a prototype, V8 keeps the names in a table, which is cheaper than a hidden class for each.
    `module.exports = { __proto__: null, ${[...seen].join(', ')} };`,
  ];
}

/**
 * The source of a file for programs. Its names can be replaced, as jest.spyOn and sinon.stub do: esbuild
 * would export getters. The marks let compiled `import * as` and `import framework from` give the module
 * itself.
 */
export function fileForPrograms(names, from) {
  return [
    `import { ${names.join(', ')} } from '${from}';`,
    // Node finds names in this form for `import { http } from`.
    ...names.map((name) => `exports.${name} = ${name};`),
    `Object.defineProperties(exports, { __esModule: { value: true }, default: { value: exports } });`,
  ];
}
