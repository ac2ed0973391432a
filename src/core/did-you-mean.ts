/**
 * Finds the candidate that is closest to a mistyped `name`: the fewest characters to insert, remove or
 * replace, ignoring case. Undefined when more than `most` characters would have to change.
 *
 * @param most a third of the characters, at least 2, by default
 */
export function didYouMean(
  name: string,
  candidates: Iterable<string>,
  most: number = Math.max(2, Math.floor(Math.min(name.length, MAX_NAME_LENGTH) / 3)),
): string | undefined {
  const wanted = name.slice(0, MAX_NAME_LENGTH).toLowerCase();
  let best: string | undefined;
  let bestDistance = most + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.slice(0, MAX_NAME_LENGTH).toLowerCase());
    // A distance as long as the word itself replaces every character: nothing in common.
    if (distance < bestDistance && distance < Math.max(wanted.length, 1)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

// Names are short; this bounds the work on those that are not.
const MAX_NAME_LENGTH = 100;

// Wagner–Fischer, one row at a time: row[j] is the distance from a's prefix to b's first j.
function editDistance(a: string, b: string): number {
  const row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    let diagonal = i - 1;
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const above = row[j] as number;
      const replaced = diagonal + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, above + 1, (row[j - 1] as number) + 1);
      diagonal = above;
    }
  }
  return row[b.length] as number;
}
