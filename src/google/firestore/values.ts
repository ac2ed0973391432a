import type { FirestoreJsonValue } from '../types/firestore';
import type { MakeValue, RawTimestamp } from './document-event';
import { formatTimestamp } from './timestamp-text';

/**
 * A timestamp of Firestore: a Date with the nanoseconds kept beside, which a Date has no room for. They
 * do not count where dates are compared, and are in no copy that JSON or structuredClone makes.
 */
export interface FirestoreTimestamp extends Date {
  /** Nanoseconds of the second, 0 to 999,999,999. The Date has their milliseconds. */
  readonly nanoseconds: number;
}

/** A place on Earth, in degrees. */
export interface GeoPoint {
  latitude: number;
  longitude: number;
}

/**
 * A value of a Firestore document in plain JavaScript. An integer beyond 2^53 is a BigInt, and a
 * reference the path of its document: `users/alice`.
 */
export type FirestoreValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | FirestoreTimestamp
  | Buffer
  | GeoPoint
  | FirestoreValue[]
  | { [field: string]: FirestoreValue };

/** Makes what {@link FirestoreValue} describes; undefined of a kind that is not known. */
export const makePlainValue: MakeValue = (kind, raw) => {
  switch (kind) {
    case 'timestampValue':
      return timestampOf(raw as RawTimestamp);
    case 'bytesValue':
      // A copy, so that a few bytes do not keep the whole message in memory.
      return Buffer.from(raw as Buffer);
    case 'referenceValue':
      return pathOfName(raw as string);
    default:
      return raw;
  }
};

/** A Date that looks like any other, but for the nanoseconds. */
export function timestampOf({ seconds, nanos }: RawTimestamp): FirestoreTimestamp {
  const date = new Date(seconds * 1000 + Math.floor(nanos / 1e6));
  Object.defineProperty(date, 'nanoseconds', { value: nanos });
  return date as FirestoreTimestamp;
}

/** The path in the database of a full name: `users/alice` of `projects/P/databases/D/documents/users/alice`. */
export function pathOfName(name: string): string {
  return name.replace(/^projects\/[^/]*\/databases\/[^/]*\/documents\//, '');
}

/** Makes the JSON mapping of proto3, which leaves out what has its default but for members of a union. */
export const makeJsonValue: MakeValue = (kind, raw): FirestoreJsonValue => {
  switch (kind) {
    case undefined:
      return {};
    case 'integerValue':
      return { integerValue: String(raw) };
    case 'doubleValue':
      return { doubleValue: (Number.isFinite(raw) ? raw : String(raw)) as number };
    case 'timestampValue':
      return { timestampValue: formatTimestamp(raw as RawTimestamp) };
    case 'bytesValue':
      return { bytesValue: (raw as Buffer).toString('base64') };
    case 'geoPointValue':
      return { geoPointValue: withoutZeros(raw as GeoPoint) };
    case 'mapValue': {
      const fields = raw as Record<string, FirestoreJsonValue>;
      return { mapValue: Object.keys(fields).length === 0 ? {} : { fields } };
    }
    case 'arrayValue': {
      const values = raw as FirestoreJsonValue[];
      return { arrayValue: values.length === 0 ? {} : { values } };
    }
    default:
      return { [kind]: raw };
  }
};

function withoutZeros({ latitude, longitude }: GeoPoint): Partial<GeoPoint> {
  return { ...(latitude !== 0 && { latitude }), ...(longitude !== 0 && { longitude }) };
}
