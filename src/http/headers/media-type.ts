import { isToken, quoteUnlessToken } from '../../core/header-syntax';
import { LENIENT, parseMediaType, readParameterizedValue } from '../../core/media-type';
import { mediaTypeOf } from '../files/mime-types';

/**
 * A Content-Type with `charset=utf-8`; its other parameters are kept.
 * What is not a media type is returned as it came.
 *
 * @param sorted whether the parameters are put in the order of their names
 */
export function withCharset(contentType: string, sorted = false): string {
  const { value, parameters } = readParameterizedValue(contentType, 0, LENIENT);
  const [type = '', subtype = '', ...rest] = value.toLowerCase().split('/');
  if (!isToken(type) || !isToken(subtype) || rest.length > 0) return contentType;
  parameters.set('charset', 'utf-8');
  const texts = [...parameters]
    .filter(([name]) => isToken(name))
    .map(([name, text]) => `${name}=${quoteUnlessToken(text)}`);
  return [`${type}/${subtype}`, ...(sorted ? texts.sort() : texts)].join('; ');
}

/**
 * The first of `patterns` that a Content-Type matches. A pattern is a media type, one with
 * wildcards (`text/*`), a suffix (`+json`), an extension (`json`), `urlencoded` or `multipart`.
 *
 * @returns the pattern as given, or the media type itself for a wildcard, a suffix or without
 *   patterns; false when nothing matches
 */
export function matchMediaType(actual: string, patterns: readonly string[]): string | false {
  const type = parseMediaType(actual, LENIENT)?.type;
  if (type === undefined) return false;
  if (patterns.length === 0) return type;
  for (const pattern of patterns) {
    const expected = expandPattern(pattern);
    if (expected === undefined || !matches(type, expected)) continue;
    return pattern.startsWith('+') || pattern.includes('*') ? type : pattern;
  }
  return false;
}

function expandPattern(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string') return undefined;
  if (pattern === 'urlencoded') return 'application/x-www-form-urlencoded';
  if (pattern === 'multipart') return 'multipart/*';
  if (pattern.startsWith('+')) return `*/*${pattern}`;
  return pattern.includes('/') ? pattern : mediaTypeOf(pattern);
}

function matches(actual: string, expected: string): boolean {
  const [type, subtype] = actual.split('/') as [string, string];
  const [wantedType, wantedSubtype, ...rest] = expected.split('/') as [string, string];
  if (rest.length > 0) return false;
  if (wantedType !== '*' && wantedType !== type) return false;
  if (wantedSubtype.startsWith('*+')) return subtype.endsWith(wantedSubtype.slice(1));
  return wantedSubtype === '*' || wantedSubtype === subtype;
}
