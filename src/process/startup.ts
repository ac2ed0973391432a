import { BarefnError } from '../errors';
import type { StartupHook } from '../registry';

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
