import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { before, test } from 'node:test';
import {
  type CloudEventV1,
  emitterFor,
  HTTP,
  httpTransport,
  Mode,
  CloudEvent as SdkCloudEvent,
} from 'cloudevents';
import { encode } from '../../src/cloudevents';
import type { CloudEvent } from '../../src/cloudevents/event';
import { serve } from '../support/wire';
import { base } from './vectors';

// Applications that use the cloudevents package as they are, on both ends of a function of ours.
let received: CloudEvent | undefined;
let reply: unknown;
let url: string;
before(async () => {
  const handler = (event: CloudEvent): unknown => {
    received = event;
    return reply;
  };
  ({ url } = await serve(handler, { signatureType: 'cloudevent' }));
});

// The package keeps times as Date does.
const plain = { ...base, time: '2020-01-02T03:04:05.000Z' };
const bytes = Buffer.from([0, 255, 16, 192]);
const data = {
  object: { datacontenttype: 'application/json', data: { a: [1, null, 'é 😀'] } },
  array: { datacontenttype: 'application/json', data: [1, 2] },
  'JSON with a suffix': { datacontenttype: 'application/vnd.a+json', data: { a: 1 } },
  text: { datacontenttype: 'text/plain', data: 'größer\nthan' },
  'text that looks like JSON': { datacontenttype: 'text/plain', data: '{"a":1}' },
  bytes: { datacontenttype: 'application/octet-stream', data: bytes },
};
const attributes = {
  none: {},
  all: {
    subject: 'a/b.txt',
    dataschema: 'https://example.com/schema',
    ext1: 'value',
    traceid: '0',
  },
};

const cases = Object.entries(data).flatMap(([kind, payload]) =>
  Object.entries(attributes).map(([which, more]) => ({
    about: `${kind}, attributes: ${which}`,
    event: { ...plain, ...more, ...payload },
  })),
);

for (const { about, event } of cases) {
  for (const mode of [Mode.BINARY, Mode.STRUCTURED]) {
    test(`what its emitter sends in ${mode} mode arrives as it was: ${about}`, async () => {
      reply = undefined;
      received = undefined;
      const emit = emitterFor(httpTransport(url), { mode });
      await emit(new SdkCloudEvent<unknown>(event));
      assert.deepEqual(received, event);
    });
  }
}

// It does not percent-encode; node's client writes header fields in the encoding of what follows them.
const beyondAscii = { ...plain, subject: 'größer', ext1: 'é"%', ...data.object };

test('attributes beyond ASCII that it leaves as they are arrive, where they are sent in UTF-8', async () => {
  const emit = emitterFor(
    async ({ headers, body }) => {
      const outgoing = http.request(url, { method: 'POST', headers });
      outgoing.end(body);
      await once(outgoing, 'response');
    },
    { mode: Mode.BINARY },
  );
  await emit(new SdkCloudEvent<unknown>(beyondAscii));
  assert.deepEqual(received, beyondAscii);
});

test('attributes beyond ASCII that are sent in Latin-1 are refused, with the attribute', async () => {
  received = undefined;
  const answer = await emitterFor(httpTransport(url))(new SdkCloudEvent<unknown>(beyondAscii));
  assert.match((answer as { body: string }).body, /"subject" is "größer", but must be UTF-8/);
  assert.equal(received, undefined);
});

/** What its users make of a response. */
async function readReply(): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', headers: headersOf(), body: '1' });
  const bytes = Buffer.from(await response.arrayBuffer());
  assert.equal(response.status, 200, String(bytes));
  const headers = Object.fromEntries(response.headers);
  const isBytes = headers['content-type'] === 'application/octet-stream';
  const event = HTTP.toEvent({ headers, body: isBytes ? bytes : String(bytes) });
  return Array.isArray(event) ? event.map(membersOf) : membersOf(event as CloudEventV1<unknown>);
}

function membersOf(event: CloudEventV1<unknown>): unknown {
  const { data, data_base64, ...attributes } = event;
  const { ...defined } = JSON.parse(JSON.stringify(attributes));
  const isBytes = ArrayBuffer.isView(data);
  return { ...defined, data: isBytes ? Buffer.from(data as Uint8Array) : data };
}

const headersOf = () => ({
  ...Object.fromEntries(Object.entries(base).map(([name, value]) => [`ce-${name}`, value])),
  'content-type': 'application/json',
});

const replies: [about: string, make: (event: typeof plain) => unknown][] = [
  ['a plain event', (event) => event],
  ['an instance of its class', (event) => new SdkCloudEvent(event)],
  ['what encode() gives in binary mode', (event) => encode(event, 'binary')],
  ['what encode() gives in structured mode', (event) => encode(event, 'structured')],
  ['what its HTTP.binary() gives', (event) => HTTP.binary(new SdkCloudEvent(event))],
  ['what its HTTP.structured() gives', (event) => HTTP.structured(new SdkCloudEvent(event))],
];

for (const [about, make] of replies) {
  test(`it reads a reply that is ${about}`, async () => {
    for (const { about, event } of cases) {
      reply = make(event);
      const { headers } = reply as { headers?: Record<string, string> };
      const isBinary = headers?.['content-type'] !== 'application/cloudevents+json';
      // In binary mode the package parses application/json and no other JSON.
      if (isBinary && event.datacontenttype === 'application/vnd.a+json') continue;
      assert.deepEqual(await readReply(), event, about);
    }
  });
}

test('it reads a reply whose data is an event itself as that reply', async () => {
  const inner = { ...plain, id: 'inner' };
  for (const datacontenttype of [
    'application/cloudevents+json',
    'Application/CloudEvents+JSON; a=b',
  ]) {
    const event = { ...plain, datacontenttype, data: inner };
    reply = event;
    assert.deepEqual(await readReply(), event);
  }
  const datacontenttype = 'application/cloudevents-batch+json';
  reply = { ...plain, datacontenttype, data: [inner] };
  assert.deepEqual(await readReply(), reply);
});

test('it reads a reply that is a batch', async () => {
  const events = cases.map(({ event }) => event);
  reply = encode(events, 'batch');
  assert.deepEqual(await readReply(), events);
});

test('the event that came can be the reply', async () => {
  const echo = await serve((event: CloudEvent) => event, { signatureType: 'cloudevent' });
  for (const { event } of cases) {
    const { headers, body } = encode(event, 'structured');
    const answer = await fetch(echo.url, { method: 'POST', headers, body: body as string });
    const expected = encode(event, 'binary');
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), Buffer.from(expected.body as string));
    for (const [name, value] of Object.entries(expected.headers)) {
      assert.equal(answer.headers.get(name), value, name);
    }
  }
});
