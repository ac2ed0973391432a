import { isHttpError } from '../../src/core/errors';
import type { Random } from './random';

/** A decoder and what it is fed with. */
export interface Target {
  /** Words that its grammar is made of. */
  words: readonly string[];
  /** Whole texts that it understands, to be mutated. */
  seeds: readonly string[];
  /** Decodes and checks what came out. Refusals are thrown; any other error is a finding. */
  decode(text: string, random: Random): unknown;
}

/** The target of a decoder that takes the text as it is. */
export function field(
  words: readonly string[],
  seeds: readonly string[],
  decode: (text: string) => unknown,
): Target {
  return { words, seeds, decode };
}

/** Feeds a decoder with one input; throws for whatever is no refusal. */
export async function feed(target: Target, text: string, random: Random): Promise<void> {
  try {
    const result = target.decode(text, random);
    if (result instanceof Promise) await result;
  } catch (error) {
    if (!isHttpError(error)) throw error;
    const { status, message } = error;
    expect(status >= 400 && status < 500, `a refusal has a status of the client: ${status}`);
    expect(message.length < 1000, 'a refusal does not echo what was sent');
  }
}

/** Fails, for what came out breaks a rule. */
export function expect(condition: boolean, rule: string): void {
  if (!condition) throw new Error(`Broken: ${rule}.`);
}
