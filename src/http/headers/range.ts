/** The first and last position of a part, both inclusive. */
// An alias, for declarations of programs: an interface would need a public name there.
export type Range = { start: number; end: number };

/** Parts of a representation, in a unit such as `bytes`. */
export type Ranges = Range[] & { type: string };

/**
 * Reads Range (RFC 9110 §14.2) for a representation of `size` units.
 *
 * @param combine whether parts that overlap or touch are joined
 * @returns -1 when no part can be satisfied, -2 when the header cannot be read
 */
export function parseRange(size: number, header: string, combine = false): Ranges | -1 | -2 {
  const equals = header.indexOf('=');
  if (equals === -1) return -2;
  const ranges: Range[] = [];
  for (const part of header.slice(equals + 1).split(',')) {
    const range = parsePart(part, size);
    if (range === undefined) return -2;
    if (range.start >= 0 && range.start <= range.end) ranges.push(range);
  }
  if (ranges.length === 0) return -1;
  return Object.assign(combine ? combineRanges(ranges) : ranges, { type: header.slice(0, equals) });
}

// RFC 9110 §14.1.1: int-range = first-pos "-" [ last-pos ], suffix-range = "-" suffix-length
function parsePart(part: string, size: number): Range | undefined {
  const dash = part.indexOf('-');
  if (dash === -1) return undefined;
  const first = part.slice(0, dash).trim();
  const last = part.slice(dash + 1).trim();
  const start = first === '' ? size - parsePosition(last) : parsePosition(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(parsePosition(last), size - 1);
  return Number.isNaN(start) || Number.isNaN(end) ? undefined : { start, end };
}

function parsePosition(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** Joins ranges that overlap or touch, in the order in which the client asked for them. */
function combineRanges(ranges: Range[]): Range[] {
  const sorted = ranges
    .map(({ start, end }, index) => ({ start, end, index }))
    .sort((a, b) => a.start - b.start);
  const combined: typeof sorted = [];
  for (const range of sorted) {
    const before = combined.at(-1);
    if (before === undefined || range.start > before.end + 1) combined.push(range);
    else if (range.end > before.end) {
      before.end = range.end;
      before.index = Math.min(before.index, range.index);
    }
  }
  return combined.sort((a, b) => a.index - b.index).map(({ start, end }) => ({ start, end }));
}
