/** How functions ask for this package: by its own name, or by that of Google's. */
export const OWN_NAMES = ['barefn', '@google-cloud/functions-framework'];

/**
 * Answers `require()` of these names with the program that runs, not with what is installed. So an
 * image of Google's whose entry point alone was changed finds its functions registered here.
 *
 * gain: 3.6 ms of 41 at cold start, 2.3 of which node takes to read "exports" of a package.json.
 */
export function aliasOwnPackage(names: object): void {
  const api = asModule(names);
  // Nothing of node's public API answers require() before 22.15, and hooks cost each other module.
  const loader = module.constructor as unknown as Loader;
  const load = loader._load;
  if (load === undefined) {
    const { aliasOnBun } = require('./own-name-on-bun') as typeof import('./own-name-on-bun');
    aliasOnBun(OWN_NAMES, api);
  } else {
    loader._load = (name, ...rest) => (OWN_NAMES.includes(name) ? api : load(name, ...rest));
  }
}

/** As dist/index.js is: properties that tools can replace, and the marks that compilers ask for. */
function asModule(names: object): object {
  const api = { ...names };
  return Object.defineProperties(api, { __esModule: { value: true }, default: { value: api } });
}

/** What node:module gives; to require it costs 0.2 ms. */
interface Loader {
  /** Bun has none. */
  _load?: (name: string, ...rest: unknown[]) => unknown;
}
