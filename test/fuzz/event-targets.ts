import { decode, encode, isCloudEvent } from '../../src/cloudevents';
import type { CloudEvent } from '../../src/cloudevents/event';
import { readLegacyEvent } from '../../src/google/background-event';
import { cloudEventToLegacy } from '../../src/google/from-cloud-event';
import { unwrapPubsubPush } from '../../src/google/pubsub';
import { legacyToCloudEvent } from '../../src/google/to-cloud-event';
import { decodeBody } from '../../src/http/body/decode';
import { expect, field, type Target } from './target';
import { fieldWords, jsonWords, legacy, structured, uriWords } from './words';

/** The decoders of events. */
export const eventTargets: Record<string, Target> = {
  'binary-event': {
    words: [...fieldWords, '%', '%20', '%ff', '2020-01-01T00:00:00Z'],
    seeds: [
      '//a/b',
      'application/json',
      '2020-01-01T00:00:00Z',
      'Euro%20%E2%82%AC',
      '"quoted \\" text"',
    ],
    decode(text, random) {
      const headers = ['ce-id', '1', 'ce-source', '/s', 'ce-type', 't', 'ce-specversion', '1.0'];
      const name = random.pick([
        'ce-subject',
        'ce-time',
        'ce-source',
        'content-type',
        'ce-a',
        'traceparent',
        `ce-${text}`,
      ]);
      const event = decode([...headers, name, text], Buffer.from(text), { traceparent: true });
      roundTrip(event as CloudEvent);
    },
  },
  'structured-event': {
    words: jsonWords,
    seeds: structured,
    decode(text) {
      const found = decode({ 'content-type': 'application/cloudevents+json' }, text) as CloudEvent;
      roundTrip(found);
      cloudEventToLegacy(found);
    },
  },
  'batched-events': {
    words: jsonWords,
    seeds: [`[${structured[0]},${structured[1]}]`, '[]'],
    decode(text) {
      const found = decode({ 'content-type': 'application/cloudevents-batch+json' }, text);
      expect(Array.isArray(found) && found.every(isCloudEvent), 'a batch has events');
    },
  },
  legacy: {
    words: jsonWords,
    seeds: legacy,
    decode(text) {
      const value = decodeBody(Buffer.from(text), 'application/json');
      readLegacyEvent(value);
      const push = unwrapPubsubPush(value, '/projects/p/topics/t');
      const found = legacyToCloudEvent(push === undefined ? value : push.body);
      if (found !== undefined) cloudEventToLegacy(found);
    },
  },
  push: field(uriWords, ['/projects/p/topics/t?x=1'], (text) =>
    unwrapPubsubPush({ subscription: 's', message: { data: '', messageId: '1' } }, text),
  ),
};

/** An event that was decoded is valid, and what is sent of it is decoded to the same. */
function roundTrip(event: CloudEvent): void {
  expect(isCloudEvent(event), 'what was decoded is an event');
  const { headers, body } = encode(event, 'structured');
  const again = decode(headers, body) as CloudEvent;
  expect(again.id === event.id && again.source === event.source, 'the same event comes back');
}
