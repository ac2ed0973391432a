import { decodeCloudEvent, findField, hasAttributeFields } from '../cloudevents/decode';
import type { CloudEvent } from '../cloudevents/event';
import { respondWithFailure } from '../failures/respond';
import { parseBody } from '../http/body';
import type { HttpRequest } from '../http/request';
import type { HttpResponse } from '../http/response';
import type { Registration } from '../registry';
import { schemaOf } from '../schema';
import { isThenable } from '../thenable';
import { type Completion, completeByCallback, completeByResult } from './completion';
import { isTooOld } from './event-age';
import { isDropped, statusOfFailure, statusOfResult } from './event-outcome';
import type { Callable, EventOptions } from './signature';
import { webhookMethods } from './webhook';

type Handler = (event: CloudEvent, callback?: Completion) => unknown;

const NO_BYTES = Buffer.alloc(0);

/** CloudEvent functions. Legacy events and Pub/Sub pushes are converted for them. */
export function prepareCloudEvent(registration: Registration, options: EventOptions): Callable {
  const handle = handlerOfEvents(registration.handler as Handler);
  const schemas = (registration.options ?? {}) as { data?: unknown };
  const schema = schemaOf(schemas.data, `The option "data" of ${registration.name}`);
  const maxAge = options.maxEventAge ?? 0;
  const { methods, answersHandshake } = webhookMethods(options.webhookAllowedOrigins ?? null);
  return { invoke, methods, hasPages: false };

  function invoke(req: HttpRequest, res: HttpResponse): void {
    if (answersHandshake?.(req, res)) return;
    const decoded = decodeRequest(req);
    const events = Array.isArray(decoded) ? decoded : [decoded];
    const due =
      maxAge > 0 ? events.filter((event) => !isTooOld(event.time, maxAge, event)) : events;
    if (schema === undefined) {
      handle(due, res);
      return;
    }
    const { validateData } = require('./event-schema') as typeof import('./event-schema');
    validateData(schema, due)
      .then(() => handle(due, res))
      .catch((fault: unknown) => respondWithFailure(res, fault, 'crash'));
  }
}

/** Calls the function with each event, and answers with what came of it. */
function handlerOfEvents(
  handler: Handler,
): (events: readonly CloudEvent[], res: HttpResponse) => void {
  const takesCallback = typeof handler === 'function' && handler.length > 1;
  return (events, res) => {
    if (events.length === 1) {
      const event = events[0] as CloudEvent;
      if (takesCallback) completeByCallback(res, (done) => handler(event, done));
      else completeByResult(res, () => handler(event));
    } else {
      completeByResult(res, () => handleInOrder(events));
    }
  };

  /** A batch is handled in its order, and fails as a whole with the first failure that is to be retried. */
  async function handleInOrder(events: readonly CloudEvent[]): Promise<unknown> {
    let outcome: unknown;
    for (const event of events) {
      const result = await handleOne(event);
      const status = statusOfResult(result);
      if (status === 202) outcome = { status };
      else if (status !== undefined && !(status >= 200 && status < 300)) return result;
    }
    return outcome;
  }

  async function handleOne(event: CloudEvent): Promise<unknown> {
    try {
      if (takesCallback) return await promiseOf((done) => handler(event, done));
      return await handler(event);
    } catch (fault) {
      // Or its acknowledgement would be one for the events after it, too.
      if (isDropped(fault)) return undefined;
      if (statusOfFailure(fault) !== 202) throw fault;
      console.error((fault as Error).stack ?? fault);
      return { status: 202 };
    }
  }
}

function promiseOf(call: (done: Completion) => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const result = call((error, value) => (error ? reject(error) : resolve(value)));
    if (isThenable(result)) result.then(undefined, reject);
  });
}

function decodeRequest(req: HttpRequest): CloudEvent | CloudEvent[] {
  const { rawHeaders, rawBody = NO_BYTES } = req;
  const json = !hasAttributeFields(rawHeaders);
  if (json) {
    const converted = convertLegacy(req);
    if (converted !== undefined) return converted;
  }
  return decodeCloudEvent(rawHeaders, rawBody, { traceparent: true, json });
}

function convertLegacy(req: HttpRequest): CloudEvent | undefined {
  // Not req.headers: to build it costs 1 µs, and CloudEvents do not need it.
  const contentType = findField(req.rawHeaders, 'content-type') ?? '';
  if (!contentType.toLowerCase().startsWith('application/json')) return undefined;
  parseBody(req);
  const { unwrapPubsubPush } = require('../legacy/pubsub') as typeof import('../legacy/pubsub');
  const { legacyToCloudEvent } =
    require('../legacy/to-cloud-event') as typeof import('../legacy/to-cloud-event');
  const push = unwrapPubsubPush(req.body, req.path);
  if (push?.warning !== undefined) console.warn(push.warning);
  const event = legacyToCloudEvent(push?.body ?? req.body);
  const { traceparent } = req.headers;
  if (event !== undefined && typeof traceparent === 'string') event['traceparent'] = traceparent;
  return event;
}
