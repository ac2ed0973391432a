// The conversions in the order in which a server applies them, as Google's answers show them.
import type { CloudEvent } from '../../src/cloudevents/event';
import { readLegacyEvent } from '../../src/google/background-event';
import { cloudEventToLegacy } from '../../src/google/from-cloud-event';
import { unwrapPubsubPush } from '../../src/google/pubsub';
import { legacyToCloudEvent } from '../../src/google/to-cloud-event';

/** What an event function receives for a body that is no binary CloudEvent. */
export function eventArguments(body: unknown, path = '/'): unknown {
  return asJson(readLegacyEvent(unwrapPubsubPush(body, path)?.body ?? body));
}

/** What an event function receives for a binary CloudEvent. */
export function eventArgumentsOf(event: object): unknown {
  return asJson(cloudEventToLegacy(event as CloudEvent<unknown>));
}

/** What a CloudEvent function receives for a body that is no binary CloudEvent. */
export function cloudEventArgument(body: unknown, path = '/'): unknown {
  const unwrapped = unwrapPubsubPush(body, path)?.body ?? body;
  return asJson(legacyToCloudEvent(unwrapped) ?? unwrapped);
}

/** A value after a trip as JSON, without members that are undefined. */
export function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
