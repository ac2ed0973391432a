import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BarefnError, decodeFirestoreEvent, firestoreJson } from '../../../src/google';
import { decodeOnly, encode } from './oracle';
import { entry, mapValue, number, sized, tag, varint } from './wire';

const name = sized(1, 'projects/p/databases/(default)/documents/users/alice');
const text = (value: string): Buffer => sized(17, value);
const integer = (value: number | bigint): Buffer => number(2, value);

/** A document of these parts, decoded. */
function after(...parts: readonly Buffer[]): unknown {
  return decodeFirestoreEvent({ data: sized(1, name, ...parts) }).after;
}

function refusal(data: Buffer | object): string {
  try {
    decodeFirestoreEvent({ data });
  } catch (error) {
    assert.ok(error instanceof BarefnError);
    assert.equal(error.code, 'INVALID_DATA');
    return error.message;
  }
  throw new Error('It was decoded.');
}

suite('as proto3 wants it', () => {
  test('the last of several scalars counts, of whatever kind', () => {
    assert.deepEqual(after(entry(2, 'a', integer(1), text('x'), integer(2))), { a: 2 });
    assert.deepEqual(after(entry(2, 'a', integer(1)), entry(2, 'a', text('last'))), { a: 'last' });
  });

  test('a message that comes more than once is merged', () => {
    const list = (value: number): Buffer => sized(9, sized(1, integer(value)));
    assert.deepEqual(after(entry(2, 'a', list(1), list(2))), { a: [1, 2] });
    assert.deepEqual(after(entry(2, 'a', mapValue('x', integer(1)), mapValue('y', integer(2)))), {
      a: { x: 1, y: 2 },
    });
    const place = [sized(8, tag(1, 1), double(1)), sized(8, tag(2, 1), double(2))];
    assert.deepEqual(after(entry(2, 'a', ...place)), { a: { latitude: 1, longitude: 2 } });
    const time = [sized(10, number(1, 5)), sized(10, number(2, 7_000_000))];
    assert.deepEqual(after(entry(2, 'a', ...time)), { a: new Date(5007) });
    // An entry's value in two parts.
    const parts = sized(2, sized(1, 'a'), sized(2, list(1)), sized(2, list(2)));
    assert.deepEqual(after(parts), { a: [1, 2] });
    const data = Buffer.concat([
      sized(1, name, entry(2, 'a', integer(1))),
      sized(1, entry(2, 'b', integer(2))),
    ]);
    assert.deepEqual(decodeFirestoreEvent({ data }).after, { a: 1, b: 2 });
    const masks = Buffer.concat([sized(1, name), sized(3, sized(1, 'a')), sized(3, sized(1, 'b'))]);
    assert.deepEqual(decodeFirestoreEvent({ data: masks }).updateMask, ['a', 'b']);
  });

  test('another member of the union ends what was read before', () => {
    const list = sized(9, sized(1, integer(1)));
    assert.deepEqual(after(entry(2, 'a', list, text('x'), list)), { a: [1] });
  });

  test('an entry may lack its key, its value, or have them in any order', () => {
    assert.deepEqual(after(sized(2, sized(2, integer(1)))), { '': 1 });
    assert.deepEqual(after(sized(2, sized(1, 'a'))), { a: undefined });
    assert.deepEqual(after(sized(2, sized(2, integer(1)), sized(1, 'a'))), { a: 1 });
    assert.deepEqual(
      firestoreJson({ data: sized(1, name, sized(2, sized(1, 'a'))) }).value?.fields,
      {
        a: {},
      },
    );
  });

  test('unknown fields of every wire type are skipped, groups too', () => {
    const unknown = [
      number(99, -1n),
      Buffer.concat([tag(98, 1), double(1)]),
      sized(97, 'unknown'),
      Buffer.concat([tag(96, 3), number(1, 1), tag(95, 3), sized(1, 'x'), tag(95, 4), tag(96, 4)]),
      Buffer.concat([tag(94, 5), Buffer.alloc(4)]),
      number(536_870_911, 1),
    ];
    const known = entry(2, 'a', ...unknown, integer(1), ...unknown);
    const data = Buffer.concat([...unknown, sized(1, ...unknown, name, known), ...unknown]);
    assert.deepEqual(decodeFirestoreEvent({ data }).after, { a: 1 });
  });

  test('a known number with another wire type is an unknown field', () => {
    assert.deepEqual(
      after(entry(2, 'a', integer(1), Buffer.concat([tag(2, 5), Buffer.alloc(4)]))),
      {
        a: 1,
      },
    );
  });

  test('numbers may have more bytes than they need', () => {
    const long = Buffer.concat([tag(2, 0), Buffer.from([0x81, 0x80, 0x80, 0x80, 0x80, 0x00])]);
    assert.deepEqual(after(entry(2, 'a', long)), { a: 1 });
  });
});

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

suite('a broken message is an error that says where', () => {
  const broken: Record<string, [data: Buffer, problem: RegExp]> = {
    'a string that is cut off': [
      sized(
        1,
        name,
        entry(
          2,
          'tags',
          sized(9, sized(1, text('a')), sized(1, tag(17, 2), varint(9), Buffer.from('x'))),
        ),
      ),
      /: value\.tags\[1\]: a string of 9 bytes is cut off after 1, at byte \d+ of \d+\. Pass/,
    ],
    'a message that is longer than the one around it': [
      sized(1, name, tag(2, 2), varint(1000)),
      /: value: a message of 1000 bytes is cut off after 0, at byte/,
    ],
    'a field with the number 0': [
      sized(1, Buffer.from([0x00, 0x00])),
      /: value: a field has the number 0/,
    ],
    'wire type 6': [sized(1, tag(50, 6)), /: value: there is no wire type 6, at byte/],
    'a number of 11 bytes': [
      Buffer.concat([tag(50, 0), Buffer.alloc(10, 0xff), Buffer.from([1])]),
      /: a number is longer than 10 bytes, at byte/,
    ],
    'a number that is cut off': [
      Buffer.concat([tag(50, 0), Buffer.from([0xff])]),
      /: a number is cut off/,
    ],
    'a tag that is too large': [varint(2n ** 35n), /: a tag is out of range/],
    'a length that is negative': [
      Buffer.concat([tag(1, 2), varint(-1n)]),
      /: the length of a message is out/,
    ],
    'a double that is cut off': [
      sized(1, entry(2, 'a', tag(3, 1), Buffer.alloc(7))),
      /: value\.a: a double of 8 bytes is cut off after 7/,
    ],
    'a group without an end': [Buffer.concat([tag(50, 3), number(1, 1)]), /: a group has no end/],
    'an end without a group': [tag(50, 4), /: group 50 ends, which did not begin/],
    'groups that cross': [
      Buffer.concat([tag(50, 3), tag(51, 3), tag(50, 4), tag(51, 4)]),
      /: group 50 ends, which did not begin/,
    ],
    'text that is not UTF-8': [
      sized(1, entry(2, 'a b', sized(17, Buffer.from([0x61, 0xff])))),
      /: value\["a b"\]: a string is not valid UTF-8/,
    ],
    'a time beyond the year 9999': [
      sized(1, entry(2, 'a', sized(10, number(1, 253_402_300_800)))),
      /: value\.a: a time is 253402300800 seconds from 1970/,
    ],
    'a time with negative nanoseconds': [
      sized(2, sized(3, number(2, -1n))),
      /: oldValue: a time has -1 nano/,
    ],
    'no document': [Buffer.alloc(0), /: it has no document\./],
  };
  for (const [what, [data, problem]] of Object.entries(broken)) {
    test(what, () => assert.match(refusal(data), problem));
  }

  const wrong: Record<string, [data: object, problem: RegExp]> = {
    'a document that is no object': [{ value: [] }, /: value: it is not an object\. Pass the JSON/],
    'an integer of 64 bits and more': [
      {
        value: {
          fields: { a: { arrayValue: { values: [{ integerValue: '9223372036854775808' }] } } },
        },
      },
      /: value\.a\[0\]: an integer is the digits of an int64/,
    ],
    'a time in words': [{ oldValue: { createTime: 'noon' } }, /: oldValue: a time is not RFC 3339/],
    'bytes that are not base64': [
      { value: { fields: { a: { bytesValue: '%' } } } },
      /: value\.a: bytes are/,
    ],
  };
  for (const [what, [data, problem]] of Object.entries(wrong)) {
    test(`in JSON: ${what}`, () => assert.match(refusal(data), problem));
  }

  test('data that is missing, or text that is not JSON', () => {
    assert.throws(() => decodeFirestoreEvent({}), /it is missing/);
    assert.throws(() => decodeFirestoreEvent({ data: '{' }), /it is not JSON: /);
    assert.throws(() => firestoreJson({ data: 5 }), /it is 5/);
  });

  test('long keys are cut', () => {
    const deep = mapValue('k'.repeat(2000), mapValue('l'.repeat(2000), tag(50, 7)));
    assert.ok(refusal(sized(1, entry(2, 'a', deep))).length < 800);
  });
});

test('a message that is cut off at any byte is refused, or read up to there', () => {
  const data = encode({
    value: {
      name: 'projects/p/databases/d/documents/a/b',
      fields: { a: { stringValue: 'ü' }, b: { mapValue: { fields: { c: { integerValue: -5 } } } } },
    },
  });
  for (let length = 0; length < data.length; length += 1) refusal(data.subarray(0, length));
});

suite('hostile nesting', () => {
  for (const [depth, isFine] of [
    [99, true],
    [101, false],
    [20_000, false],
  ] as const) {
    test(`${depth} deep in protobuf is ${isFine ? 'read' : 'refused'}`, () => {
      let value = integer(1);
      for (let level = 1; level < depth; level += 1) value = sized(9, sized(1, value));
      const data = sized(1, name, entry(2, 'a', value));
      if (isFine) decodeFirestoreEvent({ data });
      else assert.match(refusal(data), /values are nested over 100 deep/);
    });

    test(`${depth} deep in JSON is ${isFine ? 'read' : 'refused'}`, () => {
      let value: object = { integerValue: 1 };
      for (let level = 1; level < depth; level += 1) value = { arrayValue: { values: [value] } };
      const data = { value: { name: 'a/b', fields: { a: value } } };
      if (isFine) decodeFirestoreEvent({ data });
      else assert.match(refusal(data), /values are nested over 100 deep/);
    });
  }

  test('groups are skipped without recursion, to a depth of 100', () => {
    const groups = (depth: number): Buffer =>
      Buffer.concat([...Array(depth).fill(tag(50, 3)), ...Array(depth).fill(tag(50, 4))]);
    decodeFirestoreEvent({ data: Buffer.concat([sized(1, name), groups(100)]) });
    assert.match(refusal(groups(100_000)), /groups are nested over 100 deep/);
  });
});

test('a megabyte of small parts costs at most four times as much as half of one', () => {
  const many = (count: number, part: Buffer): Buffer => Buffer.concat(Array(count).fill(part));
  const kinds = [
    (count: number) => sized(1, name, many(count, entry(2, 'a', sized(9, sized(1))))),
    (count: number) => sized(1, name, entry(2, 'a', sized(9, many(count, sized(1))))),
    (count: number) => sized(1, name, entry(2, 'a', many(count, mapValue('a', integer(1))))),
    (count: number) => Buffer.concat([sized(1, name), many(count, sized(3, sized(1, 'a')))]),
  ];
  for (const make of kinds) {
    const [half, whole] = [make(100_000), make(200_000)];
    decodeFirestoreEvent({ data: half });
    const [less, more] = [cpuOf(half), cpuOf(whole)];
    assert.ok(more < 4 * less + 50_000, `${less} µs for half, ${more} µs for all`);
  }
});

function cpuOf(data: Buffer): number {
  const costs = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    decodeFirestoreEvent({ data });
    return process.cpuUsage(before).user;
  });
  return Math.min(...costs);
}

test('decoding 1 KB costs no more than protobufjs takes to decode it', () => {
  const document = (visits: number): object => ({
    name: 'projects/my-project/databases/(default)/documents/users/alice',
    createTime: { seconds: 1_700_000_000, nanos: 5000 },
    updateTime: { seconds: 1_700_000_100, nanos: 0 },
    fields: {
      name: { stringValue: 'Alice Liddell' },
      visits: { integerValue: visits },
      score: { doubleValue: 4.5 },
      tags: { arrayValue: { values: [{ stringValue: 'admin' }, { stringValue: 'beta' }] } },
      address: {
        mapValue: { fields: { city: { stringValue: 'Berlin' }, zip: { stringValue: '10115' } } },
      },
      lastSeen: { timestampValue: { seconds: 1_700_000_000, nanos: 123_456_789 } },
      about: { stringValue: 'She follows a white rabbit. '.repeat(8) },
    },
  });
  const data = encode({
    value: document(2),
    oldValue: document(1),
    updateMask: { fieldPaths: ['visits'] },
  });
  assert.ok(data.length > 900 && data.length < 1300, `${data.length} bytes`);
  const ratios = Array.from({ length: 9 }, () => {
    const ours = cpuOfMany(() => decodeFirestoreEvent({ data }));
    return ours / cpuOfMany(() => decodeOnly(data));
  });
  const median = ratios.sort((a, b) => a - b)[4] as number;
  assert.ok(median <= 1, `${median.toFixed(2)} times as much`);
});

function cpuOfMany(decode: () => unknown): number {
  const before = process.cpuUsage();
  for (let count = 0; count < 2000; count += 1) decode();
  return process.cpuUsage(before).user;
}
