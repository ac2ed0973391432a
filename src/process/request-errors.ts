import { invocationStorage } from '../core/invocation';
import { lazily } from '../http/lazy';

/** The event that reports an uncaught error. */
export type UncaughtEvent = 'uncaughtException' | 'unhandledRejection';

const uncaught = lazily(() => require('./uncaught') as typeof import('./uncaught'));

type Emit = (event: string | symbol, ...args: unknown[]) => boolean;

/**
 * Answers uncaught errors to the requests whose code threw them. No listener of the program gets them:
 * one that ends the process would end all other requests too. Error reporters get them through
 * 'uncaughtExceptionMonitor'.
 *
 * Node reports such errors by `process.emit(…)`. That it can be replaced is not documented, but packages
 * rely on it (signal-exit, for one). For runtimes that report them in another way, the supervisor's
 * listeners call {@link answerUncaught}.
 */
export function interceptRequestErrors(): void {
  const emit = process.emit.bind(process) as Emit;
  let isReportedAgain = false;
  process.emit = ((event: string | symbol, ...args: unknown[]): boolean => {
    const store = invocationStorage.getStore();
    const [error, origin] = args;
    // With --unhandled-rejections=strict Node reports a rejection by both events, one right after the
    // other. For the second one, Node 20 has lost the store.
    if (event === 'unhandledRejection' && isReportedAgain) {
      isReportedAgain = false;
      return true;
    }
    if (store === undefined) return emit(event, ...args);
    switch (event) {
      case 'uncaughtExceptionMonitor':
        uncaught().reportToMonitors(store, () => emit(event, ...args));
        return true;
      case 'uncaughtException':
        isReportedAgain = origin === 'unhandledRejection';
        return answerUncaught(error, event);
      case 'unhandledRejection':
        // As Node does for a rejection without listeners.
        uncaught().reportToMonitors(store, () => emit('uncaughtExceptionMonitor', error, event));
        return answerUncaught(error, event);
      default:
        return emit(event, ...args);
    }
  }) as typeof process.emit;
}

/** Answers an uncaught error to the request whose code threw it. False when there is none. */
export function answerUncaught(error: unknown, event: UncaughtEvent): boolean {
  if (invocationStorage.getStore() === undefined) return false;
  return uncaught().answerToRequest(error, event);
}
