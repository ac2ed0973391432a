// Seventeen events of Google's services, each as its legacy body and as the equal CloudEvent.

/** One event under both names. */
export interface EventPair {
  name: string;
  /** The body of a legacy event, as Google's event sources post it. */
  legacy: {
    context: { eventId: string; timestamp: string; eventType: string; resource: unknown };
    data: Record<string, unknown>;
    domain?: string;
  };
  /** The equal CloudEvent without datacontenttype, which binary mode has in Content-Type. */
  cloudEvent: {
    specversion: string;
    id: string;
    time: string;
    type: string;
    source: string;
    subject?: string;
    data: Record<string, unknown>;
  };
}

const message = 'type.googleapis.com/google.pubsub.v1.PubsubMessage';

function pubsubPair(name: string, time: string, content: Record<string, unknown>): EventPair {
  const id = '8041190273315';
  const topic = 'projects/harbour-lights/topics/ferries';
  return {
    name,
    legacy: {
      context: {
        eventId: id,
        timestamp: time,
        eventType: 'google.pubsub.topic.publish',
        resource: { service: 'pubsub.googleapis.com', name: topic, type: message },
      },
      data: { '@type': message, ...content },
    },
    cloudEvent: {
      specversion: '1.0',
      id,
      time,
      type: 'google.cloud.pubsub.topic.v1.messagePublished',
      source: `//pubsub.googleapis.com/${topic}`,
      data: { message: { '@type': message, ...content, publishTime: time, messageId: id } },
    },
  };
}

function storagePair(verb: string, type: string, object: string): EventPair {
  const bucket = 'projects/_/buckets/harbour-photos';
  const data = {
    kind: 'storage#object',
    bucket: 'harbour-photos',
    name: object,
    contentType: 'image/webp',
    size: '90211',
    generation: '1699123456789012',
    metadata: { photographer: 'Ida', createTime: 'noon' },
  };
  const time = '2023-11-04T18:44:16.789Z';
  return {
    name: `storage ${verb}`,
    legacy: {
      context: {
        eventId: '5512908841',
        timestamp: time,
        eventType: `google.storage.object.${verb}`,
        resource: {
          service: 'storage.googleapis.com',
          name: `${bucket}/objects/${object}`,
          type: 'storage#object',
        },
      },
      data,
    },
    cloudEvent: {
      specversion: '1.0',
      id: '5512908841',
      time,
      type: `google.cloud.storage.object.v1.${type}`,
      source: `//storage.googleapis.com/${bucket}`,
      subject: `objects/${object}`,
      data,
    },
  };
}

function firestorePair(
  name: string,
  verb: string,
  type: string,
  fields: Record<string, unknown>,
): EventPair {
  const database = 'projects/harbour-lights/databases/(default)';
  const path = 'documents/ferries/Søbjørn/trips/2023-11-04';
  const data = {
    oldValue: {},
    updateMask: {},
    value: {
      name: `${database}/${path}`,
      createTime: '2023-11-04T06:00:00.118273Z',
      updateTime: '2023-11-04T06:00:00.118273Z',
      fields,
    },
  };
  const id = 'c1b6a7ae-5d60-4d0b-9a5c-0f7c4e7b9d21-0';
  const time = '2023-11-04T06:00:00.118273Z';
  return {
    name,
    legacy: {
      context: {
        eventId: id,
        timestamp: time,
        eventType: `providers/cloud.firestore/eventTypes/document.${verb}`,
        resource: `${database}/${path}`,
      },
      data,
    },
    cloudEvent: {
      specversion: '1.0',
      id,
      time,
      type: `google.cloud.firestore.document.v1.${type}`,
      source: `//firestore.googleapis.com/${database}`,
      subject: path,
      data,
    },
  };
}

function authPair(verb: string, type: string): EventPair {
  const user = { uid: 'Lm3cQ0fTz', email: 'ida@example.org', providerData: [{ providerId: 'x' }] };
  const created = '2023-02-01T08:00:00.000Z';
  const seen = '2023-11-03T21:09:51.250Z';
  const id = '77a2f5ce-d8f2-4d0c-8d6f-2f4c5a4d3a11';
  const time = '2023-11-04T07:15:00.001Z';
  return {
    name: `auth ${verb}`,
    legacy: {
      context: {
        eventId: id,
        timestamp: time,
        eventType: `providers/firebase.auth/eventTypes/user.${verb}`,
        resource: 'projects/harbour-lights',
      },
      data: { ...user, metadata: { createdAt: created, lastSignedInAt: seen } },
    },
    cloudEvent: {
      specversion: '1.0',
      id,
      time,
      type: `google.firebase.auth.user.v1.${type}`,
      source: '//firebaseauth.googleapis.com/projects/harbour-lights',
      subject: 'users/Lm3cQ0fTz',
      data: { ...user, metadata: { createTime: created, lastSignInTime: seen } },
    },
  };
}

function databasePair(
  verb: string,
  type: string,
  region: string,
  domain: string,
  data: Record<string, unknown>,
): EventPair {
  const id = 'Zk9/qWb1r7XcVY0Tt3mUo2sN4jE=';
  const time = '2023-11-04T05:31:07.000Z';
  return {
    name: `database ${verb} in ${region}`,
    legacy: {
      context: {
        eventId: id,
        timestamp: time,
        eventType: `providers/google.firebase.database/eventTypes/ref.${verb}`,
        resource: 'projects/_/instances/harbour-lights/refs/quays/7/berth',
      },
      data,
      domain,
    },
    cloudEvent: {
      specversion: '1.0',
      id,
      time,
      type: `google.firebase.database.ref.v1.${type}`,
      source: `//firebasedatabase.googleapis.com/projects/_/locations/${region}/instances/harbour-lights`,
      subject: 'refs/quays/7/berth',
      data,
    },
  };
}

function analyticsPair(): EventPair {
  const data = {
    eventDim: [{ name: 'ticket_bought', date: '20231104', timestampMicros: '1699081200000000' }],
    userDim: { deviceInfo: { deviceCategory: 'mobile' }, geoInfo: { city: 'Århus' } },
  };
  return {
    name: 'analytics log',
    legacy: {
      context: {
        eventId: '1699081200000000',
        timestamp: '2023-11-04T07:00:00.000Z',
        eventType: 'providers/google.firebase.analytics/eventTypes/event.log',
        resource: 'projects/harbour-lights/events/ticket_bought',
      },
      data,
    },
    cloudEvent: {
      specversion: '1.0',
      id: '1699081200000000',
      time: '2023-11-04T07:00:00.000Z',
      type: 'google.firebase.analytics.log.v1.written',
      source: '//firebase.googleapis.com/projects/harbour-lights',
      subject: 'events/ticket_bought',
      data,
    },
  };
}

const complexFields = {
  open: { booleanValue: true },
  deck: { nullValue: null },
  load: { doubleValue: 61.25 },
  seats: { integerValue: '240' },
  seal: { bytesValue: 'AP/+' },
  at: { geoPointValue: { latitude: 56.15, longitude: 10.22 } },
  crew: { arrayValue: { values: [{ stringValue: 'Ida' }, { stringValue: '海' }] } },
  quay: { mapValue: { fields: { north: { mapValue: { fields: {} } } } } },
  left: { timestampValue: '2023-11-04T05:58:00.5Z' },
  line: { referenceValue: 'projects/harbour-lights/databases/(default)/documents/lines/4' },
};

/** The pairs that all four directions are tested with. */
export const eventPairs: EventPair[] = [
  pubsubPair('pubsub text', '2023-11-04T05:00:00.001Z', {
    data: 'RmVycnkgNCBkZWxheWVk',
    attributes: { quay: '7' },
  }),
  pubsubPair('pubsub binary', '2023-11-04T05:00:00.001Z', { data: 'AAH+/w==', attributes: {} }),
  pubsubPair('pubsub without data', '2023-11-04T05:00:00.001Z', { attributes: { quay: 'ø' } }),
  pubsubPair('pubsub microseconds', '2023-11-04T05:00:00.000123Z', { data: 'MQ==' }),
  storagePair('finalize', 'finalized', 'north/quay.webp'),
  storagePair('delete', 'deleted', 'a'),
  storagePair('archive', 'archived', 'objects/objects/x y'),
  storagePair('metadataUpdate', 'metadataUpdated', 'north/buckets/quay.webp'),
  firestorePair('firestore simple', 'write', 'written', { name: { stringValue: 'Søbjørn' } }),
  firestorePair('firestore complex', 'create', 'created', complexFields),
  authPair('create', 'created'),
  authPair('delete', 'deleted'),
  databasePair('create', 'created', 'us-central1', 'firebaseio.com', {
    data: null,
    delta: { ship: 'Ida' },
  }),
  databasePair('update', 'updated', 'us-central1', 'firebaseio.com', {
    data: { ship: 'Ida' },
    delta: { ship: 'Eva' },
  }),
  databasePair('delete', 'deleted', 'europe-west1', 'europe-west1.firebasedatabase.app', {
    data: { ship: 'Eva' },
    delta: null,
  }),
  databasePair('write', 'written', 'asia-southeast1', 'asia-southeast1.firebasedatabase.app', {
    data: null,
    delta: 5,
  }),
  analyticsPair(),
];
