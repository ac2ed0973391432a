import { BarefnError } from '../../core/errors';
import { setMember, type ValueKind } from '../firestore/document-event';
import { parseTimestamp } from '../firestore/timestamp-text';
import type {
  DocumentEventData,
  FirestoreJsonDocument,
  FirestoreJsonValue,
} from '../types/firestore';

/** Plain values as the JSON of a document's fields. A Date is a timestamp, a Buffer bytes. */
export function jsonFieldsOf(fields: object): Record<string, FirestoreJsonValue> {
  const json: Record<string, FirestoreJsonValue> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined) setMember(json, key, jsonValueOf(value));
  }
  return json;
}

function jsonValueOf(value: unknown): FirestoreJsonValue {
  switch (typeof value) {
    case 'boolean':
      return { booleanValue: value };
    case 'string':
      return { stringValue: value };
    case 'bigint':
      return { integerValue: String(value) };
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0)
        ? { integerValue: String(value) }
        : { doubleValue: (Number.isFinite(value) ? value : String(value)) as number };
    case 'object':
      return value === null ? { nullValue: null } : jsonObjectOf(value);
    default:
      throw new BarefnError(
        'INVALID_OPTION',
        `A ${typeof value} is no value of Firestore. Pass what JSON has, a Date, a BigInt or a Buffer.`,
      );
  }
}

function jsonObjectOf(value: object): FirestoreJsonValue {
  if (value instanceof Date) return { timestampValue: timeOf(value) };
  if (value instanceof Uint8Array) return { bytesValue: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(jsonValueOf) } };
  const { latitude, longitude, ...more } = value as Record<string, unknown>;
  const isPlace = typeof latitude === 'number' && typeof longitude === 'number';
  if (isPlace && Object.keys(more).length === 0) return { geoPointValue: { latitude, longitude } };
  return { mapValue: { fields: jsonFieldsOf(value) } };
}

function timeOf(date: Date & { nanoseconds?: unknown }): string {
  const { nanoseconds } = date;
  const text = date.toISOString();
  if (typeof nanoseconds !== 'number') return text;
  return `${text.slice(0, -'000Z'.length)}${String(nanoseconds).padStart(9, '0')}Z`;
}

/** Writes a DocumentEventData from its JSON: the inverse of reading it. */
export function encodeDocumentEvent({ value, oldValue, updateMask }: DocumentEventData): Buffer {
  const paths = updateMask?.fieldPaths?.map((path) => sized(1, Buffer.from(path)));
  return Buffer.concat([
    value === undefined ? NONE : sized(1, documentOf(value)),
    oldValue === undefined ? NONE : sized(2, documentOf(oldValue)),
    paths === undefined ? NONE : sized(3, ...paths),
  ]);
}

const NONE = Buffer.alloc(0);

function documentOf({ name, fields, createTime, updateTime }: FirestoreJsonDocument): Buffer {
  return Buffer.concat([
    name === undefined ? NONE : sized(1, Buffer.from(name)),
    ...entriesOf(2, fields),
    createTime === undefined ? NONE : sized(3, timestampOf(createTime)),
    updateTime === undefined ? NONE : sized(4, timestampOf(updateTime)),
  ]);
}

function entriesOf(field: number, fields: Record<string, FirestoreJsonValue> = {}): Buffer[] {
  return Object.entries(fields).map(([key, value]) =>
    sized(field, sized(1, Buffer.from(key)), sized(2, encodeValue(value))),
  );
}

function encodeValue(value: FirestoreJsonValue): Buffer {
  const [kind] = Object.keys(value) as [ValueKind?];
  switch (kind) {
    case 'booleanValue':
      return number(1, value.booleanValue === true ? 1 : 0);
    case 'integerValue':
      return number(2, BigInt(value.integerValue as string));
    case 'doubleValue':
      return double(3, Number(value.doubleValue));
    case 'referenceValue':
      return sized(5, Buffer.from(value.referenceValue as string));
    case 'mapValue':
      return sized(6, ...entriesOf(1, value.mapValue?.fields));
    case 'geoPointValue': {
      const { latitude = 0, longitude = 0 } = value.geoPointValue ?? {};
      return sized(8, double(1, latitude), double(2, longitude));
    }
    case 'arrayValue':
      return sized(
        9,
        ...(value.arrayValue?.values ?? []).map((each) => sized(1, encodeValue(each))),
      );
    case 'timestampValue':
      return sized(10, timestampOf(value.timestampValue as string));
    case 'nullValue':
      return number(11, 0);
    case 'stringValue':
      return sized(17, Buffer.from(value.stringValue as string));
    case 'bytesValue':
      return sized(18, Buffer.from(value.bytesValue as string, 'base64'));
    default:
      return NONE;
  }
}

function timestampOf(text: string): Buffer {
  const time = parseTimestamp(text);
  if (time === undefined) {
    throw new BarefnError('INVALID_OPTION', `"${text}" is not a time as RFC 3339 has it.`);
  }
  return Buffer.concat([number(1, time.seconds), number(2, time.nanos)]);
}

function sized(field: number, ...parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([varint(field * 8 + 2), varint(length), ...parts]);
}

function number(field: number, value: number | bigint): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

function double(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([varint(field * 8 + 1), bytes]);
}

function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}
