import type { CloudEvent } from '../../cloudevents/event';
import { BarefnError } from '../../core/errors';
import { PUBSUB_MESSAGE } from '../../google/pubsub';

/** A kind of sample event. */
export type SampleKind = (typeof sampleKinds)[number];

/** The kinds of sample events, in the order of lists. */
export const sampleKinds = [
  'pubsub',
  'storage',
  'firestore',
  'auth',
  'database',
  'analytics',
  'custom',
] as const;

/** What to change in a sample event. Undefined changes nothing. */
export interface SampleOverrides {
  /** @default the most common type of the kind */
  type?: string | undefined;
  /** @default a realistic source of the kind */
  source?: string | undefined;
  /** @default a realistic subject, where the kind has one */
  subject?: string | undefined;
  /** The whole payload; null is one. @default a realistic payload */
  data?: unknown;
  /** @default a random UUID */
  id?: string | undefined;
  /** RFC 3339. @default now */
  time?: string | undefined;
}

type Sample = Pick<CloudEvent<unknown>, 'type' | 'source' | 'subject' | 'data'>;

/**
 * Makes an event as Google's services send it, or a plain one of your own (`custom`).
 *
 * @throws BarefnError `UNKNOWN_EVENT_KIND` with the kinds there are.
 * @example sampleEvent('storage', { type: 'google.cloud.storage.object.v1.deleted' })
 */
export function sampleEvent(kind: string, overrides: SampleOverrides = {}): CloudEvent<unknown> {
  const id = overrides.id ?? globalThis.crypto.randomUUID();
  const time = overrides.time ?? new Date().toISOString();
  const sample = findSample(kind, id, time);
  const event: CloudEvent<unknown> = {
    specversion: '1.0',
    id,
    source: overrides.source ?? sample.source,
    type: overrides.type ?? sample.type,
    datacontenttype: 'application/json',
    time,
    data: overrides.data === undefined ? sample.data : overrides.data,
  };
  const subject = overrides.subject ?? sample.subject;
  if (subject !== undefined) event.subject = subject;
  return event;
}

function findSample(kind: string, id: string, time: string): Sample {
  switch (kind) {
    case 'pubsub':
      return pubsubSample(id, time);
    case 'storage':
      return storageSample(time);
    case 'firestore':
      return firestoreSample(time);
    case 'auth':
      return authSample(time);
    case 'database':
      return databaseSample();
    case 'analytics':
      return analyticsSample(time);
    case 'custom':
      return { type: 'com.example.greeting', source: '/barefn/invoke', data: { name: 'World' } };
  }
  throw new BarefnError(
    'UNKNOWN_EVENT_KIND',
    `"${kind}" is not a kind of sample event. Choose one of: ${sampleKinds.join(', ')}.`,
  );
}

function pubsubSample(messageId: string, publishTime: string): Sample {
  return {
    type: 'google.cloud.pubsub.topic.v1.messagePublished',
    source: '//pubsub.googleapis.com/projects/my-project/topics/my-topic',
    data: {
      subscription: 'projects/my-project/subscriptions/my-subscription',
      message: {
        '@type': PUBSUB_MESSAGE,
        data: Buffer.from('Hello, World!').toString('base64'),
        attributes: { origin: 'barefn' },
        messageId,
        publishTime,
      },
    },
  };
}

function storageSample(time: string): Sample {
  return {
    type: 'google.cloud.storage.object.v1.finalized',
    source: '//storage.googleapis.com/projects/_/buckets/my-bucket',
    subject: 'objects/pictures/cat.png',
    data: {
      kind: 'storage#object',
      id: 'my-bucket/pictures/cat.png/1700000000000000',
      bucket: 'my-bucket',
      name: 'pictures/cat.png',
      contentType: 'image/png',
      size: '48213',
      md5Hash: 'Q2hlY2tzdW0gb2YgYSBjYQ==',
      generation: '1700000000000000',
      metageneration: '1',
      storageClass: 'STANDARD',
      timeCreated: time,
      updated: time,
    },
  };
}

function firestoreSample(time: string): Sample {
  const name = 'projects/my-project/databases/(default)/documents/users/alice';
  const createTime = '2024-01-15T09:30:00.000000Z';
  return {
    type: 'google.cloud.firestore.document.v1.written',
    source: '//firestore.googleapis.com/projects/my-project/databases/(default)',
    subject: 'documents/users/alice',
    data: {
      oldValue: {
        name,
        createTime,
        updateTime: createTime,
        fields: { name: { stringValue: 'Alice' }, visits: { integerValue: '1' } },
      },
      value: {
        name,
        createTime,
        updateTime: time,
        fields: { name: { stringValue: 'Alice' }, visits: { integerValue: '2' } },
      },
      updateMask: { fieldPaths: ['visits'] },
    },
  };
}

function authSample(time: string): Sample {
  const uid = 'kR3vYx8QmTfWc2NzLp0HsJ6DbGa1';
  return {
    type: 'google.firebase.auth.user.v1.created',
    source: '//firebaseauth.googleapis.com/projects/my-project',
    subject: `users/${uid}`,
    data: {
      uid,
      email: 'alice@example.com',
      displayName: 'Alice',
      metadata: { createTime: time, lastSignInTime: time },
      providerData: [{ providerId: 'password', uid: 'alice@example.com' }],
    },
  };
}

function databaseSample(): Sample {
  return {
    type: 'google.firebase.database.ref.v1.written',
    source:
      '//firebasedatabase.googleapis.com/projects/_/locations/us-central1/instances/my-project',
    subject: 'refs/users/alice',
    data: { data: { visits: 1 }, delta: { visits: 2 } },
  };
}

function analyticsSample(time: string): Sample {
  const micros = String(Date.parse(time) * 1000);
  return {
    type: 'google.firebase.analytics.log.v1.written',
    source: '//firebase.googleapis.com/projects/my-project',
    subject: 'events/session_start',
    data: {
      eventDim: [
        {
          name: 'session_start',
          date: '20240115',
          params: { firebase_screen: { stringValue: 'home' } },
          timestampMicros: micros,
        },
      ],
      userDim: {
        appInfo: { appId: 'com.example.app', appPlatform: 'ANDROID', appVersion: '1.0.0' },
        geoInfo: { country: 'Germany', city: 'Berlin' },
      },
    },
  };
}
