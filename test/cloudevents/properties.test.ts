import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HTTP, CloudEvent as SdkCloudEvent } from 'cloudevents';
import fc from 'fast-check';
import { decode, encode, HttpError, isCloudEvent } from '../../src/cloudevents';
import { isAttributeString } from '../../src/cloudevents/attribute-syntax';
import { isUri, isUriReference } from '../../src/cloudevents/uri';
import { base, decodeVectors } from './vectors';

const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter(isAttributeString);
const filled = text.filter((value) => value !== '');
const name = fc
  .stringMatching(/^[a-z][a-z0-9]{0,19}$/)
  .filter((key) => !/^(data.*|time|subject|id|source|type|specversion|schemaurl)$/.test(key));
const payload = fc.oneof(
  fc.record({
    datacontenttype: fc.constantFrom('application/json', 'a/b+json; x=y'),
    data: fc.jsonValue(),
  }),
  fc.record({ datacontenttype: fc.constant('text/plain'), data: filled }),
  fc.record({
    datacontenttype: fc.constant('application/octet-stream'),
    data: fc.uint8Array({ minLength: 1 }).map((bytes) => Buffer.from(bytes)),
  }),
  fc.constant({}),
);
const event = fc
  .tuple(
    fc.record(
      {
        id: filled,
        type: filled,
        subject: filled,
        time: fc.constant('2020-01-02T03:04:05.123456789Z'),
      },
      { requiredKeys: ['id', 'type'] },
    ),
    fc.dictionary(name, text, { maxKeys: 4, noNullPrototype: true }),
    payload,
  )
  .map(([context, extensions, rest]) => ({
    specversion: '1.0',
    source: '/s',
    ...extensions,
    ...context,
    ...rest,
  }));
// JSON has no negative zero.
const settle = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (_, member) => (Object.is(member, -0) ? 0 : member)));

test('what is encoded in any mode decodes to the same event', () => {
  fc.assert(
    fc.property(event, (sent) => {
      assert.ok(isCloudEvent(sent));
      const { data } = sent as { data?: unknown };
      const isValue = data !== undefined && !Buffer.isBuffer(data);
      const expected = isValue ? { ...sent, data: settle(data) } : sent;
      for (const mode of ['binary', 'structured'] as const) {
        const { headers, body } = encode(sent, mode);
        assert.deepEqual(decode(headers, body), expected, mode);
      }
      const { headers, body } = encode([sent, sent], 'batch');
      assert.deepEqual(decode(headers, body), [expected, expected]);
    }),
    { numRuns: 2000 },
  );
});

test('decoding throws nothing but an HttpError', () => {
  const types = ['application/json', 'application/cloudevents+json', 'text/plain;charset=utf-16le'];
  const contentTypes = [
    ...types,
    'application/cloudevents-batch+json',
    'application/json;charset=x',
  ];
  const field = fc.tuple(
    fc.oneof(
      fc.constantFrom('content-type', ...Object.keys(base).map((key) => `ce-${key}`)),
      fc.string().map((key) => `ce-${key}`),
      fc.string(),
    ),
    fc.oneof(
      fc.constantFrom(...contentTypes, ...Object.values(base)),
      fc.string({ unit: 'binary' }),
    ),
  );
  const body = fc.oneof(fc.uint8Array(), fc.json().map(Buffer.from), event.map(settle).map(String));
  fc.assert(
    fc.property(fc.array(field), body, (headers, bytes) => {
      try {
        decode(headers.flat(), bytes);
      } catch (error) {
        assert.ok(error instanceof HttpError, String(error));
      }
    }),
    { numRuns: 5000 },
  );
});

/** Where the cloudevents package leaves the specification; each with a message that shows it. */
const departures: { rule: string; headers: Record<string, string>; body?: string }[] = [
  { rule: 'header values are percent-decoded', headers: { 'ce-subject': 'a%20b' } },
  { rule: 'quoted strings are undone', headers: { 'ce-subject': '"a"' } },
  {
    rule: 'fractions of a second are kept',
    headers: { 'ce-time': '2020-01-02T03:04:05.123456789Z' },
  },
  {
    rule: 'JSON types ignore case',
    headers: { 'content-type': 'APPLICATION/JSON' },
    body: '{"a":1}',
  },
  { rule: 'true is JSON', headers: { 'content-type': 'application/json' }, body: 'true' },
];
const headersOf = (fields: Record<string, string>) => ({
  ...Object.fromEntries(Object.entries(base).map(([key, value]) => [`ce-${key}`, value])),
  ...fields,
});

for (const { rule, headers, body } of departures) {
  test(`unlike the cloudevents package: ${rule}`, () => {
    const all = headersOf(headers);
    const { ...theirs } = HTTP.toEvent({ headers: all, body }) as unknown as object;
    assert.notDeepEqual(decode(all, body), settle(theirs));
  });
}

test('the cloudevents package and we read each other in binary and structured mode', () => {
  const ascii = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,20}$/);
  const common = fc.record({
    id: ascii,
    type: ascii,
    subject: ascii,
    datacontenttype: fc.constant('application/json'),
    data: fc.dictionary(ascii, fc.integer(), { minKeys: 1, noNullPrototype: true }),
  });
  fc.assert(
    fc.property(common, (rest) => {
      const plain = { ...base, time: '2020-01-02T03:04:05.000Z', ext: 'x', ...rest };
      const theirs = new SdkCloudEvent(plain);
      for (const mode of ['binary', 'structured'] as const) {
        const { headers, body } = HTTP[mode](theirs);
        assert.deepEqual(decode(headers as Record<string, string>, body as string), plain);
        const ours = encode(plain, mode);
        const read = HTTP.toEvent({ headers: ours.headers, body: String(ours.body) });
        assert.deepEqual(JSON.parse(JSON.stringify(read)), plain);
      }
    }),
    { numRuns: 500 },
  );
});

test('decode takes rawHeaders, an object, pairs and WHATWG Headers alike', () => {
  const headers = { ...headersOf({ 'content-type': 'text/plain' }), 'ce-x': ' v ' };
  const expected = { ...base, datacontenttype: 'text/plain', x: 'v', data: 'é' };
  for (const form of [headers, Object.entries(headers), Object.entries(headers).flat()]) {
    assert.deepEqual(decode(form as never, 'é'), expected);
  }
  assert.deepEqual(decode(new Headers(headers), new TextEncoder().encode('é')), expected);
  assert.throws(() => decode({ ...headers, 'ce-id': ['1', '2'] }), /ce-id header comes twice/);
  assert.throws(() => decode([]), { status: 415 });
});

test('isCloudEvent agrees with decoding on every decoded vector', () => {
  for (const { headers, body, expected } of decodeVectors) {
    if ('says' in expected) continue;
    const decoded = decode(headers, body);
    for (const one of Array.isArray(decoded) ? decoded : [decoded]) assert.ok(isCloudEvent(one));
  }
  for (const value of [null, 5, [], {}, { ...base, id: '' }, { ...base, Bad: 1 }]) {
    assert.equal(isCloudEvent(value), false);
  }
});

test('URIs and URI-references are distinguished from other text as the grammar of RFC 3986 does', () => {
  const encoded = '%[0-9A-Fa-f]{2}';
  const plain = "\\w\\-.~!$&'()*+,;=";
  const character = `(?:[${plain}:@]|${encoded})`;
  const host = `(?:[${plain}]|${encoded})*`;
  const authority = `//(?:(?:[${plain}:]|${encoded})*@)?${host}(?::\\d*)?`;
  const segments = `(?:/${character}*)*`;
  const rooted = `(?:${authority}${segments}|/(?:${character}+${segments})?`;
  const tail = `(?:\\?(?:${character}|[/?])*)?(?:#(?:${character}|[/?])*)?$`;
  const uri = new RegExp(`^[A-Za-z][A-Za-z\\d+.-]*:${rooted}|${character}+${segments}|)${tail}`);
  const relative = new RegExp(`^${rooted}|(?:[${plain}@]|${encoded})+${segments}|)${tail}`);
  const anyText = fc.string({
    unit: fc.constantFrom(...'aZ1:/?#@%-._~!+ "\\é//::a1'),
    maxLength: 14,
  });
  fc.assert(
    fc.property(anyText, (value) => {
      assert.equal(isUri(value), uri.test(value), value);
      assert.equal(isUriReference(value), uri.test(value) || relative.test(value), value);
    }),
    { numRuns: 20_000 },
  );
});
