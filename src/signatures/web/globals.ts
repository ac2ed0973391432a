const NAMES = ['Headers', 'Request', 'Response'] as const;

type Fetch = typeof globalThis.fetch;

let native: Fetch | undefined;

/**
 * Makes the light classes the global ones of this process. They are loaded by first use, and Node's own
 * (15 to 28 ms) are not loaded before `fetch` is called.
 */
export function installLightClasses(): void {
  // The classes of Bun and Deno are light themselves.
  if ('Bun' in globalThis || 'Deno' in globalThis) return;
  // Only Node's own. A tracer that `--require` loaded has wrapped it: it makes a `new Request` for each call,
  // of what the global class is then, and passes it to Node's `fetch`, which takes no light one. The
  // classes cannot be asked: Node 22 and later load one to describe its property.
  if (!String(globalThis.fetch).includes('fetchImpl')) return;
  native = fetch;
  for (const name of NAMES) {
    // Node 22 and later load their class when a property is redefined that still has it.
    Reflect.deleteProperty(globalThis, name);
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get() {
        const { lightClass } = require('./light/classes') as typeof import('./light/classes');
        const value = lightClass(name);
        define(name, value);
        return value;
      },
      set: (value: unknown) => define(name, value),
    });
  }
  const replaced = {
    // One parameter counts for `length`, as of Node's own.
    fetch(input: Parameters<Fetch>[0], init: RequestInit | undefined = undefined) {
      const { lightFetch } = require('./light/fetch') as typeof import('./light/fetch');
      return lightFetch(input, init);
    },
  };
  globalThis.fetch = replaced.fetch;
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

/** Whether functions get light requests: only where they find the classes of them, too. */
export function hasLightClasses(): boolean {
  return native !== undefined;
}

/** Node's own `fetch`. */
export const nativeFetch: Fetch = (...args) => (native ?? fetch)(...args);
