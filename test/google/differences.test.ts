// Where the conversions differ from Google's on purpose; each test shows both answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrapPubsubPush } from '../../src/google/pubsub';
import { cloudEventArgument, eventArguments, eventArgumentsOf } from './arguments';
import { cloudEvents, events } from './oracle';

const context = { eventId: '1', timestamp: '2023-11-04T05:00:00Z' };
const attributes = { specversion: '1.0', id: '1', source: '//pubsub.googleapis.com/projects/p' };

test('D5: a binary CloudEvent with text or no data reaches an event function', async () => {
  const type = 'google.cloud.pubsub.topic.v1.messagePublished';
  const ours = eventArgumentsOf({ ...attributes, type }) as { data?: unknown };
  assert.equal(ours.data, undefined);
  const text = eventArgumentsOf({ ...attributes, type, data: 'text' }) as { data?: unknown };
  assert.equal(text.data, 'text');
  assert.equal(await events.ask({ attributes: { ...attributes, type }, text: 'text' }), 500);
});

const resources = [
  [
    'providers/google.firebase.database/eventTypes/ref.write',
    'projects/long-project/instances/i/refs/a',
    '//firebasedatabase.googleapis.com/projects/_/locations/us-central1/instances/i',
    'refs/a',
  ],
  [
    'google.storage.object.finalize',
    'projects/long-project/buckets/b/objects/a',
    '//storage.googleapis.com/projects/long-project/buckets/b',
    'objects/a',
  ],
  [
    'providers/cloud.firestore/eventTypes/document.write',
    'projects/long-project/databases/named/documents/a/b',
    '//firestore.googleapis.com/projects/long-project/databases/named',
    'documents/a/b',
  ],
] as const;
for (const [eventType, resource, source, subject] of resources) {
  test(`D7: ${resource} is a resource name`, async () => {
    const body = {
      context: { ...context, eventType, resource },
      data: {},
      domain: 'firebaseio.com',
    };
    const ours = cloudEventArgument(body) as Record<string, unknown>;
    assert.deepEqual([ours['source'], ours['subject']], [source, subject]);
    assert.equal(await cloudEvents.ask({ body }), 500);
  });
}

test('D7: "constructor" is an unknown event type like any other', async () => {
  const body = { context: { ...context, eventType: 'constructor', resource: 'r' }, data: {} };
  assert.deepEqual(cloudEventArgument(body), body);
  assert.equal(await cloudEvents.ask({ body }), 500);

  const event = { ...attributes, type: 'constructor' };
  assert.deepEqual(eventArgumentsOf({ ...event, data: 1 }), { data: 1, context: event });
  const theirs = (await events.ask({ attributes: event, body: {} })) as { context: object };
  assert.ok('resource' in theirs.context);
});

test('D17: a Pub/Sub push with attributes only is unwrapped', async () => {
  const message = { attributes: { quay: '7' }, messageId: '1', publishTime: context.timestamp };
  const body = { subscription: 's', message };
  const path = '/projects/p/topics/t';
  const ours = eventArguments(body, path) as { data: unknown };
  const type = 'type.googleapis.com/google.pubsub.v1.PubsubMessage';
  assert.deepEqual(ours.data, { '@type': type, attributes: { quay: '7' } });
  assert.deepEqual(await events.ask({ body, path }), { context: body });
});

test('D17: a Pub/Sub push keeps its ordering key and is otherwise as Google has it', async () => {
  const message = { data: 'MQ==', messageId: '1', publishTime: context.timestamp };
  const body = { subscription: 's', message: { ...message, orderingKey: 'k' } };
  const path = '/x/projects/p-1/topics/t?q';
  const theirs = (await events.ask({ body, path })) as { data: object };
  const ours = eventArguments(body, path);
  assert.deepEqual(ours, { ...theirs, data: { ...theirs.data, orderingKey: 'k' } });

  const plain = { subscription: 's', message };
  assert.deepEqual(eventArguments(plain, path), await events.ask({ body: plain, path }));
  assert.deepEqual(cloudEventArgument(plain, path), await cloudEvents.ask({ body: plain, path }));
});

test('a Pub/Sub push to a path without the topic has no name and a warning', async () => {
  const message = { data: 'MQ==', messageId: '1', publishTime: context.timestamp };
  const body = { subscription: 's', message };
  assert.match(
    unwrapPubsubPush(body, '/')?.warning ?? '',
    /push endpoint .*\/projects\/PROJECT\/topics\/TOPIC/,
  );
  assert.equal(unwrapPubsubPush(body, '/projects/p/topics/t')?.warning, undefined);
  assert.deepEqual(eventArguments(body), await events.ask({ body }));
  assert.deepEqual(cloudEventArgument(body), await cloudEvents.ask({ body }));
});

test('a CloudEvent without a subject has no "undefined" in its resource', async () => {
  const type = 'google.firebase.analytics.log.v1.written';
  const event = { ...attributes, source: '//firebase.googleapis.com/projects/p', type };
  const ours = eventArgumentsOf({ ...event, data: {} }) as { context: { resource: string } };
  assert.equal(ours.context.resource, 'projects/p');
  const theirs = (await events.ask({ attributes: event, body: {} })) as typeof ours;
  assert.equal(theirs.context.resource, 'projects/p/undefined');
});

test('a legacy auth event without metadata has its user as the subject, too', async () => {
  const eventType = 'providers/firebase.auth/eventTypes/user.create';
  const body = { context: { ...context, eventType, resource: 'projects/p' }, data: { uid: 'u' } };
  const ours = cloudEventArgument(body) as { subject?: string };
  assert.equal(ours.subject, 'users/u');
  assert.equal(((await cloudEvents.ask({ body })) as typeof ours).subject, undefined);
});

test('the two retired event types are understood as Google has them', async () => {
  for (const [eventType, resource] of [
    ['providers/cloud.storage/eventTypes/object.change', 'projects/_/buckets/b/objects/o'],
    ['providers/cloud.pubsub/eventTypes/topic.publish', 'projects/p/topics/t'],
  ]) {
    const body = { context: { ...context, eventType, resource }, data: { a: 1 } };
    assert.deepEqual(cloudEventArgument(body), await cloudEvents.ask({ body }));
  }
});
