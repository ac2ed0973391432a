import type { RawTimestamp } from './document-event';

/** RFC 3339 with the offset Z, and 0, 3, 6 or 9 digits of the second, as proto3 writes timestamps. */
export function formatTimestamp({ seconds, nanos }: RawTimestamp): string {
  const date = new Date(seconds * 1000).toISOString().slice(0, -'.000Z'.length);
  if (nanos === 0) return `${date}Z`;
  const digits = String(nanos).padStart(9, '0');
  return `${date}.${digits.replace(/(?:000){1,2}$/, '')}Z`;
}

/** Reads RFC 3339 with any offset and up to nine digits of the second; undefined of other text. */
export function parseTimestamp(text: string): RawTimestamp | undefined {
  const match = /^(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)$/.exec(
    text,
  );
  if (match === null) return undefined;
  const [, time = '', fraction = '', offset = ''] = match;
  const milliseconds = Date.parse((time + offset).toUpperCase());
  if (Number.isNaN(milliseconds)) return undefined;
  return { seconds: milliseconds / 1000, nanos: Number(fraction.padEnd(9, '0')) };
}
