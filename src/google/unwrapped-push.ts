/**
 * Pub/Sub pushes with payload unwrapping: the body is the data of the message; headers hold the rest, if
 * the subscription writes metadata.
 * @see https://cloud.google.com/pubsub/docs/payload-unwrapping
 */
import { readUtf8 } from '../cloudevents/header-value';
import { isRecord } from './background-event';

const METADATA = 'x-goog-pubsub-';

/** Headers that clients and proxies write: never attributes of a message. */
const transportHeaders =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|via|from|expect|date|priority|forwarded|x-forwarded-.*|x-real-ip|x-envoy-.*|x-request-id|x-goog-.*|x-cloud-.*|x-appengine-.*|x-serverless-.*|x-client-.*|function-execution-id|traceparent|tracestate|user-agent|authorization|proxy-.*|cookie|accept|accept-.*|content-length|content-encoding|cache-control|pragma)$/;

/**
 * Creates the wrapped body of a push with metadata in headers.
 * @returns undefined without metadata
 */
export function wrapPush(rawHeaders: readonly string[], bytes: Buffer): unknown {
  const metadata: Record<string, string> = {};
  const attributes: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const header = rawHeaders[i] as string;
    const value = rawHeaders[i + 1] as string;
    const name = header.toLowerCase();
    if (name.startsWith(METADATA)) metadata[name.slice(METADATA.length)] ??= value;
    else if (!transportHeaders.test(name)) attributes.push([header, readUtf8(value) ?? value]);
  }
  const { 'message-id': messageId, 'publish-time': publishTime, 'ordering-key': key } = metadata;
  if (messageId === undefined) return undefined;
  const message: Record<string, unknown> = {
    // fromEntries defines own members, so that an attribute called __proto__ stays one.
    attributes: Object.fromEntries(attributes),
    messageId,
  };
  if (bytes.length > 0) message['data'] = bytes.toString('base64');
  if (publishTime !== undefined) message['publishTime'] = publishTime;
  if (key !== undefined) message['orderingKey'] = readUtf8(key) ?? key;
  // Any name will do.
  return { subscription: metadata['subscription-name'] ?? 'unknown', message };
}

/**
 * Creates the wrapped body of a push without metadata. The id of the message is unknown: each delivery
 * gets a new one.
 */
export function wrapBarePush(bytes: Buffer): unknown {
  const messageId = globalThis.crypto.randomUUID();
  return {
    subscription: 'unknown',
    message: { data: bytes.toString('base64'), attributes: {}, messageId },
  };
}

/** Whether a body has a member that only events and wrapped pushes have: it is not a bare payload. */
export function looksLikeEvent(body: unknown): boolean {
  const first = Array.isArray(body) ? body[0] : body;
  if (!isRecord(first)) return false;
  return ['specversion', 'context', 'eventId', 'eventType', 'data', 'message'].some((name) =>
    Object.hasOwn(first, name),
  );
}

/** What to do about a Pub/Sub request that cannot be read; empty for other senders. */
export function hintAtUnwrapping(userAgent: string | undefined): string {
  if (!/^(?:APIs-Google|CloudPubSub-Google)\b/.test(userAgent ?? '')) return '';
  return (
    ' If this is a Pub/Sub push with payload unwrapping, let the subscription write metadata ' +
    '(--push-no-wrapper-write-metadata), or let its push endpoint end in ' +
    '/projects/PROJECT/topics/TOPIC.'
  );
}
