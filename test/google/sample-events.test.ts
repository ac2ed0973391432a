import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findContextProblem } from '../../src/cloudevents/event';
import { findByType } from '../../src/google/event-types';
import { cloudEventToLegacy } from '../../src/google/from-cloud-event';
import { sampleEvent, sampleKinds } from '../../src/google/samples/sample';

for (const kind of sampleKinds) {
  test(`the ${kind} sample is a valid CloudEvent with data`, () => {
    const event = sampleEvent(kind);
    assert.equal(findContextProblem(event), undefined);
    assert.equal(typeof event.data, 'object');
    assert.notEqual(event.id, sampleEvent(kind).id);
  });

  if (findByType(sampleEvent(kind).type) === undefined) continue;
  test(`the ${kind} sample has a legacy form`, () => {
    const event = sampleEvent(kind);
    const { context } = cloudEventToLegacy(event) as { context: Record<string, unknown> };
    assert.equal(context['eventType'], findByType(event.type)?.eventType);
    assert.ok(context['resource']);
  });
}

test('overrides replace attributes and data, even with null', () => {
  const time = '2020-01-02T03:04:05Z';
  const event = sampleEvent('custom', { type: 't', source: '/s', id: 'i', time, data: null });
  assert.deepEqual(event, {
    specversion: '1.0',
    id: 'i',
    source: '/s',
    type: 't',
    datacontenttype: 'application/json',
    time,
    data: null,
  });
});

test('the id and time that are asked for are those of the Pub/Sub message', () => {
  const event = sampleEvent('pubsub', { id: '7', time: '2020-01-02T03:04:05Z' });
  const { message } = event.data as { message: Record<string, unknown> };
  assert.deepEqual([message['messageId'], message['publishTime']], ['7', event.time]);
});

test('an unknown kind is an error that lists the kinds', () => {
  assert.throws(() => sampleEvent('constructor'), {
    code: 'UNKNOWN_EVENT_KIND',
    message: /"constructor".*pubsub, storage/,
  });
});
