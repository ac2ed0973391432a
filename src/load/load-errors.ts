import path from 'node:path';
import { BarefnError } from '../errors';
import { nearest } from '../nearest';
import { registrations } from '../registry';
import { exportedFunctions, type LoadOptions } from './load';

/** `source` names no module. */
export function describeMissingSource(source: string): BarefnError {
  return new BarefnError(
    'SOURCE_NOT_FOUND',
    [
      `Provided code location '${source}' is not a loadable module.`,
      'Did you specify the correct location for the module defining your function?',
      'Looked for a file of that name, the "main" of its package.json, index.js, function.js, index.mjs, index.cjs and index.ts. Name another with --source or FUNCTION_SOURCE.',
    ].join('\n'),
  );
}

/** The module was loaded, but `found` is no function. */
export function describeMissingFunction(
  found: unknown,
  exported: unknown,
  file: string,
  options: LoadOptions,
): BarefnError {
  const { target } = options;
  const inventory = describeInventory(exported, file, target);
  if (found === undefined || found === null) {
    return new BarefnError(
      'FUNCTION_NOT_FOUND',
      `Function '${target}' is not defined in the provided module.\nDid you specify the correct target function to execute?\n${inventory}${adviseOnGoogles()}`,
    );
  }
  return new BarefnError(
    'NOT_A_FUNCTION',
    `'${target}' needs to be of type function. Got: ${typeof found}\n${inventory}`,
  );
}

/** An ES module that imports Google's package registers its functions there. */
function adviseOnGoogles(): string {
  const files = Object.keys(require.cache);
  if (!files.some((file) => file.includes('@google-cloud/functions-framework/build/'))) return '';
  return `\nThe module loads Google's package, whose functions are not seen here. Install barefn under its name:\n  npm install @google-cloud/functions-framework@npm:barefn`;
}

/** The module threw `error` while it was loaded. */
export function describeLoadFailure(error: unknown, file: string): BarefnError {
  const stack = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  const missing = /Cannot find (?:module|package) '([^'\n]*)'/.exec(stack)?.[1];
  const hint =
    missing === undefined
      ? 'Is there a syntax error in your code?'
      : 'Did you list all required modules in the package.json dependencies?';
  return new BarefnError(
    'LOAD_FAILED',
    `Provided module can't be loaded.\n${hint}\nDetailed stack trace: ${stack}\n${explain(error, missing, file)}`,
    { cause: error },
  );
}

function explain(error: unknown, missing: string | undefined, file: string): string {
  if (missing !== undefined) {
    const isPath = missing.startsWith('.') || path.isAbsolute(missing);
    const advice = isPath ? 'Check the path and its extension.' : `Try: npm install ${missing}`;
    return `"${missing}" was not found while ${file} was loaded. ${advice}`;
  }
  const ofTypeScript = adviceOnTypeScript(error, file);
  if (ofTypeScript !== undefined) return ofTypeScript;
  if (error instanceof SyntaxError) return `The syntax error was found while ${file} was loaded.`;
  return `It was thrown by top-level code while ${file} was loaded.`;
}

/** Node 22.18 and later run TypeScript by leaving out the types. */
function adviceOnTypeScript(error: unknown, file: string): string | undefined {
  const code = String((error as { code?: unknown } | null | undefined)?.code);
  const tsx = 'node --import tsx node_modules/.bin/barefn';
  if (code === 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING') {
    return 'Node runs no TypeScript that is in node_modules: build the package.';
  }
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    return `Node only leaves out types: enum, namespace and parameter properties have to be compiled. Write them differently, build the program, or run: ${tsx}`;
  }
  const features = process.features as { typescript?: string | false };
  const absent = /not provide an export named '(\w+)'/.exec(String(error))?.[1];
  if (features.typescript && absent !== undefined && /\.[cm]?ts$/.test(file)) {
    return `Node only leaves out what is said to be a type: import { type ${absent} } from …`;
  }
  if (features.typescript || require.extensions['.ts'] !== undefined) return undefined;
  if (!/\.[cm]?ts$/.test(file) && code !== 'ERR_UNKNOWN_FILE_EXTENSION') return undefined;
  return `Node ${process.version} does not run TypeScript. Build ${file} and name the result with --source, or use Node 22.18 or later, or run: ${tsx}`;
}

function describeInventory(exported: unknown, file: string, target: string): string {
  const exportedNames = exportedFunctions(exported).map(([name]) => name);
  const registeredNames = Array.from(registrations(), (entry) => entry.name);
  const names = [...new Set([...registeredNames, ...exportedNames])];
  const sentences = [
    exportedNames.length === 0
      ? `${file} exports no function`
      : `${file} exports ${quoteList(exportedNames)}`,
  ];
  if (registeredNames.length > 0) sentences.push(`registered are ${quoteList(registeredNames)}`);
  const guess = nearest(target, names) ?? names[0];
  const advice =
    guess === undefined
      ? 'Export one, or register it with http(), cloudEvent(), event(), typed() or web().'
      : `Pass --target=${guess}${names.length > 1 ? otherTargets(target) : ''}.`;
  return `${sentences.join('; ')}. ${advice}`;
}

function otherTargets(target: string): string {
  const isNoHelp = target === '*' || process.env['NODE_ENV'] === 'production';
  const all = isNoHelp ? '' : ", or --target='*' for all of them";
  return ` or another of these${all}`;
}

function quoteList(names: readonly string[]): string {
  const shown = names.slice(0, 20).map((name) => `"${name}"`);
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  return shown.join(', ');
}
