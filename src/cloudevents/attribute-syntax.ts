/**
 * The syntax of attribute values: String, Timestamp, Binary (CloudEvents spec, Type
 * System) and attribute names. Every check is one pass over the text.
 */

/** Tells whether `name` is made of a-z and 0-9 (spec: Naming) and is not `data`. */
export function isAttributeName(name: string): boolean {
  if (name === '' || name === 'data') return false;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (!((code >= 0x61 && code <= 0x7a) || isDigit(code))) return false;
  }
  return true;
}

/** Tells whether `text` is free of control characters, noncharacters and unpaired surrogates. */
export function isAttributeString(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x20 && code < 0x7f) continue;
    if (code < 0xa0) return false;
    if (code < 0xd800 || (code >= 0xe000 && code < 0xfdd0)) continue;
    if (code < 0xe000) {
      if (!isCharacterPair(code, text.charCodeAt(i + 1))) return false;
      i++;
    } else if (code <= 0xfdef || code >= 0xfffe) {
      return false;
    }
  }
  return true;
}

/** Tells whether `text` is an RFC 3339 date-time; leap seconds are, months with 32 days are not. */
export function isTimestamp(text: string): boolean {
  if (!isFullDate(text) || (text.charCodeAt(10) | 0x20) !== 0x74) return false;
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return false;
  if (text.charCodeAt(13) !== 0x3a || text.charCodeAt(16) !== 0x3a) return false;

  let end = 19;
  if (text.charCodeAt(end) === 0x2e) {
    end = skipDigits(text, end + 1);
    if (end === 20) return false;
  }
  const offset = readOffset(text, end);
  if (Number.isNaN(offset)) return false;
  // RFC 3339 §5.7: second 60 is the last one of a day in UTC.
  return second < 60 || (hour * 60 + minute - offset + 2880) % 1440 === 1439;
}

/** Reads base64 (RFC 4648 §4), or gives undefined for anything else. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

function isCharacterPair(high: number, low: number): boolean {
  if (high >= 0xdc00 || !(low >= 0xdc00 && low <= 0xdfff)) return false;
  // The last two code points of each plane are noncharacters.
  return (high & 0x3f) !== 0x3f || (low & 0x3fe) !== 0x3fe;
}

function isFullDate(text: string): boolean {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return false;
  return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Minutes east of UTC of the time-offset that fills the rest of `text`, or NaN. */
function readOffset(text: string, start: number): number {
  const sign = text.charCodeAt(start);
  if ((sign | 0x20) === 0x7a) return text.length === start + 1 ? 0 : Number.NaN;
  if (sign !== 0x2b && sign !== 0x2d) return Number.NaN;
  const hour = digits(text, start + 1, 2);
  const minute = digits(text, start + 4, 2);
  const isWellFormed = text.length === start + 6 && text.charCodeAt(start + 3) === 0x3a;
  if (!isWellFormed || !(hour <= 23 && minute <= 59)) return Number.NaN;
  return (hour * 60 + minute) * (sign === 0x2d ? -1 : 1);
}

/** The number that `count` digits from `start` stand for; NaN when one is not a digit. */
function digits(text: string, start: number, count: number): number {
  let value = 0;
  for (let i = start; i < start + count; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return Number.NaN;
    value = value * 10 + code - 0x30;
  }
  return value;
}

/** The index after the digits at `start`. */
export function skipDigits(text: string, start: number): number {
  let i = start;
  while (isDigit(text.charCodeAt(i))) i++;
  return i;
}

/** Whether a character code is that of 0 to 9. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
