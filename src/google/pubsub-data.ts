import { HttpError } from '../core/errors';
import { messageOf } from '../core/thrown';
import { isRecord } from './background-event';
import { invalidData } from './handled-data';

/** The data of a Pub/Sub event, decoded. */
export interface PubSubData {
  readonly message: PubSubMessage;
  /** The subscription that delivered it: `projects/P/subscriptions/S`. */
  readonly subscription: string;
  /** How often it was delivered, where the subscription has a dead-letter topic. */
  readonly deliveryAttempt?: number;
}

/** A message of Pub/Sub. `JSON.stringify` gives it as it came. */
export interface PubSubMessage {
  /** The bytes that were published; none for a message of attributes alone. */
  readonly data: Buffer;
  /** The bytes as UTF-8. */
  readonly text: string;
  /** The bytes parsed as JSON, when this is read. @throws HttpError 400 `INVALID_JSON` */
  readonly json: unknown;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageId: string;
  /** When it was published, RFC 3339. */
  readonly publishTime: string;
  readonly orderingKey?: string;
}

/** Decodes the data of a Pub/Sub event. */
export function decodePubSubData(data: unknown): PubSubData {
  if (!isRecord(data) || !isRecord(data['message'])) {
    throw invalidData('The data of a Pub/Sub event has no "message".');
  }
  const { message, subscription = '' } = data;
  return { ...data, message: new Message(message), subscription } as PubSubData;
}

class Message implements PubSubMessage {
  readonly data: Buffer;
  readonly attributes: Record<string, string>;
  readonly messageId: string;
  readonly publishTime: string;
  readonly orderingKey?: string;
  readonly #raw: Record<string, unknown>;
  #json: { readonly value: unknown } | undefined;

  constructor(raw: Record<string, unknown>) {
    const { data = '', attributes = {}, messageId = '', publishTime = '', orderingKey } = raw;
    if (typeof data !== 'string') {
      throw invalidData('The "data" of a Pub/Sub message is not base64 in a string.');
    }
    this.data = Buffer.from(data, 'base64');
    this.attributes = attributes as Record<string, string>;
    this.messageId = messageId as string;
    this.publishTime = publishTime as string;
    if (orderingKey !== undefined) this.orderingKey = orderingKey as string;
    this.#raw = raw;
  }

  get text(): string {
    return this.data.toString();
  }

  get json(): unknown {
    this.#json ??= { value: this.#parse() };
    return this.#json.value;
  }

  #parse(): unknown {
    try {
      return JSON.parse(this.text);
    } catch (cause) {
      const message = `The Pub/Sub message ${this.messageId.slice(0, 80)} is not JSON: ${messageOf(cause).slice(0, 200)}. Read "text" or "data" of messages that are not.`;
      throw new HttpError(400, 'INVALID_JSON', message, { cause });
    }
  }

  toJSON(): unknown {
    return this.#raw;
  }
}
