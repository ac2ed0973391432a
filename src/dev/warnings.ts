import { invocationStorage } from '../core/invocation';
import type { Registration } from '../core/registry';
import type { HttpResponse } from '../http/response/response';

type Handler = (...args: unknown[]) => unknown;

/** Makes a function warn when it does not answer or leaves work running. */
export function addWarnings(registration: Registration): Registration {
  const report = (text: string): void => console.error(text);
  switch (registration.type) {
    case 'http':
      return warnOfMissingAnswers(registration, report);
    case 'typed':
    case 'web':
      return warnOfUnfinishedWork(registration, report);
    case 'cloudevent':
    case 'event': {
      const { watchUnfinished } = require('./unfinished') as typeof import('./unfinished');
      return unanswered().watchCallback(watchUnfinished(registration, report), report);
    }
  }
}

/** Loads what warnings need before there is trouble. Earlier it would delay the first answer. */
export function preloadWarnings(): void {
  unanswered();
  unfinished = require('./unfinished') as typeof import('./unfinished');
}

let unfinished: typeof import('./unfinished') | undefined;

/** Most functions have answered when they return: nothing is loaded for them. */
function warnOfMissingAnswers(
  registration: Registration,
  report: (text: string) => void,
): Registration {
  const { name, handler } = registration;
  if (typeof handler !== 'function') return registration;
  const call = watchedCall(name, report);
  const watched = (...args: unknown[]): unknown => {
    const res = args[1] as HttpResponse;
    const result = call(res, () => (handler as Handler)(...args));
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

/** A web function may be an object with such a method. */
function warnOfUnfinishedWork(
  registration: Registration,
  report: (text: string) => void,
): Registration {
  const { name, handler } = registration;
  const call = watchedCall(name, report);
  const watch =
    (code: Handler): Handler =>
    (...args) => {
      const request = invocationStorage.getStore()?.invocation as { res?: HttpResponse };
      return call(request?.res, () => code(...args));
    };
  if (typeof handler === 'function') return { ...registration, handler: watch(handler as Handler) };
  const { fetch } = handler as { fetch: Handler };
  return { ...registration, handler: { fetch: watch((...args) => fetch.apply(handler, args)) } };
}

/** Calls functions, and once the port is open reports the work that they leave running. */
function watchedCall(
  name: string,
  report: (text: string) => void,
): (res: HttpResponse | undefined, code: () => unknown) => unknown {
  let watch: import('./unfinished').RequestWatch | undefined;
  return (res, code) => {
    if (unfinished === undefined || res === undefined) return code();
    watch ??= new unfinished.RequestWatch(name, report);
    return watch.call(res, code);
  };
}

function unanswered(): typeof import('./unanswered') {
  return require('./unanswered') as typeof import('./unanswered');
}
