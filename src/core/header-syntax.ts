/** The parts that header values are made of (RFC 9110 §5.6). */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether a text is a token (§5.6.2). */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
}

/** The index after the token at `start`; `start` when there is none. */
export function skipToken(text: string, start: number): number {
  let i = start;
  while (i < text.length && isTokenCharacter(text.charCodeAt(i))) i++;
  return i;
}

// Any visible ASCII character but the delimiters.
function isTokenCharacter(code: number): boolean {
  if ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) return true;
  if (code >= 0x30 && code <= 0x39) return true;
  if (code <= 0x20 || code >= 0x7f) return false;
  return !'"(),/:;<=>?@[\\]{}'.includes(String.fromCharCode(code));
}

/** The index after optional white space (§5.6.3). */
export function skipSpace(text: string, start: number): number {
  let i = start;
  while (isSpace(text.charCodeAt(i))) i++;
  return i;
}

/** Whether a character code is that of a space or a tab. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** The index of the quote that ends a quoted string (§5.6.4); -1 when it does not end. */
export function findClosingQuote(text: string, start: number): number {
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i;
    if (code === BACKSLASH) i++;
  }
  return -1;
}

/** Decodes the text between the quotes: a backslash stands for the next character. */
export function unescapeQuoted(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}

/** The value of a token or a quoted string. */
export function unquote(value: string): string {
  return value.startsWith('"') ? unescapeQuoted(value.slice(1, -1)) : value;
}

/** Writes a quoted string. */
export function quoteString(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** Writes a token as it is, anything else as a quoted string. */
export function quoteUnlessToken(text: string): string {
  return isToken(text) ? text : quoteString(text);
}
