import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloudEvent as SdkCloudEvent } from 'cloudevents';
import { decodeCloudEvent } from '../../src/cloudevents/decode';
import { encodeCloudEvent } from '../../src/cloudevents/encode';
import { BarefnError, HttpError } from '../../src/errors';
import { base, encodeVectors } from './vectors';

for (const vector of encodeVectors) {
  const { about, mode, event, refused } = vector;
  if (refused) {
    test(`encoding refuses in ${mode} mode: ${about}`, () => {
      assert.throws(
        () => encodeCloudEvent(event as never, mode),
        (error) => {
          // A fault of the sender: it must not be answered as a fault of the request.
          assert.ok(error instanceof BarefnError && !(error instanceof HttpError), String(error));
          assert.equal(error.code, 'INVALID_CLOUDEVENT');
          assert.match(error.message, refused);
          return true;
        },
      );
    });
    continue;
  }
  test(`encoding writes in ${mode} mode: ${about}`, () => {
    const { headers, body } = encodeCloudEvent(event as never, mode);
    for (const [name, value] of Object.entries(vector.headers ?? {})) {
      assert.equal(headers[name], value, name);
    }
    if (!('body' in vector)) return;
    const isBinary = mode === 'binary';
    assert.deepEqual(isBinary ? body : JSON.parse(String(body)), vector.body);
  });
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
