import { decodeBinary, hasAttributeFields } from '../cloudevents/decode';
import { parseBody } from '../http/body';
import type { HttpRequest } from '../http/request';
import type { HttpResponse } from '../http/response';
import { cloudEventToLegacy } from '../legacy/from-cloud-event';
import { type LegacyEvent, readLegacyEvent } from '../legacy/legacy-event';
import { unwrapPubsubPush } from '../legacy/pubsub';
import type { Registration } from '../registry';
import { type Completion, completeByCallback, completeByResult } from './completion';
import { isTooOld } from './event-age';
import type { Callable, EventOptions } from './signature';
import { webhookMethods } from './webhook';

type Handler = (data: unknown, context: unknown, callback?: Completion) => unknown;

const NO_BYTES = Buffer.alloc(0);

/** Legacy background functions. CloudEvents and Pub/Sub pushes are converted for them. */
export function prepareEvent(registration: Registration, options: EventOptions): Callable {
  const handler = registration.handler as Handler;
  const takesCallback = typeof handler === 'function' && handler.length > 2;
  const maxAge = options.maxEventAge ?? 0;
  const { methods, answersHandshake } = webhookMethods(options.webhookAllowedOrigins ?? null);
  return { invoke, methods, hasPages: false };

  function invoke(req: HttpRequest, res: HttpResponse): void {
    if (answersHandshake?.(req, res)) return;
    const { data, context } = decodeRequest(req);
    if (maxAge > 0 && isTooOld(timestampOf(context), maxAge, context)) {
      completeByResult(res, () => undefined);
    } else if (takesCallback) {
      completeByCallback(res, (done) => handler(data, context, done));
    } else {
      completeByResult(res, () => handler(data, context));
    }
  }
}

function decodeRequest(req: HttpRequest): LegacyEvent {
  const { rawHeaders, rawBody = NO_BYTES } = req;
  if (hasAttributeFields(rawHeaders)) {
    return cloudEventToLegacy(decodeBinary(rawHeaders, rawBody, { traceparent: true }));
  }
  parseBody(req);
  const push = unwrapPubsubPush(req.body, req.path);
  if (push?.warning !== undefined) console.warn(push.warning);
  return readLegacyEvent(push?.body ?? req.body);
}

function timestampOf(context: unknown): unknown {
  const { timestamp, time } = (context ?? {}) as { timestamp?: unknown; time?: unknown };
  return timestamp ?? time;
}
