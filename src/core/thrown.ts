// Any value may be thrown, and reading it may run code of the program: getters, traps of a proxy,
// Error.prepareStackTrace, inspect.custom. Thrown values are read through these functions, which never
// throw.
import type { inspect } from 'node:util';

/** The most characters of a thrown value that are logged or answered. */
const MAX_CHARACTERS = 65_536;

/** Reads a member of a thrown value; undefined when there is none, or when reading it throws. */
export function memberOf(thrown: unknown, name: PropertyKey): unknown {
  try {
    return (thrown as Partial<Record<PropertyKey, unknown>> | null | undefined)?.[name];
  } catch {
    return undefined;
  }
}

/** Whether a thrown value is of a class. */
export function isThrown<T>(
  thrown: unknown,
  type: abstract new (...args: never[]) => T,
): thrown is T {
  try {
    return thrown instanceof type;
  } catch {
    return false;
  }
}

/** A thrown value for the log: its stack, or else the value as `console.error` shows it. */
export function describeThrown(thrown: unknown): string {
  return stackOf(thrown) ?? inspectThrown(thrown);
}

/** A thrown value as `console.error` shows it, with its stack, cause and members. */
export function inspectThrown(thrown: unknown): string {
  if (typeof thrown === 'string') return shorten(thrown);
  try {
    const util = require('node:util') as { inspect: typeof inspect };
    return shorten(util.inspect(thrown));
  } catch {
    return stackOf(thrown) ?? textOf(thrown);
  }
}

/** The message of a thrown value, or else its text. */
export function messageOf(thrown: unknown): string {
  return textOf(memberOf(thrown, 'message') || thrown);
}

/** The text of a thrown value. */
export function textOf(thrown: unknown): string {
  try {
    return shorten(String(thrown));
  } catch {
    return 'The function threw a value that has no text.';
  }
}

function stackOf(thrown: unknown): string | undefined {
  const stack = memberOf(thrown, 'stack');
  return typeof stack === 'string' && stack !== '' ? shorten(stack) : undefined;
}

function shorten(text: string): string {
  const more = text.length - MAX_CHARACTERS;
  return more > 0 ? `${text.slice(0, MAX_CHARACTERS)}… (${more} more characters)` : text;
}
