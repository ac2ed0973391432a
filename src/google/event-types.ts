/** One kind of event under its two names, and the Google service that emits it. */
export interface EventTypeRow {
  /** The CloudEvents `type`. */
  readonly type: string;
  /** The `eventType` of a legacy (background) event's context. */
  readonly eventType: string;
  /** The host name of the service, the authority of the CloudEvents `source`. */
  readonly service: string;
}

/** Services whose events have their own conversion rules. */
export const ANALYTICS = 'firebase.googleapis.com';
export const AUTH = 'firebaseauth.googleapis.com';
export const DATABASE = 'firebasedatabase.googleapis.com';
export const FIRESTORE = 'firestore.googleapis.com';
export const PUBSUB = 'pubsub.googleapis.com';
export const STORAGE = 'storage.googleapis.com';

// An array to search, not an object to index: "constructor" and "__proto__" are not event types. The two
// retired names at the end are read but never written: the search takes the first row of a CloudEvents
// type.
const rows: readonly (readonly [type: string, eventType: string, service: string])[] = [
  ['google.cloud.pubsub.topic.v1.messagePublished', 'google.pubsub.topic.publish', PUBSUB],
  ['google.cloud.storage.object.v1.finalized', 'google.storage.object.finalize', STORAGE],
  ['google.cloud.storage.object.v1.deleted', 'google.storage.object.delete', STORAGE],
  ['google.cloud.storage.object.v1.archived', 'google.storage.object.archive', STORAGE],
  [
    'google.cloud.storage.object.v1.metadataUpdated',
    'google.storage.object.metadataUpdate',
    STORAGE,
  ],
  [
    'google.cloud.firestore.document.v1.written',
    'providers/cloud.firestore/eventTypes/document.write',
    FIRESTORE,
  ],
  [
    'google.cloud.firestore.document.v1.created',
    'providers/cloud.firestore/eventTypes/document.create',
    FIRESTORE,
  ],
  [
    'google.cloud.firestore.document.v1.updated',
    'providers/cloud.firestore/eventTypes/document.update',
    FIRESTORE,
  ],
  [
    'google.cloud.firestore.document.v1.deleted',
    'providers/cloud.firestore/eventTypes/document.delete',
    FIRESTORE,
  ],
  ['google.firebase.auth.user.v1.created', 'providers/firebase.auth/eventTypes/user.create', AUTH],
  ['google.firebase.auth.user.v1.deleted', 'providers/firebase.auth/eventTypes/user.delete', AUTH],
  [
    'google.firebase.analytics.log.v1.written',
    'providers/google.firebase.analytics/eventTypes/event.log',
    ANALYTICS,
  ],
  [
    'google.firebase.database.ref.v1.created',
    'providers/google.firebase.database/eventTypes/ref.create',
    DATABASE,
  ],
  [
    'google.firebase.database.ref.v1.written',
    'providers/google.firebase.database/eventTypes/ref.write',
    DATABASE,
  ],
  [
    'google.firebase.database.ref.v1.updated',
    'providers/google.firebase.database/eventTypes/ref.update',
    DATABASE,
  ],
  [
    'google.firebase.database.ref.v1.deleted',
    'providers/google.firebase.database/eventTypes/ref.delete',
    DATABASE,
  ],
  [
    'google.cloud.storage.object.v1.finalized',
    'providers/cloud.storage/eventTypes/object.change',
    STORAGE,
  ],
  [
    'google.cloud.pubsub.topic.v1.messagePublished',
    'providers/cloud.pubsub/eventTypes/topic.publish',
    PUBSUB,
  ],
];

/** The row of a CloudEvents `type`, or undefined for a type that has no legacy name. */
export function findByType(type: unknown): EventTypeRow | undefined {
  return toRow(rows.find((row) => row[0] === type));
}

/** The row of a legacy `eventType`, retired names included, or undefined for an unknown one. */
export function findByEventType(eventType: unknown): EventTypeRow | undefined {
  return toRow(rows.find((row) => row[1] === eventType));
}

function toRow(row: (typeof rows)[number] | undefined): EventTypeRow | undefined {
  return row && { type: row[0], eventType: row[1], service: row[2] };
}
