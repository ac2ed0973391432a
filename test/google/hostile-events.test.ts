import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpError } from '../../src/core/errors';
import { readLegacyEvent } from '../../src/google/background-event';
import { cloudEventToLegacy } from '../../src/google/from-cloud-event';
import { unwrapPubsubPush } from '../../src/google/pubsub';
import { legacyToCloudEvent } from '../../src/google/to-cloud-event';
import { eventPairs } from './events';

const storage = { eventId: '1', eventType: 'google.storage.object.finalize' };
const database = {
  eventId: '1',
  eventType: 'providers/google.firebase.database/eventTypes/ref.write',
  resource: 'projects/_/instances/i/refs/r',
};
const pubsub = { eventId: '1', eventType: 'google.pubsub.topic.publish', resource: 'r' };

function refusal(pattern: RegExp) {
  return (error: unknown) =>
    error instanceof HttpError && error.status === 400 && pattern.test(error.message);
}

test('a value that is no object is neither a legacy event nor a Pub/Sub push', () => {
  for (const body of [undefined, null, 'text', 5, true, [], [{}], Buffer.from('{}'), {}]) {
    assert.equal(legacyToCloudEvent(body), undefined);
    assert.equal(unwrapPubsubPush(body, '/'), undefined);
  }
});

test('an event function refuses a body without members', () => {
  assert.throws(() => readLegacyEvent(undefined), refusal(/it is missing/));
  assert.throws(() => readLegacyEvent(null), refusal(/it is null/));
  assert.throws(() => readLegacyEvent('text'), refusal(/it is of type string/));
  assert.deepEqual(readLegacyEvent([1]), { data: undefined, context: [1] });
});

test('a context or resource of the wrong shape is refused or not taken for a legacy event', () => {
  for (const context of [null, 'text', [], {}, { resource: 'r' }, { eventType: 'x' }]) {
    assert.equal(legacyToCloudEvent({ context, data: {} }), undefined);
  }
  for (const resource of [null, 5, [], { name: 5 }, { name: 'n', service: {} }, 'x', '']) {
    const body = { context: { ...storage, resource }, data: {} };
    assert.throws(() => legacyToCloudEvent(body), refusal(/resource/));
  }
});

test('a refusal says what did not match', () => {
  const at = (context: object, data: unknown, rest = {}) =>
    legacyToCloudEvent({ context, data, ...rest });
  assert.throws(
    () => at({ ...storage, resource: 'projects/_/b' }, {}),
    refusal(/"projects\/_\/b".*projects\/PROJECT\/buckets\/BUCKET\/objects\/OBJECT/),
  );
  for (const domain of [undefined, '', 5, 'example.com', 'a.b.firebasedatabase.app']) {
    assert.throws(() => at(database, {}, { domain }), refusal(/"domain"/));
  }
  for (const data of [null, 'text', [], 1]) {
    assert.throws(() => at(pubsub, data), refusal(/data of a legacy Pub\/Sub event/));
  }
  for (const eventId of [undefined, '', 5]) {
    assert.throws(() => at({ ...pubsub, eventId }, {}), refusal(/"eventId"/));
  }
  assert.throws(() => at({ ...pubsub, timestamp: 5 }, {}), refusal(/"timestamp"/));

  const event = { specversion: '1.0', id: '1', source: 'pubsub.googleapis.com' };
  const type = 'google.cloud.pubsub.topic.v1.messagePublished';
  assert.throws(() => cloudEventToLegacy({ ...event, type }), refusal(/"pubsub.googleapis.com"/));
  const source = '//pubsub.googleapis.com/projects/p/topics/t';
  const data = { message: 'text' };
  assert.throws(() => cloudEventToLegacy({ ...event, type, source, data }), refusal(/"message"/));
});

test('members called __proto__ stay own members and change no prototype', () => {
  const metadata = JSON.parse('{"__proto__": {"a": 1}, "createdAt": "t"}');
  const context = { ...pubsub, eventType: 'providers/firebase.auth/eventTypes/user.create' };
  const event = legacyToCloudEvent({ context, data: { uid: 'u', metadata } });
  const expected = '{"uid":"u","metadata":{"__proto__":{"a":1},"createTime":"t"}}';
  assert.equal(JSON.stringify(event?.data), expected);
  assert.equal(({} as Record<string, unknown>)['a'], undefined);

  const inherited = JSON.parse('{"__proto__": {"context": {"a": 1}, "data": 1}}');
  assert.equal(legacyToCloudEvent(inherited), undefined);
  assert.equal(readLegacyEvent(inherited).data, undefined);
});

test('conversions leave the event that they read unchanged', () => {
  for (const { legacy, cloudEvent } of structuredClone(eventPairs)) {
    const before = structuredClone([legacy, cloudEvent]);
    legacyToCloudEvent(legacy);
    cloudEventToLegacy(cloudEvent);
    assert.deepEqual([legacy, cloudEvent], before);
  }
});

test('a subject in any script survives both directions', () => {
  const resource = 'projects/_/buckets/b/objects/海/ø ü\u2028😀';
  const event = legacyToCloudEvent({ context: { ...storage, resource }, data: {} });
  assert.ok(event);
  assert.equal(event.subject, 'objects/海/ø ü\u2028😀');
  const { context } = cloudEventToLegacy(event) as { context: { resource: { name: string } } };
  assert.equal(context.resource.name, resource);
});

test('resource names, sources and paths of megabytes take linear time and short messages', () => {
  const start = process.cpuUsage();
  const size = 1_000_000;
  for (const part of ['a', '/', 'projects/', 'projects/a/', '//a', 'projects/a/buckets/', '//']) {
    const long = part.repeat(size / part.length);
    for (const resource of [long, `projects/${long}`, `projects/_/buckets/${long}`]) {
      try {
        legacyToCloudEvent({ context: { ...storage, resource }, data: {} });
      } catch (error) {
        assert.ok((error as Error).message.length < 1000);
      }
    }
    const message = { data: 'MQ==', messageId: '1' };
    unwrapPubsubPush({ subscription: 's', message }, long);
    const type = 'google.firebase.database.ref.v1.written';
    for (const source of [long, `//${long}`, `//firebasedatabase.googleapis.com/${long}`]) {
      try {
        cloudEventToLegacy({ specversion: '1.0', id: '1', type, source, subject: long });
      } catch (error) {
        assert.ok((error as Error).message.length < 1000);
      }
    }
  }
  assert.ok(process.cpuUsage(start).user < 3_000_000, 'a quadratic pattern would need minutes');
});
