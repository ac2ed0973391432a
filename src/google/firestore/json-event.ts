import {
  type MakeValue,
  type RawDocument,
  type RawDocumentEvent,
  type RawTimestamp,
  setMember,
  type ValueKind,
} from './document-event';
import { FieldPath, invalidDocument } from './field-path';
import { parseTimestamp } from './timestamp-text';

/**
 * Reads a DocumentEventData from the JSON mapping of proto3. Members that are not known are skipped, and
 * null stands for a member that is not there.
 *
 * @throws BarefnError `INVALID_DATA` with the field that is not valid
 */
export function readJsonEvent(data: unknown, make: MakeValue): RawDocumentEvent {
  const reader = new JsonReader(make);
  const { value, oldValue, updateMask } = reader.readObject(data);
  return {
    value: reader.readDocument('value', value),
    oldValue: reader.readDocument('oldValue', oldValue),
    updateMask: reader.readMask(updateMask),
  };
}

class JsonReader {
  private readonly path = new FieldPath((problem) => this.fail(problem));

  constructor(private readonly make: MakeValue) {}

  readMask(mask: unknown): string[] | undefined {
    if (mask === undefined || mask === null) return undefined;
    this.path.enter('updateMask');
    const paths = this.readList(this.readObject(mask)['fieldPaths']).map((path) =>
      this.readText(path),
    );
    this.path.leave();
    return paths;
  }

  readDocument(member: string, document: unknown): RawDocument | undefined {
    if (document === undefined || document === null) return undefined;
    this.path.enter(member);
    const { name = '', fields, createTime, updateTime } = this.readObject(document);
    const read: RawDocument = {
      name: this.readText(name),
      fields: this.readFields(fields),
      createTime: this.readTime(createTime),
      updateTime: this.readTime(updateTime),
    };
    this.path.leave();
    return read;
  }

  private readFields(fields: unknown): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(this.readObject(fields ?? {}))) {
      this.path.enter(key);
      setMember(made, key, this.readValue(value));
      this.path.leave();
    }
    return made;
  }

  private readValue(value: unknown): unknown {
    for (const [kind, raw] of Object.entries(this.readObject(value))) {
      if (Object.hasOwn(READERS, kind) && (raw !== null || kind === 'nullValue')) {
        return this.make(kind as ValueKind, this[READERS[kind as ValueKind]](raw));
      }
    }
    return this.make(undefined, undefined);
  }

  readObject(value: unknown): Record<string, unknown> {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : this.fail('it is not an object');
  }

  readList(value: unknown): unknown[] {
    if (value === undefined || value === null) return [];
    return Array.isArray(value) ? value : this.fail('it is not an array');
  }

  readText(value: unknown): string {
    return typeof value === 'string' ? value : this.fail('it is not a string');
  }

  readBoolean(value: unknown): boolean {
    return typeof value === 'boolean' ? value : this.fail('it is not a boolean');
  }

  readNull(): null {
    return null;
  }

  /** An int64 is text of digits; a number is taken where it is exact. */
  readInteger(value: unknown): number | bigint {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
    // An option of the function may have read a JSON number as a BigInt.
    const isInteger =
      typeof value === 'bigint' || (typeof value === 'string' && /^-?\d{1,19}$/.test(value));
    const integer = isInteger ? BigInt(value) : undefined;
    if (integer === undefined || BigInt.asIntN(64, integer) !== integer) {
      this.fail('an integer is the digits of an int64 in a string');
    }
    const number = Number(integer);
    return Number.isSafeInteger(number) ? number : integer;
  }

  readDouble(value: unknown): number {
    if (typeof value === 'number') return value;
    const isText = typeof value === 'string' && value.trim() !== '';
    const number = isText ? Number(value) : Number.NaN;
    if (Number.isNaN(number) && value !== 'NaN') this.fail('it is not a number');
    return number;
  }

  /** Base64 in either alphabet, with or without padding. */
  readBytes(value: unknown): Buffer {
    const text = this.readText(value);
    if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) this.fail('bytes are not base64');
    return Buffer.from(text, 'base64');
  }

  readTime(value: unknown): RawTimestamp | undefined {
    if (value === undefined || value === null) return undefined;
    return parseTimestamp(this.readText(value)) ?? this.fail('a time is not RFC 3339');
  }

  readTimestamp(value: unknown): RawTimestamp {
    return this.readTime(value) ?? this.fail('a time is null');
  }

  readGeoPoint(value: unknown): { latitude: number; longitude: number } {
    const { latitude = 0, longitude = 0 } = this.readObject(value);
    return { latitude: this.readDouble(latitude), longitude: this.readDouble(longitude) };
  }

  readMap(value: unknown): Record<string, unknown> {
    return this.readFields(this.readObject(value)['fields']);
  }

  readArray(value: unknown): unknown[] {
    return this.readList(this.readObject(value)['values']).map((element, index) => {
      this.path.enter(index);
      const made = this.readValue(element);
      this.path.leave();
      return made;
    });
  }

  private fail(problem: string): never {
    throw invalidDocument(
      this.path.describe() + problem,
      'Pass the JSON mapping of proto3, as Firestore sends it.',
    );
  }
}

/** What reads each kind of value. */
const READERS = {
  arrayValue: 'readArray',
  booleanValue: 'readBoolean',
  bytesValue: 'readBytes',
  doubleValue: 'readDouble',
  geoPointValue: 'readGeoPoint',
  integerValue: 'readInteger',
  mapValue: 'readMap',
  nullValue: 'readNull',
  referenceValue: 'readText',
  stringValue: 'readText',
  timestampValue: 'readTimestamp',
} as const satisfies Record<ValueKind, keyof JsonReader>;
