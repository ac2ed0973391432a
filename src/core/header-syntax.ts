/** The parts that header values are made of (RFC 9110 §5.6). */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether a text is a token (§5.6.2). */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
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

/** Writes a quoted string. */
export function quoteString(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** Writes a token as it is, anything else as a quoted string. */
export function quoteUnlessToken(text: string): string {
  return isToken(text) ? text : quoteString(text);
}
