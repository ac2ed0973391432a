import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeCloudEvent } from '../../src/cloudevents/decode';
import { HttpError } from '../../src/core/errors';
import { base, decodeVectors } from './vectors';

for (const { about, headers, body, expected } of decodeVectors) {
  const mode = headers.some((field) => /^ce-/i.test(field)) ? 'binary' : (headers[1] ?? 'none');
  if ('says' in expected && expected.says instanceof RegExp) {
    const { status, says } = expected;
    test(`decoding refuses with ${status} (${mode}): ${about}`, () => {
      assert.throws(
        () => decodeCloudEvent(headers, body),
        (error) => {
          assert.ok(error instanceof HttpError, String(error));
          assert.equal(error.status, status);
          assert.match(error.message, says);
          return true;
        },
      );
    });
  } else {
    test(`decoding understands (${mode}): ${about}`, () => {
      assert.deepEqual(decodeCloudEvent(headers, body), expected);
    });
  }
}

const raw = Object.entries(base).flatMap(([name, value]) => [`ce-${name}`, value]);
const body = Buffer.from(JSON.stringify({ ...base, data: 1 }));

test('the traceparent of the hop becomes an attribute when asked for', () => {
  const headers = [...raw, 'TraceParent', '00-2'];
  const options = { traceparent: true };
  assert.equal(decodeCloudEvent(headers, body, options)['traceparent' as never], '00-2');
  const own = [...headers, 'ce-traceparent', '00-1'];
  assert.equal(decodeCloudEvent(own, body, options)['traceparent' as never], '00-1');
  const structured = ['content-type', 'application/cloudevents+json', 'traceparent', '00-2'];
  assert.equal(decodeCloudEvent(structured, body, options)['traceparent' as never], '00-2');
  assert.equal(decodeCloudEvent(headers, body)['traceparent' as never], undefined);
});

test('a JSON body is a structured event when asked for, unless there are ce- headers', () => {
  const headers = ['content-type', 'application/json; charset=utf-8'];
  assert.deepEqual(decodeCloudEvent(headers, body, { json: true }), { ...base, data: 1 });
  assert.throws(() => decodeCloudEvent(headers, body), { status: 415 });
  const event = decodeCloudEvent([...headers, ...raw], Buffer.from('2'), { json: true });
  assert.equal('data' in event && event.data, 2);
  assert.throws(() => decodeCloudEvent(headers, Buffer.from('{"a":1}'), { json: true }), {
    status: 400,
    message: /"id", "source", "specversion", "type" missing/,
  });
});

test('what was left out of an event is reported, and nothing else is', () => {
  const warnings: string[] = [];
  const warn = (text: string): void => void warnings.push(text);
  decodeCloudEvent([...raw, 'ce-subject', '', 'ce-dataschema', ''], body, { warn });
  assert.deepEqual(warnings, []);
  const text = 'attribute "dataschema" is "#", but must be an absolute URI (RFC 3986)';
  const expected = [`The CloudEvent "A1" is read without its dataschema: ${text}.`];
  decodeCloudEvent([...raw, 'ce-dataschema', '#'], body, { warn });
  const event = { ...base, dataschema: '#' };
  const structured = ['content-type', 'application/cloudevents+json'];
  decodeCloudEvent(structured, Buffer.from(JSON.stringify(event)), { warn });
  const batched = ['content-type', 'application/cloudevents-batch+json'];
  decodeCloudEvent(batched, Buffer.from(JSON.stringify([event])), { warn });
  assert.deepEqual(warnings, [...expected, ...expected, ...expected]);
  assert.throws(() => decodeCloudEvent([...raw.slice(2), 'ce-dataschema', '#'], body, { warn }));
  assert.equal(warnings.length, 3);
});

test('an event with bytes serialises to the JSON event format, and to no more', () => {
  const bytes = Buffer.from([0, 255]);
  const event = decodeCloudEvent(raw, bytes);
  assert.deepEqual(JSON.parse(JSON.stringify(event)), { ...base, data_base64: 'AP8=' });
  assert.deepEqual(Object.keys(event).sort(), [...Object.keys(base), 'data'].sort());
  const old = decodeCloudEvent([...raw.slice(2), 'ce-specversion', '0.3'], bytes);
  assert.deepEqual(JSON.parse(JSON.stringify(old)), {
    ...base,
    specversion: '0.3',
    datacontentencoding: 'base64',
    data: 'AP8=',
  });
});

test('a message shortens the value it quotes', () => {
  const headers = raw.map((text, i) => (raw[i - 1] === 'ce-time' ? 'x'.repeat(5000) : text));
  assert.throws(
    () => decodeCloudEvent(headers, body),
    (error: Error) => error.message.length < 200 && error.message.includes(`"${'x'.repeat(40)}…"`),
  );
});

// Each is so large that work growing with its square would take minutes.
const size = 1_000_000;
const hostile: [string, string[], Buffer][] = [
  ...['%', '"', '\\"', '"\\', '" "', '%41', '%E2%82%AC', ':', '[', '@', '2020-', ' '].map(
    (part): [string, string[], Buffer] => [
      `attributes of ${part}`,
      raw.flatMap((text, i) => (i % 2 ? [part.repeat(size / 10)] : [text])),
      Buffer.alloc(0),
    ],
  ),
  ...['subject', 'time', 'source', 'dataschema'].flatMap((name) =>
    ['"', '%', 'a:', '//[', '//@', '0', '2020-01-02T03:04:05.0', ';'].map(
      (part): [string, string[], Buffer] => [
        `${name} of ${part}`,
        [
          ...raw.filter((_, i) => raw[i - (i % 2)] !== `ce-${name}`),
          `ce-${name}`,
          part.repeat(size / 10),
        ],
        Buffer.alloc(0),
      ],
    ),
  ),
  ...[';', '; ', ';a=b', ';a="', '\\', ' ', 'a'].map((part): [string, string[], Buffer] => [
    `a media type of ${part}`,
    [...raw, 'content-type', `text/plain${part.repeat(size / 10)}`],
    Buffer.from('x'),
  ]),
  ...['[', '{"a":', '"\\\\', '\\"', ' '].map((part): [string, string[], Buffer] => [
    `a body of ${part}`,
    ['content-type', 'application/cloudevents+json'],
    Buffer.from(part.repeat(size / part.length)),
  ]),
  ...['\\"', '\\\\', '"', '"",'].map((part): [string, string[], Buffer] => [
    `data of ${part}`,
    ['content-type', 'application/cloudevents+json'],
    Buffer.from(
      part === '"' || part === '"",'
        ? JSON.stringify({ ...base, n: 1, data: Array(size / 5).fill('') })
        : `{"n":1,${JSON.stringify(base).slice(1, -1)},"data":"${part.repeat(size)}"}`,
    ),
  ]),
  ['many extensions', Array.from({ length: size / 5 }, (_, i) => (i % 2 ? '1' : `ce-x${i}`)), body],
];

test('hostile messages are decoded or refused in linear time', () => {
  for (const [about, headers, bytes] of hostile) {
    const start = process.cpuUsage();
    try {
      decodeCloudEvent(headers, bytes);
    } catch (error) {
      assert.ok(error instanceof HttpError, `${about}: ${error}`);
    }
    const { user } = process.cpuUsage(start);
    assert.ok(user < 1_500_000, `${about} took ${user / 1000} ms`);
  }
});
