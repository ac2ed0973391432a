import { BarefnError } from '../../core/errors';

/** Firestore itself nests maps and arrays 20 deep at most. */
const MAX_DEPTH = 100;

/** The names of what is being read, from the outermost to the innermost, for errors. */
export class FieldPath {
  private readonly names: (string | number)[] = [];
  private depth = 0;

  /** @param fail throws: it is called when values are nested too deep */
  constructor(private readonly fail: (problem: string) => never) {}

  /** Says what is read from here on: a member's name, or an index. */
  enter(name: string | number): void {
    if (this.depth === MAX_DEPTH) this.fail(`values are nested over ${MAX_DEPTH} deep`);
    this.names[this.depth] = name;
    this.depth += 1;
  }

  /** Changes what was said last, e.g. when the key was read. */
  rename(name: string): void {
    this.names[this.depth - 1] = name;
  }

  /** Ends what {@link enter} began. */
  leave(): void {
    this.depth -= 1;
  }

  /** `value.tags[3]: `, cut, because senders choose the length; empty at the top. */
  describe(): string {
    let text = '';
    for (const name of this.names.slice(0, this.depth)) {
      if (typeof name === 'number') text += `[${name}]`;
      else if (/^[\w$]{1,100}$/.test(name)) text += text === '' ? name : `.${name}`;
      else text += `[${JSON.stringify(name.slice(0, 100))}]`;
      if (text.length > 500) return `${text}…: `;
    }
    return text === '' ? '' : `${text}: `;
  }
}

/** The error for data that is not that of a Firestore event. */
export function invalidDocument(problem: string, advice: string): BarefnError {
  return new BarefnError(
    'INVALID_DATA',
    `The data of a Firestore event is not a valid DocumentEventData: ${problem}. ${advice}`,
  );
}
