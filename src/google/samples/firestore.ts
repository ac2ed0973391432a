import { isRecord } from '../background-event';
import type { DocumentEventData, FirestoreJsonDocument } from '../types/firestore';
import { encodeDocumentEvent, jsonFieldsOf } from './firestore-encode';
import { type Sample, type SampleContext, type SampleRow, typesOf } from './sample-row';

const DATABASE = 'projects/my-project/databases/(default)';
const CREATED = '2024-01-15T09:30:00.000000Z';
const TYPES = typesOf('google.cloud.firestore.document.v1', 'written created updated deleted');

/** Firestore sends protobuf. */
export const firestoreSamples: Readonly<Record<string, SampleRow>> = {
  firestore: [TYPES, firestoreSample],
  'firestore-auth': [
    TYPES.map((type) => `${type}.withAuthContext`),
    (context) => {
      const { attributes, ...sample } = firestoreSample(context);
      const auth = { authid: 'kR3vYx8QmTfWc2NzLp0HsJ6DbGa1', authtype: 'app_user' };
      return { ...sample, attributes: { ...attributes, ...auth } };
    },
  ],
};

function firestoreSample({ time, type, subject, overrides }: SampleContext): Sample {
  const document = String(
    overrides['document'] ?? subject?.replace(/^documents\//, '') ?? 'users/alice',
  );
  return {
    source: `//firestore.googleapis.com/${DATABASE}`,
    subject: `documents/${document}`,
    attributes: {
      database: '(default)',
      document,
      location: 'us-central1',
      namespace: '(default)',
      project: 'my-project',
    },
    data: dataOf(overrides.data, type, document, time),
    protobuf: (data) => encodeDocumentEvent(data as DocumentEventData),
  };
}

/** Data as it is on the wire, or what the document was and is. */
function dataOf(data: unknown, type: string, document: string, time: string): unknown {
  if (isRecord(data) && (isDocument(data['value']) || isDocument(data['oldValue']))) return data;
  const { before, after } = statesOf(data, type);
  const name = `${DATABASE}/documents/${document}`;
  const make = (fields: object, updateTime: string): FirestoreJsonDocument => ({
    name,
    fields: jsonFieldsOf(fields),
    createTime: before === undefined ? time : CREATED,
    updateTime,
  });
  const event: DocumentEventData = {};
  if (after !== undefined) event.value = make(after, time);
  if (before !== undefined) event.oldValue = make(before, CREATED);
  if (before !== undefined && after !== undefined) {
    event.updateMask = { fieldPaths: changedFields(before, after) };
  }
  return event;
}

function isDocument(value: unknown): boolean {
  return isRecord(value) && typeof value['name'] === 'string' && isRecord(value['fields'] ?? {});
}

interface States {
  before?: object | undefined;
  after?: object | undefined;
}

/** `{ before, after }`, or the fields of the one document that the type has. */
function statesOf(data: unknown, type: string): States {
  const isDeleted = type.includes('.deleted');
  if (data === undefined) {
    const [before, after] = [1, 2].map((visits) => ({ name: 'Alice', visits }));
    return {
      before: type.includes('.created') ? undefined : before,
      after: isDeleted ? undefined : after,
    };
  }
  const fields = isRecord(data) ? data : {};
  const isChange =
    Object.keys(fields).length > 0 &&
    Object.entries(fields).every(
      ([key, value]) => /^(?:before|after)$/.test(key) && (value === undefined || isRecord(value)),
    );
  if (isChange) return fields as States;
  return isDeleted ? { before: fields } : { after: fields };
}

function changedFields(before: object, after: object): string[] {
  const [old, now] = [before, after].map((fields) => jsonFieldsOf(fields)) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]))
    .map((key) => (/^[A-Za-z_]\w*$/.test(key) ? key : `\`${key.replace(/[\\`]/g, '\\$&')}\``));
}
