import type { Described } from './described';
import type { Bytes, Timestamp } from './proto-json';

/** The events of Cloud Pub/Sub. */
export interface PubSubEvents {
  'google.cloud.pubsub.topic.v1.messagePublished': Described<MessagePublishedData, 'topic'>;
}

export interface MessagePublishedData {
  message?: {
    data?: Bytes;
    attributes?: Record<string, string>;
    messageId?: string;
    publishTime?: Timestamp;
    orderingKey?: string;
  };
  subscription?: string;
  deliveryAttempt?: number;
}
