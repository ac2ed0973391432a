import type { CloudEvent } from '../cloudevents/event';
import {
  conversionError,
  isRecord,
  type LegacyEvent,
  quote,
  renameMembers,
  typeName,
} from './background-event';
import { AUTH, DATABASE, findByType, PUBSUB, STORAGE } from './event-types';
import { PUBSUB_MESSAGE } from './pubsub';

/**
 * Turns a CloudEvent into the arguments of an event function. An event whose type has no legacy
 * name passes as it is: its attributes are the context. The event is not changed.
 *
 * @throws HttpError 400 `EVENT_CONVERSION_FAILED` if the type is known but the source is not
 *   `//service/name`, or a Pub/Sub message is not an object.
 */
export function cloudEventToLegacy(event: CloudEvent<unknown>): LegacyEvent {
  const { data, ...attributes } = event;
  const known = findByType(event.type);
  if (!known) return { data, context: attributes };

  const { service, name } = splitSource(event.source);
  return {
    data: toLegacyData(service, data),
    context: {
      eventId: event.id,
      timestamp: event.time,
      eventType: known.eventType,
      resource: toResource(service, name, event.subject, data),
    },
  };
}

function splitSource(source: string): { service: string; name: string } {
  // Linear: what the first group takes ends at the next slash, so no text is tried twice.
  const match = /\/\/([^/]+)\/(.+)/.exec(source);
  if (!match) {
    throw conversionError(
      `The CloudEvent's source ${quote(source)} is not of the form //SERVICE/NAME, ` +
        'which its type needs to become a legacy event.',
    );
  }
  return { service: match[1] as string, name: match[2] as string };
}

function toLegacyData(service: string, data: unknown): unknown {
  if (!isRecord(data)) return data;
  if (service === PUBSUB) return flattenMessage(data);
  if (service === AUTH && isRecord(data['metadata'])) {
    const names = { createTime: 'createdAt', lastSignInTime: 'lastSignedInAt' };
    return { ...data, metadata: renameMembers(data['metadata'], names) };
  }
  return data;
}

function flattenMessage(data: Record<string, unknown>): unknown {
  const message = Object.hasOwn(data, 'message') ? data['message'] : data;
  if (!isRecord(message)) {
    throw conversionError(
      `The "message" of a Pub/Sub event must be an object, but it is ${typeName(message)}.`,
    );
  }
  // Both are in the context already, as eventId and timestamp.
  const { messageId: _, publishTime: __, ...rest } = message;
  return rest;
}

function toResource(
  service: string,
  name: string,
  subject: string | undefined,
  data: unknown,
): unknown {
  const path = subject === undefined ? name : `${name}/${subject}`;
  switch (service) {
    case PUBSUB:
      return { service, name, type: PUBSUB_MESSAGE };
    case AUTH:
      return name;
    case DATABASE:
      return path.replace(/\/locations\/[^/]+/, '');
    case STORAGE:
      return { name: path, service, type: isRecord(data) ? data['kind'] : undefined };
    default:
      return path;
  }
}
