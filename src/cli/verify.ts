import { existsSync } from 'node:fs';
import { verifyBuild } from '../built/find';
import { DEFAULT_OUT, RECORD } from '../built/record';
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
 * Describes a loaded function for `--verify`. Its server is made but does not listen, so that all but
 * the startup hooks is checked as for serving. Writes the compile cache, if there is one.
 *
 * @throws BarefnError if the function cannot be served or the compile cache cannot be written
 */
export function verify(registration: Registration, options: Options): string {
  createService(registration, withExpress(options));
  const { name, type, handler } = registration;
  if (typeof handler !== 'function' && typeof handler !== 'object') {
    throw new BarefnError(
      'NOT_A_FUNCTION',
      `"${name}" is registered with ${typeof handler}. Register a function.`,
    );
  }
  const lines = [`OK: ${name}, ${type} function of ${resolveSource(options.source)}`];
  if (type === 'http') lines.push(describeExpress(options));
  if (existsSync(`${DEFAULT_OUT}/${RECORD}`)) lines.push(verifyBuild(options));
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
