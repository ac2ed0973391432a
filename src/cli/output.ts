/** Where a command writes. */
export interface Output {
  /** Writes the result. Resolves when it is written. */
  result(text: string | Buffer): Promise<void>;
  /** Writes a line about the result, for people. */
  note(text: string): void;
}
