import { quote } from '../../cloudevents/event';
import { isHttpError } from '../../core/errors';
import { describeThrown, messageOf } from '../../core/thrown';
import { logError } from '../../http/errors/log-error';
import { respondWithCrash, respondWithFailure } from '../../http/errors/respond';
import type { HttpResponse } from '../../http/response/response';
import {
  type Completion,
  callWithCallback,
  completeByCallback,
  completeByResult,
} from './completion';
import {
  type BatchFailure,
  isDropped,
  isFailureStatus,
  respondWithBatchFailure,
  respondWithResult,
  statusOfFailure,
  statusOfResult,
} from './outcome';

/** An event function, and how it is called. */
export interface EventFunction<E> {
  readonly name: string;
  /** The parameters of a callback-style function, for a message; undefined for others. */
  readonly callbackParameters: string | undefined;
  call(event: E, done?: Completion): unknown;
  /** The event's id, for messages. */
  idOf(event: E): unknown;
  /** Rejects when the event is not valid for this function. */
  readonly check?: ((event: E) => Promise<void>) | undefined;
}

/** Calls the function with each event, and responds with the results. */
export type Deliver<E> = (res: HttpResponse, events: readonly E[]) => void;

/** Makes the function that delivers the events of a request. */
export function delivererOf<E>(target: EventFunction<E>): Deliver<E> {
  const { check, callbackParameters } = target;
  const takesCallback = callbackParameters !== undefined;
  const warn = warnerOfPromises(target);
  return (res, events) => {
    if (events.length !== 1) {
      deliverBatch(res, events).catch((error) => respondWithCrash(res, error, 'crash'));
    } else if (check === undefined) {
      deliverOne(res, events[0] as E);
    } else {
      check(events[0] as E)
        .then(() => deliverOne(res, events[0] as E))
        .catch((error) => respondWithFailure(res, error, 'crash'));
    }
  };

  function deliverOne(res: HttpResponse, event: E): void {
    if (takesCallback) completeByCallback(res, (done) => target.call(event, done), warn);
    else completeByResult(res, () => target.call(event));
  }

  /** Delivers every event of a batch, in order: one that always fails must not block the others. */
  async function deliverBatch(res: HttpResponse, events: readonly E[]): Promise<void> {
    const failures: BatchFailure[] = [];
    let isAccepted = false;
    for (const event of events) {
      const outcome = await tryOne(event);
      if (outcome === 'accepted') isAccepted = true;
      else if (outcome !== 'handled') failures.push(outcome);
    }
    if (failures.length > 0) respondWithBatchFailure(res, failures, events.length);
    else respondWithResult(res, isAccepted ? { status: 202 } : undefined);
  }

  async function tryOne(event: E): Promise<'handled' | 'accepted' | BatchFailure> {
    const id = quote(target.idOf(event));
    try {
      await check?.(event);
      const result = await resultOf(event);
      const status = statusOfResult(result);
      if (isFailureStatus(status)) return failureOf(id, status, result);
      return status === 202 ? 'accepted' : 'handled';
    } catch (error) {
      if (isDropped(error, `event ${id}: `)) return 'handled';
      logError(`Event ${id} of the batch failed: ${describeThrown(error)}`);
      const status = statusOfFailure(error) ?? 500;
      return status === 202 ? 'accepted' : failureOfError(id, status, error);
    }
  }

  function resultOf(event: E): unknown {
    if (!takesCallback) return target.call(event);
    return new Promise((resolve, reject) => {
      const outcome = { succeed: resolve, fail: reject };
      callWithCallback((done) => target.call(event, done), outcome, warn);
    });
  }
}

/** The failure of an event whose function returned a status. */
function failureOf(id: string, status: number, result: unknown): BatchFailure {
  logError(`Event ${id} of the batch failed: the function returned status ${status}.`);
  return { id, status, source: result, message: `status ${status}` };
}

/** The failure of an event whose function threw. In production, clients do not see the error. */
function failureOfError(id: string, status: number, error: unknown): BatchFailure {
  const isPublic = isHttpError(error) || process.env['NODE_ENV'] !== 'production';
  const message = isPublic ? messageOf(error) : undefined;
  return { id, status, source: error, message };
}

/** In development, says once that a function both takes a callback and returned a promise. */
function warnerOfPromises<E>({ name, callbackParameters }: EventFunction<E>): () => void {
  let isLogged = false;
  return () => {
    const { NODE_ENV, K_SERVICE } = process.env;
    if (isLogged || NODE_ENV === 'production' || K_SERVICE) return;
    isLogged = true;
    console.error(
      `Warning: ${name} takes a callback, ${callbackParameters}, and returned a promise. The promise has completed the event: a call back after that is ignored. Leave out the last parameter, or return no promise (an async function does).`,
    );
  };
}
