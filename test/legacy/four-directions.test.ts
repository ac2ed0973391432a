import assert from 'node:assert/strict';
import { test } from 'node:test';
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

  test(`${name}: a structured CloudEvent reaches an event function without conversion`, async () => {
    const ours = eventArguments(cloudEvent);
    assert.deepEqual(ours, { data, context: attributes });
    assert.deepEqual(ours, await events.ask({ body: cloudEvent }));
  });
}
