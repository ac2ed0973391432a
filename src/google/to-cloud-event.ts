import type { CloudEvent } from '../cloudevents/event';
import { conversionError, isRecord, quote, renameMembers, typeName } from './background-event';
import { AUTH, DATABASE, findByEventType, PUBSUB } from './event-types';
import { splitResource } from './resource';

/**
 * Turns the body of a legacy event, `{data, context}` or flat, into a CloudEvent. The body is not
 * changed.
 *
 * @returns undefined if the body is not that of a legacy event with a known event type.
 * @throws HttpError 400 `EVENT_CONVERSION_FAILED`, with a message that says what did not match.
 */
export function legacyToCloudEvent(body: unknown): CloudEvent<unknown> | undefined {
  if (!isRecord(body) || !Object.hasOwn(body, 'data')) return undefined;
  const context = Object.hasOwn(body, 'context') ? body['context'] : body;
  if (!isRecord(context) || !Object.hasOwn(context, 'resource')) return undefined;
  const known = findByEventType(context['eventType']);
  if (!known) return undefined;

  const { service, name, subject } = splitResource(context['resource'], known.service);
  const time = readTime(context);
  const event: CloudEvent<unknown> = {
    id: readId(context),
    specversion: '1.0',
    datacontenttype: 'application/json',
    type: known.type,
    source: `//${service}/${service === DATABASE ? locate(name, body['domain']) : name}`,
    data: toCloudEventData(service, body['data'], context),
  };
  if (time !== undefined) event.time = time;
  const subjectOrUser = service === AUTH ? readUser(body['data']) : subject;
  if (subjectOrUser) event.subject = subjectOrUser;
  return event;
}

function readId(context: Record<string, unknown>): string {
  const id = context['eventId'];
  if (typeof id === 'string' && id !== '') return id;
  throw conversionError(
    `The legacy event's "eventId" must be a non-empty string, but it is ${quote(id)}.`,
  );
}

function readTime(context: Record<string, unknown>): string | undefined {
  const time = context['timestamp'];
  if (time === undefined || typeof time === 'string') return time;
  throw conversionError(
    `The legacy event's "timestamp" must be a string, but it is ${typeName(time)}.`,
  );
}

function readUser(data: unknown): string | undefined {
  return isRecord(data) && typeof data['uid'] === 'string' ? `users/${data['uid']}` : undefined;
}

/** Legacy database events name the region only through the host name of the database. */
function locate(name: string, domain: unknown): string {
  if (domain === 'firebaseio.com') return `projects/_/locations/us-central1/${name}`;
  const match = typeof domain === 'string' && /^([\w-]+)\.firebasedatabase\.app$/.exec(domain);
  if (!match) {
    throw conversionError(
      `A Firebase Realtime Database event needs a "domain" beside its data that is ` +
        `"firebaseio.com" or "REGION.firebasedatabase.app", but it is ${quote(domain)}.`,
    );
  }
  return `projects/_/locations/${match[1]}/${name}`;
}

function toCloudEventData(
  service: string,
  data: unknown,
  context: Record<string, unknown>,
): unknown {
  if (service === PUBSUB) return { message: toMessage(data, context) };
  if (service === AUTH && isRecord(data) && isRecord(data['metadata'])) {
    const names = { createdAt: 'createTime', lastSignedInAt: 'lastSignInTime' };
    return { ...data, metadata: renameMembers(data['metadata'], names) };
  }
  return data;
}

function toMessage(data: unknown, context: Record<string, unknown>): Record<string, unknown> {
  if (!isRecord(data)) {
    throw conversionError(
      `The data of a legacy Pub/Sub event must be an object, but it is ${typeName(data)}.`,
    );
  }
  const message = { ...data };
  if (!message['publishTime'] && context['timestamp'] !== undefined) {
    message['publishTime'] = context['timestamp'];
  }
  if (!message['messageId']) message['messageId'] = context['eventId'];
  return message;
}
