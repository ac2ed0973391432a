/**
 * Parses JSON like `JSON.parse`, but gives integers beyond 2^53 - 1 as BigInt, with all their digits. A
 * number with a fraction or an exponent stays a number, and so does every integer that one holds exactly.
 *
 * Not with a reviver: Node 20 does not tell it how a number was written, it takes 2.5 times as long, and
 * it overflows the stack where values nest deep.
 *
 * @throws SyntaxError when the text is not JSON, or has an integer of more than 1000 digits
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return MAY_BE_BEYOND.test(text) ? new Reader(text).read() : value;
}

/** A text without a number of 16 digits, as 2^53 has, holds no such integer. Most texts are like that. */
const MAY_BE_BEYOND = /(?:^|[-\s:,[])[1-9][0-9]{15}/;

/** Converting n digits takes more than linear time. */
const MAX_DIGITS = 1000;

/** What an array or an object around another one waits for. */
interface Unfinished {
  readonly container: object;
  readonly key: string | undefined;
}

/** Reads a text that `JSON.parse` takes. Nesting takes memory, not stack. */
class Reader {
  private readonly text: string;
  private readonly outer: Unfinished[] = [];
  private at = 0;
  /** The array or object whose members come; undefined around the whole text. */
  private container: object | undefined;
  /** The name of the member whose value comes. */
  private key: string | undefined;

  constructor(text: string) {
    this.text = text;
  }

  read(): unknown {
    for (;;) {
      const code = this.next();
      let value: unknown;
      if (code === 0x7d || code === 0x5d) {
        value = this.leave();
      } else if (code === 0x7b || code === 0x5b) {
        this.enter(code === 0x7b ? {} : []);
        continue;
      } else if (code === 0x22 && this.key === undefined && isObject(this.container)) {
        this.key = this.readString();
        continue;
      } else {
        value = code === 0x22 ? this.readString() : this.readScalar(code);
      }
      if (this.container === undefined) return value;
      this.add(this.container, value);
    }
  }

  /** Skips white space, commas and colons: the text is JSON, so they are where they should be. */
  private next(): number {
    let code = this.text.charCodeAt(this.at);
    while (code <= 0x20 || code === 0x2c || code === 0x3a) code = this.text.charCodeAt(++this.at);
    return code;
  }

  private enter(container: object): void {
    this.at++;
    if (this.container !== undefined) this.outer.push({ container: this.container, key: this.key });
    this.container = container;
    this.key = undefined;
  }

  private leave(): unknown {
    this.at++;
    const value = this.container;
    const around = this.outer.pop();
    this.container = around?.container;
    this.key = around?.key;
    return value;
  }

  private add(container: object, value: unknown): void {
    if (!isObject(container)) {
      (container as unknown[]).push(value);
      return;
    }
    const key = this.key as string;
    this.key = undefined;
    if (key !== '__proto__') container[key] = value;
    // Assigned, it would be the prototype.
    else Object.defineProperty(container, key, { value, ...PLAIN });
  }

  private readString(): string {
    const start = this.at;
    let end = start;
    let isEscaped: boolean;
    do {
      end = this.text.indexOf('"', end + 1);
      let first = end;
      while (this.text.charCodeAt(first - 1) === 0x5c) first--;
      isEscaped = (end - first) % 2 === 1;
    } while (isEscaped);
    this.at = end + 1;
    const inner = this.text.slice(start + 1, end);
    // V8 copies a slice of up to 12 characters. A longer one would keep the whole text in memory.
    const isDone = inner.length <= 12 && !inner.includes('\\');
    return isDone ? inner : (JSON.parse(this.text.slice(start, end + 1)) as string);
  }

  private readScalar(code: number): unknown {
    const start = this.at;
    if (code === 0x74 || code === 0x6e) this.at += 4;
    else if (code === 0x66) this.at += 5;
    else return this.readNumber();
    return code === 0x6e ? null : this.at - start === 4;
  }

  private readNumber(): number | bigint {
    const { text, at: start } = this;
    let isInteger = true;
    let end = start + 1;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code >= 0x30 && code <= 0x39) continue;
      // e, E, a point, or the sign of an exponent
      if ((code | 0x20) !== 0x65 && code !== 0x2e && code !== 0x2b && code !== 0x2d) break;
      isInteger = false;
    }
    this.at = end;
    const number = text.slice(start, end);
    const value = Number(number);
    if (!isInteger || Number.isSafeInteger(value)) return value;
    const digits = number.startsWith('-') ? number.length - 1 : number.length;
    if (digits <= MAX_DIGITS) return BigInt(number);
    throw new SyntaxError(`The integer at position ${start} has more than ${MAX_DIGITS} digits`);
  }
}

/**
 * Writes JSON with BigInts as integers. JSON.rawJSON is for that, from Node 22 on; this works on Node 20 too.
 */
export function stringifyBigInts(value: unknown): string | undefined {
  // No text of the value can look like this.
  const mark = `${crypto.randomUUID()}:`;
  const text = JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'bigint' ? `${mark}${member}` : member,
  ) as string | undefined;
  return text?.replaceAll(new RegExp(`"${mark}(-?[0-9]+)"`, 'g'), '$1');
}

const PLAIN = { writable: true, enumerable: true, configurable: true };

function isObject(value: object | undefined): value is Record<string, unknown> {
  return value !== undefined && !Array.isArray(value);
}
