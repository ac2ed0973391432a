import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Message, receiver } from './messages';

// What the Python SDK writes, replayed byte for byte: `cloudevents.core` 2 percent-encodes, and
// `cloudevents.http` 1 does not. The client is requests, whose own fields are below.
const client = [
  'User-Agent: python-requests/2.32.3',
  'Accept-Encoding: gzip, deflate',
  'Accept: */*',
];
const base = { specversion: '1.0', id: '7f3c', source: '/orders', type: 'com.example.sold' };
const time = '2026-03-29T20:04:27.736166Z';

interface Case extends Message {
  about: string;
  received: Record<string, unknown> | Record<string, unknown>[];
}

const binary = (about: string, head: string[], body: string | Buffer, more: object): Case => ({
  about,
  head: [
    ...client,
    'ce-type: com.example.sold',
    'ce-source: /orders',
    'ce-id: 7f3c',
    'ce-specversion: 1.0',
    ...head,
  ],
  body,
  received: { ...base, ...more },
});

const structured = (about: string, body: string, received: Case['received']): Case => ({
  about,
  head: [...client, 'content-type: application/cloudevents+json'],
  body,
  received,
});

// json.dumps: a space behind each colon and comma, and escapes for all that is not ASCII.
const members = (more: string): string =>
  `{"type": "com.example.sold", "source": "/orders", "id": "7f3c", "specversion": "1.0"${more}}`;

const cases: Case[] = [
  binary(
    '2: a time, and JSON',
    ['ce-time: 2026-03-29T20:04:27.736166Z', 'content-type: application/json'],
    '{"message": "Hello \\u00e9", "total": 1.0}',
    { time, datacontenttype: 'application/json', data: { message: 'Hello é', total: 1 } },
  ),
  binary(
    '2: attributes beyond ASCII',
    ['ce-subject: Euro%20%E2%82%AC%20%F0%9F%98%80', 'ce-note: say%20%22hi%22%20100%25'],
    '',
    { subject: 'Euro € 😀', note: 'say "hi" 100%' },
  ),
  binary(
    '2: a time with an offset that is not zero',
    ['ce-time: 2026-03-29T22:04:27.736166+02:00'],
    '',
    { time: '2026-03-29T22:04:27.736166+02:00' },
  ),
  binary('2: a source with an escape', ['ce-dataschema: https://example.com/a%2520b'], '', {
    dataschema: 'https://example.com/a%20b',
  }),
  binary('2: Booleans and numbers as str() writes them', ['ce-flag: True', 'ce-count: 5'], '', {
    flag: 'True',
    count: '5',
  }),
  binary('2: bytes', ['content-type: image/png'], Buffer.from([0x89, 0x50, 0, 255]), {
    datacontenttype: 'image/png',
    data: Buffer.from([0x89, 0x50, 0, 255]),
  }),
  binary('2: a str of JSON', ['content-type: application/json'], '[1, 2]', {
    datacontenttype: 'application/json',
    data: [1, 2],
  }),
  structured(
    '2: structured',
    members(
      `, "time": "${time}", "datacontenttype": "application/json", "data": {"n": [1, null, "\\ud83d\\ude00"]}`,
    ),
    {
      ...base,
      time,
      datacontenttype: 'application/json',
      data: { n: [1, null, '😀'] },
    },
  ),
  structured('2: bytes', members(', "data_base64": "AP8QwA=="'), {
    ...base,
    data: Buffer.from('AP8QwA==', 'base64'),
  }),
  structured(
    '2: JSON as bytes',
    members(', "datacontenttype": "application/json", "data_base64": "eyJhIjogMX0="'),
    { ...base, datacontenttype: 'application/json', data: { a: 1 } },
  ),
  structured('2: no data and a None', members(', "subject": null'), base),
  structured(
    '2: version 0.3 with bytes',
    members(
      ', "datacontenttype": "a/b", "datacontentencoding": "base64", "data": "AP8QwA=="',
    ).replace('"1.0"', '"0.3"'),
    {
      ...base,
      specversion: '0.3',
      datacontenttype: 'a/b',
      data: Buffer.from('AP8QwA==', 'base64'),
    },
  ),
  binary(
    '1: no content type, and JSON',
    ['ce-time: 2023-10-25T17:09:19.736166+00:00'],
    '{"a": 1}',
    { time: '2023-10-25T17:09:19.736166+00:00', data: Buffer.from('{"a": 1}') },
  ),
  binary('1: text is written as JSON', ['content-type: text/plain'], '"hello"', {
    datacontenttype: 'text/plain',
    data: '"hello"',
  }),
  binary('1: a percent sign as it is', ['ce-subject: 100% sure'], '', { subject: '100% sure' }),
  structured(
    '1: the members that are None, and extensions at the end',
    '{"specversion": "1.0", "id": "7f3c", "source": "/orders", "type": "com.example.sold", ' +
      '"datacontenttype": null, "time": "2023-10-25T17:09:19.736166+00:00", ' +
      '"data": {"a": 1}, "ext1": "v"}',
    {
      ...base,
      time: '2023-10-25T17:09:19.736166+00:00',
      data: { a: 1 },
      ext1: 'v',
    },
  ),
];

test('what the Python SDK sends arrives as it was', async (t) => {
  const send = await receiver();
  for (const { about, received, ...message } of cases) {
    await t.test(about, async () => {
      const { status, body, events } = await send(message);
      assert.equal(status, 204, body);
      assert.deepEqual(events, [received]);
    });
  }
});
