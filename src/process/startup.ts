import { BarefnError } from '../core/errors';
import type { StartupHook } from '../core/registry';
import { describeThrown } from '../core/thrown';
import { logError } from '../http/errors/log-error';
import type { Options } from '../options/options';
import type { WorkersReport } from './workers/messages';

/** When each phase of the start ended, in ms after the process began. */
export type PhaseEnds = Record<'framework' | 'function' | 'hooks' | 'listen', number>;

/** How long the start waits before it logs what it is waiting for. */
const PATIENCE_MS = 10_000;

/** Gets what is to be said of a start. A worker leaves it to its primary, which says it once. */
export const startReporter = {
  note: logError,
  failed(text: string): void {
    logError(text);
    process.exitCode = 1;
  },
};

/**
 * Runs the startup hooks in their order, each when the one before is done.
 *
 * @throws BarefnError `STARTUP_HOOK_FAILED` with its cause; the hooks after it do not run
 */
export async function runStartupHooks(hooks: readonly StartupHook[]): Promise<void> {
  let index = 0;
  const watch = watchWait(() => longStart().describeHook(hooks, index));
  try {
    for (; index < hooks.length; index++) await hooks[index]?.();
  } catch (cause) {
    const text = describeThrown(cause);
    throw new BarefnError('STARTUP_HOOK_FAILED', `A startup hook failed: ${text}`, { cause });
  } finally {
    watch.end();
  }
}

/** Waits for a module, and logs when that takes long or can never end. */
export async function awaitModule<Loaded>(
  loading: Promise<Loaded>,
  { source }: Pick<Options, 'source'>,
): Promise<Loaded> {
  const watch = watchWait(() => longStart().describeModule(source));
  try {
    return await loading;
  } finally {
    watch.end();
  }
}

/**
 * Logs what the start is waiting for when it takes long, and when the event loop is empty: Node would
 * exit with 0, silently.
 */
function watchWait(describe: () => string): { end(): void } {
  const onIdle = (): void => startReporter.failed(longStart().describeIdle(describe()));
  const onDelay = (): void => startReporter.note(longStart().describeDelay(describe()));
  const timer = setTimeout(onDelay, PATIENCE_MS);
  timer.unref();
  process.once('beforeExit', onIdle);
  return {
    end() {
      clearTimeout(timer);
      process.removeListener('beforeExit', onIdle);
    },
  };
}

function longStart(): typeof import('./long-start') {
  return require('./long-start') as typeof import('./long-start');
}

const ends = {} as PhaseEnds;

/**
 * Records the end of a phase for --startup-report, and prints the report after the last one.
 *
 * @param workers what the primary of this process adds to the report
 */
export function markPhase(phase: keyof PhaseEnds, options: Options, workers?: WorkersReport): void {
  if (!options.startupReport) return;
  ends[phase] = performance.now();
  if (phase !== 'listen') return;
  const report = require('./startup-report') as typeof import('./startup-report');
  console.error(report.startupReport(ends, options, workers));
}
