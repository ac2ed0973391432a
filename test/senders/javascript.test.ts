import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CloudEvent, emitterFor, httpTransport, Mode } from 'cloudevents';
import type { CloudEvent as Received } from '../../src/cloudevents/event';
import { serve } from '../support/wire';

// The SDK as a live sender; test/cloudevents/sdk.test.ts has version 1.0 in binary and structured mode.
let received: Received[] = [];
let url: string;
before(async () => {
  const handler = (event: Received): void => void received.push(event);
  ({ url } = await serve(handler, { signatureType: 'cloudevent' }));
});

const base = { id: '1', source: '/s', type: 't', time: '2020-01-02T03:04:05.000Z' };
const bytes = Buffer.from([0, 255, 16, 192]);

const old: [about: string, event: object, modes: Mode[], received?: object][] = [
  // Its transport sends no binary message without a body.
  ['nothing optional', {}, [Mode.STRUCTURED]],
  [
    'JSON, a schema and an extension',
    {
      datacontenttype: 'application/json',
      schemaurl: 'https://example.com/s',
      ext1: 'v',
      data: { a: 1 },
    },
    [Mode.BINARY, Mode.STRUCTURED],
  ],
  [
    'base64',
    { datacontenttype: 'a/b', datacontentencoding: 'base64', data: bytes.toString('base64') },
    [Mode.BINARY, Mode.STRUCTURED],
    { datacontenttype: 'a/b', data: bytes },
  ],
  [
    'bytes',
    { datacontenttype: 'a/b', data: new Uint8Array(bytes) },
    [Mode.BINARY],
    { datacontenttype: 'a/b', data: bytes },
  ],
  // The member of version 1.0, which the SDK writes for both.
  [
    'bytes in data_base64',
    { datacontenttype: 'a/b', data: new Uint8Array(bytes) },
    [Mode.STRUCTURED],
    { datacontenttype: 'a/b', data: bytes },
  ],
];

for (const [about, event, modes, expected = event] of old) {
  for (const mode of modes) {
    test(`an event of version 0.3 arrives in ${mode} mode: ${about}`, async () => {
      received = [];
      const sent = new CloudEvent<unknown>({ ...base, specversion: '0.3', ...event });
      const answer = await emitterFor(httpTransport(url), { mode })(sent);
      const { datacontenttype, ...rest } = received[0] ?? {};
      // In binary mode the SDK names JSON where there is no type.
      const isDefault = datacontenttype === 'application/json; charset=utf-8';
      const actual = isDefault ? rest : { ...rest, datacontenttype };
      assert.deepEqual(
        JSON.parse(JSON.stringify(actual)),
        JSON.parse(JSON.stringify({ ...base, specversion: '0.3', ...expected })),
        JSON.stringify(answer),
      );
    });
  }
}

test('Boolean and Integer extensions are text in binary mode, and themselves in structured mode', async () => {
  const sent = new CloudEvent({ ...base, flag: false, count: -5, data: {} });
  for (const [mode, flag, count] of [
    [Mode.BINARY, 'false', '-5'],
    [Mode.STRUCTURED, false, -5],
  ] as const) {
    received = [];
    await emitterFor(httpTransport(url), { mode })(sent);
    assert.deepEqual([received[0]?.['flag'], received[0]?.['count']], [flag, count]);
  }
});

test('a batch arrives as its events', async () => {
  received = [];
  const events = ['1', '2', '3'].map((id) => new CloudEvent({ ...base, id, data: { id } }));
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' },
    body: JSON.stringify(events),
  });
  assert.equal(response.status, 204);
  const plain = ['1', '2', '3'].map((id) => ({ ...base, id, specversion: '1.0', data: { id } }));
  assert.deepEqual(received, plain);
});
