import { type ExpressOptions, findManifest } from './express-version';
import { type ExpressChoice, wishOf } from './express-wish';

/** A line that says which version of Express the command serves, and why. */
export function describeExpress(options: ExpressOptions): string {
  const { version, reason } = chooseExpress(options);
  return `Express: ${version} (${reason})`;
}

/** The version of Express that the command serves, and why. */
export function chooseExpress({ express, source }: ExpressOptions): ExpressChoice {
  if (express !== undefined) {
    const isFlag = process.argv.some((word) => /^--express(?:=|$)/.test(word));
    return { version: express, reason: isFlag ? '--express' : 'FUNCTION_EXPRESS' };
  }
  const manifest = findManifest(source);
  const wish = manifest === undefined ? undefined : wishOf(manifest);
  return wish ?? { version: 5, reason: 'the default' };
}
