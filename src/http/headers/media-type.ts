import { mediaTypeOf } from '../files/mime-types';
import { readParameterizedValue } from './parameters';

/** A media type (RFC 9110 §8.3.1). */
export interface MediaType {
  /** Such as `text/plain`: lower-case, without parameters. */
  type: string;
  /** By lower-case name, the first of a name. */
  parameters: ReadonlyMap<string, string>;
}

/**
 * Reads a Content-Type field. A parameter that cannot be read is skipped.
 * @returns undefined when the field holds no media type
 */
export function parseMediaType(field: string): MediaType | undefined {
  const { value, parameters } = readParameterizedValue(field, 0, false);
  const type = value.toLowerCase();
  return isMediaType(type) ? { type, parameters } : undefined;
}

/**
 * The first of `patterns` that a Content-Type field matches. A pattern is a media type, one with
 * wildcards (`text/*`), a suffix (`+json`), an extension (`json`), `urlencoded` or `multipart`.
 *
 * @returns the pattern as given, or the media type itself for a wildcard, a suffix or without
 *   patterns; false when nothing matches
 */
export function matchMediaType(actual: string, patterns: readonly string[]): string | false {
  const type = parseMediaType(actual)?.type;
  if (type === undefined) return false;
  if (patterns.length === 0) return type;
  for (const pattern of patterns) {
    const expected = expandPattern(pattern);
    if (expected === undefined || !matches(type, expected)) continue;
    return pattern.startsWith('+') || pattern.includes('*') ? type : pattern;
  }
  return false;
}

// RFC 6838 §4.2: type-name and subtype-name, at most 127 characters each.
function isMediaType(type: string): boolean {
  return /^[a-z\d][a-z\d!#$&^_-]{0,126}\/[a-z\d][a-z\d!#$&^_.+-]{0,126}$/.test(type);
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
