import { decodeMessage } from '../../cloudevents/decode';
import type { CloudEvent } from '../../cloudevents/event';
import { readEventHeaders } from '../../cloudevents/event-headers';
import type { HttpError } from '../../core/errors';
import type { Registration } from '../../core/registry';
import { isRecord, type LegacyEvent, readLegacyEvent } from '../../google/background-event';
import { cloudEventToLegacy } from '../../google/from-cloud-event';
import type { HttpRequest } from '../../http/request/request';
import type { PreparedFunction, SignatureOptions } from '../signature';
import { type EventDecoding, eventDecoding, NO_BYTES } from './decoding';
import type { EventAttributes, NodeCallback } from './event-function';
import { prepareEventFunction } from './pipeline';
import { decodePlainJson, readBodyOrPush, withHint } from './request';

type Handler = (data: unknown, context: unknown, callback?: NodeCallback) => unknown;

/** Prepares legacy background functions, for which CloudEvents and Pub/Sub pushes are converted. */
export function prepareBackgroundFunction(
  registration: Registration,
  options: SignatureOptions,
): PreparedFunction {
  const handler = registration.handler as Handler;
  const takesCallback = typeof handler === 'function' && handler.length > 2;
  const decoding = eventDecoding(options);
  const target = {
    name: registration.name,
    decode: (req: HttpRequest) => decodeRequest(req, decoding),
    attributesOf,
    call: ({ data, context }: LegacyEvent, callback?: NodeCallback) =>
      callback === undefined ? handler(data, context) : handler(data, context, callback),
    callbackParameters: takesCallback ? '(data, context, callback)' : undefined,
  };
  return prepareEventFunction<LegacyEvent>(target, options);
}

/** Of a legacy context, or of the attributes of a CloudEvent. */
function attributesOf(event: LegacyEvent): EventAttributes {
  const context = (event.context ?? {}) as Record<string, unknown>;
  const { eventId, id, eventType, type, timestamp, time } = context;
  return { id: eventId ?? id, type: eventType ?? type, time: timestamp ?? time };
}

function decodeRequest(req: HttpRequest, decoding: EventDecoding): LegacyEvent | LegacyEvent[] {
  const { rawHeaders, rawBody = NO_BYTES } = req;
  const headers = readEventHeaders(rawHeaders);
  if (headers.mode !== undefined) {
    return toLegacy(decodeMessage(headers, rawBody, decoding.event));
  }
  const body = readBodyOrPush(req, decoding.parse);
  if (isStructured(body)) return toLegacy(decodePlainJson(req, decoding));
  try {
    return readLegacyEvent(body);
  } catch (error) {
    throw withHint(error as HttpError, rawHeaders);
  }
}

function toLegacy(decoded: CloudEvent | CloudEvent[]): LegacyEvent | LegacyEvent[] {
  return Array.isArray(decoded) ? decoded.map(cloudEventToLegacy) : cloudEventToLegacy(decoded);
}

/** Whether JSON is one or more CloudEvents: legacy events have no specversion. */
function isStructured(body: unknown): boolean {
  const first = Array.isArray(body) ? body[0] : body;
  return isRecord(first) && typeof first['specversion'] === 'string' && !('context' in first);
}
