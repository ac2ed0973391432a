import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Options } from '../options/options';

/** The options that choose the version of Express. */
export type ExpressOptions = Pick<Options, 'express' | 'source'>;

/** A package.json. */
export interface Manifest {
  readonly file: string;
  readonly text: string;
}

/**
 * Adds the version of Express that the program at `source` was written for to the options: as the option
 * says, else as package.json says, else 5.
 *
 * @throws BarefnError `INVALID_OPTION` for another version in package.json
 */
export function withExpress<Given extends ExpressOptions>(options: Given): Given {
  const manifest = options.express === undefined ? findManifest(options.source) : undefined;
  if (manifest === undefined) return options;
  const { text } = manifest;
  // gain: searching takes 0.002 ms, a regular expression 0.05.
  const at = text.indexOf('functions-framework": "');
  const asked = text.slice(at + 23, at + 25);
  if (
    (at === -1 || asked === '^5' || asked === 'np') &&
    // Also if it is written without spaces, under another name, or there is a "barefn" member.
    !text.includes('framework":"') &&
    !text.includes('m:@google-c') &&
    !text.includes('"barefn": {') &&
    !text.includes('"barefn":{')
  ) {
    return options;
  }
  const { wishOf } = require('./express4/wish') as typeof import('./express4/wish');
  return { ...options, express: wishOf(manifest)?.version };
}

/** The nearest package.json of the program at `source` that has a name or dependencies. */
export function findManifest(source: string): Manifest | undefined {
  for (let directory = source; ; directory = dirname(directory)) {
    const file = `${directory}/package.json`;
    if (existsSync(file)) {
      const text = readFileSync(file, 'utf8');
      // Others only set the type of the modules in a directory.
      if (text.includes('"name"') || text.includes('ependencies"') || text.includes('"barefn"')) {
        return { file, text };
      }
    }
    if (directory === dirname(directory)) return undefined;
  }
}
