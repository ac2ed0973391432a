/**
 * What `JSON.parse` hides: members that come twice (the last one wins) and how a number is written.
 * `text` has passed `JSON.parse`, so these passes look at brackets, colons and strings only.
 */

/** Counts the members of all objects that lie `depth` brackets deep; repeated ones too. */
export function countMembers(text: string, depth: number): number {
  let level = 0;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) i = findStringEnd(text, i);
    else if (code === 0x7b || code === 0x5b) level++;
    else if (code === 0x7d || code === 0x5d) level--;
    else if (code === 0x3a && level === depth) count++;
  }
  return count;
}

/**
 * Finds a member that comes twice in one object `depth` brackets deep, or an attribute written as a
 * number with a fraction or an exponent, which is no Integer (JSON format §2.2).
 * @returns what is wrong, as part of a sentence, or undefined.
 */
export function findMemberFault(text: string, depth: number): string | undefined {
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
