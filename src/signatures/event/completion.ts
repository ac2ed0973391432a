import { isThenable } from '../../core/thenable';
import { logLateError } from '../../http/errors/respond';
import type { HttpResponse } from '../../http/response/response';
import { respondWithEventFailure, respondWithResult } from './outcome';

/** `callback(error, result)` of callback-style functions. */
export type Completion = (error?: unknown, result?: unknown) => void;

/** Calls an event function that ends when it returns, or when the promise it returns settles. */
export function completeByResult(res: HttpResponse, call: () => unknown): void {
  try {
    const result = call();
    if (isThenable(result)) {
      result.then(
        (value) => respondWithResult(res, value),
        (fault) => respondWithEventFailure(res, fault, 'error'),
      );
    } else {
      respondWithResult(res, result);
    }
  } catch (fault) {
    respondWithEventFailure(res, fault, 'error');
  }
}

/**
 * Calls an event function that ends when it calls back, or when a promise that it returns settles.
 *
 * @param warn called when it was a promise that completed the event
 */
export function completeByCallback(
  res: HttpResponse,
  call: (done: Completion) => unknown,
  warn: () => void,
): void {
  const outcome: Outcome = {
    succeed: (result) => respondWithResult(res, result),
    fail: (fault, isReported) =>
      respondWithEventFailure(res, fault, isReported ? 'error' : 'crash'),
  };
  callWithCallback(call, outcome, warn);
}

/** Gets what came of a call, once. */
export interface Outcome {
  succeed(result: unknown): void;
  /** @param isReported whether the function called back with the fault; else it threw or rejected */
  fail(fault: unknown, isReported: boolean): void;
}

/** Calls a function with a callback. What completes first counts; what comes later is told. */
export function callWithCallback(
  call: (done: Completion) => unknown,
  outcome: Outcome,
  warn: () => void,
): void {
  let endedBy: 'callback' | 'promise' | undefined;
  const done: Completion = (error, result) => {
    if (endedBy !== undefined) {
      console.log('Ignoring extra callback call');
      // Nobody was told of this one: the event was acknowledged when the promise fulfilled.
      if (error && endedBy === 'promise') logLateError(error);
      return;
    }
    endedBy = 'callback';
    if (error) outcome.fail(error, true);
    else outcome.succeed(result);
  };
  const fail = (fault: unknown): void => {
    if (endedBy === undefined) outcome.fail(fault, false);
    else logLateError(fault);
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
  } catch (fault) {
    fail(fault);
  }
}
