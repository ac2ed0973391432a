import type { SignatureType } from '../core/registry';
import type { ServeOptions, Service } from '../server/serve';

/** How long after the port opened; the first request usually comes before. */
const QUIET_MS = 100;
/** How often requests in flight put it off. */
const MOST_DELAYS = 10;

/**
 * Loads, once the port is open, what answering, failing and ending may still need. In trouble there
 * may be no descriptor left to read a file with, or another version's file in its place.
 *
 * Nobody waits for it: requests that come at once go first, and what is loaded is loaded in parts,
 * between which requests are served. Once, because a server may listen again.
 *
 * @param prepareProcess what else a process needs that is barefn's own
 */
export function preloadAfterListening(
  service: Service,
  type: SignatureType | '*',
  options: ServeOptions,
  prepareProcess?: () => void,
): void {
  service.server.once('listening', () => {
    let delays = 0;
    const timer = setInterval(() => {
      if (service.inFlight.size > 0 && delays++ < MOST_DELAYS) return;
      clearInterval(timer);
      const parts = [
        () => lateModules().loadForRequests(options),
        () => lateSignatureModules().loadForFunctions(type),
      ];
      loadInParts(prepareProcess === undefined ? parts : [...parts, prepareProcess]);
    }, QUIET_MS);
    timer.unref();
  });
}

function loadInParts([load, ...others]: readonly (() => unknown)[]): void {
  if (load === undefined) return;
  setImmediate(() => {
    try {
      load();
    } catch {
      // Whatever needs it fails then, with a request or a log to say so.
    }
    loadInParts(others);
  });
}

function lateModules(): typeof import('./late-modules') {
  return require('./late-modules') as typeof import('./late-modules');
}

function lateSignatureModules(): typeof import('../signatures/late-modules') {
  return require('../signatures/late-modules') as typeof import('../signatures/late-modules');
}
