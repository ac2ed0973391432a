import { createRequire } from 'node:module';
import path from 'node:path';
import type { BuildOptions, BuildResult, Message, OnLoadResult, Plugin } from 'esbuild';
import { BarefnError } from '../../core/errors';
import { memberOf } from '../../core/thrown';

export type { BuildOptions, BuildResult, Message, OnLoadResult, Plugin };

/** What is used of esbuild. */
export interface Esbuild {
  readonly version: string;
  build(options: BuildOptions): Promise<BuildResult<{ write: false; metafile: true }>>;
}

/**
 * Loads esbuild: that of the program, or one beside barefn.
 *
 * @throws BarefnError `BUILD_FAILED` when there is none
 */
export function loadEsbuild(directory: string): Esbuild {
  for (const from of [path.join(directory, 'package.json'), __filename]) {
    try {
      return createRequire(from)('esbuild') as Esbuild;
    } catch (error) {
      if (memberOf(error, 'code') !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new BarefnError(
    'BUILD_FAILED',
    'barefn build needs esbuild, which is not installed. Run: npm install --save-dev esbuild',
  );
}

/** The messages of a build that failed; throws what is no such failure. */
export function failureOf(error: unknown): { errors: Message[]; warnings: Message[] } {
  const errors = memberOf(error, 'errors');
  if (!Array.isArray(errors)) throw error;
  return { errors, warnings: (memberOf(error, 'warnings') as Message[] | undefined) ?? [] };
}
