import { BarefnError } from '../core/errors';

/**
 * Makes Node cache the compiled code of all modules that are loaded from here on.
 *
 * @throws BarefnError `INVALID_OPTION` where Node cannot
 */
export function enableCompileCache(directory: string): void {
  const module = require('node:module') as Partial<typeof import('node:module')>;
  if (module.enableCompileCache !== undefined) module.enableCompileCache(directory);
  else throw new BarefnError('INVALID_OPTION', '--compile-cache needs Node 22.8 or later.');
}
