import assert from 'node:assert/strict';
import path from 'node:path';
import { beforeEach, describe, test } from 'node:test';
import type { OutgoingCloudEvent } from '../../src/cloudevents/encode';
import { invoke, sample } from '../../src/testing';
import { startProgram } from '../support/program';
import { serve } from '../support/wire';

type Any = any;

const SOURCE = path.join(__dirname, 'firebase/functions.cjs');
const functions: Any = require(SOURCE);
const { google }: Any = require('../../node_modules/firebase-functions/protos/compiledFirestore');
const { DocumentEventData } = google.events.cloud.firestore.v1;

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (url: string, body: unknown, headers: Any = JSON_TYPE): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers,
    body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
  });

beforeEach(() => {
  functions.seen.length = 0;
});

/** Serves one function in this process. */
async function serveFunction(name: string, signatureType: Any = 'http'): Promise<string> {
  const found = name.split('.').reduce((value: Any, key) => value[key], functions);
  return (await serve(found, { signatureType })).url;
}

/** An unsigned token: the functions decode it without a check of their own. */
const token = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"uid":"u1","sub":"u1"}').toString('base64url')}.`;

describe('HTTP functions of firebase-functions 7', () => {
  test('onRequest', async () => {
    const answer = await post(`${await serveFunction('request')}/a/b`, { n: 1 });
    assert.equal(answer.status, 201);
    assert.deepEqual(await answer.json(), { path: '/a/b', body: { n: 1 }, raw: '{"n":1}' });
  });

  test('onRequest answers a preflight', async () => {
    const headers = { origin: 'https://a.test', 'access-control-request-method': 'PUT' };
    const answer = await fetch(await serveFunction('request'), { method: 'OPTIONS', headers });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get('access-control-allow-origin'), 'https://a.test');
  });

  test('onCall', async () => {
    const url = await serveFunction('call');
    const answer = await post(url, { data: { a: 1, b: 2 } });
    assert.deepEqual(await answer.json(), { result: { sum: 3, auth: null } });
  });

  test('onCall fails with its own errors, and refuses what is no call', async () => {
    const url = await serveFunction('call');
    const failed = await post(url, { data: { fail: true } });
    assert.equal(failed.status, 404);
    const error = { message: 'nothing there', status: 'NOT_FOUND', details: { id: 7 } };
    assert.deepEqual(await failed.json(), { error });
    assert.equal((await post(url, { wrong: 1 })).status, 400);
  });

  test('onCall streams', async () => {
    const headers = { ...JSON_TYPE, accept: 'text/event-stream' };
    const answer = await post(await serveFunction('stream'), { data: { count: 3 } }, headers);
    const events = (await answer.text()).trim().split('\n\n');
    assert.deepEqual(
      events.map((event) => JSON.parse(event.replace('data: ', ''))),
      [...[1, 2, 3].map((i) => ({ message: { i } })), { result: 'end' }],
    );
  });

  test('onTaskDispatched', async () => {
    const headers = {
      ...JSON_TYPE,
      authorization: `Bearer ${token}`,
      'x-cloudtasks-queuename': 'queue',
      'x-cloudtasks-taskretrycount': '2',
    };
    for (const [name, seen] of [
      ['task', { data: { n: 1 }, retryCount: 2, queueName: 'queue' }],
      ['old.task', { data: { n: 1 } }],
    ] as const) {
      const answer = await post(await serveFunction(name), { data: { n: 1 } }, headers);
      assert.equal(answer.status, 204);
      assert.deepEqual(functions.seen.pop(), seen);
    }
  });

  test('onSchedule', async () => {
    const headers = {
      'x-cloudscheduler-jobname': 'job',
      'x-cloudscheduler-scheduletime': '2026-01-02T03:04:05Z',
    };
    const answer = await post(await serveFunction('schedule'), '', headers);
    assert.equal(answer.status, 200);
    const seen = { jobName: 'job', scheduleTime: '2026-01-02T03:04:05Z' };
    assert.deepEqual(functions.seen, [seen]);
  });

  test('onRequest and onCall of the first generation', async () => {
    const answer = await fetch(`${await serveFunction('old.request')}/?name=Ada`);
    assert.equal(await answer.text(), 'old Ada');
    const called = await post(await serveFunction('old.call'), { data: { n: 21 } });
    assert.deepEqual(await called.json(), { result: { twice: 42, auth: null } });
  });
});

/** A CloudEvent in binary mode, with the attributes that Eventarc gives. */
function eventHeaders(type: string, attributes: Record<string, string>): Record<string, string> {
  const given = { specversion: '1.0', id: 'e1', time: '2026-01-02T03:04:05.678Z', type };
  const all = Object.entries({ ...given, ...attributes });
  return {
    ...JSON_TYPE,
    ...Object.fromEntries(all.map(([name, value]) => [`ce-${name}`, value])),
  };
}

const DOCUMENT = 'projects/demo/databases/(default)/documents/users/u1';
const FIRESTORE = {
  source: '//firestore.googleapis.com/projects/demo/databases/(default)',
  subject: 'documents/users/u1',
  document: 'users/u1',
  database: '(default)',
  project: 'demo',
  namespace: '(default)',
  location: 'nam5',
};
const TIME = '2026-01-02T03:04:05.678901Z';
const AFTER = {
  name: DOCUMENT,
  fields: { n: { integerValue: '7' }, s: { stringValue: 'ü' } },
  createTime: TIME,
  updateTime: TIME,
};
const RTDB = {
  source: '//firebasedatabase.googleapis.com/projects/_/locations/us-central1/instances/demo',
  subject: 'refs/users/u1',
  instance: 'demo',
  ref: 'users/u1',
  firebasedatabasehost: 'firebaseio.com',
  location: 'us-central1',
};

describe('event functions of firebase-functions 7', () => {
  const message = {
    data: Buffer.from('{"n":1}').toString('base64'),
    attributes: { a: 'b' },
    messageId: 'm1',
    publishTime: TIME,
  };
  const deliveries: [
    name: string,
    type: string,
    attributes: Record<string, string>,
    data: unknown,
    seen: unknown,
  ][] = [
    [
      'written',
      'google.cloud.firestore.document.v1.written',
      FIRESTORE,
      { value: AFTER },
      { params: { uid: 'u1' }, before: null, after: { n: 7, s: 'ü' } },
    ],
    [
      'createdBy',
      'google.cloud.firestore.document.v1.created.withAuthContext',
      { ...FIRESTORE, authtype: 'app_user', authid: 'a1' },
      { value: AFTER },
      { params: { uid: 'u1' }, authType: 'app_user', authId: 'a1' },
    ],
    [
      'published',
      'google.cloud.pubsub.topic.v1.messagePublished',
      { source: '//pubsub.googleapis.com/projects/demo/topics/topic' },
      { message, subscription: 'projects/demo/subscriptions/s' },
      { id: 'e1', json: { n: 1 }, attributes: { a: 'b' } },
    ],
    [
      'finalized',
      'google.cloud.storage.object.v1.finalized',
      {
        source: '//storage.googleapis.com/projects/_/buckets/b',
        subject: 'objects/cat.png',
        bucket: 'b',
      },
      { bucket: 'b', name: 'cat.png', size: '352' },
      { bucket: 'b', name: 'cat.png', size: '352' },
    ],
    [
      'refCreated',
      'google.firebase.database.ref.v1.created',
      RTDB,
      { data: null, delta: { age: 3 } },
      { params: { uid: 'u1' }, value: { age: 3 }, ref: 'users/u1' },
    ],
    [
      'refWritten',
      'google.firebase.database.ref.v1.written',
      RTDB,
      { data: { age: 3 }, delta: { age: 4 } },
      { params: { uid: 'u1' }, before: { age: 3 }, after: { age: 4 } },
    ],
  ];
  for (const [name, type, attributes, data, seen] of deliveries) {
    test(`${name}, binary`, async () => {
      const url = await serveFunction(name, 'cloudevent');
      const answer = await post(url, data, eventHeaders(type, attributes));
      assert.equal(answer.status, 204, await answer.text());
      assert.deepEqual(functions.seen, [seen]);
    });

    test(`${name}, structured`, async () => {
      const url = await serveFunction(name, 'cloudevent');
      const json = { datacontenttype: 'application/json', data };
      const event = { specversion: '1.0', id: 'e1', time: TIME, type, ...attributes, ...json };
      const headers = { 'content-type': 'application/cloudevents+json' };
      const answer = await post(url, event, headers);
      assert.equal(answer.status, 204, await answer.text());
      assert.deepEqual(functions.seen, [seen]);
    });
  }

  test('a document as protobuf, as Firestore sends it', async () => {
    const url = await serveFunction('written', 'cloudevent');
    const time = { seconds: 1767323045, nanos: 678901000 };
    const document = (n: number): Any => ({
      name: DOCUMENT,
      fields: { n: { integerValue: n } },
      createTime: time,
      updateTime: time,
    });
    const data = { value: document(8), oldValue: document(7) };
    const bytes = Buffer.from(
      DocumentEventData.encode(DocumentEventData.fromObject(data)).finish(),
    );
    const headers = eventHeaders('google.cloud.firestore.document.v1.written', FIRESTORE);
    const answer = await post(url, bytes, { ...headers, 'content-type': 'application/protobuf' });
    assert.equal(answer.status, 204, await answer.text());
    assert.deepEqual(functions.seen, [
      { params: { uid: 'u1' }, before: { n: 7 }, after: { n: 8 } },
    ]);
  });

  test('a push of Pub/Sub', async () => {
    const url = await serveFunction('published', 'cloudevent');
    const push = { message, subscription: 'projects/demo/subscriptions/s' };
    const answer = await post(`${url}/projects/demo/topics/topic`, push);
    assert.equal(answer.status, 204, await answer.text());
    assert.deepEqual(functions.seen, [{ id: 'm1', json: { n: 1 }, attributes: { a: 'b' } }]);
  });

  test('a failure makes the platform deliver again', async () => {
    const url = await serveFunction('fails', 'cloudevent');
    const headers = eventHeaders('google.cloud.pubsub.topic.v1.messagePublished', {
      source: '//pubsub.googleapis.com/projects/demo/topics/topic',
    });
    assert.equal((await post(url, { message }, headers)).status, 500);
  });
});

describe('event functions of the first generation', () => {
  const context = (eventType: string, resource: unknown): Any => ({
    eventId: 'e1',
    timestamp: TIME,
    eventType,
    resource,
  });
  const deliveries: [name: string, context: Any, data: unknown, seen: unknown][] = [
    [
      'old.written',
      context('providers/cloud.firestore/eventTypes/document.write', DOCUMENT),
      { value: AFTER, oldValue: {}, updateMask: {} },
      { params: { uid: 'u1' }, before: null, after: { n: 7, s: 'ü' } },
    ],
    [
      'old.published',
      context('google.pubsub.topic.publish', {
        service: 'pubsub.googleapis.com',
        name: 'projects/demo/topics/topic',
      }),
      { data: Buffer.from('{"n":1}').toString('base64'), attributes: { a: 'b' } },
      { eventId: 'e1', json: { n: 1 }, attributes: { a: 'b' } },
    ],
    [
      'old.schedule',
      context('google.pubsub.topic.publish', {
        service: 'pubsub.googleapis.com',
        name: 'projects/demo/topics/topic',
      }),
      { data: null, attributes: { scheduled: 'true' } },
      { eventId: 'e1' },
    ],
    [
      'old.finalized',
      context('google.storage.object.finalize', {
        service: 'storage.googleapis.com',
        name: 'projects/_/buckets/b/objects/cat.png',
      }),
      { bucket: 'b', name: 'cat.png' },
      { bucket: 'b', name: 'cat.png' },
    ],
    [
      'old.refCreated',
      {
        ...context(
          'providers/google.firebase.database/eventTypes/ref.create',
          'projects/_/instances/demo/refs/users/u1',
        ),
        auth: { admin: true },
      },
      { data: null, delta: { age: 3 } },
      { params: { uid: 'u1' }, value: { age: 3 }, authType: 'ADMIN' },
    ],
    [
      'old.userCreated',
      context('providers/firebase.auth/eventTypes/user.create', 'projects/demo'),
      { uid: 'u1', email: 'a@b.test', metadata: { createdAt: '2026-01-02T03:04:05Z' } },
      { uid: 'u1', email: 'a@b.test' },
    ],
  ];
  for (const [name, given, data, seen] of deliveries) {
    test(name, async () => {
      const answer = await post(await serveFunction(name, 'event'), { context: given, data });
      assert.equal(answer.status, 204, await answer.text());
      assert.deepEqual(functions.seen, [seen]);
    });
  }
});

describe('the command serves them by --target and the signature type that Firebase deploys', () => {
  const TARGETS: [
    target: string,
    type: string,
    send: (url: string) => Promise<Response>,
    printed: string,
  ][] = [
    ['call', 'http', (url) => post(url, { data: { a: 1, b: 2 } }), ''],
    [
      'written',
      'cloudevent',
      (url) =>
        post(
          url,
          { value: AFTER },
          eventHeaders('google.cloud.firestore.document.v1.written', FIRESTORE),
        ),
      'got {"params":{"uid":"u1"},"before":null,"after":{"n":7,"s":"ü"}}',
    ],
    [
      'old.userCreated',
      'event',
      (url) =>
        post(url, {
          context: {
            eventId: 'e1',
            timestamp: TIME,
            eventType: 'providers/firebase.auth/eventTypes/user.create',
            resource: 'projects/demo',
          },
          data: { uid: 'u1', metadata: {} },
        }),
      'got {"uid":"u1","email":null}',
    ],
  ];
  for (const [target, type, deliver, printed] of TARGETS) {
    test(`--target=${target} --signature-type=${type}`, async () => {
      const program = startProgram(`module.exports = require(${JSON.stringify(SOURCE)});`, {
        args: [`--target=${target}`, `--signature-type=${type}`],
        env: { PRINT: 'yes' },
      });
      await program.listening();
      const answer = await deliver(program.url);
      assert.ok(answer.ok, await answer.text());
      await program.until(() => program.stdout.includes(printed));
      assert.doesNotMatch(program.stderr, /Warning/);
      program.signal('SIGTERM');
      assert.equal(await program.exit(), 0);
    });
  }
});

describe('samples of barefn/testing reach functions of firebase-functions as production does', () => {
  const send = async (name: string, event: OutgoingCloudEvent): Promise<Any> => {
    const { status } = await invoke(functions[name], { event }, { signatureType: 'cloudevent' });
    assert.equal(status, 204);
    return functions.seen.at(-1);
  };

  test('a document, as protobuf', async () => {
    const data = {
      before: { name: 'A' },
      after: { name: 'B', tags: [1, 'x'], place: { a: null } },
    };
    const document = 'users/ada';
    assert.deepEqual(await send('written', sample('firestore', { document, data })), {
      params: { uid: 'ada' },
      ...data,
    });
  });

  test('a document with who wrote it', async () => {
    const type = 'google.cloud.firestore.document.v1.created.withAuthContext';
    assert.deepEqual(await send('createdBy', sample(type, { authid: 'a1' })), {
      params: { uid: 'alice' },
      authType: 'app_user',
      authId: 'a1',
    });
  });

  test('a value of the Realtime Database, an object and a message', async () => {
    assert.deepEqual(await send('refWritten', sample('database')), {
      params: { uid: 'alice' },
      before: { visits: 1 },
      after: { visits: 2 },
    });
    assert.equal((await send('finalized', sample('storage'))).bucket, 'my-bucket');
    const data = { message: { data: Buffer.from('{"a":1}').toString('base64') } };
    assert.deepEqual((await send('published', sample('pubsub', { data }))).json, { a: 1 });
  });
});
