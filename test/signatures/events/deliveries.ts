import type { SignatureType } from '../../../src/core/registry';
import type { Upload } from '../../support/wire';

export const json = { 'content-type': 'application/json' };
export const attributes = {
  'ce-specversion': '1.0',
  'ce-id': 'A1',
  'ce-source': '/s',
  'ce-type': 'com.example.t',
};
const context = { eventId: 'A1', timestamp: '2020-01-02T03:04:05Z', eventType: 'x', resource: 'r' };
const push = {
  subscription: 'projects/p/subscriptions/s',
  message: { data: 'aGk=', messageId: 'A1', publishTime: '2020-01-02T03:04:05Z' },
};

/** The deliveries that a function of either type gets. */
export const deliveries: { about: string; type: SignatureType; path: string; upload: Upload }[] = [
  {
    about: 'a CloudEvent for a cloudevent function',
    type: 'cloudevent',
    path: '/',
    upload: { headers: { ...json, ...attributes }, body: '{"a":1}' },
  },
  {
    about: 'a CloudEvent for an event function',
    type: 'event',
    path: '/',
    upload: { headers: { ...json, ...attributes }, body: '{"a":1}' },
  },
  {
    about: 'a legacy event for an event function',
    type: 'event',
    path: '/',
    upload: { headers: json, body: JSON.stringify({ context, data: { a: 1 } }) },
  },
  ...(['cloudevent', 'event'] as const).map((type) => ({
    about: `a push for a function of type ${type}`,
    type,
    path: '/projects/p/topics/t',
    upload: { headers: json, body: JSON.stringify(push) },
  })),
];
