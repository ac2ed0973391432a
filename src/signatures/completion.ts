import { respondWithCrash } from '../failures/respond';
import type { HttpResponse } from '../http/response';
import { isThenable } from '../thenable';
import { respondWithEventFailure, respondWithResult } from './event-outcome';

/** `callback(error, result)` of callback-style functions. */
export type Completion = (error?: unknown, result?: unknown) => void;

/** Calls an event function so that its request is answered once, by its result or its failure. */
export interface Completer {
  /** The function ends when it returns, or when the promise it returns settles. */
  result(call: () => unknown): void;
  /** The function ends when it calls back. */
  callback(call: (done: Completion) => unknown): void;
}

/** Completes the request of `res`. */
export function completeWith(res: HttpResponse): Completer {
  return {
    result(call) {
      try {
        const result = call();
        if (isThenable(result)) result.then(succeed, fail);
        else succeed(result);
      } catch (fault) {
        fail(fault);
      }
    },
    callback(call) {
      const done = onlyOnce((error, result) => {
        if (error) fail(error);
        else succeed(result);
      });
      try {
        const result = call(done);
        if (isThenable(result)) result.then(undefined, crash);
      } catch (fault) {
        crash(fault);
      }
    },
  };

  function succeed(result: unknown): void {
    respondWithResult(res, result);
  }
  function fail(fault: unknown): void {
    respondWithEventFailure(res, fault);
  }
  function crash(fault: unknown): void {
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
