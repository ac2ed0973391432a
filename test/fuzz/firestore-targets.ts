import { BarefnError } from '../../src/core/errors';
import { decodeFirestoreEvent, firestoreJson } from '../../src/google';
import { encode } from '../google/firestore/oracle';
import type { Random } from './random';
import { expect, type Target } from './target';

const name = 'projects/p/databases/(default)/documents/users/alice';
const documents: readonly object[] = [
  { value: { name } },
  {
    value: {
      name,
      fields: {
        a: { integerValue: '-5' },
        b: { mapValue: { fields: { c: { stringValue: 'ü' } } } },
        d: {
          arrayValue: { values: [{ nullValue: 0 }, { doubleValue: 0.5 }, { booleanValue: true }] },
        },
      },
      createTime: { seconds: 1_700_000_000, nanos: 5000 },
    },
    oldValue: { name, fields: { e: { bytesValue: Buffer.from([1, 2]) } } },
    updateMask: { fieldPaths: ['a', 'b.c'] },
  },
  {
    oldValue: {
      name,
      fields: {
        f: { geoPointValue: { latitude: 1, longitude: -1 } },
        g: { timestampValue: { seconds: -1, nanos: 999_999_999 } },
        h: { referenceValue: name },
      },
    },
  },
];

/** The decoder of Firestore's events, in protobuf and in JSON. */
export const firestoreTargets: Record<string, Target> = {
  'firestore-protobuf': {
    // Tags, lengths and ends of numbers.
    words: [
      ...[
        '\x00',
        '\x01',
        '\x02',
        '\x7f',
        '\x80',
        '\xff',
        '\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01',
      ],
      ...['\x08', '\x0a', '\x10', '\x12', '\x19', '\x1a', '\x22', '\x2a', '\x32', '\x42', '\x4a'],
      ...['\x52', '\x58', '\x8a\x01', '\x92\x01', '\x0b', '\x0c', '\x0d', '\x09', '\x0e'],
      ...[
        '\x0a\x01a',
        '\x12\x02\x08\x01',
        '\x0a\x00',
        '\x00\x00\x00\x00\x00\x00\x00\x00',
        '__proto__',
      ],
    ],
    seeds: documents.map((document) => encode(document).toString('latin1')),
    decode(text, random) {
      decodeBoth(Buffer.from(text, 'latin1'), random);
    },
  },
  'firestore-json': {
    words: [
      ...['{', '}', '[', ']', ':', ',', '"', '"value"', '"oldValue"', '"fields"', '"name"', 'null'],
      ...[
        '"integerValue"',
        '"mapValue"',
        '"arrayValue"',
        '"values"',
        '"bytesValue"',
        '"__proto__"',
      ],
      ...['"timestampValue"', '"2024-01-01T00:00:00Z"', '"-5"', '5', '1e999', '"NaN"', 'true'],
    ],
    seeds: documents.map((document) => JSON.stringify(firestoreJson({ data: encode(document) }))),
    decode(text, random) {
      decodeBoth(text, random);
    },
  },
};

function decodeBoth(data: Buffer | string, random: Random): void {
  try {
    const { path, params } = decodeFirestoreEvent({ data });
    expect(params('{path=**}')?.['path'] === path.replace(/^\/|\/$/g, ''), 'a path matches **');
    if (random.below(2) === 0) {
      const json = JSON.stringify(firestoreJson({ data }));
      expect(
        decodeFirestoreEvent({ data: json }).path === path,
        'its JSON is of the same document',
      );
    }
  } catch (error) {
    if (!(error instanceof BarefnError)) throw error;
    expect(error.code === 'INVALID_DATA', `the data is refused, not ${error.code}`);
    expect(error.message.length < 1000, 'a refusal does not echo what was sent');
  }
}
