// What JSON carries for types of proto3 that it has not itself.

/** A 64-bit integer in decimal digits. `BigInt(text)` reads it, and `Number(text)` below 2^53. */
export type Int64 = string;

/** Bytes in base64. `Buffer.from(text, 'base64')` reads them. */
export type Bytes = string;

/** An RFC 3339 time in UTC with up to nine digits of a second. `new Date(text)` reads its milliseconds. */
export type Timestamp = string;

/** Seconds with an `s` at the end: `3.5s`. */
export type Duration = string;

/** A floating-point number; JSON has no numbers for the last three. */
export type Double = number | 'NaN' | 'Infinity' | '-Infinity';

/** An object whose members no schema names. */
export type JsonObject = Record<string, unknown>;

/** A message of any type: `@type` says which. */
export interface AnyMessage {
  '@type': string;
  [member: string]: unknown;
}
