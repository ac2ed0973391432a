import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { z } from 'zod';
import type { CloudEvent } from '../../../src/cloudevents/event';
import { encode } from '../../google/firestore/oracle';
import { catchErrors, serve } from '../../support/serving';

const WRITTEN = 'google.cloud.firestore.document.v1.written';
const PUBLISHED = 'google.cloud.pubsub.topic.v1.messagePublished';
const name = 'projects/p/databases/(default)/documents/users/alice';
const protobuf = encode({
  value: { name, fields: { visits: { integerValue: 2 } } },
  oldValue: { name, fields: { visits: { integerValue: 1 } } },
});

interface Typed extends CloudEvent<unknown> {
  params: unknown;
}

/** A function with options; what it saw, and how it answers an event in binary mode. */
async function typed(
  t: TestContext,
  options: object,
  handler: (event: Typed, callback?: (error: unknown) => void) => unknown = () => undefined,
) {
  const seen: Typed[] = [];
  const registered =
    handler.length > 1
      ? handler
      : (event: Typed) => {
          seen.push(event);
          return handler(event);
        };
  const { origin } = await serve(t, { type: 'cloudevent', handler: registered, options });
  const send = async (
    attributes: Record<string, string>,
    body: Buffer | string = '{}',
    mediaType = 'application/json',
  ) => {
    const headers = new Headers({ 'content-type': mediaType });
    const all = { specversion: '1.0', id: 'A1', source: '//s', type: WRITTEN, ...attributes };
    for (const [attribute, value] of Object.entries(all)) headers.set(`ce-${attribute}`, value);
    const response = await fetch(origin, { method: 'POST', headers, body: body as string });
    const { status, headers: received } = response;
    return { status, headers: received, text: await response.text() };
  };
  return { origin, seen, send };
}

function dataOf<Data>(event: Typed | undefined): Data {
  return event?.data as Data;
}

const users = { type: WRITTEN, document: 'users/{uid}' };
const change = [protobuf, 'application/protobuf'] as const;

suite('a function that names its type', () => {
  test('gets documents of Firestore as plain values, and the parameters of their path', async (t) => {
    const { seen, send } = await typed(t, users);
    assert.equal((await send({ document: 'users/alice' }, ...change)).status, 204);
    const [event] = seen as [Typed];
    const data = event.data as { before: unknown; after: unknown; path: string };
    assert.deepEqual([data.before, data.after], [{ visits: 1 }, { visits: 2 }]);
    assert.equal(data.path, 'users/alice');
    assert.deepEqual(event.params, { uid: 'alice' });
    assert.equal(event['document'], 'users/alice');
  });

  test('gets the same of a legacy event of Firestore', async (t) => {
    const { origin, seen } = await typed(t, users);
    const fields = (visits: string) => ({ name, fields: { visits: { integerValue: visits } } });
    const context = {
      eventId: 'A1',
      timestamp: '2024-01-01T00:00:00Z',
      eventType: 'providers/cloud.firestore/eventTypes/document.write',
      resource: name,
    };
    const body = JSON.stringify({ context, data: { oldValue: fields('1'), value: fields('2') } });
    const headers = { 'content-type': 'application/json' };
    assert.equal((await fetch(origin, { method: 'POST', headers, body })).status, 204);
    assert.deepEqual(seen[0]?.params, { uid: 'alice' });
    assert.deepEqual(dataOf<{ after: unknown }>(seen[0]).after, { visits: 2 });
  });

  test('finds the path in the data where no attribute has it', async (t) => {
    const { seen, send } = await typed(t, users);
    assert.equal((await send({}, ...change)).status, 204);
    assert.deepEqual(seen[0]?.params, { uid: 'alice' });
    const posts = await typed(t, { ...users, document: 'posts/{post}' });
    const refused = await posts.send({}, ...change);
    assert.equal(refused.status, 400);
    assert.match(refused.text, /function takes documents posts\/\{post\}, not users\/alice\./);
  });

  test('gets Pub/Sub messages decoded, and parsed when they are read', async (t) => {
    const { seen, send } = await typed(t, { type: PUBLISHED });
    const message = {
      data: Buffer.from('{"a":"ü"}').toString('base64'),
      attributes: { origin: 'x' },
      messageId: '7',
      publishTime: '2024-01-01T00:00:00Z',
    };
    const data = { subscription: 'projects/p/subscriptions/s', message };
    assert.equal((await send({ type: PUBLISHED }, JSON.stringify(data))).status, 204);
    const decoded = dataOf<{ message: Record<string, unknown>; subscription: string }>(seen[0]);
    assert.equal(decoded.subscription, data.subscription);
    assert.deepEqual(decoded.message['data'], Buffer.from('{"a":"ü"}'));
    assert.equal(decoded.message['text'], '{"a":"ü"}');
    assert.deepEqual(decoded.message['json'], { a: 'ü' });
    assert.equal(decoded.message['json'], decoded.message['json'], 'parsed once');
    assert.equal(decoded.message['messageId'], '7');
    assert.deepEqual(JSON.parse(JSON.stringify(decoded)), data);
    assert.deepEqual(seen[0]?.params, {});
  });

  test('may get a message without data, and is answered 400 for one that is not JSON', async (t) => {
    const { seen, send } = await typed(t, { type: PUBLISHED }, (event) => {
      const { message } = event.data as { message: { json: unknown; data: Buffer } };
      if (message.data.length > 0) message.json;
    });
    const body = (data: string) => JSON.stringify({ message: { data, messageId: '7' } });
    assert.equal(
      (await send({ type: PUBLISHED }, '{"message":{"attributes":{"a":"b"}}}')).status,
      204,
    );
    assert.equal(dataOf<{ message: { text: string } }>(seen[0]).message.text, '');
    catchErrors(t);
    assert.equal((await send({ type: PUBLISHED }, body('eA=='))).status, 400);
    assert.equal((await send({ type: PUBLISHED }, '{}')).status, 400);
  });

  test('gets other types of Google’s as JSON carries them, with protobuf refused', async (t) => {
    const type = 'google.cloud.storage.object.v1.finalized';
    const { seen, send } = await typed(t, { type });
    assert.equal((await send({ type }, '{"size":"352"}')).status, 204);
    assert.deepEqual(seen[0]?.data, { size: '352' });
    const refused = await send({ type }, Buffer.from([10, 0]), 'application/protobuf');
    assert.equal(refused.status, 415);
    assert.match(refused.text, /--event-data-content-type=application\/json/);
    assert.equal((await send({ type }, '5')).status, 400);
  });

  test('may take several types, and its own', async (t) => {
    const { seen, send } = await typed(t, { type: ['com.example.sold', PUBLISHED] });
    await send({ type: 'com.example.sold' }, '[1]');
    await send({ type: PUBLISHED }, '{"message":{}}');
    assert.deepEqual(seen[0]?.data, [1]);
    assert.ok(dataOf<{ message: object }>(seen[1]).message);
  });

  test('has the schema check what was decoded', async (t) => {
    const data = z.object({ after: z.object({ visits: z.number().max(5) }) });
    const { seen, send } = await typed(t, { ...users, data });
    assert.equal((await send({ document: 'users/alice' }, ...change)).status, 204);
    assert.deepEqual(seen[0]?.data, { after: { visits: 2 } });
    const many = encode({ value: { name, fields: { visits: { integerValue: 9 } } } });
    const refused = await send({ document: 'users/alice' }, many, 'application/protobuf');
    assert.equal(refused.status, 400);
    assert.match(refused.text, /data\.after\.visits: /);
  });

  test('may complete through a callback', async (t) => {
    const { send } = await typed(t, users, (_event, callback) => callback?.(null));
    assert.equal((await send({ document: 'users/alice' }, ...change)).status, 204);
  });

  test('may send the event on, which has no attribute more', async (t) => {
    const { send } = await typed(t, { type: 'a' }, (event) => event);
    const { status, headers } = await send({ type: 'a' }, '[1]');
    assert.equal(status, 200);
    assert.equal(headers.get('ce-id'), 'A1');
    assert.equal(headers.get('ce-params'), null);
  });

  test('is answered 400 for data that is broken, saying where', async (t) => {
    const { seen, send } = await typed(t, users);
    const refused = await send(
      { document: 'users/alice' },
      protobuf.subarray(0, 90),
      'application/protobuf',
    );
    assert.equal(refused.status, 400);
    assert.match(refused.text, /at byte \d+ of 90/);
    assert.equal(seen.length, 0);
  });
});

suite('what it does not take is acknowledged and logged', () => {
  test('an event of another type', async (t) => {
    const errors = catchErrors(t);
    const { seen, send } = await typed(t, { type: [WRITTEN, PUBLISHED] });
    assert.equal((await send({ type: 'com.example.other' })).status, 204);
    assert.equal(seen.length, 0);
    const { severity, message } = JSON.parse(errors.text());
    assert.equal(severity, 'ERROR');
    assert.match(
      message,
      /^Ignored event com\.example\.other A1: function takes google\.\S+written, google\.\S+Published\. It was acknowledged/,
    );
  });

  test('a document that does not match the pattern', async (t) => {
    const errors = catchErrors(t);
    const { seen, send } = await typed(t, users);
    assert.equal((await send({ document: 'posts/1' }, ...change)).status, 204);
    assert.equal(seen.length, 0);
    assert.match(
      JSON.parse(errors.text()).message,
      /takes documents users\/\{uid\}, not posts\/1\./,
    );
  });

  test('and the other events of its batch are handled', async (t) => {
    const errors = catchErrors(t);
    const { origin, seen } = await typed(t, { type: 'a' });
    const event = { specversion: '1.0', source: '/s', data: {} };
    const batch = ['a', 'b', 'a'].map((type, index) => ({ ...event, id: String(index), type }));
    const response = await fetch(origin, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(batch),
    });
    assert.equal(response.status, 204);
    assert.deepEqual(
      seen.map(({ id }) => id),
      ['0', '2'],
    );
    assert.match(errors.text(), /Ignored event b 1: /);
  });
});

suite('options that cannot be are refused before a request comes', () => {
  const wrong: Record<string, [options: object, problem: RegExp]> = {
    'no type in the list': [{ type: [] }, /The option "type" of function is not a type of events/],
    'a type that is no text': [{ type: 5 }, /The option "type" of function/],
    'a document without a type': [{ document: 'users/{uid}' }, /The option "type" of function/],
    'a document of another type': [
      { type: PUBLISHED, document: 'users/{uid}' },
      /The option "document" of function is a pattern/,
    ],
    'a pattern that is none': [
      { type: WRITTEN, document: 'users/{' },
      /"users\/\{" is not a pattern/,
    ],
    'a schema that is none': [{ type: WRITTEN, data: {} }, /The option "data" of function/],
  };
  for (const [what, [options, problem]] of Object.entries(wrong)) {
    test(what, async (t) => {
      await assert.rejects(() => typed(t, options), problem);
    });
  }
});
