import type { Case } from '../comparison';
import type { Setting } from '../subject';
import type { WireRequest } from '../wire';
import { type Group, requestCase } from './kinds';
import { settings } from './settings';

const { acts, calls } = require('../program/events.js') as { acts: string[]; calls: string[] };
const jsonType = { 'Content-Type': 'application/json' };
const post = (body: unknown, headers: WireRequest['headers'] = {}, target = '/'): WireRequest => ({
  method: 'POST',
  target,
  headers: { ...jsonType, ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const attributes = {
  'ce-id': 'A1',
  'ce-source': '/s',
  'ce-type': 'com.example.t',
  'ce-specversion': '1.0',
};
const envelope = { id: 'A1', source: '/s', type: 'com.example.t', specversion: '1.0' };
const legacy = (data: unknown) => ({
  context: { eventId: '1', timestamp: '2020-01-02T03:04:05Z', eventType: 'x', resource: 'r' },
  data,
});

/** What each behaviour of program/events.js makes of the answer. */
function behaviours(
  names: string[],
  setting: Setting,
  event: (data: unknown) => WireRequest,
): Case[] {
  return names.map((act) =>
    requestCase(act, setting, event({ act }), {
      settle: /after|twice/.test(act) ? 25 : 0,
      patience: 600,
    }),
  );
}

const structured = (data: unknown): WireRequest =>
  post({ ...envelope, data }, { 'Content-Type': 'application/cloudevents+json' });

const cloudEvents: [string, WireRequest][] = [
  ['binary', post({ a: 1 }, attributes)],
  ['binary with extensions', post({ a: 1 }, { ...attributes, 'ce-subject': 's', 'ce-ext': 'e' })],
  ['binary with a time', post({ a: 1 }, { ...attributes, 'ce-time': '2020-01-02T03:04:05Z' })],
  ['binary with a list', post([1], attributes)],
  [
    'binary with a form',
    post('a=1', { ...attributes, 'Content-Type': 'application/x-www-form-urlencoded' }),
  ],
  ['binary with text', post('text', { ...attributes, 'Content-Type': 'text/plain' })],
  [
    'binary with bytes',
    post('bytes', { ...attributes, 'Content-Type': 'application/octet-stream' }),
  ],
  ['binary without a body', { method: 'POST', headers: attributes }],
  ['binary with a traceparent', post({}, { ...attributes, traceparent: '00-1-2-01' })],
  ['binary with percents', post({ a: 1 }, { ...attributes, 'ce-ext': 'a%20b' })],
  ['binary around a structured body', post({ ...envelope, id: 'inner' }, attributes)],
  ['binary without an id', post({ a: 1 }, { ...attributes, 'ce-id': undefined })],
  ['structured', structured({ a: 1 })],
  ['structured as JSON', post({ ...envelope, data: { a: 1 } })],
  ['structured without data', post(envelope, { 'Content-Type': 'application/cloudevents+json' })],
  ['structured with extensions', post({ ...envelope, ext: 'e', data: 'text' })],
  ['structured with a traceparent', post({ ...envelope, data: 1 }, { traceparent: '00-1-2-01' })],
  [
    'structured with base64',
    post({ ...envelope, data_base64: 'AQI=' }, { 'Content-Type': 'application/cloudevents+json' }),
  ],
  ['structured without an id', post({ ...envelope, id: undefined, data: {} })],
  [
    'structured with a charset',
    post(
      { ...envelope, data: 1 },
      { 'Content-Type': 'application/cloudevents+json; charset=utf-8' },
    ),
  ],
  ['a batch', post([envelope], { 'Content-Type': 'application/cloudevents-batch+json' })],
  [
    'a batch of two',
    post([envelope, envelope], { 'Content-Type': 'application/cloudevents-batch+json' }),
  ],
  ['a batch as JSON', post([envelope])],
  ['in protobuf', post('x', { 'Content-Type': 'application/cloudevents+protobuf' })],
  [
    'binary around a structured type',
    post({ a: 1 }, { ...attributes, 'Content-Type': 'application/cloudevents+json' }),
  ],
  ['binary without a schema', post({ a: 1 }, { ...attributes, 'ce-dataschema': '#' })],
  ['JSON that is no event', post({ a: 1 })],
  ['no body', { method: 'POST' }],
  ['broken JSON', post('{')],
  ['text', { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: 'x' }],
  ['GET', {}],
  ['HEAD', { method: 'HEAD' }],
  ['OPTIONS', { method: 'OPTIONS' }],
  ['PUT', { ...structured({}), method: 'PUT' }],
  ['favicon', { target: '/favicon.ico' }],
  ['another path', { ...structured({ a: 1 }), target: '/some/path?q=1' }],
];

const legacyEvents: [string, WireRequest][] = [
  ['context and data', post(legacy({ a: 1 }))],
  ['context without data', post({ context: { eventId: '1' } })],
  ['flat', post({ eventId: '1', eventType: 'x', data: { a: 1 } })],
  ['flat without data', post({ eventId: '1' })],
  ['data alone', post({ data: { a: 1 } })],
  ['data of null', post({ context: {}, data: null })],
  ['data of a text', post({ context: {}, data: 'x' })],
  ['context of null', post({ context: null, data: 1 })],
  ['an empty object', post({})],
  ['a list', post([1])],
];

const pubsub = (message: unknown, more: object = {}) => ({
  subscription: 'projects/p/subscriptions/s',
  message,
  ...more,
});
const message = { data: 'aGk=', messageId: 'm1' };
const topic = '/projects/PROJECT/topics/TOPIC?pubsub_trigger=true';
const pushes: [string, WireRequest][] = [
  [
    'with a topic in the path',
    post(pubsub({ ...message, publishTime: '2020-01-02T03:04:05Z' }), {}, topic),
  ],
  ['with attributes', post(pubsub({ ...message, attributes: { a: 'b' } }), {}, `/x${topic}`)],
  ['without a topic', post(pubsub(message), {})],
  ['without a publish time', post(pubsub(message), {}, topic)],
  ['without data', post(pubsub({ messageId: 'm1', attributes: { a: 'b' } }), {}, topic)],
  ['with empty data', post(pubsub({ ...message, data: '' }), {}, topic)],
  ['without a message id', post(pubsub({ data: 'aGk=' }), {}, topic)],
  ['without a subscription', post({ message }, {}, topic)],
  ['with a context', post(pubsub(message, { context: { eventId: '1' } }), {}, topic)],
  ['with an ordering key', post(pubsub({ ...message, orderingKey: 'k' }), {}, topic)],
  [
    'with the fields in snake case too',
    post(pubsub({ ...message, message_id: 'm1', publish_time: '2020-01-02T03:04:05Z' }), {}, topic),
  ],
  [
    'unwrapped with metadata',
    post(
      { a: 1 },
      { 'x-goog-pubsub-message-id': 'm1', 'x-goog-pubsub-publish-time': '2020-01-02T03:04:05Z' },
      topic,
    ),
  ],
  ['unwrapped text', post('text', { 'Content-Type': 'text/plain' }, topic)],
  ['unwrapped JSON', post({ a: 1 }, {}, topic)],
  ['in a binary CloudEvent', post(pubsub(message), attributes, topic)],
];

const requests = (prefix: string, table: [string, WireRequest][], setting: Setting): Case[] =>
  table.map(([name, request]) => requestCase(`${prefix}: ${name}`, setting, request));

export const eventGroups: Group[] = [
  {
    name: 'cloudevent functions',
    cases: [
      ...behaviours(acts, settings.cloudEvent, structured),
      ...requests('CloudEvent', cloudEvents, settings.cloudEvent),
      ...requests('legacy event', legacyEvents, settings.cloudEvent),
      ...requests('Pub/Sub push', pushes, settings.cloudEvent),
    ],
  },
  {
    name: 'cloudevent functions with a callback',
    cases: [
      ...behaviours(calls, settings.cloudEventWithCallback, structured),
      ...requests('CloudEvent', cloudEvents, settings.cloudEventWithCallback),
    ],
  },
  {
    name: 'event functions',
    cases: [
      ...behaviours(acts, settings.event, (data) => post(legacy(data))),
      ...requests('CloudEvent', cloudEvents, settings.event),
      ...requests('legacy event', legacyEvents, settings.event),
      ...requests('Pub/Sub push', pushes, settings.event),
    ],
  },
  {
    name: 'event functions with a callback',
    cases: [
      ...behaviours(calls, settings.eventWithCallback, (data) => post(legacy(data))),
      ...requests('legacy event', legacyEvents, settings.eventWithCallback),
      ...requests('Pub/Sub push', pushes, settings.eventWithCallback),
    ],
  },
];
