import { type ExpressOptions, findManifest, withExpress } from './express-version';
import { type ExpressChoice, wishOf } from './express4/wish';
import { builtSource } from './load';

/** A line that says which version of Express the command serves, and why. */
export function describeExpress(options: ExpressOptions): string {
  const { version, reason } = chooseExpress(options);
  return `Express: ${version} (${reason})`;
}

/** The version of Express that the command serves, and why. */
export function chooseExpress({ express, source }: ExpressOptions): ExpressChoice {
  if (express !== undefined) {
    if (express === builtSource()?.express) return { version: express, reason: 'as it was built' };
    const isFlag = process.argv.some((word) => /^--express(?:=|$)/.test(word));
    return { version: express, reason: isFlag ? '--express' : 'FUNCTION_EXPRESS' };
  }
  const manifest = findManifest(source);
  const wish = manifest === undefined ? undefined : wishOf(manifest);
  return wish ?? { version: 5, reason: 'the default' };
}

/** The version of Express that the command would serve from the current directory. */
export function expressOfDirectory(): 4 | 5 | undefined {
  const { FUNCTION_EXPRESS } = process.env;
  if (FUNCTION_EXPRESS) return FUNCTION_EXPRESS === '4' ? 4 : 5;
  return withExpress({ express: undefined, source: process.cwd() }).express;
}
