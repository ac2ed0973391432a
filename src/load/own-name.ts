/** The names by which functions import this package: its own, and that of Google's. */
export const OWN_NAMES = ['barefn', '@google-cloud/functions-framework'];

/**
 * Makes `require()` of these names return this program, not an installed package. So an image built for
 * Google's package works when only its entry point is changed.
 *
 * gain: 3.6 ms of 41 at cold start, 2.3 of which node takes to read "exports" of a package.json.
 */
export function aliasOwnPackage(names: object): void {
  ownNames = names;
  // Node has no public API for this before 22.15, and its hooks slow down every other module.
  // In a bundle only the main module is one of Node's.
  const loader = (require.main ?? module).constructor as unknown as Loader;
  const load = loader._load;
  if (load === undefined) {
    const { aliasOnBun } = require('./own-name-on-bun') as typeof import('./own-name-on-bun');
    aliasOnBun(OWN_NAMES, asModule(names));
  } else {
    loader._load = (name, ...rest) =>
      OWN_NAMES.includes(name) ? ownPackage() : load(name, ...rest);
  }
}

let ownNames: object | undefined;
let own: object | undefined;

/** What `require()` of these names returns. In a bundle it is what they are. */
export function ownPackage(): object | undefined {
  // Not before a function asks: a start without it takes 0.3 M instructions less.
  if (ownNames !== undefined) own ??= asModule(ownNames);
  return own;
}

/** Like dist/index.js: properties that tools can replace, and the marks of compiled ES modules. */
function asModule(names: object): object {
  const api = { ...names };
  return Object.defineProperties(api, { __esModule: { value: true }, default: { value: api } });
}

/** The class of node:module, whose require() would cost 0.2 ms. */
interface Loader {
  /** Bun has none. */
  _load?: (name: string, ...rest: unknown[]) => unknown;
}
