import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloudEvent as SdkCloudEvent } from 'cloudevents';
import { decodeCloudEvent } from '../../src/cloudevents/decode';
import { encodeCloudEvent } from '../../src/cloudevents/encode';
import type { CloudEvent } from '../../src/cloudevents/event';
import { BarefnError, HttpError } from '../../src/core/errors';
import { base, decodeVectors, encodeVectors } from './vectors';
import { jsonType } from './vectors/vector';

for (const vector of encodeVectors) {
  const { about, mode, event, refused } = vector;
  if (refused) {
    test(`encoding refuses in ${mode ?? 'any'} mode: ${about}`, () => {
      assert.throws(
        () => encodeCloudEvent(event as never, mode),
        (error) => {
          // An error of the sender: it must not be answered as one of the request.
          assert.ok(error instanceof BarefnError && !(error instanceof HttpError), String(error));
          assert.equal(error.code, 'INVALID_CLOUDEVENT');
          assert.match(error.message, refused);
          return true;
        },
      );
    });
    continue;
  }
  test(`encoding writes in ${mode ?? 'any'} mode: ${about}`, () => {
    const { headers, body } = encodeCloudEvent(event as never, mode);
    for (const [name, value] of Object.entries(vector.headers ?? {})) {
      assert.equal(headers[name], value, name);
    }
    if (!('body' in vector)) return;
    const isBinary = !/^application\/cloudevents/.test(headers['content-type'] ?? '');
    assert.deepEqual(isBinary ? body : JSON.parse(String(body)), vector.body);
  });
}

test('what was decoded can be encoded, and decodes to the same again', () => {
  for (const { about, headers, body, expected } of decodeVectors) {
    // Data that is not of its type: nothing but a mistake of the sender's.
    if ('says' in expected || about === 'an object as text' || isBroken(expected as CloudEvent))
      continue;
    const decoded = decodeCloudEvent(headers, body);
    for (const event of Array.isArray(decoded) ? decoded : [decoded]) {
      const sent = encodeCloudEvent(event);
      const fields = Object.entries(sent.headers).flat();
      const again = decodeCloudEvent(fields, Buffer.from(sent.body ?? '')) as CloudEvent;
      // Where nothing implies it, the type is named; attributes travel as text.
      const implied = event.data !== undefined && !Buffer.isBuffer(event.data);
      const type = implied && again.datacontenttype !== undefined ? jsonType : {};
      assert.deepEqual(textsOf(again), textsOf({ ...type, ...event }), about);
    }
  }
});

/** Whether an event has bytes that are not the JSON that its type says. */
function isBroken({ datacontenttype, data }: Record<string, unknown>): boolean {
  return datacontenttype === 'application/json' && Buffer.isBuffer(data) && data.length > 0;
}

/** An event with its attributes as text, and without data of no bytes. */
function textsOf({ data, ...attributes }: CloudEvent): Record<string, unknown> {
  const texts = Object.entries(attributes).map(([name, value]) => [name, String(value)]);
  const isEmpty = data === undefined || (Buffer.isBuffer(data) && data.length === 0);
  return { ...Object.fromEntries(texts), ...(isEmpty ? {} : { data }) };
}

test('instances of the cloudevents package are sent as they are', () => {
  const bytes = Buffer.from([0, 255, 16, 192]);
  for (const data of [bytes, { a: 1 }, undefined]) {
    const event = new SdkCloudEvent<unknown>({ ...base, ext: 'x', data });
    for (const mode of ['binary', 'structured'] as const) {
      const { headers, body } = encodeCloudEvent(event, mode);
      const decoded = decodeCloudEvent(Object.entries(headers).flat(), Buffer.from(body ?? ''));
      const type = data !== undefined && data !== bytes && mode === 'binary';
      assert.deepEqual(decoded, {
        ...base,
        ext: 'x',
        ...(type ? { datacontenttype: 'application/json' } : {}),
        ...(data === undefined ? {} : { data }),
      });
    }
  }
});

test('an event of a class with accessors is sent', () => {
  class Sold {
    readonly source = '/shop';
    readonly specversion = '1.0';
    get id() {
      return '1';
    }
    get type() {
      return 'com.example.sold';
    }
    get data() {
      return 7;
    }
  }
  const { headers, body } = encodeCloudEvent(new Sold() as never, 'binary');
  assert.equal(headers['ce-id'], '1');
  assert.equal(headers['ce-type'], 'com.example.sold');
  assert.equal(String(body), '7');
});

test('circular data is refused with its cause', () => {
  const data: Record<string, unknown> = {};
  data['self'] = data;
  assert.throws(
    () => encodeCloudEvent({ ...base, data }, 'structured'),
    (error: Error) => error.cause instanceof TypeError && /circular/i.test(error.message),
  );
});
