import { respondWithCrash, respondWithFailure } from '../../http/errors/respond';
import type { HttpRequest } from '../../http/request/request';
import type { HttpResponse } from '../../http/response/response';
import type { EventOptions, PreparedFunction } from '../signature';
import { deliverBatch } from './batch';
import { callAndRespond } from './call';
import type { EventAttributes, EventFunction } from './event-function';
import { webhookMethods } from './webhook';

/** Prepares an event function. */
export function prepareEventFunction<E>(
  target: EventFunction<E>,
  options: EventOptions,
): PreparedFunction {
  const { methods, answersHandshake } = webhookMethods(options.webhookAllowedOrigins ?? null);
  const isDue = filterOf(target, options.maxEventAge ?? 0);
  return { handle, methods, hasPages: false };

  /** Decode → leave out events that are too old or not taken → prepare → call → respond. */
  function handle(req: HttpRequest, res: HttpResponse): void {
    if (answersHandshake?.(req, res)) return;
    const decoded = target.decode(req);
    const all = Array.isArray(decoded) ? decoded : [decoded];
    const events = isDue === undefined ? all : all.filter(isDue);
    if (events.length === 1) deliverOne(res, events[0] as E);
    else deliverBatch(res, target, events).catch((error) => respondWithCrash(res, error, 'crash'));
  }

  function deliverOne(res: HttpResponse, event: E): void {
    if (target.prepare === undefined) {
      callAndRespond(res, target, event);
      return;
    }
    target
      .prepare(event)
      .then(() => callAndRespond(res, target, event))
      .catch((error) => respondWithFailure(res, error, 'crash'));
  }
}

/** Which events are delivered; undefined for all. */
function filterOf<E>(
  target: EventFunction<E>,
  maxAge: number,
): ((event: E) => boolean) | undefined {
  const { takes } = target;
  if (maxAge === 0) return takes;
  return (event) =>
    !isOlderThan(maxAge, target.attributesOf(event)) && (takes === undefined || takes(event));
}

/**
 * Whether an event is older than `maxAge` seconds, which is logged. An event without a valid time is not
 * too old.
 */
function isOlderThan(maxAge: number, { id, type, time }: EventAttributes): boolean {
  if (typeof time !== 'string') return false;
  // Date rejects leap seconds; the second before is close enough.
  const ageMs = Date.now() - Date.parse(time.replace(':60', ':59'));
  if (!(ageMs > maxAge * 1000)) return false;
  const name = `${String(type)} ${String(id)}`;
  const message = `Dropped event ${name}: it is ${Math.round(ageMs / 1000)} s old, --max-event-age is ${maxAge} s.`;
  console.error(JSON.stringify({ severity: 'ERROR', message }));
  return true;
}
