/** Bytes of Protocol Buffers, written by hand: also what no encoder writes. */

/** A number of up to 64 bits, seven bits a byte. */
export function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
}

/** A tag: a field's number and its wire type. */
export function tag(number: number, wireType: number): Buffer {
  return varint(number * 8 + wireType);
}

/** A field of a message, a string or bytes. */
export function sized(number: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return Buffer.concat([tag(number, 2), varint(body.length), body]);
}

/** A field of an integer. */
export function number(field: number, value: number | bigint): Buffer {
  return Buffer.concat([tag(field, 0), varint(value)]);
}

/** An entry of a map of values. */
export function entry(field: number, key: string, ...value: readonly Buffer[]): Buffer {
  return sized(field, sized(1, key), sized(2, ...value));
}

/** A Value that is a map of one entry. */
export function mapValue(key: string, ...value: readonly Buffer[]): Buffer {
  return sized(6, entry(1, key, ...value));
}
