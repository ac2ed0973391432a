import type { StartupHook } from '../core/registry';
import { resolveSource } from '../load/load';

/** The most characters of a hook that are shown. */
const MAX_LENGTH = 80;

/** Names a hook, or shows how its source begins. */
export function describeHook(hooks: readonly StartupHook[], index: number): string {
  const hook = hooks[index];
  const name = hook?.name || String(hook).replace(/\s+/g, ' ');
  const short = name.length > MAX_LENGTH ? `${name.slice(0, MAX_LENGTH)}…` : name;
  return `startup hook ${index + 1} of ${hooks.length} (${short})`;
}

export function describeModule(source: string): string {
  return `the top-level code of ${resolveSource(source)}, or of a module that it imports,`;
}

export function describeDelay(what: string): string {
  return `Still starting after 10 s: ${what} has not ended.`;
}

/** What ends the start, because Node would exit by itself. */
export function describeIdle(what: string): string {
  return `Cannot start: ${what} awaits a promise that nothing left in the process can settle.`;
}
