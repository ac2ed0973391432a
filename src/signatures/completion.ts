import { respondWithCrash } from '../failures/respond';
import type { HttpResponse } from '../http/response';
import { isThenable } from '../thenable';
import { respondWithEventFailure, respondWithResult } from './event-outcome';

/** `callback(error, result)` of callback-style functions. */
export type Completion = (error?: unknown, result?: unknown) => void;

/** Calls an event function that ends when it returns, or when the promise it returns settles. */
export function completeByResult(res: HttpResponse, call: () => unknown): void {
  try {
    const result = call();
    if (isThenable(result)) {
      result.then(
        (value) => respondWithResult(res, value),
        (fault) => respondWithEventFailure(res, fault),
      );
    } else {
      respondWithResult(res, result);
    }
  } catch (fault) {
    respondWithEventFailure(res, fault);
  }
}

/** Calls an event function that ends when it calls back. */
export function completeByCallback(res: HttpResponse, call: (done: Completion) => unknown): void {
  const done = onlyOnce((error, result) => {
    if (error) respondWithEventFailure(res, error);
    else respondWithResult(res, result);
  });
  try {
    const result = call(done);
    if (isThenable(result)) {
      result.then(undefined, (fault) => respondWithCrash(res, fault, 'crash'));
    }
  } catch (fault) {
    respondWithCrash(res, fault, 'crash');
  }
}

function onlyOnce(complete: Completion): Completion {
  let hasEnded = false;
  return (error, result) => {
    if (hasEnded) {
      console.log('Ignoring extra callback call');
      return;
    }
    hasEnded = true;
    complete(error, result);
  };
}
