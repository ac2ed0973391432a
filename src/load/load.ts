import { BarefnError } from '../core/errors';
import { type Registration, registration } from '../core/registry';
import { isThrown, memberOf } from '../core/thrown';
import type { Options } from '../options/options';

/** The options that choose the function. */
export type LoadOptions = Pick<Options, 'source' | 'target' | 'targetGiven' | 'signatureType'>;

/** The function to serve: a registration, or an export wrapped as one. */
export type LoadedFunction = Registration;

/**
 * Loads the module at `source` and finds the target in it. A registration beats an export. Returns
 * a promise only for modules that Node cannot load synchronously. If no target was given and there is
 * no function of the default name, the only function is served.
 *
 * @throws BarefnError `SOURCE_NOT_FOUND`, `LOAD_FAILED` (with its cause), `FUNCTION_NOT_FOUND`,
 *   `NOT_A_FUNCTION`
 */
export function loadFunction(options: LoadOptions): LoadedFunction | Promise<LoadedFunction> {
  const loaded = loadSource(options.source);
  return loaded instanceof Promise
    ? loaded.then((module) => findFunction(module, options))
    : findFunction(loaded, options);
}

/** A loaded module. The exports are wrapped because they may have a `then` method. */
export interface LoadedModule {
  readonly file: string;
  readonly exported: unknown;
}

/** The module of a build, which is a part of the file that runs. */
export interface BuiltSource {
  /** The file that was built, absolute. */
  readonly file: string;
  /** The file that it was built into, absolute. */
  readonly bundle: string;
  /** The version of Express that it follows. */
  readonly express: 4 | 5;
  /** Whether `load` gives a promise: the module has top-level await. */
  readonly isAsync: boolean;
  /** What became of the code that V8 had compiled: `used`, or why it was not. */
  readonly cache: string;
  /** Runs the module. */
  load(): unknown;
}

let built: BuiltSource | undefined;

/** Makes the module of a build the source, whatever `source` says. */
export function useBuiltSource(source: BuiltSource): void {
  built = source;
}

/** The module of the build that this process runs. */
export function builtSource(): BuiltSource | undefined {
  return built;
}

/**
 * Loads the module at `source`.
 *
 * @throws BarefnError `SOURCE_NOT_FOUND`, `LOAD_FAILED` (with its cause)
 */
export function loadSource(source: string): LoadedModule | Promise<LoadedModule> {
  const file = resolveSource(source);
  if (built?.isAsync) return modules().importModule(file, built.load);
  try {
    if (built !== undefined) return { file, exported: built.load() };
    if (mayHaveLoaderHooks() && modules().isEsModule(file)) return modules().importModule(file);
    return { file, exported: require(file) };
  } catch (error) {
    const code = memberOf(error, 'code');
    // Top-level await; and Node 22 before 22.12 cannot require ES modules at all.
    if (code === 'ERR_REQUIRE_ASYNC_MODULE' || code === 'ERR_REQUIRE_ESM') {
      return modules().importModule(file);
    }
    throw loadFailure(error, file);
  }
}

/**
 * The file that `source` names.
 *
 * @throws BarefnError `SOURCE_NOT_FOUND`
 */
export function resolveSource(source: string): string {
  if (built !== undefined) return built.file;
  // Node itself finds index.js.
  for (const name of ['', '/function.js', '/index.mjs', '/index.cjs', '/index.ts']) {
    try {
      return require.resolve(source + name);
    } catch {
      // Try the next one.
    }
  }
  const { describeMissingSource } =
    require('./missing-source') as typeof import('./missing-source');
  throw describeMissingSource(source);
}

// import() of an ES module calls the hooks of module.register() for it, require() does not. Hooks
// come from --import, --loader or --require. Without them, require() saves reading package.json.
function mayHaveLoaderHooks(): boolean {
  return process.execArgv.length > 0 || Boolean(process.env['NODE_OPTIONS']);
}

function findFunction({ file, exported }: LoadedModule, options: LoadOptions): LoadedFunction {
  const { target, signatureType } = options;
  const registered = registration(target);
  if (registered !== undefined) return registered;
  const handler = walk(exported, target, file) ?? defaultOf(exported, target);
  if (typeof handler === 'function') return { name: target, type: signatureType, handler };
  if (hasFetch(handler)) return { name: target, type: 'web', handler };
  if (!options.targetGiven) {
    const { onlyFunction } = require('./functions') as typeof import('./functions');
    const only = onlyFunction(exported, options);
    if (only !== undefined) return only;
  }
  const { describeMissingFunction } = require('./load-errors') as typeof import('./load-errors');
  throw describeMissingFunction(handler, exported, file, options);
}

function walk(exported: unknown, target: string, file: string): unknown {
  try {
    return target
      .split('.')
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], exported);
  } catch (error) {
    // A getter of the module threw.
    throw loadFailure(error, file);
  }
}

/** `module.exports = app` is what `import` calls the default export. */
function defaultOf(exported: unknown, target: string): unknown {
  if (target !== 'default') return undefined;
  return typeof exported === 'function' || hasFetch(exported) ? exported : undefined;
}

/** Applications of Hono, h3, itty-router and others are objects with a fetch method. */
export function hasFetch(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { fetch?: unknown }).fetch === 'function'
  );
}

/** The error of a source that could not be loaded. */
export function loadFailure(error: unknown, file: string): BarefnError {
  if (isThrown(error, BarefnError) && error.code === 'LOAD_FAILED') return error;
  const { describeLoadFailure } = require('./load-errors') as typeof import('./load-errors');
  return describeLoadFailure(error, file);
}

function modules(): typeof import('./es-module') {
  return require('./es-module') as typeof import('./es-module');
}
