import type { SignatureType } from '../core/registry';
import type { ServeOptions, Service } from '../server/serve';

/** How often it checks whether the process rests; the first request usually comes earlier. */
const INTERVAL_MS = 100;
/** CPU time of an interval in which the process rested, in microseconds. */
const RESTING_US = 5000;
/** How often a busy process can defer it. */
const MAX_DELAYS = 30;

/**
 * Loads the remaining modules that requests, errors and shutdown may need, once the port is open. Later
 * there may be no descriptor left to read a file, or a file of another version in its place.
 *
 * It loads in parts, and requests go first. On a slow machine the first one may need more than an interval
 * until it is in flight, so the process must have rested for an interval. It runs once, although a server
 * may listen again.
 *
 * @param prepareProcess loads what the command's process needs as well
 */
export function preloadAfterListening(
  service: Service,
  type: SignatureType | '*',
  options: ServeOptions,
  prepareProcess?: () => void,
): void {
  service.server.once('listening', () => {
    let delays = 0;
    let spentUs = 0;
    const timer = setInterval(() => {
      const { user, system } = process.cpuUsage();
      const isBusy = service.inFlight.size > 0 || user + system - spentUs > RESTING_US;
      spentUs = user + system;
      if (isBusy && delays++ < MAX_DELAYS) return;
      clearInterval(timer);
      const parts = [
        () => lateModules().loadForRequests(options),
        () => lateSignatureModules().loadForFunctions(type),
      ];
      loadInParts(prepareProcess === undefined ? parts : [...parts, prepareProcess]);
    }, INTERVAL_MS);
    timer.unref();
  });
}

function loadInParts([load, ...others]: readonly (() => unknown)[]): void {
  if (load === undefined) return;
  setImmediate(() => {
    try {
      load();
    } catch {
      // The request that needs it fails, and says so.
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
