/**
 * What `JSON.parse` hides: repeated members (the last one wins) and how a number was written. `text`
 * has passed `JSON.parse`, so that brackets, colons and strings are all there is to look at.
 */

/** Counts the members before `end` of all objects `depth` brackets deep; repeated ones too. */
export function countMembers(text: string, depth: number, end: number): number {
  let level = 0;
  let count = 0;
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) i = findStringEnd(text, i);
    else if (code === 0x7b || code === 0x5b) level++;
    else if (code === 0x7d || code === 0x5d) level--;
    else if (code === 0x3a && level === depth) count++;
  }
  return count;
}

/**
 * Finds the member `data` of an event when its value is an object or an array and nothing can follow
 * it, so that its members need not be scanned (−1 µs per KB).
 * @returns the index of its name, or -1.
 */
export function findLastData(text: string, data: unknown): number {
  if (typeof data !== 'object' || data === null) return -1;
  // The member exists: if the name occurs once, that is the member, unless escapes hide another.
  const start = text.indexOf('data"');
  if (text.indexOf('data"', start + 5) >= 0 || text.includes('\\u')) return -1;
  // Only `data` may be an object or an array: if the text ends with one, it ends with `data`.
  const last = text.charCodeAt(skipSpaceBack(text, skipSpaceBack(text, text.length) - 1) - 1);
  return last === 0x7d || last === 0x5d ? start - 1 : -1;
}

/**
 * Finds a repeated member in an object `depth` brackets deep, or an attribute written as a number with
 * a fraction or an exponent, which is not an Integer (JSON format §2.2).
 * @returns the problem, as part of a sentence, or undefined.
 */
export function findMemberProblem(text: string, depth: number): string | undefined {
  const names = new Set<string>();
  let level = 0;
  let string = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) {
      const end = findStringEnd(text, i);
      if (level === depth) string = text.slice(i, end + 1);
      i = end;
    } else if (code === 0x7b || code === 0x5b) {
      level++;
      if (level === depth) names.clear();
    } else if (code === 0x7d || code === 0x5d) {
      level--;
    } else if (code === 0x3a && level === depth) {
      const name: string = JSON.parse(string);
      if (names.has(name)) return `${string} comes twice`;
      if (name !== 'data' && isFractional(text, i + 1)) {
        return `attribute ${string} must be an integer without fraction or exponent`;
      }
      names.add(name);
    }
  }
  return undefined;
}

/** Index of the quote that ends the string which begins at `start`. */
function findStringEnd(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
}

function isFractional(text: string, start: number): boolean {
  const number = /[ \t\r\n]*-?[0-9]+[.eE]/y;
  number.lastIndex = start;
  return number.test(text);
}

/** Index after the last character before `end` that is not white space. */
function skipSpaceBack(text: string, end: number): number {
  let i = end;
  while (i > 0 && text.charCodeAt(i - 1) <= 0x20) i--;
  return i;
}
