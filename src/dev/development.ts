import type { Registration } from '../core/registry';
import { builtSource } from '../load/load';
import type { Options } from '../options/options';

/** Makes a function warn, in development, when it does not answer or leaves work running. */
export function withWarnings(registration: Registration, options: Options): Registration {
  return hasWarnings(options) ? warnings().addWarnings(registration) : registration;
}

/** Loads what warnings need, once the port is open. */
export function preloadWarnings(options: Options): void {
  if (hasWarnings(options)) warnings().preloadWarnings();
}

/**
 * Whether there is a development page. With several processes its log would be that of one of them; a
 * build leaves it out.
 */
export function hasPage({ target, workers }: Options): boolean {
  return !builtSource() && (target === '*' || (workers === 1 && isDevelopment()));
}

function hasWarnings({ warnUnfinished }: Options): boolean {
  return warnUnfinished && isDevelopment();
}

/** Not in production, nor on Cloud Run and Knative, which set K_SERVICE. */
function isDevelopment(): boolean {
  const { NODE_ENV, K_SERVICE } = process.env;
  return NODE_ENV !== 'production' && !K_SERVICE;
}

function warnings(): typeof import('./warnings') {
  return require('./warnings') as typeof import('./warnings');
}
