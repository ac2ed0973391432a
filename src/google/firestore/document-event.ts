import { ProtobufReader } from './protobuf-reader';

/** Which member of the union Value is set, by its name in JSON. */
export type ValueKind =
  | 'arrayValue'
  | 'booleanValue'
  | 'bytesValue'
  | 'doubleValue'
  | 'geoPointValue'
  | 'integerValue'
  | 'mapValue'
  | 'nullValue'
  | 'referenceValue'
  | 'stringValue'
  | 'timestampValue';

/** A google.protobuf.Timestamp. */
export interface RawTimestamp {
  /** Since 1970, negative before. */
  seconds: number;
  /** Of the second, 0 to 999,999,999. */
  nanos: number;
}

/** A Document. What the sender left out is empty or undefined. */
export interface RawDocument {
  name: string;
  fields: Record<string, unknown>;
  createTime: RawTimestamp | undefined;
  updateTime: RawTimestamp | undefined;
}

/** A DocumentEventData. */
export interface RawDocumentEvent {
  value: RawDocument | undefined;
  oldValue: RawDocument | undefined;
  updateMask: string[] | undefined;
}

/**
 * Makes what a Value becomes, from what was read: text, a number, a BigInt, bytes that are not copied, a
 * RawTimestamp, `{ latitude, longitude }`, or the made values of a map or an array. The kind is undefined
 * where none is set, or one that is not known.
 */
export type MakeValue = (kind: ValueKind | undefined, raw: unknown) => unknown;

/** A Value that is being read. A message may come in parts: later ones add to a map or array. */
interface Slot {
  kind: ValueKind | undefined;
  raw: unknown;
}

/** What google/protobuf/timestamp.proto allows: the years 1 to 9999. */
const MIN_SECONDS = -62_135_596_800;
const MAX_SECONDS = 253_402_300_799;

/**
 * Reads google.events.cloud.firestore.v1.DocumentEventData. As proto3 wants it, unknown fields are
 * skipped, the last of several scalars counts, and messages that come more than once are merged.
 *
 * @throws BarefnError `INVALID_DATA` with the field and the byte where it breaks
 */
export function readDocumentEvent(bytes: Buffer, make: MakeValue): RawDocumentEvent {
  const reader = new ProtobufReader(bytes);
  const event: RawDocumentEvent = { value: undefined, oldValue: undefined, updateMask: undefined };
  while (reader.hasMore()) {
    const tag = reader.readTag();
    if (tag === 0x0a) event.value = readDocument(reader, 'value', event.value, make);
    else if (tag === 0x12) event.oldValue = readDocument(reader, 'oldValue', event.oldValue, make);
    else if (tag === 0x1a) event.updateMask = readFieldPaths(reader, event.updateMask ?? []);
    else reader.skip(tag);
  }
  return event;
}

function readFieldPaths(reader: ProtobufReader, paths: string[]): string[] {
  const end = reader.open();
  reader.path.enter('updateMask');
  while (reader.hasMore()) {
    const tag = reader.readTag();
    if (tag === 0x0a) paths.push(reader.readString());
    else reader.skip(tag);
  }
  reader.path.leave();
  reader.close(end);
  return paths;
}

function readDocument(
  reader: ProtobufReader,
  name: string,
  earlier: RawDocument | undefined,
  make: MakeValue,
): RawDocument {
  const document = earlier ?? {
    name: '',
    fields: {},
    createTime: undefined,
    updateTime: undefined,
  };
  const end = reader.open();
  reader.path.enter(name);
  while (reader.hasMore()) {
    const tag = reader.readTag();
    if (tag === 0x0a) document.name = reader.readString();
    else if (tag === 0x12) readEntry(reader, document.fields, make);
    else if (tag === 0x1a) document.createTime = readTime(reader, document.createTime);
    else if (tag === 0x22) document.updateTime = readTime(reader, document.updateTime);
    else reader.skip(tag);
  }
  reader.path.leave();
  reader.close(end);
  return document;
}

/** Reads an entry of `map<string, Value>`, which is a message of a key and a value. */
function readEntry(reader: ProtobufReader, fields: Record<string, unknown>, make: MakeValue): void {
  let key = '';
  const slot: Slot = { kind: undefined, raw: undefined };
  const end = reader.open();
  reader.path.enter('fields');
  while (reader.hasMore()) {
    const tag = reader.readTag();
    if (tag === 0x0a) {
      key = reader.readString();
      reader.path.rename(key);
    } else if (tag === 0x12) {
      readValue(reader, slot, make);
    } else {
      reader.skip(tag);
    }
  }
  reader.path.leave();
  reader.close(end);
  setMember(fields, key, make(slot.kind, slot.raw));
}

/** Sets an own member, also one called `__proto__`. */
export function setMember(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else
    Object.defineProperty(object, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
}

function readValue(reader: ProtobufReader, slot: Slot, make: MakeValue): void {
  const end = reader.open();
  while (reader.hasMore()) {
    const tag = reader.readTag();
    switch (tag) {
      case 0x08:
        set(slot, 'booleanValue', reader.readInt64() !== 0);
        break;
      case 0x10:
        set(slot, 'integerValue', reader.readInt64());
        break;
      case 0x19:
        set(slot, 'doubleValue', reader.readDouble());
        break;
      case 0x2a:
        set(slot, 'referenceValue', reader.readString());
        break;
      case 0x32:
        set(slot, 'mapValue', readMap(reader, earlierOf(slot, 'mapValue') ?? {}, make));
        break;
      case 0x42:
        set(slot, 'geoPointValue', readGeoPoint(reader, earlierOf(slot, 'geoPointValue')));
        break;
      case 0x4a:
        set(slot, 'arrayValue', readArray(reader, earlierOf(slot, 'arrayValue') ?? [], make));
        break;
      case 0x52:
        set(slot, 'timestampValue', readTime(reader, earlierOf(slot, 'timestampValue')));
        break;
      case 0x58:
        reader.readInt64();
        set(slot, 'nullValue', null);
        break;
      case 0x8a:
        set(slot, 'stringValue', reader.readString());
        break;
      case 0x92:
        set(slot, 'bytesValue', reader.readBytes());
        break;
      default:
        reader.skip(tag);
    }
  }
  reader.close(end);
}

function set(slot: Slot, kind: ValueKind, raw: unknown): void {
  slot.kind = kind;
  slot.raw = raw;
}

/** What was read of the same member before, to merge with. */
function earlierOf<Raw>(slot: Slot, kind: ValueKind): Raw | undefined {
  return slot.kind === kind ? (slot.raw as Raw) : undefined;
}

function readMap(
  reader: ProtobufReader,
  fields: Record<string, unknown>,
  make: MakeValue,
): Record<string, unknown> {
  const end = reader.open();
  while (reader.hasMore()) {
    const tag = reader.readTag();
    if (tag === 0x0a) readEntry(reader, fields, make);
    else reader.skip(tag);
  }
  reader.close(end);
  return fields;
}

function readArray(reader: ProtobufReader, values: unknown[], make: MakeValue): unknown[] {
  const end = reader.open();
  while (reader.hasMore()) {
    const tag = reader.readTag();
    if (tag === 0x0a) values.push(readElement(reader, values.length, make));
    else reader.skip(tag);
  }
  reader.close(end);
  return values;
}

function readElement(reader: ProtobufReader, index: number, make: MakeValue): unknown {
  const slot: Slot = { kind: undefined, raw: undefined };
  reader.path.enter(index);
  readValue(reader, slot, make);
  reader.path.leave();
  return make(slot.kind, slot.raw);
}

function readGeoPoint(
  reader: ProtobufReader,
  earlier: { latitude: number; longitude: number } | undefined,
): unknown {
  const point = earlier ?? { latitude: 0, longitude: 0 };
  const end = reader.open();
  while (reader.hasMore()) {
    const tag = reader.readTag();
    if (tag === 0x09) point.latitude = reader.readDouble();
    else if (tag === 0x11) point.longitude = reader.readDouble();
    else reader.skip(tag);
  }
  reader.close(end);
  return point;
}

function readTime(reader: ProtobufReader, earlier: RawTimestamp | undefined): RawTimestamp {
  const time = earlier ?? { seconds: 0, nanos: 0 };
  const end = reader.open();
  while (reader.hasMore()) {
    const tag = reader.readTag();
    if (tag === 0x08) time.seconds = Number(reader.readInt64());
    else if (tag === 0x10) time.nanos = Number(reader.readInt64());
    else reader.skip(tag);
  }
  if (time.seconds < MIN_SECONDS || time.seconds > MAX_SECONDS) {
    reader.fail(`a time is ${time.seconds} seconds from 1970, outside the years 1 to 9999`);
  }
  if (time.nanos < 0 || time.nanos > 999_999_999) {
    reader.fail(`a time has ${time.nanos} nanoseconds`);
  }
  reader.close(end);
  return time;
}
