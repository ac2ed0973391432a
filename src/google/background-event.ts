import { HttpError } from '../core/errors';

/** The metadata of a legacy (background) event: the second argument of an event function. */
export interface LegacyContext {
  /** Names this event, the same in every delivery of it. */
  eventId?: unknown;
  /** When the event happened, RFC 3339. */
  timestamp?: unknown;
  /** What happened, e.g. `google.pubsub.topic.publish`. */
  eventType?: unknown;
  /** What it happened to: a resource name, or an object with `service`, `name` and `type`. */
  resource?: unknown;
}

/** The two arguments of an event function. */
export interface LegacyEvent {
  /** The payload. */
  data: unknown;
  /** A legacy context, or the attributes of a CloudEvent that has no legacy name. */
  context: unknown;
}

/**
 * Reads the arguments of an event function from a request body: `data` and `context`, or, where
 * there is no `context`, everything but `data` as the context (flat legacy events, and CloudEvents
 * in structured mode). Arrays and bytes have no members of their own and are the context.
 *
 * @throws HttpError 400 `INVALID_EVENT` if the body is missing, text or another plain value.
 */
export function readLegacyEvent(body: unknown): LegacyEvent {
  if (isRecord(body)) {
    if (body['context'] !== undefined) return { data: body['data'], context: body['context'] };
    const { data, ...context } = body;
    return { data, context };
  }
  if (typeof body === 'object' && body !== null) return { data: undefined, context: body };
  throw new HttpError(
    400,
    'INVALID_EVENT',
    `The request's body is not an event: it is ${typeName(body)}. ` +
      'Send a JSON object with "data" and "context", or a CloudEvent.',
  );
}

/** True for an object with named members: not null, an array or bytes. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}

/** The error for an event of a known type that cannot be converted. */
export function conversionError(message: string): HttpError {
  return new HttpError(400, 'EVENT_CONVERSION_FAILED', message);
}

/** A value as an error message shows it; text is cut because senders choose its length. */
export function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 200)) : typeName(value);
}

/** What a value is, in a word that error messages use. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `of type ${typeof value}`;
}

/** A copy of an object with some members renamed; order and all other members stay. */
export function renameMembers(
  object: Record<string, unknown>,
  names: Readonly<Record<string, string>>,
): Record<string, unknown> {
  // fromEntries defines own members, so that a member called __proto__ stays one.
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      Object.hasOwn(names, name) ? (names[name] as string) : name,
      value,
    ]),
  );
}
