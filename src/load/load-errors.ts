import { realpathSync } from 'node:fs';
import path from 'node:path';
import { didYouMean } from '../core/did-you-mean';
import { BarefnError } from '../core/errors';
import { registrations } from '../core/registry';
import { describeThrown, isThrown, memberOf, textOf } from '../core/thrown';
import { exportedFunctions, type LoadOptions } from './load';
import { explainMissing, missingModule } from './missing-module';
import { OWN_NAMES } from './own-name';

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
  const stack = describeThrown(error);
  const lines = linesOf(error, stack, file);
  return new BarefnError('LOAD_FAILED', `Provided module can't be loaded.\n${lines.join('\n')}`, {
    cause: error,
  });
}

/** The lines of Google's package where they are true, and the explanation. */
function linesOf(error: unknown, stack: string, file: string): string[] {
  const trace = `Detailed stack trace: ${stack}`;
  const missing = missingModule(stack);
  if (missing !== undefined) {
    const question = 'Did you list all required modules in the package.json dependencies?';
    return [question, trace, explainMissing(missing, file)];
  }
  const advice = adviceOnTypeScript(error, file) ?? adviceOnModules(error, file);
  if (isThrown(error, SyntaxError)) {
    const found = `The syntax error was found while ${file} was loaded.`;
    return ['Is there a syntax error in your code?', trace, advice ?? found];
  }
  return [advice ?? `Code of its top level threw while ${file} was loaded.`, trace];
}

/** Node 20 takes a file for CommonJS unless its name or package.json says otherwise. */
function adviceOnModules(error: unknown, file: string): string | undefined {
  const isModule = /^SyntaxError: (?:Cannot use import statement|Unexpected token 'export')/;
  if (!isModule.test(textOf(error))) return undefined;
  return `Node ${process.version} took an ES module for CommonJS while ${file} was loaded: name it .mjs, or add "type": "module" to package.json.`;
}

/** Node 22.18 and later run TypeScript by leaving out the types. */
function adviceOnTypeScript(error: unknown, file: string): string | undefined {
  const code = memberOf(error, 'code');
  const tsx = `node --import tsx ${ownCommand()}`;
  if (code === 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING') {
    return 'Node runs no TypeScript that is in node_modules: build the package.';
  }
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    return `Node only leaves out types: enum, namespace and parameter properties have to be compiled. Write them differently, build the program, or run: ${tsx}`;
  }
  const features = process.features as { typescript?: string | false };
  const absent = /not provide an export named '(\w+)'/.exec(textOf(error))?.[1];
  if (features.typescript && absent !== undefined && /\.[cm]?ts$/.test(file)) {
    return `Node only leaves out what is said to be a type: import { type ${absent} } from …`;
  }
  if (features.typescript || require.extensions['.ts'] !== undefined) return undefined;
  if (!/\.[cm]?ts$/.test(file) && code !== 'ERR_UNKNOWN_FILE_EXTENSION') return undefined;
  return `Node ${process.version} does not run TypeScript. Build ${file} and name the result with --source, or use Node 22.18 or later, or run: ${tsx}`;
}

/**
 * The path of the command for `node`, as people write it. What npm puts into node_modules/.bin is a
 * shell script on Windows, and with pnpm everywhere.
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
  if (nested.length > 0) sentences.push(`within objects it exports ${quoteList(nested)}`);
  if (registeredNames.length > 0) sentences.push(`registered are ${quoteList(registeredNames)}`);
  const exact = nested.find((name) => name.endsWith(`.${target}`));
  const guess = exact ?? didYouMean(target, [...names, ...nested]) ?? names[0] ?? nested[0];
  const advice =
    guess === undefined
      ? 'Export one, or register it with http(), cloudEvent(), event(), typed() or web().'
      : `Pass --target=${guess}${names.length + nested.length > 1 ? otherTargets(target) : ''}.`;
  return `${sentences.join('; ')}. ${advice}`;
}

/** Functions of exported objects, as of `export default { hello }`. */
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
  const isNoHelp = target === '*' || process.env['NODE_ENV'] === 'production';
  const all = isNoHelp ? '' : ", or --target='*' for all of them";
  return ` or another of these${all}`;
}

function quoteList(names: readonly string[]): string {
  const shown = names.slice(0, 20).map((name) => `"${name}"`);
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  return shown.join(', ');
}
