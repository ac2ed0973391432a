/** Random choices that a seed repeats (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A number from 0 to below `limit`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit) | 0;
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value;
  }

  /** Some words one after another. */
  words(words: readonly string[], most: number): string {
    let text = '';
    for (let count = this.below(most + 1); count > 0; count--) text += this.pick(words);
    return text;
  }

  /** The text with some characters flipped, taken away, doubled or put in. */
  mutate(text: string, insertions: readonly string[]): string {
    let mutated = text;
    for (let count = this.below(4); count > 0; count--) {
      const at = this.below(mutated.length + 1);
      const end = Math.min(mutated.length, at + 1 + this.below(8));
      const [head, part, tail] = [mutated.slice(0, at), mutated.slice(at, end), mutated.slice(end)];
      switch (this.below(5)) {
        case 0:
          mutated = head + tail;
          break;
        case 1:
          mutated = head + part + part + tail;
          break;
        case 2:
          mutated = head + this.pick(insertions) + part + tail;
          break;
        case 3:
          mutated = head + String.fromCharCode(this.below(256)) + tail;
          break;
        default:
          mutated = this.below(20) === 0 ? head : tail + head;
      }
    }
    return mutated;
  }
}
