import fc from 'fast-check';
import protobuf from 'protobufjs';

const fields = (record: Record<string, [type: string, id: number]>) =>
  Object.fromEntries(Object.entries(record).map(([name, [type, id]]) => [name, { type, id }]));

/** The messages of Firestore's events, as protobufjs reads and writes them. */
const root = protobuf.Root.fromJSON({
  nested: {
    Timestamp: { fields: fields({ seconds: ['int64', 1], nanos: ['int32', 2] }) },
    LatLng: { fields: fields({ latitude: ['double', 1], longitude: ['double', 2] }) },
    NullValue: { values: { NULL_VALUE: 0 } },
    ArrayValue: { fields: { values: { rule: 'repeated', type: 'Value', id: 1 } } },
    MapValue: { fields: { fields: { keyType: 'string', type: 'Value', id: 1 } as never } },
    Value: {
      oneofs: {
        kind: {
          oneof: [
            ...['nullValue', 'booleanValue', 'integerValue', 'doubleValue', 'timestampValue'],
            ...['stringValue', 'bytesValue', 'referenceValue', 'geoPointValue', 'arrayValue'],
            'mapValue',
          ],
        },
      },
      fields: fields({
        booleanValue: ['bool', 1],
        integerValue: ['int64', 2],
        doubleValue: ['double', 3],
        referenceValue: ['string', 5],
        mapValue: ['MapValue', 6],
        geoPointValue: ['LatLng', 8],
        arrayValue: ['ArrayValue', 9],
        timestampValue: ['Timestamp', 10],
        nullValue: ['NullValue', 11],
        stringValue: ['string', 17],
        bytesValue: ['bytes', 18],
      }),
    },
    Document: {
      fields: {
        ...fields({
          name: ['string', 1],
          createTime: ['Timestamp', 3],
          updateTime: ['Timestamp', 4],
        }),
        fields: { keyType: 'string', type: 'Value', id: 2 } as never,
      },
    },
    DocumentMask: { fields: { fieldPaths: { rule: 'repeated', type: 'string', id: 1 } } },
    DocumentEventData: {
      fields: fields({
        value: ['Document', 1],
        oldValue: ['Document', 2],
        updateMask: ['DocumentMask', 3],
      }),
    },
  },
});

const messages = root.lookupType('DocumentEventData');

/** Writes a message of protobufjs: int64 as text, bytes as Buffer. */
export function encode(message: object): Buffer {
  return Buffer.from(messages.encode(messages.fromObject(message)).finish());
}

/** What protobufjs reads, as plain objects: int64 as text, bytes in base64. */
export function decode(bytes: Buffer): Record<string, unknown> {
  return messages.toObject(messages.decode(bytes), { longs: String, bytes: String, enums: String });
}

/** Only decodes, for comparisons of what that costs. */
export function decodeOnly(bytes: Buffer): unknown {
  return messages.decode(bytes);
}

/** A value in the forms that are compared. */
export interface Forms {
  /** For protobufjs. */
  message: object;
  /** As {@link decodeFirestoreEvent} gives it. */
  plain: unknown;
  /** In the JSON mapping of proto3. */
  json: object;
}

const int64 = fc.oneof(
  fc.maxSafeInteger().map(BigInt),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(0n, -1n, 127n, 128n, 2n ** 53n - 1n, 2n ** 53n, 1n - 2n ** 53n, -(2n ** 53n)),
  fc.constantFrom(2n ** 28n, 2n ** 56n - 1n, 2n ** 56n, -(2n ** 63n), 2n ** 63n - 1n),
);
/** In the years 1 to 9999. */
const timestamp = fc.record({
  seconds: fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }),
  nanos: fc.oneof(
    fc.nat(999_999_999),
    fc.constantFrom(0, 1, 1000, 120_000_000, 123_456_000, 999_999_999),
  ),
});
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 60 }));
export const key = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '', 'a.b', 'Ä'));

/** A text of a time with nine digits, which every reader understands. */
export function timeText({ seconds, nanos }: { seconds: number; nanos: number }): string {
  const date = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${date}.${String(nanos).padStart(9, '0')}Z`.replace(
    /(?:\.000)?(?:000){1,2}Z$|\.0{9}Z$/,
    'Z',
  );
}

const scalar: fc.Arbitrary<Forms> = fc.oneof(
  fc.constant({ message: { nullValue: 0 }, plain: null, json: { nullValue: null } }),
  fc.boolean().map((value) => same('booleanValue', value)),
  text.map((value) => same('stringValue', value)),
  int64.map((value) => ({
    message: { integerValue: String(value) },
    plain: Number.isSafeInteger(Number(value)) ? Number(value) : value,
    json: { integerValue: String(value) },
  })),
  fc.double().map((value) => ({
    message: { doubleValue: value },
    plain: value,
    json: { doubleValue: Number.isFinite(value) ? value : String(value) },
  })),
  timestamp.map((value) => ({
    message: { timestampValue: value },
    plain: new Date(value.seconds * 1000 + Math.floor(value.nanos / 1e6)),
    json: { timestampValue: timeText(value) },
  })),
  fc.uint8Array().map((value) => ({
    message: { bytesValue: Buffer.from(value) },
    plain: Buffer.from(value),
    json: { bytesValue: Buffer.from(value).toString('base64') },
  })),
  text.map((id) => {
    const name = `projects/p/databases/(default)/documents/teams/${id}`;
    return {
      message: { referenceValue: name },
      plain: `teams/${id}`,
      json: { referenceValue: name },
    };
  }),
  fc
    .record({ latitude: degrees(90), longitude: degrees(180) }, { noNullPrototype: true })
    .map((value) => ({
      message: { geoPointValue: value },
      plain: value,
      json: {
        geoPointValue: Object.fromEntries(Object.entries(value).filter(([, at]) => at !== 0)),
      },
    })),
);

function degrees(most: number): fc.Arbitrary<number> {
  return fc.double({ min: -most, max: most, noNaN: true }).map((value) => value + 0);
}

function same(kind: string, value: unknown): Forms {
  return { message: { [kind]: value }, plain: value, json: { [kind]: value } };
}

/** Any value of a document, nested a little. */
export const value: fc.Arbitrary<Forms> = fc.letrec<{ value: Forms }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 5 }).map(arrayOf),
    fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }).map(mapOf),
  ),
})).value;

function arrayOf(values: readonly Forms[]): Forms {
  const json = values.map((each) => each.json);
  return {
    message: { arrayValue: { values: values.map((each) => each.message) } },
    plain: values.map((each) => each.plain),
    json: { arrayValue: json.length === 0 ? {} : { values: json } },
  };
}

export function mapOf(values: Record<string, Forms>): Forms {
  const json = formOf(values, 'json');
  return {
    message: { mapValue: { fields: formOf(values, 'message') } },
    plain: formOf(values, 'plain'),
    json: { mapValue: Object.keys(json).length === 0 ? {} : { fields: json } },
  };
}

/** One form of every member; a member called `__proto__` stays one. */
export function formOf(values: Record<string, Forms>, form: keyof Forms): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, each]) => [name, each[form]]));
}
