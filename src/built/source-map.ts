import path from 'node:path';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const COMMA = 0x2c;
const SEMICOLON = 0x3b;
/** How many numbers a mapping has: generated column, source, line and column. */
const WIDTH = 4;

/**
 * Places of generated code in its sources (ECMA-426). Node's own class takes ten times the memory for
 * the map of a large bundle.
 */
export class SourceMap {
  private readonly sources: readonly string[];
  /** The mappings, {@link WIDTH} numbers each. */
  private readonly mappings: Int32Array;
  /** The index of the first mapping of each line, and the end. */
  private readonly lines: readonly number[];

  /** @param file the generated file, to which the paths of sources are relative */
  constructor(json: string, file: string) {
    const { sources, mappings } = JSON.parse(json) as { sources: string[]; mappings: string };
    this.sources = sources.map((source) => path.join(path.dirname(file), source));
    ({ mappings: this.mappings, lines: this.lines } = decode(mappings));
  }

  /** The place of a line and column, both counted from 1, as `file:line:column`. */
  find(line: number, column: number): string | undefined {
    let low = this.lines[line - 1] ?? 0;
    let high = (this.lines[line] ?? 0) - 1;
    if (low > high) return undefined;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.number(middle, 0) < column) low = middle;
      else high = middle - 1;
    }
    const source = this.sources[this.number(low, 1)];
    if (source === undefined) return undefined;
    return `${source}:${this.number(low, 2) + 1}:${this.number(low, 3) + 1}`;
  }

  private number(mapping: number, member: number): number {
    return this.mappings[mapping * WIDTH + member] ?? 0;
  }
}

function decode(text: string): { mappings: Int32Array; lines: number[] } {
  // A mapping takes four digits and a separator at least.
  const mappings = new Int32Array(Math.ceil(text.length / 5 + 1) * WIDTH);
  const lines = [0];
  const numbers = [0, 0, 0, 0];
  let count = 0;
  let member = 0;
  const reader = new VlqReader(text);
  for (let code = reader.peek(); ; code = reader.peek()) {
    const isEnd = Number.isNaN(code);
    if (!isEnd && code !== COMMA && code !== SEMICOLON) {
      const difference = reader.next();
      if (member < WIDTH) numbers[member] = (numbers[member] as number) + difference;
      member++;
      continue;
    }
    // A number alone is code that has no source.
    if (member >= WIDTH) mappings.set(numbers, count++ * WIDTH);
    member = 0;
    reader.at++;
    if (code === COMMA) continue;
    numbers[0] = 0;
    lines.push(count);
    if (isEnd) return { mappings, lines };
  }
}

/** Base64 VLQ: five bits a digit, the sixth says that more follow, the lowest of the first is the sign. */
class VlqReader {
  at = 0;
  private readonly values = new Int8Array(128);

  constructor(private readonly text: string) {
    for (let at = 0; at < DIGITS.length; at++) this.values[DIGITS.charCodeAt(at)] = at;
  }

  /** The next character; NaN at the end. */
  peek(): number {
    return this.text.charCodeAt(this.at);
  }

  next(): number {
    let value = 0;
    let shift = 0;
    let digit: number;
    do {
      digit = this.values[this.text.charCodeAt(this.at++)] ?? 0;
      value += (digit & 31) << shift;
      shift += 5;
    } while (digit & 32);
    return value & 1 ? -(value >>> 1) : value >>> 1;
  }
}
