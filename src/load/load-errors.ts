import { realpathSync } from 'node:fs';
import path from 'node:path';
import { didYouMean } from '../core/did-you-mean';
import { BarefnError } from '../core/errors';
import { registrations } from '../core/registry';
import { describeThrown, isThrown, memberOf, textOf } from '../core/thrown';
import { exportedFunctions } from './functions';
import type { LoadOptions } from './load';
import { explainMissing, missingModule } from './missing-module';
import { OWN_NAMES } from './own-name';

/** The error for a loaded module whose target, `found`, is not a function. */
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

/** An ES module that imports Google's package registers its functions there, not here. */
function adviseOnGoogles(): string {
  const files = Object.keys(require.cache);
  if (!files.some((file) => file.includes('@google-cloud/functions-framework/build/'))) return '';
  return `\nThe module registers its functions with Google's package, not with barefn. Install barefn under its name:\n  npm install @google-cloud/functions-framework@npm:barefn`;
}

/** The error for a module that threw `error` while it was loading. */
export function describeLoadFailure(error: unknown, file: string): BarefnError {
  const stack = describeThrown(error);
  const lines = linesOf(error, stack, file);
  return new BarefnError('LOAD_FAILED', `Provided module can't be loaded.\n${lines.join('\n')}`, {
    cause: error,
  });
}

/** The lines of Google's package where they apply, and an explanation. */
function linesOf(error: unknown, stack: string, file: string): string[] {
  const trace = `Detailed stack trace: ${stack}`;
  const missing = missingModule(stack);
  if (missing !== undefined) {
    const question = 'Did you list all required modules in the package.json dependencies?';
    return [question, trace, explainMissing(missing, file)];
  }
  const advice = adviceOnTypeScript(error, file) ?? adviceOnModules(error, file);
  if (isThrown(error, SyntaxError)) {
    const found = `The syntax error occurred while loading ${file}.`;
    return ['Is there a syntax error in your code?', trace, advice ?? found];
  }
  return [advice ?? `Top-level code threw while loading ${file}.`, trace];
}

/** Node 20 takes a file for CommonJS unless its name or package.json says otherwise. */
function adviceOnModules(error: unknown, file: string): string | undefined {
  const isModule = /^SyntaxError: (?:Cannot use import statement|Unexpected token 'export')/;
  if (!isModule.test(textOf(error))) return undefined;
  return `Node ${process.version} took an ES module for CommonJS while loading ${file}: name it .mjs, or add "type": "module" to package.json.`;
}

/** Node 22.18 and later run TypeScript by stripping the types. */
function adviceOnTypeScript(error: unknown, file: string): string | undefined {
  const code = memberOf(error, 'code');
  const tsx = `node --import tsx ${ownCommand()}`;
  if (code === 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING') {
    return 'Node does not run TypeScript in node_modules: build the package.';
  }
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    return `Node only strips types: enum, namespace and parameter properties must be compiled. Write them differently, build the program, or run: ${tsx}`;
  }
  const features = process.features as { typescript?: string | false };
  const absent = /not provide an export named '(\w+)'/.exec(textOf(error))?.[1];
  if (features.typescript && absent !== undefined && /\.[cm]?ts$/.test(file)) {
    return `Node only strips imports that are marked as types: import { type ${absent} } from …`;
  }
  if (features.typescript || require.extensions['.ts'] !== undefined) return undefined;
  if (!/\.[cm]?ts$/.test(file) && code !== 'ERR_UNKNOWN_FILE_EXTENSION') return undefined;
  return `Node ${process.version} does not run TypeScript. Build ${file} and pass the result as --source, or use Node 22.18 or later, or run: ${tsx}`;
}

/**
 * The short path of the command, for `node`. The file in node_modules/.bin is a shell script on
 * Windows, and with pnpm everywhere.
 */
function ownCommand(): string {
  const own = path.join(__dirname, 'cli.js');
  for (const name of OWN_NAMES) {
    const installed = path.join('node_modules', name, 'dist', 'cli.js');
    if (realPath(installed) === realPath(own)) return installed;
  }
  const relative = path.relative(process.cwd(), own);
  return relative.startsWith('..') ? own : relative;
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

function describeInventory(exported: unknown, file: string, target: string): string {
  const exportedNames = exportedFunctions(exported).map(([name]) => name);
  const registeredNames = Array.from(registrations(), (entry) => entry.name);
  const nested = nestedNames(exported);
  const names = [...new Set([...registeredNames, ...exportedNames])];
  const sentences = [
    exportedNames.length === 0
      ? `${file} exports no function`
      : `${file} exports ${quoteList(exportedNames)}`,
  ];
  if (nested.length > 0) sentences.push(`its exported objects have ${quoteList(nested)}`);
  if (registeredNames.length > 0) sentences.push(`it registers ${quoteList(registeredNames)}`);
  const exact = nested.find((name) => name.endsWith(`.${target}`));
  const guess = exact ?? didYouMean(target, [...names, ...nested]) ?? names[0] ?? nested[0];
  const advice =
    guess === undefined
      ? 'Export one, or register it with http(), cloudEvent(), event(), typed() or web().'
      : `Pass --target=${guess}${names.length + nested.length > 1 ? otherTargets(target) : ''}.`;
  return `${sentences.join('; ')}. ${advice}`;
}

/** Functions in exported objects, e.g. of `export default { hello }`. */
function nestedNames(exported: unknown): string[] {
  if (typeof exported !== 'object' || exported === null) return [];
  return Object.entries(exported)
    .filter(([, value]) => typeof value === 'object')
    .flatMap(([key, value]) =>
      exportedFunctions(value)
        .filter(([, handler]) => handler !== value)
        .map(([name]) => `${key}.${name}`),
    );
}

function otherTargets(target: string): string {
  const isUseless = target === '*' || process.env['NODE_ENV'] === 'production';
  const all = isUseless ? '' : ", or --target='*' for all of them";
  return ` or another of these${all}`;
}

function quoteList(names: readonly string[]): string {
  const shown = names.slice(0, 20).map((name) => `"${name}"`);
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  return shown.join(', ');
}
