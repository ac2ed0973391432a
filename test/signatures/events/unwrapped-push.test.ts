import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { SignatureType } from '../../../src/core/registry';
import { serve } from '../../support/serving';
import { exchangeBytes, send, type Upload } from '../../support/wire';
import { attributes } from './deliveries';

// What Pub/Sub sends with --push-no-wrapper-write-metadata, behind Google's front end.
const transport = {
  'user-agent': 'APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)',
  accept: 'application/json',
  'accept-encoding': 'gzip, deflate, br',
  authorization: 'Bearer token',
  from: 'noreply@google.com',
  forwarded: 'for="66.102.6.1";proto=https',
  'x-forwarded-for': '66.102.6.1',
  'x-forwarded-proto': 'https',
  'x-cloud-trace-context': '105445aa7843bc8bf206b12000100000/1;o=1',
  traceparent: '00-105445aa7843bc8bf206b12000100000-0000000000000001-01',
};
const metadata = {
  'x-goog-pubsub-subscription-name': 'projects/p/subscriptions/s',
  'x-goog-pubsub-message-id': 'm1',
  'x-goog-pubsub-publish-time': '2020-01-02T03:04:05.678Z',
  'x-goog-pubsub-ordering-key': 'k',
};
const topic = '/projects/p/topics/t';

interface Received {
  status: number;
  text: string;
  /** The message that the function got. */
  message: Record<string, unknown> | undefined;
  /** The CloudEvent, or the context. */
  event: Record<string, unknown> | undefined;
}

async function serveBoth(t: TestContext, check: (deliver: Deliver, type: string) => Promise<void>) {
  for (const type of ['cloudevent', 'event'] as const) {
    await t.test(type, async (t) => check(await delivererTo(t, type), type));
  }
}

type Deliver = (path: string, upload: Upload) => Promise<Received>;

async function delivererTo(t: TestContext, type: SignatureType): Promise<Deliver> {
  let got: Pick<Received, 'message' | 'event'> | undefined;
  const handler =
    type === 'event'
      ? (data: object, context: Received['event']): void => {
          got = { message: { ...data }, event: context };
        }
      : (event: { data: { message: object } }): void => {
          got = { message: { ...event.data?.message }, event };
        };
  const { origin } = await serve(t, { type, handler });
  return async (path, upload) => {
    got = undefined;
    const { status, text } = await send(origin + path, upload);
    return { status, text, ...(got ?? { message: undefined, event: undefined }) };
  };
}

const contents: [about: string, type: string | undefined, body: Buffer][] = [
  ['JSON', 'application/json', Buffer.from('{"status":"Hello there"}')],
  ['JSON that looks like an event', 'application/json', Buffer.from('{"data":1,"context":{}}')],
  ['text', 'text/plain', Buffer.from('Hello')],
  ['a form', 'application/x-www-form-urlencoded', Buffer.from('a=1')],
  ['broken JSON', 'application/json', Buffer.from('{')],
  ['bytes without a type', undefined, Buffer.from([0, 255])],
];

for (const [about, type, body] of contents) {
  test(`an unwrapped push of ${about} becomes its message`, async (t) => {
    await serveBoth(t, async (deliver, signature) => {
      const headers = { ...transport, ...metadata, kind: 'greeting', 'X-Own': 'é' };
      const upload = {
        headers: type === undefined ? headers : { ...headers, 'content-type': type },
        body,
      };
      const { status, text, message, event } = await deliver(topic, upload);
      assert.equal(status, 204, text);
      assert.equal(message?.['data'], body.toString('base64'));
      assert.equal(message?.['orderingKey'], 'k');
      const attributes = { kind: 'greeting', 'X-Own': 'é' };
      const expected = type === undefined ? attributes : { ...attributes, 'content-type': type };
      assert.deepEqual(message?.['attributes'], expected);
      if (signature === 'event') {
        assert.deepEqual(event, {
          eventId: 'm1',
          timestamp: '2020-01-02T03:04:05.678Z',
          eventType: 'google.pubsub.topic.publish',
          resource: {
            service: 'pubsub.googleapis.com',
            type: 'type.googleapis.com/google.pubsub.v1.PubsubMessage',
            name: 'projects/p/topics/t',
          },
        });
        return;
      }
      assert.equal(event?.['id'], 'm1');
      assert.equal(event?.['type'], 'google.cloud.pubsub.topic.v1.messagePublished');
      assert.equal(event?.['source'], '//pubsub.googleapis.com/projects/p/topics/t');
      assert.equal(event?.['time'], '2020-01-02T03:04:05.678Z');
      assert.equal(event?.['traceparent'], transport.traceparent);
      assert.equal(message?.['messageId'], 'm1');
    });
  });
}

test('an unwrapped push is the message that a wrapped one is', async (t) => {
  await serveBoth(t, async (deliver) => {
    const wrapped = {
      subscription: 'projects/p/subscriptions/s',
      message: {
        data: Buffer.from('Hello').toString('base64'),
        attributes: { kind: 'greeting' },
        messageId: 'm1',
        publishTime: '2020-01-02T03:04:05.678Z',
        orderingKey: 'k',
      },
    };
    const json = { 'content-type': 'application/json' };
    const first = await deliver(topic, { headers: json, body: JSON.stringify(wrapped) });
    const headers = { ...metadata, kind: 'greeting' };
    assert.deepEqual(await deliver(topic, { headers, body: 'Hello' }), first);
  });
});

test('a message of attributes alone, and one to a path without a topic', async (t) => {
  const warnings = t.mock.method(console, 'warn', () => {});
  await serveBoth(t, async (deliver) => {
    const headers = { ...metadata, kind: 'greeting' };
    const { status, message } = await deliver('/', { headers });
    assert.equal(status, 204);
    assert.deepEqual(message?.['attributes'], { kind: 'greeting' });
    assert.equal('data' in (message ?? {}), false);
    assert.match(String(warnings.mock.calls.at(-1)?.arguments[0]), /topic .* is unknown/);
  });
});

test('a CloudEvent that was published stays one: its attributes are ce- fields', async (t) => {
  const deliver = await delivererTo(t, 'cloudevent');
  const headers = { ...transport, ...metadata, ...attributes, 'content-type': 'application/json' };
  const { event } = await deliver(topic, { headers, body: '{"a":1}' });
  assert.equal(event?.['type'], 'com.example.t');
  const structured = { ...metadata, 'content-type': 'application/cloudevents+json' };
  const inner = { specversion: '1.0', id: '1', source: '/s', type: 'com.example.u' };
  const { event: other } = await deliver(topic, {
    headers: structured,
    body: JSON.stringify(inner),
  });
  assert.equal(other?.['type'], 'com.example.u');
});

test('without metadata, what is no event becomes a message where the path names a topic', async (t) => {
  await serveBoth(t, async (deliver) => {
    for (const [, type, body] of contents) {
      if (/^\{("data"|$)/.test(String(body))) continue;
      const headers = { ...transport, ...(type === undefined ? {} : { 'content-type': type }) };
      const one = await deliver(`${topic}?x=1`, { headers, body });
      assert.equal(one.status, 204, one.text);
      assert.equal(one.message?.['data'], body.toString('base64'));
      const id = one.event?.['id'] ?? one.event?.['eventId'];
      assert.match(String(id), /^[0-9a-f-]{36}$/);
    }
  });
});

test('without metadata, events and wrapped pushes stay what they are where the path names a topic', async (t) => {
  const plain = {
    specversion: '1.0',
    id: '1',
    source: '/s',
    type: 'com.example.t',
    data: { a: 1 },
  };
  const legacy = { data: { a: 1 }, context: { eventId: '1', eventType: 'x' } };
  const deliver = await delivererTo(t, 'event');
  const json = { 'content-type': 'application/json' };
  for (const body of [plain, legacy, { eventId: '1', data: { a: 1 } }, { data: { a: 1 } }]) {
    const { status, message } = await deliver(topic, { headers: json, body: JSON.stringify(body) });
    assert.equal(status, 204);
    assert.deepEqual(message, { a: 1 });
  }
  const cloudEvent = await delivererTo(t, 'cloudevent');
  const { event } = await cloudEvent(topic, { headers: json, body: JSON.stringify(plain) });
  assert.deepEqual(event, plain);
  for (const body of [{ message: { data: 'aGk=' } }, { data: 1 }, [plain]]) {
    const { status } = await cloudEvent(topic, { headers: json, body: JSON.stringify(body) });
    assert.equal(status, 400);
  }
});

test('what Pub/Sub sends and nobody understands is refused with what to do', async (t) => {
  await serveBoth(t, async (deliver) => {
    const headers = { ...transport, 'content-type': 'text/plain' };
    for (const agent of [transport['user-agent'], 'CloudPubSub-Google']) {
      const upload = { headers: { ...headers, 'user-agent': agent }, body: 'Hello' };
      const { status, text } = await deliver('/', upload);
      assert.match(String(status), /^(400|415)$/);
      assert.match(text, /payload unwrapping.*--push-no-wrapper-write-metadata.*\/topics\/TOPIC/);
    }
    const other = await deliver('/', { headers: { ...headers, 'user-agent': 'curl' }, body: 'x' });
    assert.doesNotMatch(other.text, /Pub\/Sub/);
  });
  const deliver = await delivererTo(t, 'cloudevent');
  const headers = { ...transport, 'content-type': 'application/json' };
  const { status, text } = await deliver('/', { headers, body: '{"a":1}' });
  assert.equal(status, 400);
  assert.match(text, /missing.*payload unwrapping/s);
});

test('attributes keep the letters of their names, and names like those of Object are names', async (t) => {
  let message: { attributes: Record<string, string> } | undefined;
  const handler = (event: { data: { message: typeof message } }): void => {
    message = event.data.message;
  };
  const { port } = await serve(t, { type: 'cloudevent', handler });
  const lines = ['POST /projects/p/topics/t HTTP/1.1', 'Host: x', 'Connection: close'];
  const fields = [
    'X-Goog-Pubsub-Message-Id: 1',
    '__proto__: a',
    'constructor: b',
    'Kind: caf\xc3\xa9',
  ];
  const head = [...lines, ...fields, 'Content-Length: 2', '', 'hi'].join('\r\n');
  const { status } = await exchangeBytes(port, Buffer.from(head, 'latin1'));
  assert.equal(status, 204);
  assert.deepEqual(Object.entries(message?.attributes ?? {}), [
    ['__proto__', 'a'],
    ['constructor', 'b'],
    ['Kind', 'café'],
  ]);
});
