/**
 * `value; name=value; …`, the form of media types and of the members of lists such as Accept
 * (RFC 9110 §5.6.6, §8.3.1).
 */

import { findClosingQuote, isToken, unescapeQuoted } from './header-syntax';

const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;

/** How strictly a text is read. Where a member is absent, the reader is lenient. */
export interface Strictness {
  /** The form of `type/subtype`. */
  readonly type: RegExp;
  /** Whether a malformed parameter makes the whole malformed. @default false: it is skipped */
  readonly rejectsMalformed?: boolean;
  /** Whether nothing between two semicolons is malformed, too. @default false */
  readonly rejectsEmpty?: boolean;
  /** Whether a quoted string is malformed unless it is ASCII without controls. @default false */
  readonly rejectsNonAscii?: boolean;
  /** Whether a tab is no white space. @default false */
  readonly rejectsTabs?: boolean;
  /** Whether the last of several parameters with one name counts. @default false: the first */
  readonly takesLast?: boolean;
  /** Whether a comma outside of a quoted string is the end. @default false */
  readonly endsAtComma?: boolean;
}

// RFC 6838 §4.2: at most 127 characters each.
const RESTRICTED_NAMES = /^[a-z\d][\w!#$&^-]{0,126}\/[a-z\d][\w!#$&^.+-]{0,126}$/i;

/** As RFC 9110 has it. */
export const STRICT: Strictness = {
  type: /^[!#$%&'*+.^`|~\w-]+\/[!#$%&'*+.^`|~\w-]+$/,
  rejectsMalformed: true,
  rejectsNonAscii: true,
};

/** As Express 5 reads Content-Type. */
export const LENIENT: Strictness = { type: RESTRICTED_NAMES };

/** A member of a list, as Express 5 reads Accept. */
export const LENIENT_MEMBER: Strictness = { type: RESTRICTED_NAMES, endsAtComma: true };

/** As the body parser of Express 4 reads Content-Type. */
export const EXPRESS_4: Strictness = {
  type: RESTRICTED_NAMES,
  rejectsMalformed: true,
  rejectsEmpty: true,
  rejectsTabs: true,
  takesLast: true,
};

/** A media type. */
export interface MediaType {
  /** `type/subtype`, in lower case. */
  readonly type: string;
  /** By lower-case name. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The charset parameter, in lower case; undefined when absent. */
  readonly charset: string | undefined;
}

/** Reads a media type; undefined when it is malformed. */
export function parseMediaType(text: string, strictness: Strictness): MediaType | undefined {
  const { value, parameters, end } = readParameterizedValue(text, 0, strictness);
  if (end === -1 || !strictness.type.test(value)) return undefined;
  const charset = parameters.get('charset')?.toLowerCase();
  return { type: value.toLowerCase(), parameters, charset };
}

/** A value and its parameters. */
export interface ParameterizedValue {
  /** The value as written, without the white space around it. */
  readonly value: string;
  /** By lower-case name. A Map: an object takes 12 KB for a name such as `999`. */
  readonly parameters: Map<string, string>;
  /** The index of the comma that ends it, else the length of the text; -1 when it is malformed. */
  readonly end: number;
}

/** Reads a value and its parameters in one pass. */
export function readParameterizedValue(
  text: string,
  start: number,
  strictness: Strictness,
): ParameterizedValue {
  let end = findDelimiter(text, start, strictness);
  const value = trim(text, start, end, strictness);
  const parameters = new Map<string, string>();
  while (text.charCodeAt(end) === SEMICOLON) {
    end = readParameter(text, end + 1, strictness, parameters);
  }
  return { value, parameters, end };
}

/** Adds a parameter to `parameters`; returns the index of the next delimiter, or -1. */
function readParameter(
  text: string,
  start: number,
  strictness: Strictness,
  parameters: Map<string, string>,
): number {
  const { rejectsMalformed, rejectsEmpty, takesLast } = strictness;
  const nameEnd = findDelimiter(text, start, strictness, EQUALS);
  const name = trim(text, start, nameEnd, strictness);
  if (text.charCodeAt(nameEnd) !== EQUALS) {
    const isRejected = name === '' ? rejectsEmpty : rejectsMalformed;
    return isRejected ? -1 : nameEnd;
  }
  const { value, end } = readValue(text, nameEnd + 1, strictness);
  if (rejectsMalformed && (value === undefined || !isToken(name))) return -1;
  const key = name.toLowerCase();
  if (value !== undefined && (takesLast || !parameters.has(key))) parameters.set(key, value);
  return end;
}

/** Reads a token or a quoted string; the value is undefined when it is malformed. */
function readValue(
  text: string,
  start: number,
  strictness: Strictness,
): { value: string | undefined; end: number } {
  const { rejectsMalformed, rejectsNonAscii } = strictness;
  const valueStart = skipSpace(text, start, strictness);
  if (text.charCodeAt(valueStart) !== QUOTE) {
    const end = findDelimiter(text, valueStart, strictness);
    const value = trim(text, valueStart, end, strictness);
    return { value: rejectsMalformed && !isToken(value) ? undefined : value, end };
  }
  const closing = findClosingQuote(text, valueStart + 1);
  if (closing === -1) return { value: undefined, end: text.length };
  const end = findDelimiter(text, closing + 1, strictness);
  const quoted = text.slice(valueStart + 1, closing);
  const isMalformed =
    (rejectsMalformed && trim(text, closing + 1, end, strictness) !== '') ||
    (rejectsNonAscii && !/^[\t\x20-\x7e]*$/.test(quoted));
  return { value: isMalformed ? undefined : unescapeQuoted(quoted), end };
}

/** The index of the next semicolon, of `other`, or of the comma that is the end. */
function findDelimiter(
  text: string,
  start: number,
  { endsAtComma }: Strictness,
  other = SEMICOLON,
): number {
  let i = start;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === SEMICOLON || code === other || (endsAtComma && code === COMMA)) break;
  }
  return i;
}

function trim(text: string, start: number, end: number, strictness: Strictness): string {
  const first = skipSpace(text, start, strictness);
  let last = end;
  while (last > first && isSpace(text.charCodeAt(last - 1), strictness)) last--;
  return text.slice(first, last);
}

/** RFC 9110 §5.6.3: OWS = *( SP / HTAB ) */
function skipSpace(text: string, start: number, strictness: Strictness): number {
  let i = start;
  while (isSpace(text.charCodeAt(i), strictness)) i++;
  return i;
}

function isSpace(code: number, { rejectsTabs }: Strictness): boolean {
  return code === SPACE || (code === TAB && !rejectsTabs);
}
