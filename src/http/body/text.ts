import { isAscii } from 'node:buffer';

/**
 * Decodes text in a charset that the Encoding Standard names. A byte order mark is dropped, malformed
 * bytes become U+FFFD.
 *
 * @param charset in lower case
 * @returns undefined for an unknown charset
 */
export function decodeText(bytes: Buffer, charset: string): string | undefined {
  const byByte = decodeByByte(bytes, charset);
  if (byByte !== undefined) return byByte;
  const text = decodeUtf(bytes, charset);
  if (text !== undefined) return text;
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * The Encoding Standard reads all of these as windows-1252; Functions Framework does not.
 * And the TextDecoder of Node 20 reads windows-1252 as ISO-8859-1.
 */
function decodeByByte(bytes: Buffer, charset: string): string | undefined {
  switch (charset) {
    case 'iso-8859-1':
    case 'latin1':
      return bytes.toString('latin1');
    case 'us-ascii':
    case 'ascii':
      return isAscii(bytes) ? bytes.toString('latin1') : decodeUpperHalf(bytes, () => 0xfffd);
    case 'windows-1252':
    case 'cp1252':
      return isAscii(bytes) ? bytes.toString('latin1') : decodeUpperHalf(bytes, readWindows1252);
    default:
      return undefined;
  }
}

/**
 * Decodes a charset in which each byte is a character, and those below 0x80 are ASCII. Not by replacing
 * in a text, which takes some 40 bytes of heap for each match.
 */
function decodeUpperHalf(bytes: Buffer, readUpper: (byte: number) => number): string {
  const units = Buffer.allocUnsafe(2 * bytes.length);
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    const unit = byte < 0x80 ? byte : readUpper(byte);
    units[2 * at] = unit & 0xff;
    units[2 * at + 1] = unit >> 8;
  }
  return units.toString('utf16le');
}

/** Where windows-1252 is not ISO-8859-1: 0x80 to 0x9f (Encoding Standard, index windows-1252). */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function readWindows1252(byte: number): number {
  return byte < 0xa0 ? WINDOWS_1252.charCodeAt(byte - 0x80) : byte;
}

/**
 * Decodes UTF-8, UTF-16 and UTF-32. Without a byte order in the name, the byte order mark decides,
 * then what looks more like text. Lone surrogates in UTF-16 and UTF-32 are kept, as JSON may hold them.
 *
 * @param charset in lower case
 * @returns undefined when the charset is none of these
 */
export function decodeUtf(bytes: Buffer, charset: string): string | undefined {
  switch (charset) {
    case 'utf-8':
      return stripBom(bytes.toString());
    case 'utf-16':
      return decodeUtf16(bytes, isBigEndian16(bytes));
    case 'utf-16le':
      return decodeUtf16(bytes, false);
    case 'utf-16be':
      return decodeUtf16(bytes, true);
    case 'utf-32':
      return decodeUtf32(bytes, isBigEndian32(bytes));
    case 'utf-32le':
      return decodeUtf32(bytes, false);
    case 'utf-32be':
      return decodeUtf32(bytes, true);
    default:
      return undefined;
  }
}

function stripBom(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function decodeUtf16(bytes: Buffer, bigEndian: boolean): string {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const littleEndian = bigEndian ? Buffer.from(whole).swap16() : whole;
  return stripBom(littleEndian.toString('utf16le'));
}

function decodeUtf32(bytes: Buffer, bigEndian: boolean): string {
  const units = Buffer.allocUnsafe(bytes.length + 2);
  let end = 0;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    const code = bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    if (code > 0xffff && code <= 0x10ffff) {
      end = units.writeUInt16LE(0xd800 | ((code - 0x10000) >> 10), end);
      end = units.writeUInt16LE(0xdc00 | (code & 0x3ff), end);
    } else {
      end = units.writeUInt16LE(code > 0x10ffff ? 0xfffd : code, end);
    }
  }
  if (at < bytes.length) end = units.writeUInt16LE(0xfffd, end);
  return stripBom(units.toString('utf16le', 0, end));
}

/** How many characters a guess at the byte order looks at. */
const SAMPLE_LENGTH = 100;

function isBigEndian16(bytes: Buffer): boolean {
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  if (mark === 0xfeff || mark === 0xfffe) return mark === 0xfeff;
  let balance = 0;
  for (let at = 0; at + 2 <= bytes.length && at < 2 * SAMPLE_LENGTH; at += 2) {
    // In the right order, ASCII has a zero in its upper byte.
    const isUpperZero = bytes[at] === 0;
    if (isUpperZero !== (bytes[at + 1] === 0)) balance += isUpperZero ? 1 : -1;
  }
  return balance > 0;
}

function isBigEndian32(bytes: Buffer): boolean {
  const mark = bytes.length < 4 ? 0 : bytes.readUInt32BE(0);
  if (mark === 0xfeff || mark === 0xfffe0000) return mark === 0xfeff;
  let balance = 0;
  for (let at = 0; at + 4 <= bytes.length && at < 4 * SAMPLE_LENGTH; at += 4) {
    balance += plausibility(bytes.readUInt32BE(at)) - plausibility(bytes.readUInt32LE(at));
  }
  return balance > 0;
}

/** 1 for a character of the basic plane, 0 for one above or NUL, -1 for anything else. */
function plausibility(code: number): number {
  if (code === 0) return 0;
  if (code <= 0xffff) return 1;
  return code <= 0x10ffff ? 0 : -1;
}
