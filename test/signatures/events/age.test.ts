import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { SignatureType } from '../../../src/core/registry';
import { catchErrors, serve } from '../../support/serving';
import { send } from '../../support/wire';
import { attributes, json } from './deliveries';

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();
const plain = { specversion: '1.0', id: 'A1', source: '/s', type: 'com.example.t' };

type Shape = (time: string | undefined) => { headers: Record<string, string>; body: string };

const shapes: Record<string, { types: SignatureType[]; path?: string; shape: Shape }> = {
  'a binary CloudEvent': {
    types: ['cloudevent', 'event'],
    shape: (time) => ({
      headers: { ...json, ...attributes, ...(time === undefined ? {} : { 'ce-time': time }) },
      body: '{}',
    }),
  },
  'a structured CloudEvent': {
    types: ['cloudevent'],
    shape: (time) => ({
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify({ ...plain, time }),
    }),
  },
  'a legacy event': {
    types: ['event'],
    shape: (timestamp) => ({
      headers: json,
      body: JSON.stringify({ context: { eventId: 'A1', timestamp, eventType: 't' }, data: {} }),
    }),
  },
  'a push': {
    types: ['cloudevent', 'event'],
    path: '/projects/p/topics/t',
    shape: (publishTime) => ({
      headers: json,
      body: JSON.stringify({
        subscription: 'projects/p/subscriptions/s',
        message: { data: 'aGk=', messageId: 'A1', publishTime },
      }),
    }),
  },
};

/** Counts the events that are handled. The time stands still, so that an age is what the test says. */
async function count(t: TestContext, type: SignatureType, maxEventAge: number) {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const seen: unknown[] = [];
  const handler = (event: unknown): void => void seen.push(event);
  const { origin } = await serve(t, { type, handler }, { maxEventAge });
  return { origin, seen };
}

for (const [about, { types, path = '/', shape }] of Object.entries(shapes)) {
  for (const type of types) {
    test(`${about} that is too old is acknowledged and logged, not handled (${type})`, async (t) => {
      const errors = catchErrors(t);
      const { origin, seen } = await count(t, type, 60);
      assert.equal((await send(origin + path, shape(ago(90)))).status, 204);
      assert.equal(seen.length, 0);
      assert.match(
        errors.text(),
        /^\{"severity":"ERROR","message":"Dropped event .* A1: it is 90 s/m,
      );
      for (const time of [ago(30), ago(-30), undefined]) {
        assert.equal((await send(origin + path, shape(time))).status, 204);
      }
      assert.equal(seen.length, 3);
    });

    test(`${about} of any age is handled when no age is set (${type})`, async (t) => {
      const { origin, seen } = await count(t, type, 0);
      assert.equal((await send(origin + path, shape('1999-01-01T00:00:00Z'))).status, 204);
      assert.equal(seen.length, 1);
    });
  }
}

test('an event of a leap second grows old as others do', async (t) => {
  catchErrors(t);
  const { origin, seen } = await count(t, 'cloudevent', 60);
  const headers = { ...json, ...attributes, 'ce-time': '2016-12-31T23:59:60.5Z' };
  assert.equal((await send(origin, { headers, body: '{}' })).status, 204);
  assert.deepEqual(seen, []);
});

test('of a batch only the events that are too old are dropped', async (t) => {
  catchErrors(t);
  const { origin, seen } = await count(t, 'cloudevent', 60);
  const headers = { 'content-type': 'application/cloudevents-batch+json' };
  const events = [ago(90), ago(1), ago(90)].map((time, i) => ({ ...plain, id: `${i}`, time }));
  assert.equal((await send(origin, { headers, body: JSON.stringify(events) })).status, 204);
  assert.deepEqual(
    seen.map((event) => (event as { id: string }).id),
    ['1'],
  );
  assert.equal((await send(origin, { headers, body: JSON.stringify([events[0]]) })).status, 204);
  assert.equal(seen.length, 1);
});
