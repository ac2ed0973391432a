import type { WireRequest } from '../wire';
import { type Group, requestCase } from './kinds';
import { settings } from './settings';

const time = '2020-01-02T03:04:05.678Z';
const json = { 'Content-Type': 'application/json' };

/** CloudEvent type, source, subject, data. */
const cloudEvents: [string, string, string | undefined, unknown][] = [];
const add = (types: string[], source: string, subject: string | undefined, data: unknown): void => {
  for (const type of types) cloudEvents.push([type, source, subject, data]);
};
const storage = ['finalized', 'deleted', 'archived', 'metadataUpdated'].map(
  (verb) => `google.cloud.storage.object.v1.${verb}`,
);
const firestore = ['written', 'created', 'updated', 'deleted'].map(
  (verb) => `google.cloud.firestore.document.v1.${verb}`,
);
const database = ['created', 'written', 'updated', 'deleted'].map(
  (verb) => `google.firebase.database.ref.v1.${verb}`,
);
const auth = ['created', 'deleted'].map((verb) => `google.firebase.auth.user.v1.${verb}`);
const published = 'google.cloud.pubsub.topic.v1.messagePublished';
const pubsub = '//pubsub.googleapis.com/projects/sample/topics/gcf-test';
const message = { data: 'aGk=', messageId: 'm', publishTime: time, attributes: { a: 'b' } };

add(storage, '//storage.googleapis.com/projects/_/buckets/b', 'objects/dir/f', {
  kind: 'storage#object',
  name: 'f',
});
add(storage.slice(0, 1), '//storage.googleapis.com/projects/_/buckets/b', undefined, {});
add(firestore, '//firestore.googleapis.com/projects/p/databases/(default)', 'documents/a/b', {
  value: {},
});
add(
  database,
  '//firebasedatabase.googleapis.com/projects/_/locations/us-central1/instances/i',
  'refs/a/b',
  { delta: 1 },
);
add(auth, '//firebaseauth.googleapis.com/projects/p', 'users/U', {
  uid: 'U',
  metadata: { createTime: time, lastSignInTime: time, other: 1 },
});
add(auth.slice(0, 1), '//firebaseauth.googleapis.com/projects/p', 'users/U', { uid: 'U' });
add(
  ['google.firebase.analytics.log.v1.written'],
  '//firebase.googleapis.com/projects/p',
  'events/session_start',
  { userDim: {} },
);
add([published], pubsub, undefined, { subscription: 's', message });
add([published], pubsub, undefined, message);
add([published], pubsub, undefined, { message: { data: 'aGk=' } });
add([published], pubsub, undefined, { message: null });
add([published, ...firestore.slice(0, 1)], 'no-source', 'documents/a', {});
add(['google.cloud.unknown.v1.done', 'toString', 'com.example.t', '__proto__'], '//a.b/c', 's', {
  a: 1,
});

const binary = (
  type: string,
  source: string,
  subject: string | undefined,
  data: unknown,
): WireRequest => ({
  method: 'POST',
  headers: {
    ...json,
    'ce-id': 'A1',
    'ce-specversion': '1.0',
    'ce-type': type,
    'ce-source': source,
    'ce-time': time,
    'ce-subject': subject,
  },
  body: JSON.stringify(data),
});
const structured = (
  type: string,
  source: string,
  subject: string | undefined,
  data: unknown,
): WireRequest => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/cloudevents+json' },
  body: JSON.stringify({ id: 'A1', specversion: '1.0', type, source, time, subject, data }),
});

/** Legacy event type, resource, data, other members of the body. */
const legacyEvents: [string, unknown, unknown, object?][] = [];
const providers = 'providers/';
for (const verb of ['finalize', 'delete', 'archive', 'metadataUpdate']) {
  const type = `google.storage.object.${verb}`;
  const service = 'storage.googleapis.com';
  legacyEvents.push([
    type,
    { service, name: 'projects/_/buckets/b/objects/dir/f#123', type: 'storage#object' },
    { kind: 'k' },
  ]);
}
const storageType = 'google.storage.object.finalize';
legacyEvents.push(
  [storageType, 'projects/_/buckets/b/objects/f', { a: 1 }],
  [storageType, 'projects/project-id/buckets/b/objects/f', { a: 1 }],
  [storageType, 'buckets/b', { a: 1 }],
  [
    `${providers}cloud.storage/eventTypes/object.change`,
    { name: 'projects/_/buckets/b/objects/f' },
    {},
  ],
  [
    'google.pubsub.topic.publish',
    { service: 'pubsub.googleapis.com', name: 'projects/p/topics/t', type: 'x' },
    { data: 'aGk=', attributes: {} },
  ],
  [
    'google.pubsub.topic.publish',
    'projects/p/topics/t',
    { data: 'aGk=', messageId: 'own', publishTime: 'own' },
  ],
  [`${providers}cloud.pubsub/eventTypes/topic.publish`, 'projects/p/topics/t', { data: 'aGk=' }],
  ['google.pubsub.topic.publish', 'projects/p/topics/t', null],
  [
    `${providers}firebase.auth/eventTypes/user.create`,
    'projects/p',
    { uid: 'U', metadata: { createdAt: time, lastSignedInAt: time, x: 1 } },
  ],
  [`${providers}firebase.auth/eventTypes/user.delete`, 'projects/p', { uid: 'U' }],
  [
    `${providers}google.firebase.analytics/eventTypes/event.log`,
    'projects/p/events/e',
    { userDim: {} },
  ],
  [`${providers}google.firebase.analytics/eventTypes/event.log`, 'nonsense', {}],
  ['google.unknown', 'r', {}],
  ['toString', 'r', {}],
);
for (const verb of ['write', 'create', 'update', 'delete']) {
  const document = `${providers}cloud.firestore/eventTypes/document.${verb}`;
  legacyEvents.push([document, 'projects/p/databases/(default)/documents/a/b', { value: {} }]);
  const ref = `${providers}google.firebase.database/eventTypes/ref.${verb}`;
  legacyEvents.push([
    ref,
    'projects/_/instances/i/refs/a/b',
    { delta: 1 },
    { domain: 'firebaseio.com' },
  ]);
}
const refWrite = `${providers}google.firebase.database/eventTypes/ref.write`;
legacyEvents.push(
  [refWrite, 'projects/_/instances/i/refs/a', {}, { domain: 'europe-west1.firebasedatabase.app' }],
  [refWrite, 'projects/_/instances/i/refs/a', {}],
  [refWrite, 'projects/_/instances/i/refs/a', {}, { domain: 'nonsense' }],
  [refWrite, 'projects/project-id/instances/i/refs/a', {}, { domain: 'firebaseio.com' }],
  [
    `${providers}cloud.firestore/eventTypes/document.write`,
    'projects/p/databases/other/documents/a',
    {},
  ],
);

const inContext = ([
  eventType,
  resource,
  data,
  more,
]: (typeof legacyEvents)[number]): WireRequest => ({
  method: 'POST',
  headers: json,
  body: JSON.stringify({
    context: { eventId: '1', timestamp: time, eventType, resource },
    data,
    ...more,
  }),
});
const flat = ([eventType, resource, data, more]: (typeof legacyEvents)[number]): WireRequest => ({
  method: 'POST',
  headers: json,
  body: JSON.stringify({ eventId: '1', timestamp: time, eventType, resource, data, ...more }),
});

export const conversionGroups: Group[] = [
  {
    name: 'CloudEvent to event',
    cases: cloudEvents.flatMap((event, index) => [
      requestCase(`binary ${event[0]} ${index}`, settings.event, binary(...event)),
      requestCase(`structured ${event[0]} ${index}`, settings.event, structured(...event)),
    ]),
  },
  {
    name: 'event to CloudEvent',
    cases: legacyEvents.flatMap((event, index) => [
      requestCase(`context ${event[0]} ${index}`, settings.cloudEvent, inContext(event)),
      requestCase(`flat ${event[0]} ${index}`, settings.cloudEvent, flat(event)),
    ]),
  },
];
