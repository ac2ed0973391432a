import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NonRetryableError } from '../../src/index';
import { catchErrors } from '../support/serving';
import { fieldOf, type Message, receiver } from './messages';

// Azure Event Grid, https://learn.microsoft.com/azure/event-grid/end-point-validation-cloud-events-schema
// and …/cloud-event-schema. Its deliveries name their origin in Origin.
const fromEventGrid = [
  'Origin: eventgrid.azure.net',
  'aeg-subscription-name: ORDERS',
  'aeg-delivery-count: 0',
  'aeg-data-version: 1.0',
  'aeg-metadata-version: 1',
  'aeg-event-type: Notification',
  'Accept-Encoding: gzip,deflate',
];

const blobCreated = {
  specversion: '1.0',
  type: 'Microsoft.Storage.BlobCreated',
  source:
    '/subscriptions/6e2f/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/orders',
  id: '9aeb0fdf-c01e-0131-0922-9eb54906e209',
  time: '2026-11-18T15:13:39.4589254Z',
  subject: 'blobServices/default/containers/new/blobs/größe 1.txt',
  dataschema: '#',
  data: { api: 'PutBlockList', contentLength: 524288, eTag: '0x8D568…', url: 'https://a/b' },
};
const { dataschema: _, ...received } = blobCreated;

function fromGrid(type: string, events: unknown): Message {
  return {
    path: '/?code=secret',
    head: [...fromEventGrid, `Content-Type: ${type}; charset=utf-8`],
    body: JSON.stringify(events),
  };
}

test('Event Grid validates a subscription, and its deliveries are taken', async (t) => {
  t.mock.method(console, 'warn', () => {});
  for (const webhookAllowedOrigins of ['eventgrid.azure.net', '*']) {
    const send = await receiver(undefined, { webhookAllowedOrigins });
    const consent = await send({
      method: 'OPTIONS',
      head: [
        'WebHook-Request-Callback: https://rp.eventgrid.azure.net:553/eventsubscriptions/s/validate?id=1',
        'WebHook-Request-Origin: eventgrid.azure.net',
        'WebHook-Request-Rate: 120',
      ],
    });
    assert.equal(consent.status, 200);
    assert.equal(fieldOf(consent, 'webhook-allowed-origin'), 'eventgrid.azure.net');
    assert.equal(fieldOf(consent, 'webhook-allowed-rate'), '*');
    assert.match(fieldOf(consent, 'allow') ?? '', /\bPOST\b/);

    const one = await send(fromGrid('application/cloudevents+json', blobCreated));
    assert.equal(one.status, 204, one.body);
    assert.deepEqual(one.events, [received]);
    const two = [blobCreated, { ...blobCreated, id: '2', data: undefined }];
    const both = await send(fromGrid('application/cloudevents-batch+json', two));
    assert.equal(both.status, 204, both.body);
    const { data, ...bare } = { ...received, id: '2' };
    assert.deepEqual(both.events, [received, bare]);
  }
});

test('a delivery from another origin than those that are allowed is refused', async () => {
  const send = await receiver(undefined, { webhookAllowedOrigins: 'eventgrid.azure.net' });
  const type = 'Content-Type: application/cloudevents+json';
  for (const head of [
    [type],
    [type, 'Origin: evil.example.com'],
    // The name that the specification asks for counts, where both are there.
    [type, 'Origin: eventgrid.azure.net', 'WebHook-Request-Origin: evil.example.com'],
  ]) {
    const { status, events } = await send({ head, body: JSON.stringify(received) });
    assert.equal(status, 403);
    assert.deepEqual(events, []);
  }
});

// Dapr, https://docs.dapr.io/reference/api/pubsub_api: structured, with attributes of its own.
const daprEvent = {
  data: { orderId: 42 },
  datacontenttype: 'application/json',
  id: '5929aaac-a5e2-4ca1-859c-edfe73f11565',
  pubsubname: 'orderpubsub',
  source: 'checkout',
  specversion: '1.0',
  time: '2026-09-22T21:41:21Z',
  topic: 'orders',
  traceid: '00-113ad9c4e42b27583ae98ba698d54255-e3743e35ff56f219-01',
  traceparent: '00-113ad9c4e42b27583ae98ba698d54255-e3743e35ff56f219-01',
  tracestate: '',
  type: 'com.dapr.event.sent',
};

const fromDapr = (event: object): Message => ({
  path: '/orders',
  head: [
    'User-Agent: fasthttp',
    'Content-Type: application/cloudevents+json',
    'Accept-Encoding: gzip',
    'Traceparent: 00-113ad9c4e42b27583ae98ba698d54255-2f7b1d2b1d1f0d6a-01',
    'Pubsubname: orderpubsub',
  ],
  body: JSON.stringify(event),
});

test('a delivery of Dapr arrives as it was, with bytes and text too', async () => {
  const send = await receiver();
  const { data: _data, ...attributes } = daprEvent;
  const { datacontenttype: _type, ...plain } = attributes;
  for (const [event, expected] of [
    [daprEvent, daprEvent],
    [
      { ...plain, datacontenttype: 'application/octet-stream', data_base64: 'AP8=' },
      { ...plain, datacontenttype: 'application/octet-stream', data: Buffer.from([0, 255]) },
    ],
    [
      { ...plain, datacontenttype: 'text/plain', data: 'x', expiration: '2026-09-22T21:42:21Z' },
      { ...plain, datacontenttype: 'text/plain', data: 'x', expiration: '2026-09-22T21:42:21Z' },
    ],
  ]) {
    const { status, body, events } = await send(fromDapr(event as object));
    assert.equal(status, 204, body);
    assert.deepEqual(events, [expected]);
  }
});

test('Dapr gets the answers that it knows: success, retry, drop', async (t) => {
  catchErrors(t);
  const replies: [about: string, reply: () => unknown, status: number, body: string][] = [
    ['nothing: success', () => undefined, 204, ''],
    ['success', () => ({ status: 'SUCCESS' }), 200, '{"status":"SUCCESS"}'],
    ['retry', () => ({ status: 'RETRY' }), 200, '{"status":"RETRY"}'],
    ['drop', () => ({ status: 'DROP' }), 200, '{"status":"DROP"}'],
    ['404: drop', () => ({ status: 404 }), 404, ''],
    [
      'never to be retried: success',
      () => {
        throw new NonRetryableError('no order');
      },
      204,
      '',
    ],
  ];
  let reply: () => unknown;
  const send = await receiver(() => reply());
  for (const [about, act, status, body] of replies) {
    reply = act;
    const answer = await send(fromDapr(daprEvent));
    assert.deepEqual([answer.status, answer.body], [status, body], about);
  }
  reply = () => {
    throw new Error('retried');
  };
  assert.equal((await send(fromDapr(daprEvent))).status, 500);
});

// CDEvents, https://cdevents.dev/docs/cloudevents-binding
test('a CDEvent arrives as it was, in binary and structured mode', async () => {
  const send = await receiver();
  const data = {
    context: {
      specversion: '0.5.0',
      id: 'A234-1234-1234',
      source: '/staging/tekton/',
      type: 'dev.cdevents.taskrun.started.0.3.0',
      timestamp: '2026-04-05T17:31:00Z',
      chainId: '4c8cb7dd-3448-41de-8768-eec704e2829b',
    },
    subject: {
      id: '/namespace/taskrun-123',
      content: { task: 'my-task', pipelineRun: { id: 'run', source: '/staging/jenkins/' } },
    },
    customData: { attempt: 2 },
    customDataContentType: 'application/json',
  };
  const attributes = {
    specversion: '1.0',
    type: data.context.type,
    time: data.context.timestamp,
    id: data.context.id,
    source: data.context.source,
    subject: data.subject.id,
  };
  const fields = Object.entries(attributes).map(([name, value]) => `ce-${name}: ${value}`);
  const type = 'application/json; charset=utf-8';
  const body = JSON.stringify(data);
  const one = await send({ head: [...fields, `Content-Type: ${type}`], body });
  assert.deepEqual(one.events, [{ ...attributes, datacontenttype: type, data }], one.body);
  const event = { ...attributes, datacontenttype: 'application/json', data };
  const head = ['Content-Type: application/cloudevents+json; charset=UTF-8'];
  const two = await send({ head, body: JSON.stringify(event) });
  assert.deepEqual(two.events, [event], two.body);
});
