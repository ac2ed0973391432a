import type { DocumentEventData, FirestoreJsonDocument } from '../types/firestore';
import { type RawDocument, readDocumentEvent } from './document-event';
import { invalidDocument } from './field-path';
import { readJsonEvent } from './json-event';
import { type DocumentParams, readPathPattern } from './path-pattern';
import { formatTimestamp } from './timestamp-text';
import {
  type FirestoreTimestamp,
  type FirestoreValue,
  makeJsonValue,
  makePlainValue,
  pathOfName,
  timestampOf,
} from './values';

/** The fields of a document. */
export type FirestoreFields = { [field: string]: FirestoreValue };

/** What a Firestore event tells, with documents as plain values. */
export interface FirestoreChange<Fields = FirestoreFields> {
  /** The fields before; undefined if the document was created. */
  readonly before: Fields | undefined;
  /** The fields now; undefined if the document was deleted. */
  readonly after: Fields | undefined;
  /** The paths of the fields that changed, where the event says so. */
  readonly updateMask: string[] | undefined;
  /** The document's path in its database: `users/alice`. */
  readonly path: string;
  /** When the document was created. */
  readonly createTime: FirestoreTimestamp | undefined;
  /** When the document got the state that the event tells last: `after`, or else `before`. */
  readonly updateTime: FirestoreTimestamp | undefined;
  /**
   * What the wildcards of a pattern stand for in the path: `{ uid: 'alice' }` for `users/{uid}`.
   * `{rest=**}` stands for any number of segments.
   *
   * @returns undefined if the path does not match
   */
  params<Pattern extends string>(pattern: Pattern): DocumentParams<Pattern> | undefined;
}

/** An event with the data of a Firestore document: a CloudEvent as barefn or another decoder has it. */
export interface FirestoreEventLike {
  /** Bytes of `application/protobuf`; JSON as text, bytes or an object. */
  readonly data?: unknown;
  /** Bytes in base64, where there is no `data`. */
  readonly data_base64?: unknown;
  /** @default `application/protobuf` for bytes */
  readonly datacontenttype?: unknown;
}

/**
 * Decodes a Firestore event to plain values, as the Firestore client gives them.
 *
 * @throws BarefnError `INVALID_DATA` with the field that is not valid
 * @example
 * cloudEvent('onUser', (event) => {
 *   const { before, after, params } = decodeFirestoreEvent(event);
 *   console.log(params('users/{uid}')?.uid, before?.name, after?.name);
 * });
 */
export function decodeFirestoreEvent<Fields = FirestoreFields>(
  event: FirestoreEventLike,
): FirestoreChange<Fields> {
  const input = inputOf(event);
  const { value, oldValue, updateMask } =
    input instanceof Uint8Array
      ? readDocumentEvent(input as Buffer, makePlainValue)
      : readJsonEvent(input, makePlainValue);
  return changeOf(existing(value), existing(oldValue), updateMask) as FirestoreChange<Fields>;
}

function changeOf(
  after: RawDocument | undefined,
  before: RawDocument | undefined,
  updateMask: string[] | undefined,
): FirestoreChange {
  const last = after ?? before;
  if (last === undefined) {
    throw invalidDocument('it has no document', 'Pass the event as Firestore sent it.');
  }
  const path = pathOfName(last.name);
  return {
    before: before?.fields as FirestoreFields | undefined,
    after: after?.fields as FirestoreFields | undefined,
    updateMask,
    path,
    createTime: last.createTime && timestampOf(last.createTime),
    updateTime: last.updateTime && timestampOf(last.updateTime),
    params: <Pattern extends string>(pattern: Pattern) =>
      readPathPattern(pattern)(path) as DocumentParams<Pattern> | undefined,
  };
}

/** Events in JSON have an empty object for a document that is not there. */
function existing(document: RawDocument | undefined): RawDocument | undefined {
  return document?.name === '' ? undefined : document;
}

/**
 * The data of a Firestore event in the JSON mapping of proto3. Data that is JSON already is given back
 * as it came.
 *
 * @throws BarefnError `INVALID_DATA` with the field that is not valid
 * @example
 * firestoreJson(event).value?.fields?.visits?.integerValue
 */
export function firestoreJson(event: FirestoreEventLike): DocumentEventData {
  const input = inputOf(event);
  if (!(input instanceof Uint8Array)) return input as DocumentEventData;
  const { value, oldValue, updateMask } = readDocumentEvent(input as Buffer, makeJsonValue);
  const data: DocumentEventData = {};
  if (value !== undefined) data.value = jsonDocumentOf(value);
  if (oldValue !== undefined) data.oldValue = jsonDocumentOf(oldValue);
  if (updateMask !== undefined) {
    data.updateMask = updateMask.length === 0 ? {} : { fieldPaths: updateMask };
  }
  return data;
}

function jsonDocumentOf({
  name,
  fields,
  createTime,
  updateTime,
}: RawDocument): FirestoreJsonDocument {
  const document: FirestoreJsonDocument = {};
  if (name !== '') document.name = name;
  if (Object.keys(fields).length > 0) {
    document.fields = fields as NonNullable<FirestoreJsonDocument['fields']>;
  }
  if (createTime !== undefined) document.createTime = formatTimestamp(createTime);
  if (updateTime !== undefined) document.updateTime = formatTimestamp(updateTime);
  return document;
}

/** The bytes of protobuf, or an object of JSON. */
function inputOf({ data, data_base64, datacontenttype }: FirestoreEventLike): unknown {
  const value =
    data === undefined && typeof data_base64 === 'string'
      ? Buffer.from(data_base64, 'base64')
      : data;
  if (typeof value === 'string') return parse(value);
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return isJson(datacontenttype) ? parse(bytes.toString()) : bytes;
  }
  if (typeof value === 'object' && value !== null) return value;
  throw invalidDocument(
    `it is ${value === undefined ? 'missing' : String(value)}`,
    'Pass the event as Firestore sent it.',
  );
}

function isJson(datacontenttype: unknown): boolean {
  return typeof datacontenttype === 'string' && /^[^;]*[/+]json\s*(?:;|$)/i.test(datacontenttype);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidDocument(
      `it is not JSON: ${(cause as Error).message}`,
      'Pass the bytes of protobuf, or JSON.',
    );
  }
}
