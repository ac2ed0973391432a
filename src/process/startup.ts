import { BarefnError } from '../errors';
import type { Options } from '../options/options';
import type { StartupHook } from '../registry';

/** When each phase of the start ended, in ms after the process began. */
export type PhaseEnds = Record<'framework' | 'function' | 'hooks' | 'listen', number>;

/**
 * Runs the startup hooks in their order, each when the one before is done.
 *
 * @throws BarefnError `STARTUP_HOOK_FAILED` with its cause; the hooks after it do not run
 */
export async function runStartupHooks(hooks: readonly StartupHook[]): Promise<void> {
  for (const hook of hooks) {
    try {
      await hook();
    } catch (cause) {
      const text = (cause as Error | undefined)?.stack ?? String(cause);
      throw new BarefnError('STARTUP_HOOK_FAILED', `A startup hook failed: ${text}`, { cause });
    }
  }
}

const ends = {} as PhaseEnds;

/** Notes that a phase of the start is over, if that is wanted; after the last, prints the report. */
export function endPhase(phase: keyof PhaseEnds, { startupReport }: Options): void {
  if (!startupReport) return;
  ends[phase] = performance.now();
  if (phase !== 'listen') return;
  const report = require('./startup-report') as typeof import('./startup-report');
  console.error(report.startupReport(ends));
}
