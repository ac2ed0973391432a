import type { ServerResponse } from 'node:http';
import type { Registration } from '../core/registry';
import type { Options } from '../options/options';

type Handler = (...args: unknown[]) => unknown;

/** Makes a function warn, in development, when it does not answer or leaves work running. */
export function withWarnings(registration: Registration, options: Options): Registration {
  if (!hasWarnings(options)) return registration;
  const report = (text: string): void => console.error(text);
  switch (registration.type) {
    case 'http':
      return warnOfMissingAnswers(registration, report);
    case 'cloudevent':
    case 'event': {
      const { watchUnfinished } = require('./unfinished') as typeof import('./unfinished');
      return unanswered().watchCallback(watchUnfinished(registration, report), report);
    }
    default:
      return registration;
  }
}

/** Loads what warnings need before there is trouble. */
export function preloadWarnings(options: Options): void {
  if (hasWarnings(options)) unanswered();
}

/** Not in production, nor on Cloud Run and Knative, which set K_SERVICE. */
function hasWarnings({ warnUnfinished }: Options): boolean {
  const { NODE_ENV, K_SERVICE } = process.env;
  return warnUnfinished && NODE_ENV !== 'production' && !K_SERVICE;
}

/** Most functions have answered when they return: nothing is loaded for them. */
function warnOfMissingAnswers(
  registration: Registration,
  report: (text: string) => void,
): Registration {
  const { name, handler } = registration;
  if (typeof handler !== 'function') return registration;
  const watched = (...args: unknown[]): unknown => {
    const result = (handler as Handler)(...args);
    const res = args[1] as ServerResponse;
    return res.headersSent ? result : unanswered().expectAnswer(name, res, result, report);
  };
  // An Express application is a function with members, which a proxy has as well. For others it would
  // only cost: a request of hello takes up to half as much CPU time again.
  const hasMembers = Object.keys(handler).length > 0;
  const apply = (_: Handler, __: unknown, args: unknown[]): unknown => watched(...args);
  return {
    ...registration,
    handler: hasMembers ? new Proxy(handler as Handler, { apply }) : watched,
  };
}

function unanswered(): typeof import('./unanswered') {
  return require('./unanswered') as typeof import('./unanswered');
}
