import { decodeCloudEvent, findContentMode } from '../../cloudevents/decode';
import type { HttpError } from '../../core/errors';
import type { Registration } from '../../core/registry';
import { isRecord, type LegacyEvent, readLegacyEvent } from '../../google/background-event';
import { cloudEventToLegacy } from '../../google/from-cloud-event';
import type { HttpRequest } from '../../http/request/request';
import type { HttpResponse } from '../../http/response/response';
import type { EventOptions, PreparedFunction } from '../signature';
import { isTooOld } from './age';
import type { Completion } from './completion';
import { type EventDecoding, eventDecoding, NO_BYTES } from './decoding';
import { delivererOf, type EventFunction } from './deliver';
import { decodePlainJson, readBodyOrPush, withHint } from './request';
import { webhookMethods } from './webhook';

type Handler = (data: unknown, context: unknown, callback?: Completion) => unknown;

/** Prepares legacy background functions, for which CloudEvents and Pub/Sub pushes are converted. */
export function prepareBackgroundFunction(
  registration: Registration,
  options: EventOptions,
): PreparedFunction {
  const deliver = delivererOf(functionOf(registration));
  const maxAge = options.maxEventAge ?? 0;
  const { methods, answersHandshake } = webhookMethods(options.webhookAllowedOrigins ?? null);
  const decoding = eventDecoding();
  return { handle, methods, hasPages: false };

  function handle(req: HttpRequest, res: HttpResponse): void {
    if (answersHandshake?.(req, res)) return;
    const decoded = decodeRequest(req, decoding);
    const events = Array.isArray(decoded) ? decoded : [decoded];
    deliver(res, maxAge > 0 ? events.filter((event) => !isPast(event, maxAge)) : events);
  }
}

function functionOf(registration: Registration): EventFunction<LegacyEvent> {
  const handler = registration.handler as Handler;
  const takesCallback = typeof handler === 'function' && handler.length > 2;
  return {
    name: registration.name,
    callbackParameters: takesCallback ? '(data, context, callback)' : undefined,
    call: ({ data, context }, done) =>
      done === undefined ? handler(data, context) : handler(data, context, done),
    idOf: ({ context }) => {
      const { eventId, id } = (context ?? {}) as { eventId?: unknown; id?: unknown };
      return eventId ?? id;
    },
  };
}

function decodeRequest(req: HttpRequest, decoding: EventDecoding): LegacyEvent | LegacyEvent[] {
  const { rawHeaders, rawBody = NO_BYTES } = req;
  const mode = findContentMode(rawHeaders);
  if (mode !== undefined) {
    return toLegacy(decodeCloudEvent(rawHeaders, rawBody, decoding.event, mode));
  }
  const body = readBodyOrPush(req, true);
  if (isStructured(body)) return toLegacy(decodePlainJson(req, decoding));
  try {
    return readLegacyEvent(body);
  } catch (refusal) {
    throw withHint(refusal as HttpError, rawHeaders);
  }
}

type Decoded = ReturnType<typeof decodeCloudEvent>;

function toLegacy(decoded: Decoded): LegacyEvent | LegacyEvent[] {
  return Array.isArray(decoded) ? decoded.map(cloudEventToLegacy) : cloudEventToLegacy(decoded);
}

/** Whether JSON is one or more CloudEvents: legacy events have no specversion. */
function isStructured(body: unknown): boolean {
  const first = Array.isArray(body) ? body[0] : body;
  return isRecord(first) && typeof first['specversion'] === 'string' && !('context' in first);
}

function isPast({ context }: LegacyEvent, maxAge: number): boolean {
  const { timestamp, time } = (context ?? {}) as { timestamp?: unknown; time?: unknown };
  return isTooOld(timestamp ?? time, maxAge, context);
}
