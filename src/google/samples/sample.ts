import type { CloudEvent } from '../../cloudevents/event';
import { BarefnError } from '../../core/errors';
import { cloudSamples } from './cloud';
import { firebaseSamples } from './firebase';
import { firestoreSamples } from './firestore';
import { dataOr, type SampleOverrides, type SampleRow } from './sample-row';
import { storageSamples } from './storage';

export type { SampleOverrides };

/** A kind of sample event. */
export type SampleKind = (typeof sampleKinds)[number];

/** The kinds of sample events, in the order of lists. */
export const sampleKinds = [
  'pubsub',
  'storage',
  'firestore',
  'firestore-auth',
  'datastore',
  'auth',
  'database',
  'dataconnect',
  'remoteconfig',
  'testlab',
  'alerts',
  'analytics',
  'audit',
  'build',
  'scheduler',
  'workflows',
  'batch',
  'dataflow',
  'custom',
] as const;

const customSample: SampleRow = [
  ['com.example.greeting'],
  ({ overrides }) => ({ source: '/barefn/invoke', data: dataOr(overrides, { name: 'World' }) }),
];

/**
 * Makes an event as Google's services send it, with the attributes that Eventarc adds, or a plain one of
 * your own (`custom`). A type of Google's events is a kind, too.
 *
 * @param format `production`: protobuf where production has it; `json`
 * @throws BarefnError `UNKNOWN_EVENT_KIND` with the kinds there are.
 * @example sampleEvent('google.cloud.storage.object.v1.deleted')
 */
export function sampleEvent(
  kind: string,
  overrides: SampleOverrides = {},
  format: 'production' | 'json' = 'production',
): CloudEvent<unknown> {
  const [types, make] = findRow(kind);
  const id = overrides.id ?? globalThis.crypto.randomUUID();
  const time = overrides.time ?? new Date().toISOString();
  const type = overrides.type ?? (types.includes(kind) ? kind : (types[0] as string));
  const sample = make({ id, time, type, subject: overrides.subject, overrides });
  const { data, protobuf } = sample;
  const isProtobuf = protobuf !== undefined && format === 'production';
  const event: CloudEvent<unknown> = {
    specversion: '1.0',
    id,
    source: overrides.source ?? sample.source,
    type,
    datacontenttype: isProtobuf ? 'application/protobuf' : 'application/json',
    time,
    ...sample.attributes,
    ...extensionsOf(overrides),
    data: isProtobuf ? protobuf(data) : data,
  };
  const subject = overrides.subject ?? sample.subject;
  if (subject !== undefined) event.subject = subject;
  return event;
}

/** What an override says that is no attribute of every event, nor data. */
function extensionsOf(overrides: SampleOverrides): Record<string, unknown> {
  const others = ['type', 'source', 'subject', 'data', 'id', 'time'];
  return Object.fromEntries(
    Object.entries(overrides).filter(
      ([name, value]) => !others.includes(name) && value !== undefined,
    ),
  );
}

function findRow(kind: string): SampleRow {
  const rows = allRows();
  const found = rows.get(kind) ?? [...rows.values()].find(([types]) => types.includes(kind));
  if (found !== undefined) return found;
  throw new BarefnError(
    'UNKNOWN_EVENT_KIND',
    `"${kind}" is not a kind of sample event. Choose one of: ${sampleKinds.join(', ')}.`,
  );
}

function allRows(): ReadonlyMap<string, SampleRow> {
  const rows = { ...cloudSamples, ...storageSamples, ...firestoreSamples, ...firebaseSamples };
  return new Map(Object.entries({ ...rows, custom: customSample }));
}
