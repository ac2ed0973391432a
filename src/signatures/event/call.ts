import { isThenable } from '../../core/thenable';
import { logLateError } from '../../http/errors/respond';
import type { HttpResponse } from '../../http/response/response';
import type { EventFunction, NodeCallback } from './event-function';
import { respondWithEventFailure, respondWithResult } from './respond';

/** Calls a function with an event, and responds when it has returned or its promise settles. */
export function callAndRespond<E>(res: HttpResponse, target: EventFunction<E>, event: E): void {
  if (target.callbackParameters !== undefined) {
    respondToCallback(res, target, event);
    return;
  }
  try {
    const result = target.call(event);
    if (isThenable(result)) {
      result.then(
        (value) => respondWithResult(res, value),
        (error) => respondWithEventFailure(res, error, 'error'),
      );
    } else {
      respondWithResult(res, result);
    }
  } catch (error) {
    respondWithEventFailure(res, error, 'error');
  }
}

/** The same for a function in callback style. */
function respondToCallback<E>(res: HttpResponse, target: EventFunction<E>, event: E): void {
  callWithCallback(target, event, {
    succeed: (result) => respondWithResult(res, result),
    fail: (error, isReported) =>
      respondWithEventFailure(res, error, isReported ? 'error' : 'crash'),
  });
}

/** Calls a function with an event; its result, or a promise of it. */
export function resultOf<E>(target: EventFunction<E>, event: E): unknown {
  if (target.callbackParameters === undefined) return target.call(event);
  return new Promise((resolve, reject) => {
    callWithCallback(target, event, { succeed: resolve, fail: reject });
  });
}

/** Gets the result or the error of a call, once. */
interface Outcome {
  succeed(result: unknown): void;
  /** @param isReported whether the function called back with the error; otherwise it threw or rejected */
  fail(error: unknown, isReported: boolean): void;
}

/**
 * Calls a function in callback style. It completes when it calls back, or when its promise settles: the
 * first counts, later ones are logged.
 */
function callWithCallback<E>(target: EventFunction<E>, event: E, outcome: Outcome): void {
  let endedBy: 'callback' | 'promise' | undefined;
  const callback: NodeCallback = (error, result) => {
    if (endedBy !== undefined) {
      console.log('Ignoring extra callback call');
      // The event was acknowledged when the promise fulfilled: only the log has this error.
      if (error && endedBy === 'promise') logLateError(error);
      return;
    }
    endedBy = 'callback';
    if (error) outcome.fail(error, true);
    else outcome.succeed(result);
  };
  const fail = (error: unknown): void => {
    if (endedBy === undefined) outcome.fail(error, false);
    else logLateError(error);
  };
  try {
    const result = target.call(event, callback);
    if (!isThenable(result)) return;
    result.then((value) => {
      if (endedBy !== undefined) return;
      endedBy = 'promise';
      warnOfPromise(target);
      outcome.succeed(value);
    }, fail);
  } catch (error) {
    fail(error);
  }
}

const warned = new WeakSet<object>();

/** In development, says once that a function both takes a callback and returned a promise. */
function warnOfPromise<E>(target: EventFunction<E>): void {
  const { NODE_ENV, K_SERVICE } = process.env;
  if (warned.has(target) || NODE_ENV === 'production' || K_SERVICE) return;
  warned.add(target);
  const { name, callbackParameters } = target;
  console.error(
    `Warning: ${name} takes a callback, ${callbackParameters}, and returned a promise. The promise has completed the event: a call back after that is ignored. Leave out the last parameter, or return no promise (an async function does).`,
  );
}
