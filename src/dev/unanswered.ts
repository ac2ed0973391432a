import type { ServerResponse } from 'node:http';
import type { Registration } from '../core/registry';
import { isThenable } from '../core/thenable';

// The most common mistake: a function returns, or its promise settles, without sending a response or
// calling the callback. Its client waits, and nothing says why.

/** How long after its return a function may stay silent. It is reported once. */
const PATIENCE_MS = 3000;

type Handler = (...args: unknown[]) => unknown;
type Report = (text: string) => void;

/** The functions that were reported. */
const reported = new Set<string>();

/**
 * Reports an HTTP function that has not answered some seconds after it ended.
 *
 * @param result what the function returned, a promise perhaps
 * @returns the result, to be used in its place
 */
export function expectAnswer(
  name: string,
  res: ServerResponse,
  result: unknown,
  report: Report,
): unknown {
  const isOpen = (): boolean => !res.headersSent && !res.destroyed;
  return checkLater(name, result, isOpen, (value) => report(`Warning: ${describe(name, value)}`));
}

/** Wraps an event function to report a callback that is not called. */
export function watchCallback(registration: Registration, report: Report): Registration {
  const { name, handler } = registration;
  if (typeof handler !== 'function') return registration;
  const watched = (...args: unknown[]): unknown => {
    const callback = args.at(-1);
    if (typeof callback !== 'function') return (handler as Handler)(...args);
    let isCalled = false;
    const noteCall = (...results: unknown[]): unknown => {
      isCalled = true;
      return (callback as Handler)(...results);
    };
    const result = (handler as Handler)(...args.slice(0, -1), noteCall);
    // A promise completes the event as well.
    if (isThenable(result)) return result;
    return checkLater(
      name,
      result,
      () => !isCalled,
      () => report(`Warning: ${describeCallback(name, args.length)}`),
    );
  };
  // The number of parameters says whether the function calls back.
  Object.defineProperty(watched, 'length', { value: handler.length });
  return { ...registration, handler: watched };
}

function checkLater(
  name: string,
  result: unknown,
  isOpen: () => boolean,
  reportValue: (value: unknown) => void,
): unknown {
  const check = (value: unknown): void => {
    if (reported.has(name) || !isOpen()) return;
    setTimeout(() => {
      if (reported.has(name) || !isOpen()) return;
      reported.add(name);
      reportValue(value);
    }, PATIENCE_MS).unref();
  };
  if (!isThenable(result)) {
    check(result);
    return result;
  }
  // Some thenables do their work each time that then() is called.
  const promise = Promise.resolve(result);
  promise.then(check, () => undefined);
  return promise;
}

function describe(name: string, value: unknown): string {
  if (value === undefined) {
    return `${name} returned ${PATIENCE_MS / 1000} s ago and has not answered. Its client waits until it sends a response, e.g. with res.send(). (Ignore this if it answers later.)`;
  }
  const answer = typeof value === 'string' ? 'res.send(…)' : 'res.json(…)';
  return `${name} returned ${kindOf(value)}, but sent nothing: its client waits. An HTTP function answers through its second parameter: (req, res) => ${answer}.`;
}

function describeCallback(name: string, parameters: number): string {
  return `${name} returned ${PATIENCE_MS / 1000} s ago and has not called its callback: its event is not complete. Call it, or remove parameter ${parameters}: without it, a function is complete when it returns.`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
