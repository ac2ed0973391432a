import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { catchErrors, serve } from '../../support/serving';
import { send } from '../../support/wire';
import { attributes, json } from './deliveries';

interface Call {
  data: unknown;
  context: Record<string, unknown>;
}

async function serveEvents(t: TestContext) {
  const calls: Call[] = [];
  const handler = (data: unknown, context: Call['context']): void =>
    void calls.push({ data, context });
  const { origin } = await serve(t, { type: 'event', handler });
  const deliver = async (type: string, body: unknown, fields: Record<string, string> = {}) => {
    calls.length = 0;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const headers = { 'content-type': type, ...fields };
    const { status, text: answer } = await send(origin, { headers, body: text });
    return { status, answer, calls: [...calls] };
  };
  return deliver;
}

const stored = {
  specversion: '1.0',
  id: '1',
  time: '2020-01-02T03:04:05Z',
  type: 'google.cloud.storage.object.v1.finalized',
  source: '//storage.googleapis.com/projects/_/buckets/b',
  subject: 'objects/o',
};
const data = { kind: 'storage#object', name: 'o' };
const converted: Call = {
  data,
  context: {
    eventId: '1',
    timestamp: '2020-01-02T03:04:05Z',
    eventType: 'google.storage.object.finalize',
    resource: {
      name: 'projects/_/buckets/b/objects/o',
      service: 'storage.googleapis.com',
      type: 'storage#object',
    },
  },
};

test('an event of a Google service is converted in every content mode', async (t) => {
  const deliver = await serveEvents(t);
  const fields = Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [`ce-${name}`, value]),
  );
  const body = { ...stored, data };
  for (const [type, content, more] of [
    ['application/json', data, fields],
    ['application/cloudevents+json', body, {}],
    ['Application/CloudEvents+JSON; charset=UTF-8', body, {}],
    ['application/json', body, {}],
    ['application/cloudevents-batch+json', [body], {}],
  ] as const) {
    const { status, answer, calls } = await deliver(type, content, more);
    assert.equal(status, 204, answer);
    assert.deepEqual(calls, [converted], type);
  }
});

test('an event of another type is its data and its attributes in every content mode', async (t) => {
  const deliver = await serveEvents(t);
  const plain = { specversion: '1.0', id: 'A1', source: '/s', type: 'com.example.t', ext: 'e' };
  const context = { ...plain, traceparent: '00-1-2-01' };
  const body = { ...plain, data: [1] };
  const trace = { traceparent: '00-1-2-01' };
  for (const type of ['application/cloudevents+json', 'application/json']) {
    assert.deepEqual((await deliver(type, body, trace)).calls, [{ data: [1], context }]);
  }
});

test('a batch calls the function once for each event, in order', async (t) => {
  const deliver = await serveEvents(t);
  const type = 'application/cloudevents-batch+json';
  const events = ['1', '2', '3'].map((id) => ({ ...stored, id, data }));
  const { status, calls } = await deliver(type, events);
  assert.equal(status, 204);
  assert.deepEqual(
    calls.map(({ context }) => context['eventId']),
    ['1', '2', '3'],
  );
  assert.deepEqual((await deliver(type, [])).calls, []);
});

test('what cannot be an event is refused and never acknowledged', async (t) => {
  catchErrors(t);
  const deliver = await serveEvents(t);
  const list = 'application/cloudevents-batch+json';
  for (const [type, body, status, says] of [
    [
      'application/cloudevents+protobuf',
      'x',
      415,
      /not understood.*application\/cloudevents\+json/,
    ],
    ['application/cloudevents-batch+protobuf', 'x', 415, /not understood/],
    ['application/cloudevents+xml', '<e/>', 415, /not understood/],
    ['application/cloudevents+json', { ...stored, id: '' }, 400, /"id" is ""/],
    ['application/json', { ...stored, id: undefined }, 400, /"id" missing/],
    [list, [stored, { ...stored, id: '' }], 400, /Event 1 .*"id" is ""/],
    [list, [stored, { ...stored, source: 'x' }], 400, /source "x" is not of the form/],
    [
      'application/json',
      [stored],
      400,
      /an array: a batch is sent as application\/cloudevents-batch/,
    ],
  ] as const) {
    const outcome = await deliver(type, body);
    assert.equal(outcome.status, status, outcome.answer);
    assert.match(outcome.answer, says);
    assert.deepEqual(outcome.calls, []);
  }
});

test('Content-Type says the content mode, also beside ce- fields, for both kinds of functions', async (t) => {
  const seen: { id: string }[] = [];
  const handler = (first: { id: string }, context = first): void => void seen.push(context);
  const last = () => seen.pop()?.id;
  const body = JSON.stringify({ ...attributesOf('inner'), data: 1 });
  for (const type of ['event', 'cloudevent'] as const) {
    const { origin } = await serve(t, { type, handler });
    const headers = { ...attributes, 'content-type': 'application/cloudevents+json' };
    assert.equal((await send(origin, { headers, body })).status, 204);
    assert.equal(last(), 'inner');
    const refused = await send(origin, { headers, body: '{"a":1}' });
    assert.equal(refused.status, 400);
    assert.match(refused.text, /required attribute "id", "source", "specversion", "type" missing/);
    assert.deepEqual(seen, []);
    assert.equal((await send(origin, { headers: { ...attributes, ...json }, body })).status, 204);
    assert.equal(last(), 'A1');
  }
});

function attributesOf(id: string) {
  return { specversion: '1.0', id, source: '/s', type: 'com.example.t' };
}

test('a schema that is not a URI is reported once for each server', async (t) => {
  const warnings = t.mock.method(console, 'warn', () => {});
  for (const type of ['event', 'cloudevent'] as const) {
    warnings.mock.resetCalls();
    const { origin } = await serve(t, { type, handler: () => {} });
    const headers = { ...attributes, ...json, 'ce-dataschema': '#' };
    for (let i = 0; i < 3; i++) {
      assert.equal((await send(origin, { headers, body: '{}' })).status, 204);
    }
    assert.equal(warnings.mock.callCount(), 1);
    assert.match(
      String(warnings.mock.calls[0]?.arguments[0]),
      /"A1" .*without its dataschema.*"#".* \(Logged once\.\)$/,
    );
  }
});
