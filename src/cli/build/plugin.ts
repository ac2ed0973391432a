import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findFilesBeside } from './beside';
import type { OnLoadResult, Plugin } from './esbuild';
import { addNames, applyEdits, type Edit, HELPERS, type Place } from './module-text';
import { hasNativeCode, packageOf } from './packages';

/** What is known of the program, and grows until nothing new is found. */
export interface Findings {
  /** Packages that stay outside of the bundle, and why. */
  readonly outside: Map<string, string>;
  /** Specifiers that are not installed. */
  readonly missing: Set<string>;
  /** What modules outside a file imports by `import()`, with their names for the build. */
  readonly imports: Map<string, Map<string, string>>;
  /** Calls that load modules by names that only running them shows. */
  readonly edits: Map<string, Edit[]>;
  /** Files and directories that modules read beside themselves, absolute. */
  readonly beside: Set<string>;
  /** Packages whose modules read beside themselves what only running them shows. */
  readonly unclear: Set<string>;
  /** Modules of the program itself that read files beside themselves, or load modules by computed names. */
  readonly own: Map<string, string>;
}

export interface PluginSettings {
  /** The directory of the build. */
  readonly directory: string;
  /** barefn's own directory of code. */
  readonly dist: string;
  /** Whether imports that stay are to be calls of require(): esbuild would write import statements. */
  readonly isAsync: boolean;
}

const OWN =
  /^(?:barefn|@google-cloud\/functions-framework)(?:\/(testing|server|cloudevents|google))?$/;
const CODE = /\.[cm]?[jt]sx?$/;
/** See build.mjs: in one file there is nothing to load once more. */
const LOAD_ONCE = /^require = \(\(load, loaded = \{\}\) =>[^;]*;\n/m;

/** Resolves and loads modules as Node would, and notes what cannot be a part of one file. */
export function nodeModules(settings: PluginSettings, findings: Findings): Plugin {
  const { directory, dist, isAsync } = settings;
  const seen = new Set<string>();
  return {
    name: 'barefn',
    setup(build) {
      build.onResolve({ filter: OWN }, ({ path: specifier }) => {
        const name = OWN.exec(specifier)?.[1];
        if (name === undefined) return { path: 'barefn', namespace: 'own' };
        return { path: path.join(dist, `${name}.js`) };
      });
      build.onResolve({ filter: /\.node$/ }, ({ importer, path: specifier }) => {
        const found = packageOf(importer);
        if (found !== undefined) findings.outside.set(found.name, 'has a native addon');
        return outside(
          specifier.startsWith('.')
            ? relativeTo(directory, path.join(path.dirname(importer), specifier))
            : specifier,
        );
      });
      build.onResolve({ filter: /.*/, namespace: 'outside' }, ({ path: specifier }) =>
        outside(specifier),
      );
      build.onResolve({ filter: /^\.\/(?:build|page)\.js$/ }, ({ path: name, importer }) =>
        path.dirname(importer) === dist ? { path: name, namespace: 'left-out' } : undefined,
      );
      build.onResolve({ filter: /^\./ }, ({ path: specifier, kind }) =>
        findings.missing.has(specifier) ? asCall(specifier, kind) : undefined,
      );
      build.onResolve({ filter: /^[^./#]/ }, ({ path: specifier, importer, kind }) => {
        if (kind === 'entry-point') return undefined;
        const isKnown = isBuiltin(specifier) || findings.missing.has(specifier);
        if (!isKnown && !isOutside(specifier)) return undefined;
        const name = isKnown ? specifier : outsideName(specifier, importer, directory);
        if (kind !== 'dynamic-import') return asCall(name, kind);
        const imports = findings.imports.get(importer) ?? new Map<string, string>();
        findings.imports.set(importer, imports.set(specifier, name));
        return outside(name);
      });
      build.onLoad({ filter: /.*/, namespace: 'own' }, () => ({
        contents: `module.exports = require(${JSON.stringify(path.join(dist, 'cli.js'))}).ownPackage();`,
        resolveDir: dist,
      }));
      build.onLoad({ filter: /.*/, namespace: 'outside' }, ({ path: specifier }) => ({
        contents: `module.exports = require(${JSON.stringify(specifier)});`,
      }));
      build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
        contents: `throw new Error('A build neither builds nor has a development page. Run the command of barefn.');`,
      }));
      build.onLoad({ filter: CODE }, ({ path: file, namespace }) => {
        if (namespace !== 'file') return undefined;
        const found = packageOf(file);
        if (found !== undefined && !seen.has(found.directory)) {
          seen.add(found.directory);
          if (path.dirname(file) !== dist && hasNativeCode(found.directory)) {
            findings.outside.set(found.name, 'has a native addon');
          }
        }
        return loadModule(file);
      });
    },
  };

  function isOutside(specifier: string): boolean {
    return [...findings.outside.keys()].some(
      (name) => specifier === name || specifier.startsWith(`${name}/`),
    );
  }

  function outside(specifier: string): { path: string; external: true } {
    return { path: specifier, external: true };
  }

  /** esbuild leaves import statements as they are in an ES module; a function cannot have them. */
  function asCall(
    specifier: string,
    kind: string,
  ): { path: string; external?: true; namespace?: string } {
    return isAsync && kind === 'import-statement'
      ? { path: specifier, namespace: 'outside' }
      : outside(specifier);
  }

  function loadModule(file: string): OnLoadResult | undefined {
    const text = readFileSync(file, 'utf8');
    const isFramework = path.dirname(file) === dist;
    const plain = isFramework ? text.replace(LOAD_ONCE, '') : text;
    const place = isFramework ? originalPlace(file) : placeOf(file, text);
    const named = addNames(file, plain, place);
    const edited = applyEdits(named, findings.edits.get(file) ?? []);
    const contents = importFromOutside(edited, findings.imports.get(file));
    if (contents === text) return undefined;
    return { contents, loader: loaderOf(file), resolveDir: path.dirname(file) };
  }

  function originalPlace(file: string): Place {
    const name = relativeTo(directory, file);
    return { files: name, modules: name };
  }

  /** Where a module finds its files: those of packages are copied, those of the program stay. */
  function placeOf(file: string, text: string): Place {
    const original = originalPlace(file);
    const beside = findFilesBeside(file, text);
    if (beside.named.length === 0 && !beside.isUnclear) return original;
    const found = packageOf(file);
    if (found === undefined) {
      findings.own.set(file, 'reads files beside itself');
      return original;
    }
    if (beside.isUnclear) {
      if (beside.loadsCode)
        findings.outside.set(found.name, 'loads its own files by names that it computes');
      else findings.unclear.add(found.directory);
    }
    for (const one of beside.named) findings.beside.add(one);
    return { files: copiedTo(file), modules: original.modules };
  }

  function copiedTo(file: string): string {
    return copyName(path.dirname(directory), file);
  }
}

/** A bundle is no module of Node's: what it imports by `import()` is imported by the file that starts it. */
function importFromOutside(text: string, imports?: ReadonlyMap<string, string>): string {
  if (imports === undefined) return text;
  return text.replace(/\bimport\(\s*(['"`])([^'"`\n]+)\1/g, (found, _, specifier: string) => {
    const name = imports.get(specifier);
    if (name === undefined) return found;
    return `${HELPERS}.load("./start.js")(${JSON.stringify(name)}`;
  });
}

/** Where a file beside a module of a package is copied to, relative to the build. */
export function copyName(root: string, file: string): string {
  const name = path.relative(root, file).replaceAll('\\', '/').replaceAll('../', 'up/');
  return `files/${name}`;
}

export function relativeTo(directory: string, file: string): string {
  const name = path.relative(directory, file).replaceAll('\\', '/');
  return name.startsWith('.') ? name : `./${name}`;
}

function isBuiltin(specifier: string): boolean {
  const { isBuiltin: isOfNode } = require('node:module') as typeof import('node:module');
  return isOfNode(specifier);
}

/** The name of a package as the build finds it: a package in a package needs its path. */
function outsideName(specifier: string, importer: string, directory: string): string {
  const [there, here] = [importer, path.join(directory, 'start.js')].map((from) =>
    resolveFrom(from, specifier),
  );
  if (there === undefined || there === here) return specifier;
  return relativeTo(directory, there);
}

function resolveFrom(from: string, specifier: string): string | undefined {
  try {
    return createRequire(from).resolve(specifier);
  } catch {
    return undefined;
  }
}

function loaderOf(file: string): 'js' | 'jsx' | 'ts' | 'tsx' {
  const [, t, x] = /\.[cm]?([jt])s(x?)$/.exec(file) ?? [];
  return `${t === 't' ? 'ts' : 'js'}${x ?? ''}` as 'js' | 'jsx' | 'ts' | 'tsx';
}
