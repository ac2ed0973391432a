/** Reads the value of a JSON text. */
export type JsonParser = (text: string) => unknown;

/** The parser that the option of that name asks for. */
export function jsonParser(exactIntegers: boolean | undefined): JsonParser {
  if (!exactIntegers) return JSON.parse;
  return (require('./exact-json') as typeof import('./exact-json')).parseExactJson;
}

/**
 * Writes JSON like `JSON.stringify`, but takes BigInts, which become integers with all their digits.
 *
 * @returns undefined for a value that JSON cannot hold
 */
export function stringifyJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // JSON.stringify throws a TypeError for a BigInt, and for circular values.
    if (!(error instanceof TypeError)) throw error;
    const { stringifyBigInts } = require('./exact-json') as typeof import('./exact-json');
    return stringifyBigInts(value);
  }
}
