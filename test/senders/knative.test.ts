import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldOf, receiver } from './messages';

// Knative: field names as Go's client writes them, with the attributes of brokers and channels.
const fromKnative = [
  'User-Agent: Go-http-client/1.1',
  'Accept-Encoding: gzip',
  'Ce-Specversion: 1.0',
  'Kn-Namespace: shop',
  'Prefer: reply',
  'Traceparent: 00-f64b11d1c4ae7d4d5e8b3c8f0a1b2c3d-00f067aa0ba902b7-00',
];

const knative: [about: string, head: string[], body: string, event: object][] = [
  [
    'PingSource through a broker',
    [
      'Ce-Id: 5dce97fd-a1b0-4d4d-a4f1-8a4a2a4a5a11',
      'Ce-Source: /apis/v1/namespaces/shop/pingsources/ping',
      'Ce-Type: dev.knative.sources.ping',
      'Ce-Time: 2026-11-18T15:13:39.458925412Z',
      'Ce-Knativearrivaltime: 2026-11-18T15:13:39.5Z',
      'Ce-Knativebrokerttl: 255',
      'Content-Type: application/json',
    ],
    '{"message":"Hello"}',
    {
      id: '5dce97fd-a1b0-4d4d-a4f1-8a4a2a4a5a11',
      source: '/apis/v1/namespaces/shop/pingsources/ping',
      type: 'dev.knative.sources.ping',
      time: '2026-11-18T15:13:39.458925412Z',
      knativearrivaltime: '2026-11-18T15:13:39.5Z',
      knativebrokerttl: '255',
      datacontenttype: 'application/json',
      data: { message: 'Hello' },
    },
  ],
  [
    'KafkaSource',
    [
      'Ce-Id: partition:0/offset:564',
      'Ce-Source: /apis/v1/namespaces/shop/kafkasources/orders#topic',
      'Ce-Subject: partition:0#564',
      'Ce-Type: dev.knative.kafka.event',
      'Ce-Key: Zürich 1',
      'Ce-Kafkaheadertenant: a',
    ],
    '\u0000',
    {
      id: 'partition:0/offset:564',
      source: '/apis/v1/namespaces/shop/kafkasources/orders#topic',
      subject: 'partition:0#564',
      type: 'dev.knative.kafka.event',
      key: 'Zürich 1',
      kafkaheadertenant: 'a',
      data: Buffer.from([0]),
    },
  ],
  [
    'ApiServerSource',
    [
      'Ce-Id: 4c1c6cbd',
      'Ce-Source: https://10.96.0.1:443',
      'Ce-Subject: /apis/v1/namespaces/shop/events/pod.15dd3050eb1e6f50',
      'Ce-Type: dev.knative.apiserver.resource.add',
      'Ce-Kind: Pod',
      'Ce-Apiversion: v1',
      'Content-Type: application/json; charset=utf-8',
    ],
    '{}',
    {
      id: '4c1c6cbd',
      source: 'https://10.96.0.1:443',
      subject: '/apis/v1/namespaces/shop/events/pod.15dd3050eb1e6f50',
      type: 'dev.knative.apiserver.resource.add',
      kind: 'Pod',
      apiversion: 'v1',
      datacontenttype: 'application/json; charset=utf-8',
      data: {},
    },
  ],
  [
    'a dead letter',
    [
      'Ce-Id: 1',
      'Ce-Source: /s',
      'Ce-Type: t',
      'Ce-Knativeerrordest: http://orders.shop.svc.cluster.local/',
      'Ce-Knativeerrorcode: 500',
      'Ce-Knativeerrordata: eyJlcnJvciI6ImJyb2tlbiJ9',
      'Ce-Knativehistory: default-kne-trigger-kn-channel.shop.svc.cluster.local; a',
    ],
    '',
    {
      id: '1',
      source: '/s',
      type: 't',
      knativeerrordest: 'http://orders.shop.svc.cluster.local/',
      knativeerrorcode: '500',
      knativeerrordata: 'eyJlcnJvciI6ImJyb2tlbiJ9',
      knativehistory: 'default-kne-trigger-kn-channel.shop.svc.cluster.local; a',
    },
  ],
];

test('what the sources and brokers of Knative send arrives as it was', async () => {
  const send = await receiver();
  const traceparent = '00-f64b11d1c4ae7d4d5e8b3c8f0a1b2c3d-00f067aa0ba902b7-00';
  for (const [about, head, body, event] of knative) {
    const answer = await send({ head: [...fromKnative, ...head], body });
    assert.equal(answer.status, 204, `${about}: ${answer.body}`);
    assert.deepEqual(answer.events, [{ specversion: '1.0', ...event, traceparent }], about);
  }
});

test('a broker of Knative gets a reply as an event in binary mode', async () => {
  const reply = { specversion: '1.0', id: 'r', source: '/shop', type: 'sold', data: { n: 1 } };
  const send = await receiver(() => reply);
  const [, head, body] = knative[0] as (typeof knative)[0];
  const answer = await send({ head: [...fromKnative, ...head], body });
  assert.equal(answer.status, 200);
  assert.equal(fieldOf(answer, 'ce-type'), 'sold');
  assert.equal(fieldOf(answer, 'content-type'), 'application/json');
  assert.equal(answer.body, '{"n":1}');
});
