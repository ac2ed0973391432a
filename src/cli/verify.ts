import { BarefnError } from '../core/errors';
import type { Registration } from '../core/registry';
import { describeExpress } from '../load/express-choice';
import { withExpress } from '../load/express-version';
import { resolveSource } from '../load/load';
import type { Options } from '../options/options';
import { createService } from '../server/serve';

/** The members of node:module that came with Node 22.8 and 22.10. */
interface CompileCache {
  getCompileCacheDir?(): string | undefined;
  flushCompileCache?(): void;
}

/**
 * What `--verify` says of a function that was loaded. Its service is made and not opened, so that all
 * but the startup hooks went as it does when serving. The compile cache, if there is one, is written.
 *
 * @throws BarefnError where the function cannot be served, or no compile cache can be written
 */
export function verify(registration: Registration, options: Options): string {
  createService(registration, withExpress(options));
  const { name, type, handler } = registration;
  if (typeof handler !== 'function' && typeof handler !== 'object') {
    throw new BarefnError(
      'NOT_A_FUNCTION',
      `What is registered as "${name}" is ${typeof handler}.`,
    );
  }
  const lines = [`OK: ${name}, ${type} function of ${resolveSource(options.source)}`];
  if (type === 'http') lines.push(describeExpress(options));
  const cache = writeCompileCache(options);
  if (cache !== undefined) lines.push(`Compile cache: ${cache}`);
  return lines.join('\n');
}

function writeCompileCache({ compileCache }: Options): string | undefined {
  const { getCompileCacheDir, flushCompileCache } = require('node:module') as CompileCache;
  const directory = getCompileCacheDir?.();
  if (directory !== undefined) flushCompileCache?.();
  else if (compileCache !== null) {
    throw new BarefnError(
      'CACHE_FAILED',
      `Node did not enable the compile cache in ${compileCache}. Is the directory writable, and NODE_DISABLE_COMPILE_CACHE unset?`,
    );
  }
  return directory;
}
