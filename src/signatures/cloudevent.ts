import { decodeCloudEvent, findContentMode } from '../cloudevents/decode';
import type { CloudEvent } from '../cloudevents/event';
import type { HttpRequest } from '../http/request';
import type { HttpResponse } from '../http/response';
import type { Registration } from '../registry';
import { schemaOf } from '../schema';
import type { Completion } from './completion';
import { delivererOf, type EventFunction } from './deliver';
import { isTooOld } from './event-age';
import { eventDecoding, NO_BYTES } from './event-decoding';
import type { Callable, EventOptions } from './signature';
import { webhookMethods } from './webhook';

type Handler = (event: CloudEvent, callback?: Completion) => unknown;

/** CloudEvent functions. Legacy events and Pub/Sub pushes are converted for them. */
export function prepareCloudEvent(registration: Registration, options: EventOptions): Callable {
  const deliver = delivererOf(functionOf(registration));
  const maxAge = options.maxEventAge ?? 0;
  const { methods, answersHandshake } = webhookMethods(options.webhookAllowedOrigins ?? null);
  const decoding = eventDecoding();
  return { invoke, methods, hasPages: false };

  function invoke(req: HttpRequest, res: HttpResponse): void {
    if (answersHandshake?.(req, res)) return;
    const decoded = decodeRequest(req);
    const events = Array.isArray(decoded) ? decoded : [decoded];
    deliver(
      res,
      maxAge > 0 ? events.filter((event) => !isTooOld(event.time, maxAge, event)) : events,
    );
  }

  function decodeRequest(req: HttpRequest): CloudEvent | CloudEvent[] {
    const { rawHeaders, rawBody = NO_BYTES } = req;
    const mode = findContentMode(rawHeaders);
    if (mode !== undefined) return decodeCloudEvent(rawHeaders, rawBody, decoding.event, mode);
    const { decodeOther } = require('./event-request') as typeof import('./event-request');
    return decodeOther(req, decoding, options.takesAnyJson ?? false);
  }
}

function functionOf(registration: Registration): EventFunction<CloudEvent> {
  const { name } = registration;
  const handler = registration.handler as Handler;
  const schemas = (registration.options ?? {}) as { data?: unknown };
  const schema = schemaOf(schemas.data, `The option "data" of ${name}`);
  const takesCallback = typeof handler === 'function' && handler.length > 1;
  return {
    name,
    callbackParameters: takesCallback ? '(event, callback)' : undefined,
    call: (event, done) => (done === undefined ? handler(event) : handler(event, done)),
    idOf: (event) => event.id,
    check:
      schema &&
      ((event) => {
        const { validateData } = require('./event-schema') as typeof import('./event-schema');
        return validateData(schema, [event]);
      }),
  };
}
