import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { decodeFirestoreEvent, type FirestoreTimestamp, firestoreJson } from '../../../src/google';
import { decode, encode, formOf, key, value } from './oracle';

const name = 'projects/p/databases/(default)/documents/users/alice';
const times = {
  createTime: { seconds: 1_700_000_000, nanos: 5000 },
  updateTime: { seconds: 1_700_000_100, nanos: 0 },
};

/** The fields of one document after a round trip. */
function plain(fields: object): Record<string, unknown> {
  const bytes = encode({ value: { name, fields } });
  return decodeFirestoreEvent(event(bytes)).after ?? {};
}

function event(data: unknown): { data: unknown; datacontenttype: string } {
  return { data, datacontenttype: 'application/protobuf' };
}

test('every kind of value becomes what the Firestore client gives', () => {
  const fields = {
    null: { nullValue: 0 },
    boolean: { booleanValue: true },
    integer: { integerValue: '9007199254740991' },
    large: { integerValue: '-9223372036854775808' },
    double: { doubleValue: -0.5 },
    string: { stringValue: 'Grüße 👋' },
    bytes: { bytesValue: Buffer.from([0, 255]) },
    reference: { referenceValue: name },
    time: { timestampValue: { seconds: -1, nanos: 123_456_789 } },
    place: { geoPointValue: { latitude: 52.5 } },
    list: { arrayValue: { values: [{ integerValue: 1 }, { arrayValue: {} }] } },
    map: { mapValue: { fields: { a: { mapValue: {} } } } },
  };
  const found = plain(fields);
  assert.deepEqual(found, {
    null: null,
    boolean: true,
    integer: 9007199254740991,
    large: -9223372036854775808n,
    double: -0.5,
    string: 'Grüße 👋',
    bytes: Buffer.from([0, 255]),
    reference: 'users/alice',
    time: new Date('1969-12-31T23:59:59.123Z'),
    place: { latitude: 52.5, longitude: 0 },
    list: [1, []],
    map: { a: {} },
  });
  assert.equal((found['time'] as FirestoreTimestamp).nanoseconds, 123_456_789);
});

test('an event tells before, after, what changed, the path and the times', () => {
  const document = (visits: number) => ({
    name,
    fields: { visits: { integerValue: visits } },
    ...times,
  });
  const bytes = encode({
    value: document(2),
    oldValue: document(1),
    updateMask: { fieldPaths: ['visits', '`a.b`'] },
  });
  const { params, ...change } = decodeFirestoreEvent(event(bytes));
  assert.deepEqual(change, {
    before: { visits: 1 },
    after: { visits: 2 },
    updateMask: ['visits', '`a.b`'],
    path: 'users/alice',
    createTime: new Date('2023-11-14T22:13:20.000Z'),
    updateTime: new Date('2023-11-14T22:15:00.000Z'),
  });
  assert.equal(change.createTime?.nanoseconds, 5000);
  assert.deepEqual(params('users/{uid}'), { uid: 'alice' });
});

test('a created document has no before, a deleted one no after', () => {
  const created = decodeFirestoreEvent(event(encode({ value: { name } })));
  assert.deepEqual([created.before, created.after], [undefined, {}]);
  const deleted = decodeFirestoreEvent(event(encode({ oldValue: { name } })));
  assert.deepEqual([deleted.before, deleted.after, deleted.path], [{}, undefined, 'users/alice']);
  const json = decodeFirestoreEvent({ data: { oldValue: {}, updateMask: {}, value: { name } } });
  assert.deepEqual([json.before, json.after, json.updateMask], [undefined, {}, []]);
});

test('data may be bytes, base64, text of JSON or an object', () => {
  const bytes = encode({ value: { name, fields: { a: { integerValue: 1 } } } });
  const json = firestoreJson({ data: bytes });
  const text = JSON.stringify(json);
  const inputs = [
    { data: bytes },
    { data: new Uint8Array(bytes) },
    { data: Buffer.concat([Buffer.from('..'), bytes]).subarray(2) },
    { data_base64: bytes.toString('base64') },
    { data: json, datacontenttype: 'application/json' },
    { data: text },
    { data: Buffer.from(text), datacontenttype: 'Application/JSON; charset=utf-8' },
    { data: Buffer.from(text), datacontenttype: 'application/vnd.x+json' },
  ];
  for (const input of inputs) assert.deepEqual(decodeFirestoreEvent(input).after, { a: 1 });
});

suite('what protobufjs writes', () => {
  const document = fc.dictionary(key, value, { maxKeys: 6, noNullPrototype: true });

  test('is read as plain values, and as JSON', () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const bytes = encode({
          value: { name, fields: formOf(after, 'message') },
          oldValue: { name, fields: formOf(before, 'message') },
        });
        const change = decodeFirestoreEvent(event(bytes));
        assert.deepEqual(change.after, formOf(after, 'plain'));
        assert.deepEqual(change.before, formOf(before, 'plain'));
        const { value, oldValue } = firestoreJson(event(bytes));
        assert.deepEqual(value?.fields ?? {}, formOf(after, 'json'));
        assert.deepEqual(oldValue?.fields ?? {}, formOf(before, 'json'));
      }),
      { numRuns: 500 },
    );
  });

  test('is read from JSON as from protobuf', () => {
    fc.assert(
      fc.property(document, (fields) => {
        const bytes = encode({ value: { name, fields: formOf(fields, 'message'), ...times } });
        const json = JSON.parse(JSON.stringify(firestoreJson(event(bytes))));
        const { params: _, ...fromBytes } = decodeFirestoreEvent(event(bytes));
        const { params: __, ...fromJson } = decodeFirestoreEvent({ data: json });
        // JSON has no negative zero.
        assert.deepEqual(settle(fromJson), settle(fromBytes));
      }),
      { numRuns: 300 },
    );
  });

  test('is read as protobufjs itself reads it', () => {
    fc.assert(
      fc.property(document, (fields) => {
        const bytes = encode({ value: { name, fields: formOf(fields, 'message') } });
        const read = decode(bytes)['value'] as { fields?: object };
        assert.deepEqual(
          Object.keys(firestoreJson({ data: bytes }).value?.fields ?? {}),
          Object.keys(read.fields ?? {}).filter((field) => Object.hasOwn(fields, field)),
        );
      }),
    );
  });
});

function settle(value: unknown): unknown {
  if (Object.is(value, -0)) return 0;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Buffer.isBuffer(value)) return value;
  if (Array.isArray(value)) return value.map(settle);
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, settle(each)]));
}

test('maps may have members called __proto__', () => {
  const fields = JSON.parse(
    '{"__proto__":{"mapValue":{"fields":{"__proto__":{"booleanValue":true}}}}}',
  );
  const json = { value: { name, fields } };
  const found = [decodeFirestoreEvent({ data: json }), decodeFirestoreEvent({ data: rawProto() })];
  for (const { after } of found) {
    assert.deepEqual(Object.keys(after ?? {}), ['__proto__']);
    assert.equal(Object.getPrototypeOf(after), Object.prototype);
    const inner = Object.getOwnPropertyDescriptor(after, '__proto__')?.value;
    assert.deepEqual(Object.entries(inner), [['__proto__', true]]);
  }
  assert.equal(({} as Record<string, unknown>)['booleanValue'], undefined);
});

/** The bytes of the document above; protobufjs does not write such keys. */
function rawProto(): Buffer {
  const message = (tag: number, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    return Buffer.concat([Buffer.from([tag, body.length]), body]);
  };
  const entry = (tag: number, member: Buffer): Buffer =>
    message(tag, message(0x0a, Buffer.from('__proto__')), message(0x12, member));
  const inner = entry(0x0a, Buffer.from([0x08, 1]));
  return message(0x0a, message(0x0a, Buffer.from('n')), entry(0x12, message(0x32, inner)));
}

test('values may be nested 20 deep, as Firestore allows', () => {
  let nested: object = { integerValue: 7 };
  let expected: unknown = 7;
  for (let depth = 0; depth < 20; depth += 1) {
    const isMap = depth % 2 === 0;
    nested = isMap ? { mapValue: { fields: { a: nested } } } : { arrayValue: { values: [nested] } };
    expected = isMap ? { a: expected } : [expected];
  }
  assert.deepEqual(plain({ deep: nested }), { deep: expected });
  const json = firestoreJson({ data: encode({ value: { name, fields: { deep: nested } } }) });
  assert.deepEqual(decodeFirestoreEvent({ data: json }).after, { deep: expected });
});

test('a document of 1 MB is read, of one value or of many', () => {
  const long = 'x'.repeat(1_000_000);
  assert.equal(plain({ long: { stringValue: long } })['long'], long);
  const fields = Object.fromEntries(
    Array.from({ length: 40_000 }, (_, index) => [`field-${index}`, { integerValue: index }]),
  );
  const found = plain(fields);
  assert.equal(Object.keys(found).length, 40_000);
  assert.equal(found['field-39999'], 39_999);
});
