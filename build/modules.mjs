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

/** The names that each module exports. */
export async function exportsOf(build, options, modules) {
  const entryPoints = modules.map((name) => `src/${name}.ts`);
  const alone = {
    bundle: false,
    format: 'esm',
    write: false,
    outdir: 'dist',
    outbase: 'src',
    metafile: true,
  };
  const { metafile } = await build({ ...options, ...alone, entryPoints });
  const outputs = Object.entries(metafile.outputs);
  return Object.fromEntries(
    outputs.map(([file, output]) => [file.slice('dist/'.length, -'.js'.length), output.exports]),
  );
}

/**
 * The source of a file of several modules, which exports all their names. Entry points pass some names
 * of other modules on. Two modules that export one name are an error, which esbuild reports.
 */
export function fileOfModules(modules, exported) {
  const isEntryPoint = (name) => !name.includes('/');
  const others = modules.filter((name) => !isEntryPoint(name));
  const seen = new Set(others.flatMap((name) => exported[name]));
  const names = new Map(others.map((name) => [name, exported[name]]));
  for (const name of modules.filter(isEntryPoint)) {
    names.set(
      name,
      exported[name].filter((key) => !seen.has(key)),
    );
    for (const key of exported[name]) seen.add(key);
  }
  return [
    ...[...names].map(([name, keys]) => `import { ${keys.join(', ')} } from './${name}';`),
    // Without a prototype, V8 keeps the names in a table. A hidden class for each of 130 names would take
    // 1.6 M instructions.
    `module.exports = { __proto__: null, ${[...names.values()].flat().join(', ')} };`,
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
