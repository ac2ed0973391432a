import { isRecord } from './background-event';
import { PUBSUB } from './event-types';

/** The type name of a Pub/Sub message in legacy events. */
export const PUBSUB_MESSAGE = 'type.googleapis.com/google.pubsub.v1.PubsubMessage';

/** A Pub/Sub push request as a legacy event. */
export interface PubsubPush {
  /** The body of the equivalent legacy event. */
  body: { context: Record<string, unknown>; data: Record<string, unknown> };
  /** What to configure, for the log; there when the topic is unknown. */
  warning: string | undefined;
}

/**
 * Unwraps the body that a Pub/Sub push subscription (or the emulator) posts. The topic comes from
 * the path of the push endpoint, because the body names only the subscription.
 *
 * Not to be called for CloudEvents in binary mode: those carry the same body and need no help.
 *
 * @param body the decoded request body
 * @param path the path of the request's URL, e.g. `/projects/p/topics/t`
 * @returns undefined if the body is not that of a Pub/Sub push
 */
export function unwrapPubsubPush(body: unknown, path: string): PubsubPush | undefined {
  const message = readMessage(body);
  if (!message) return undefined;

  const topic = findTopic(path);
  const data: Record<string, unknown> = {
    '@type': PUBSUB_MESSAGE,
    attributes: message['attributes'] || {},
  };
  if (Object.hasOwn(message, 'data')) data['data'] = message['data'];
  if (message['orderingKey']) data['orderingKey'] = message['orderingKey'];
  return {
    body: {
      context: {
        eventId: message['messageId'],
        timestamp: message['publishTime'] || new Date().toISOString(),
        eventType: 'google.pubsub.topic.publish',
        resource: { service: PUBSUB, type: PUBSUB_MESSAGE, name: topic },
      },
      data,
    },
    warning: topic === null ? unknownTopicWarning() : undefined,
  };
}

/** The message of a push body. Publishers may leave out the data or the attributes, or send empty data. */
function readMessage(body: unknown): Record<string, unknown> | undefined {
  if (!isRecord(body) || body['context'] || !body['subscription']) return undefined;
  const message = body['message'];
  if (!isRecord(message) || !message['messageId']) return undefined;
  const hasContent = typeof message['data'] === 'string' || isRecord(message['attributes']);
  return hasContent || message['data'] ? message : undefined;
}

/** The topic that a path names, as push endpoints should: `projects/p/topics/t`. */
export function findTopic(path: string): string | null {
  return /projects\/[^/?]+\/topics\/[^/?]+/.exec(path)?.[0] ?? null;
}

function unknownTopicWarning(): string {
  return (
    'The topic of a Pub/Sub message is unknown, because the URL path does not name it. ' +
    "Configure the subscription's push endpoint to end in /projects/PROJECT/topics/TOPIC."
  );
}
