import { type EncodedCloudEvent, encodeCloudEvent } from '../../cloudevents/encode';
import type { CloudEvent } from '../../cloudevents/event';
import { BarefnError } from '../../core/errors';
import { isRecord } from '../../google/background-event';
import { DATABASE, findByType, PUBSUB } from '../../google/event-types';
import { cloudEventToLegacy } from '../../google/from-cloud-event';
import { type SampleOverrides, sampleEvent } from '../../google/samples/sample';
import { parseData } from './data';

/** The POST request that carries an event. */
export interface EventMessage {
  /** `/`, or the topic, as push endpoints name it. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes where they are not text. */
  readonly body: string | Buffer;
}

/**
 * Makes the request that carries a sample event.
 *
 * @param mode `binary`, `structured`, `legacy` (a background event), or `push` (a Pub/Sub push)
 * @param data the data as JSON; for `pubsub` the content of the message, or an object with `message`
 * @param batch how many events to send in one request
 * @throws BarefnError `UNKNOWN_EVENT_KIND`, `INVALID_CLOUDEVENT`, `INVALID_OPTION`,
 *   `EVENT_CONVERSION_FAILED`
 */
export function eventMessage(
  kind: string,
  mode: string,
  overrides: SampleOverrides,
  data: Buffer | undefined,
  batch?: number,
): EventMessage {
  const isLegacy = mode === 'legacy' || mode === 'push';
  const make = (more: SampleOverrides = {}): CloudEvent<unknown> => {
    const all = { ...overrides, ...more };
    if (data !== undefined && kind === 'pubsub') return pubsubEvent(all, data);
    const format = isLegacy ? 'json' : 'production';
    return sampleEvent(kind, { ...all, data: data && parseData(data) }, format);
  };
  if (batch !== undefined) return batchMessage(mode, batch, overrides.id, make);
  const event = make();
  // Refuses an invalid CloudEvent, in every mode.
  const encoded = encodeCloudEvent(event, mode === 'structured' ? 'structured' : 'binary');
  switch (mode) {
    case 'binary':
    case 'structured':
      return { path: '/', headers: encoded.headers, body: bodyOf(encoded, event) };
    case 'legacy':
      return jsonMessage('/', legacyBody(event));
    case 'push':
      return jsonMessage(pathOf(event.source), pushBody(event));
  }
  const modes = 'binary, structured, legacy, push';
  throw new BarefnError('INVALID_OPTION', `--mode must be one of: ${modes}; not "${mode}".`);
}

/** Text, but for events of bytes in binary mode. */
function bodyOf(
  { headers, body }: EncodedCloudEvent,
  { data }: CloudEvent<unknown>,
): string | Buffer {
  const isBytes = Buffer.isBuffer(data) && headers['ce-id'] !== undefined;
  return isBytes ? data : String(body ?? '');
}

function batchMessage(
  mode: string,
  count: number,
  id: string | undefined,
  make: (more: SampleOverrides) => CloudEvent<unknown>,
): EventMessage {
  if (mode !== 'binary') {
    throw new BarefnError(
      'INVALID_OPTION',
      `--batch has a mode of its own. Leave out --mode=${mode}.`,
    );
  }
  const events = Array.from({ length: count }, (_, index) =>
    make({ id: id === undefined ? undefined : `${id}-${index + 1}` }),
  );
  const { headers, body } = encodeCloudEvent(events, 'batch');
  return { path: '/', headers, body: String(body) };
}

/** The data is the content of the message; the other members are those of the sample. */
function pubsubEvent(overrides: SampleOverrides, bytes: Buffer): CloudEvent<unknown> {
  const whole = payloadOf(bytes);
  if (whole !== undefined) return sampleEvent('pubsub', { ...overrides, data: whole });
  const event = sampleEvent('pubsub', overrides);
  const { message, ...rest } = event.data as { message: object };
  return { ...event, data: { ...rest, message: { ...message, data: bytes.toString('base64') } } };
}

function payloadOf(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(bytes.toString()) as unknown;
    return isRecord(value) && isRecord(value['message']) ? value : undefined;
  } catch {
    // A message may hold any text.
    return undefined;
  }
}

function jsonMessage(path: string, body: unknown): EventMessage {
  return { path, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function legacyBody(event: CloudEvent<unknown>): unknown {
  const known = findByType(event.type);
  if (known === undefined) {
    throw new BarefnError(
      'INVALID_OPTION',
      `The type "${event.type}" has no legacy form: only events of Google's services have one. Leave out --mode, or pass --event=pubsub.`,
    );
  }
  const body = cloudEventToLegacy(event);
  return known.service === DATABASE ? { ...body, domain: domainOf(event.source) } : body;
}

/** The host name of the database is the only place where a legacy event names the region. */
function domainOf(source: string): string {
  const region = /\/locations\/([\w-]+)\//.exec(source)?.[1] ?? 'us-central1';
  return region === 'us-central1' ? 'firebaseio.com' : `${region}.firebasedatabase.app`;
}

/** https://cloud.google.com/pubsub/docs/push#receive_push: two members have two names each. */
function pushBody(event: CloudEvent<unknown>): unknown {
  const { data } = event;
  const message = isRecord(data) ? data['message'] : undefined;
  if (findByType(event.type)?.service !== PUBSUB || !isRecord(message)) {
    throw new BarefnError(
      'INVALID_OPTION',
      `Only Pub/Sub pushes events, and "${event.type}" is not one of its types. Pass --event=pubsub, or leave out --mode.`,
    );
  }
  const { '@type': _, ...rest } = message;
  const messageId = rest['messageId'] ?? event.id;
  const publishTime = rest['publishTime'] ?? event.time;
  const ids = { messageId, message_id: messageId, publishTime, publish_time: publishTime };
  const { subscription = 'projects/my-project/subscriptions/my-subscription' } = data as {
    subscription?: unknown;
  };
  return { message: { ...rest, ...ids }, subscription };
}

function pathOf(source: string): string {
  return /\/projects\/[^/?]+\/topics\/[^/?]+/.exec(source)?.[0] ?? '/';
}
