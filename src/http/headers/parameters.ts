/** One member of a field such as Content-Type or Accept: a value and the parameters behind it. */
export interface ParameterizedValue {
  /** The value as written, without the white space around it. */
  value: string;
  /** By lower-case name, the first of a name. A Map: an object takes 12 KB for a name such as `999`. */
  parameters: Map<string, string>;
  /** The index of the comma that ends the member, else the length of the field. */
  end: number;
}

const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;

/**
 * Reads a value and its parameters (RFC 9110 §5.6.6) in one pass, as leniently as Express does:
 * a parameter that cannot be read is skipped.
 *
 * @param isList whether a comma outside of a quoted string ends the member
 */
export function readParameterizedValue(
  field: string,
  start: number,
  isList: boolean,
): ParameterizedValue {
  const valueStart = skipSpace(field, start);
  let end = skipToDelimiter(field, valueStart, isList);
  const value = sliceTrimmed(field, valueStart, end);
  const parameters = new Map<string, string>();
  while (field.charCodeAt(end) === SEMICOLON) {
    end = readParameter(field, skipSpace(field, end + 1), isList, parameters);
  }
  return { value, parameters, end };
}

/** Adds the parameter to `parameters`; returns the index of the delimiter behind it. */
function readParameter(
  field: string,
  start: number,
  isList: boolean,
  parameters: Map<string, string>,
): number {
  const equals = skipName(field, start, isList);
  if (field.charCodeAt(equals) !== EQUALS) return equals;
  const name = sliceTrimmed(field, start, equals).toLowerCase();
  const valueStart = skipSpace(field, equals + 1);
  if (field.charCodeAt(valueStart) !== QUOTE) {
    const end = skipToDelimiter(field, valueStart, isList);
    if (!parameters.has(name)) parameters.set(name, sliceTrimmed(field, valueStart, end));
    return end;
  }
  const closing = findClosingQuote(field, valueStart + 1);
  if (closing === -1) return field.length;
  // RFC 9110 §5.6.4: a backslash stands for the character behind it.
  if (!parameters.has(name)) {
    parameters.set(name, field.slice(valueStart + 1, closing).replace(/\\(.)/gs, '$1'));
  }
  return skipToDelimiter(field, closing + 1, isList);
}

function skipName(field: string, start: number, isList: boolean): number {
  let i = start;
  for (; i < field.length; i++) {
    const code = field.charCodeAt(i);
    if (code === EQUALS || code === SEMICOLON || (isList && code === COMMA)) break;
  }
  return i;
}

function skipToDelimiter(field: string, start: number, isList: boolean): number {
  let i = start;
  for (; i < field.length; i++) {
    const code = field.charCodeAt(i);
    if (code === SEMICOLON || (isList && code === COMMA)) break;
  }
  return i;
}

function findClosingQuote(field: string, start: number): number {
  for (let i = start; i < field.length; i++) {
    const code = field.charCodeAt(i);
    if (code === QUOTE) return i;
    if (code === BACKSLASH) i++;
  }
  return -1;
}

// RFC 9110 §5.6.3: OWS = *( SP / HTAB )
function skipSpace(field: string, start: number): number {
  let i = start;
  while (isSpace(field.charCodeAt(i))) i++;
  return i;
}

function sliceTrimmed(field: string, start: number, end: number): string {
  let last = end;
  while (last > start && isSpace(field.charCodeAt(last - 1))) last--;
  return field.slice(start, last);
}

function isSpace(code: number): boolean {
  return code === SPACE || code === TAB;
}
