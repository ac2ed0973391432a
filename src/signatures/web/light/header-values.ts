const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;
/** What needs no normalizing: no control characters, no space at an end. */
const PLAIN_VALUE = /^(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?$/;

/**
 * The name of a header in lower case.
 *
 * @param method the one that was called, for the message
 * @throws TypeError unless it is a token (RFC 9110 §5.1)
 */
export function headerName(name: unknown, method: string): string {
  const text = typeof name === 'string' ? name : `${name as string}`;
  if (!TOKEN.test(text)) {
    throw new TypeError(`${method}: "${byteString(text)}" is an invalid header name.`);
  }
  return text.toLowerCase();
}

/**
 * The value of a header as the Fetch standard normalizes it: without white space at its ends.
 *
 * @throws TypeError for characters that are not bytes, and for NUL, CR and LF
 */
export function headerValue(value: unknown, method: string): string {
  const text = typeof value === 'string' ? value : `${value as string}`;
  return PLAIN_VALUE.test(text) ? text : normalizedValue(text, method);
}

function normalizedValue(value: string, method: string): string {
  const bytes = byteString(value);
  const trimmed = trimValue(bytes);
  if (/[\0\r\n]/.test(trimmed)) {
    throw new TypeError(`${method}: "${trimmed}" is an invalid header value.`);
  }
  return trimmed;
}

/** A value without white space at its ends. */
export function trimValue(value: string): string {
  const text = value.replace(/^[\t\n\r ]+/, '');
  // Not a regular expression: those take quadratic time.
  let end = text.length;
  while (end > 0 && '\t\n\r '.includes(text[end - 1] as string)) end--;
  return text.slice(0, end);
}

/**
 * A string of bytes (Web IDL §3.2.11).
 *
 * @throws TypeError for a character above U+00FF
 */
export function byteString(value: unknown): string {
  const text = `${value as string}`;
  if (!/[^\0-\xff]/.test(text)) return text;
  const index = text.search(/[^\0-\xff]/);
  const code = text.charCodeAt(index);
  throw new TypeError(
    `Cannot convert argument to a ByteString because the character at index ${index} has a value of ${code} which is greater than 255.`,
  );
}

/** Appends a value to those of the same name (RFC 9110 §5.3; RFC 6265 §4.2.1 for cookies). */
export function joinValues(name: string, before: string | undefined, value: string): string {
  if (before === undefined) return value;
  return name === 'cookie' ? `${before}; ${value}` : `${before}, ${value}`;
}
