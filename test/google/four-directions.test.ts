import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invoke } from '../../src/testing';
import { cloudEventArgument, eventArguments, eventArgumentsOf } from './arguments';
import { eventPairs } from './events';
import { cloudEvents, events } from './oracle';

test('there are seventeen events to convert, each of its own name', () => {
  assert.equal(new Set(eventPairs.map((pair) => pair.name)).size, 17);
});

for (const { name, legacy, cloudEvent } of eventPairs) {
  const { data, ...attributes } = cloudEvent;
  const { domain, ...arguments_ } = legacy;

  test(`${name}: a legacy event reaches an event function as it is`, async () => {
    const ours = eventArguments(legacy);
    assert.deepEqual(ours, arguments_);
    assert.deepEqual(ours, await events.ask({ body: legacy }));
  });

  test(`${name}: a flat legacy event reaches an event function with its context`, async () => {
    const body = { ...legacy.context, data: legacy.data };
    const ours = eventArguments(body);
    assert.deepEqual(ours, arguments_);
    assert.deepEqual(ours, await events.ask({ body }));
  });

  test(`${name}: a legacy event reaches a CloudEvent function converted`, async () => {
    const ours = cloudEventArgument(legacy);
    assert.deepEqual(ours, { ...cloudEvent, datacontenttype: 'application/json' });
    assert.deepEqual(ours, await cloudEvents.ask({ body: legacy }));
  });

  test(`${name}: a flat legacy event reaches a CloudEvent function converted`, async () => {
    const body = { ...legacy.context, data: legacy.data, domain };
    const ours = cloudEventArgument(body);
    assert.deepEqual(ours, { ...cloudEvent, datacontenttype: 'application/json' });
    assert.deepEqual(ours, await cloudEvents.ask({ body }));
  });

  test(`${name}: a binary CloudEvent reaches an event function converted`, async () => {
    const ours = eventArgumentsOf(cloudEvent);
    assert.deepEqual(ours, arguments_);
    assert.deepEqual(ours, await events.ask({ attributes, body: data }));
  });

  test(`${name}: a structured CloudEvent reaches a CloudEvent function as it is`, async () => {
    const ours = cloudEventArgument(cloudEvent);
    assert.deepEqual(ours, cloudEvent);
    assert.deepEqual(ours, await cloudEvents.ask({ body: cloudEvent }));
  });

  test(`${name}: D41: a structured CloudEvent reaches an event function converted, too`, async () => {
    const { body } = await invoke(
      (data: unknown, context: unknown) => ({ data, context }),
      { headers: { 'content-type': 'application/cloudevents+json' }, body: cloudEvent },
      { signatureType: 'event' },
    );
    assert.deepEqual(JSON.parse(body), arguments_);
    assert.deepEqual(await events.ask({ body: cloudEvent }), { data, context: attributes });
  });
}
