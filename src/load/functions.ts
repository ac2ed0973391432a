import { type Registration, registrations, type SignatureType } from '../core/registry';
import { hasFetch, type LoadedFunction, type LoadOptions } from './load';

/** The only function that there is, registered or exported. */
export function onlyFunction(exported: unknown, options: LoadOptions): LoadedFunction | undefined {
  const registered = [...registrations()];
  const found = registered.length > 0 ? registered : functionsOf(exported, options.signatureType);
  return found.length === 1 ? found[0] : undefined;
}

/** The functions that a module exports, each once and wrapped as a registration. */
export function functionsOf(exported: unknown, signatureType: SignatureType): Registration[] {
  const found = new Map<unknown, string>();
  for (const [name, value] of exportedFunctions(exported)) {
    // A function exported both as `default` and by name keeps its name.
    if (!found.has(value) || found.get(value) === 'default') found.set(value, name);
  }
  return Array.from(found, ([handler, name]) => ({
    name,
    type: hasFetch(handler) ? 'web' : signatureType,
    handler,
  }));
}

/** The functions that a module exports; `module.exports = handler` counts as `default`. */
export function exportedFunctions(exported: unknown): [name: string, handler: unknown][] {
  if (typeof exported === 'function' || hasFetch(exported)) return [['default', exported]];
  if (typeof exported !== 'object' || exported === null) return [];
  return Object.entries(exported).filter(
    ([, value]) => typeof value === 'function' || hasFetch(value),
  );
}
