import { isUtf8 } from 'node:buffer';
import { FieldPath, invalidDocument } from './field-path';

/** The most groups in one another. */
const MAX_DEPTH = 100;
/** Up to here, reading a string byte by byte costs less than a call of Buffer's. */
const SHORT_STRING = 24;

const WIRE_VARINT = 0;
const WIRE_FIXED64 = 1;
const WIRE_BYTES = 2;
const WIRE_GROUP = 3;
const WIRE_END_GROUP = 4;
const WIRE_FIXED32 = 5;

/**
 * Reads the binary format of Protocol Buffers (protobuf.dev/programming-guides/encoding). Nothing is
 * read beyond the message that {@link open} began, and each byte is read once.
 */
export class ProtobufReader {
  /** The next byte to read. */
  private position = 0;
  /** Where the current message ends. */
  private end: number;
  /** Where in the document the position is. */
  readonly path: FieldPath;

  constructor(private readonly bytes: Buffer) {
    this.end = bytes.length;
    this.path = new FieldPath((problem) => this.fail(problem));
  }

  /** Whether the current message has another field. */
  hasMore(): boolean {
    return this.position < this.end;
  }

  /** The next field's number and wire type: `number << 3 | type`. */
  readTag(): number {
    const tag = this.readUint32('a tag');
    if (tag < 8) this.fail('a field has the number 0, which is not allowed');
    return tag;
  }

  /**
   * Begins the message of the current field.
   * @returns where the message around it ends, for {@link close}
   */
  open(): number {
    const { end } = this;
    const length = this.readLength('a message');
    this.end = this.position + length;
    return end;
  }

  /** Ends a message that was read to its end. */
  close(end: number): void {
    this.end = end;
  }

  /** An int64: a number where it is exact, otherwise a BigInt. */
  readInt64(): number | bigint {
    const low = this.readBits(4);
    if (low < 0x1000_0000) return low;
    const middle = this.readBits(4);
    const high = middle < 0x1000_0000 ? 0 : this.readBits(2);
    return joinInt64(low & 0xfff_ffff, middle & 0xfff_ffff, high & 0xff);
  }

  /**
   * Reads up to `count` bytes of a varint, seven bits each. A result with a bit above them says that
   * more bytes follow.
   */
  private readBits(count: number): number {
    const { bytes, end } = this;
    let value = 0;
    for (let index = 0; index < count; index += 1) {
      if (this.position >= end) this.fail('a number is cut off');
      const byte = bytes[this.position] as number;
      this.position += 1;
      value |= (byte & 0x7f) << (7 * index);
      if (byte < 0x80) return value;
    }
    if (count < 4) this.fail('a number is longer than 10 bytes');
    return value | 0x1000_0000;
  }

  private readUint32(what: string): number {
    const { bytes, position } = this;
    // Nearly all tags and lengths have one byte or two.
    if (position + 1 < this.end) {
      const first = bytes[position] as number;
      const second = bytes[position + 1] as number;
      if (first < 0x80) {
        this.position = position + 1;
        return first;
      }
      if (second < 0x80) {
        this.position = position + 2;
        return (first & 0x7f) | (second << 7);
      }
    }
    const value = this.readInt64();
    if (typeof value === 'bigint' || value < 0 || value > 0xffff_ffff) {
      this.fail(`${what} is out of range`);
    }
    return value;
  }

  readDouble(): number {
    this.need(8, 'a double');
    const value = this.bytes.readDoubleLE(this.position);
    this.position += 8;
    return value;
  }

  /** A string. Those of proto3 are valid UTF-8. */
  readString(): string {
    const length = this.readLength('a string');
    const start = this.position;
    this.position = start + length;
    if (length <= SHORT_STRING) {
      const text = this.readAscii(start, start + length);
      if (text !== undefined) return text;
    }
    const text = this.bytes.toString('utf8', start, start + length);
    if (text.includes('\ufffd') && !isUtf8(this.bytes.subarray(start, start + length))) {
      this.position = start;
      this.fail('a string is not valid UTF-8');
    }
    return text;
  }

  private readAscii(start: number, end: number): string | undefined {
    const { bytes } = this;
    let text = '';
    for (let index = start; index < end; index += 1) {
      const byte = bytes[index] as number;
      if (byte >= 0x80) return undefined;
      text += String.fromCharCode(byte);
    }
    return text;
  }

  /** Bytes, not copied. */
  readBytes(): Buffer {
    const length = this.readLength('bytes');
    const start = this.position;
    this.position = start + length;
    return this.bytes.subarray(start, start + length);
  }

  private readLength(what: string): number {
    const length = this.readUint32(`the length of ${what}`);
    this.need(length, what);
    return length;
  }

  private need(length: number, what: string): void {
    const left = this.end - this.position;
    if (length > left) this.fail(`${what} of ${length} bytes is cut off after ${left}`);
  }

  /** Skips the value of a field that is not known. */
  skip(tag: number): void {
    const groups: number[] = [];
    let current = tag;
    for (;;) {
      if ((current & 7) === WIRE_GROUP) groups.push(current >>> 3);
      else if ((current & 7) === WIRE_END_GROUP) this.endGroup(groups.pop(), current >>> 3);
      else this.skipScalar(current & 7);
      if (groups.length === 0) return;
      if (groups.length > MAX_DEPTH) this.fail(`groups are nested over ${MAX_DEPTH} deep`);
      if (!this.hasMore()) this.fail('a group has no end');
      current = this.readTag();
    }
  }

  private endGroup(open: number | undefined, closed: number): void {
    if (open !== closed) this.fail(`group ${closed} ends, which did not begin`);
  }

  private skipScalar(wireType: number): void {
    if (wireType === WIRE_VARINT) this.readInt64();
    else if (wireType === WIRE_BYTES) this.readBytes();
    else if (wireType === WIRE_FIXED64) this.skipBytes(8);
    else if (wireType === WIRE_FIXED32) this.skipBytes(4);
    else this.fail(`there is no wire type ${wireType}`);
  }

  private skipBytes(length: number): void {
    this.need(length, 'an unknown field');
    this.position += length;
  }

  /** @throws BarefnError `INVALID_DATA` that says where */
  fail(problem: string): never {
    throw invalidDocument(
      `${this.path.describe()}${problem}, at byte ${this.position} of ${this.bytes.length}`,
      'Pass the bytes that Firestore sent, whole and as they came.',
    );
  }
}

function joinInt64(low: number, middle: number, high: number): number | bigint {
  if (high === 0 && middle < 0x200_0000) return middle * 0x1000_0000 + low;
  // Small negative numbers have all upper bits set: the complement is small.
  if (high === 0xff && middle >= 0xe00_0000) {
    const value = -((0xfff_ffff - middle) * 0x1000_0000 + (0xfff_ffff - low)) - 1;
    if (Number.isSafeInteger(value)) return value;
  }
  return BigInt.asIntN(64, (BigInt(high) << 56n) | (BigInt(middle) << 28n) | BigInt(low));
}
