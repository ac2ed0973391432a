import { decodeCloudEvent, findContentMode } from '../../cloudevents/decode';
import type { CloudEvent } from '../../cloudevents/event';
import type { Registration } from '../../core/registry';
import { schemaOf } from '../../core/standard-schema';
import type { HttpRequest } from '../../http/request/request';
import type { HttpResponse } from '../../http/response/response';
import type { EventOptions, PreparedFunction } from '../signature';
import { isTooOld } from './age';
import type { Completion } from './completion';
import { eventDecoding, NO_BYTES } from './decoding';
import { delivererOf, type EventFunction } from './deliver';
import { webhookMethods } from './webhook';

type Handler = (event: CloudEvent, callback?: Completion) => unknown;

/** Prepares CloudEvent functions, for which legacy events and Pub/Sub pushes are converted. */
export function prepareCloudEventFunction(
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
    const { decodeOther } = require('./request') as typeof import('./request');
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
        const { validateData } = require('./schema') as typeof import('./schema');
        return validateData(schema, [event]);
      }),
  };
}
