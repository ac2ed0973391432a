/** Where a command writes. */
export interface Output {
  /** What was asked for. Resolves when it is written. */
  result(text: string | Buffer): Promise<void>;
  /** A line about it, for people. */
  note(text: string): void;
}
