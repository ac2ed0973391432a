import { isThenable } from '../../core/thenable';
import { logLateError } from '../../http/errors/respond';
import type { HttpResponse } from '../../http/response/response';
import { respondWithEventFailure, respondWithResult } from './outcome';

/** `callback(error, result)` of callback-style functions. */
export type Completion = (error?: unknown, result?: unknown) => void;

/** Calls an event function that completes when it returns, or when its promise settles. */
export function completeByResult(res: HttpResponse, call: () => unknown): void {
  try {
    const result = call();
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

/**
 * Calls an event function that completes when it calls back, or when its promise settles.
 *
 * @param warn called when a promise completes the event
 */
export function completeByCallback(
  res: HttpResponse,
  call: (done: Completion) => unknown,
  warn: () => void,
): void {
  const outcome: Outcome = {
    succeed: (result) => respondWithResult(res, result),
    fail: (error, isReported) =>
      respondWithEventFailure(res, error, isReported ? 'error' : 'crash'),
  };
  callWithCallback(call, outcome, warn);
}

/** Gets the result or the error of a call, once. */
export interface Outcome {
  succeed(result: unknown): void;
  /** @param isReported whether the function called back with the error; otherwise it threw or rejected */
  fail(error: unknown, isReported: boolean): void;
}

/** Calls a function with a callback. The first completion counts; later ones are logged. */
export function callWithCallback(
  call: (done: Completion) => unknown,
  outcome: Outcome,
  warn: () => void,
): void {
  let endedBy: 'callback' | 'promise' | undefined;
  const done: Completion = (error, result) => {
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
    const result = call(done);
    if (!isThenable(result)) return;
    result.then((value) => {
      if (endedBy !== undefined) return;
      endedBy = 'promise';
      warn();
      outcome.succeed(value);
    }, fail);
  } catch (error) {
    fail(error);
  }
}
