import {
  findClosingQuote,
  isSpace,
  isToken,
  quoteUnlessToken,
  skipSpace,
  unescapeQuoted,
} from '../../core/header-syntax';
import { mediaTypeOf } from '../files/mime-types';

const QUOTE = 0x22;
const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;

/** A media type (RFC 9110 §8.3.1). */
export interface MediaType {
  /** Such as `text/plain`: lower-case, without parameters. */
  type: string;
  /** By lower-case name, the first of a name. */
  parameters: ReadonlyMap<string, string>;
}

/**
 * Reads a Content-Type. Malformed parameters are skipped.
 * @returns undefined when it is not a media type
 */
export function parseMediaType(header: string): MediaType | undefined {
  const { value, parameters } = readParameterizedValue(header, 0, false);
  const type = value.toLowerCase();
  return isMediaType(type) ? { type, parameters } : undefined;
}

/**
 * A Content-Type with `charset=utf-8`; its other parameters are kept.
 * What is not a media type is returned as it came.
 *
 * @param sorted whether the parameters are put in the order of their names
 */
export function withCharset(contentType: string, sorted = false): string {
  const { value, parameters } = readParameterizedValue(contentType, 0, false);
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

/** One member of a header such as Content-Type or Accept: a value and its parameters. */
export interface ParameterizedValue {
  /** The value as written, without the white space around it. */
  value: string;
  /** By lower-case name, the first of a name. A Map: an object takes 12 KB for a name such as `999`. */
  parameters: Map<string, string>;
  /** The index of the comma that ends the member, else the length of the text. */
  end: number;
}

/**
 * Reads a value and its parameters (RFC 9110 §5.6.6) in one pass, as leniently as Express does:
 * malformed parameters are skipped.
 *
 * @param isList whether a comma outside of a quoted string ends the member
 */
export function readParameterizedValue(
  header: string,
  start: number,
  isList: boolean,
): ParameterizedValue {
  const valueStart = skipSpace(header, start);
  let end = skipToDelimiter(header, valueStart, isList);
  const value = sliceTrimmed(header, valueStart, end);
  const parameters = new Map<string, string>();
  while (header.charCodeAt(end) === SEMICOLON) {
    end = readParameter(header, skipSpace(header, end + 1), isList, parameters);
  }
  return { value, parameters, end };
}

/** Adds the parameter to `parameters`; returns the index of the next delimiter. */
function readParameter(
  header: string,
  start: number,
  isList: boolean,
  parameters: Map<string, string>,
): number {
  const equals = skipName(header, start, isList);
  if (header.charCodeAt(equals) !== EQUALS) return equals;
  const name = sliceTrimmed(header, start, equals).toLowerCase();
  const valueStart = skipSpace(header, equals + 1);
  if (header.charCodeAt(valueStart) !== QUOTE) {
    const end = skipToDelimiter(header, valueStart, isList);
    if (!parameters.has(name)) parameters.set(name, sliceTrimmed(header, valueStart, end));
    return end;
  }
  const closing = findClosingQuote(header, valueStart + 1);
  if (closing === -1) return header.length;
  if (!parameters.has(name)) {
    parameters.set(name, unescapeQuoted(header.slice(valueStart + 1, closing)));
  }
  return skipToDelimiter(header, closing + 1, isList);
}

function skipName(header: string, start: number, isList: boolean): number {
  let i = start;
  for (; i < header.length; i++) {
    const code = header.charCodeAt(i);
    if (code === EQUALS || code === SEMICOLON || (isList && code === COMMA)) break;
  }
  return i;
}

function skipToDelimiter(header: string, start: number, isList: boolean): number {
  let i = start;
  for (; i < header.length; i++) {
    const code = header.charCodeAt(i);
    if (code === SEMICOLON || (isList && code === COMMA)) break;
  }
  return i;
}

function sliceTrimmed(header: string, start: number, end: number): string {
  let last = end;
  while (last > start && isSpace(header.charCodeAt(last - 1))) last--;
  return header.slice(start, last);
}
