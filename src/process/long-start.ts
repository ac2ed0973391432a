import type { StartupHook } from '../core/registry';
import { resolveSource } from '../load/load';

/** How much of a hook's text is shown. */
const LONGEST = 80;

/** A hook by its name, or by how it begins. */
export function describeHook(hooks: readonly StartupHook[], index: number): string {
  const hook = hooks[index];
  const name = hook?.name || String(hook).replace(/\s+/g, ' ');
  const short = name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name;
  return `startup hook ${index + 1} of ${hooks.length} (${short})`;
}

export function describeModule(source: string): string {
  return `the top-level code of ${resolveSource(source)}, or of a module that it imports,`;
}

export function reportDelay(what: string): void {
  console.error(`Still starting after 10 s: ${what} has not ended.`);
}

/** Node itself ends the process, after whatever else waits for this moment. */
export function reportIdle(what: string): void {
  console.error(
    `Cannot start: ${what} awaits a promise that nothing left in the process can settle.`,
  );
  process.exitCode = 1;
}
