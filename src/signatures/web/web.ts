import type { Registration } from '../../core/registry';
import { isThenable } from '../../core/thenable';
import type { HttpRequest } from '../../http/request/request';
import type { HttpResponse } from '../../http/response/response';
import type { WebFunction } from '../../types/handlers';
import type { PreparedFunction, SignatureOptions } from '../signature';
import { toWebRequest } from './request';
import { failUnlessGone, sendOrFail } from './response';

/**
 * Prepares web functions: WHATWG `Request` in, `Response` out. Of an object, such as an application of
 * Hono, h3 or itty-router, the `fetch` method is called.
 */
export function prepareWebFunction(
  registration: Registration,
  { bodyLimit }: SignatureOptions,
): PreparedFunction {
  const call = callerOf(registration.handler);
  return { handle, methods: undefined, hasPages: false, streamsBody: true };

  function handle(req: HttpRequest, res: HttpResponse): void {
    try {
      const request = toWebRequest(req, bodyLimit);
      const response: unknown = call(request, { incoming: req, outgoing: res });
      if (!isThenable(response)) sendOrFail(res, response);
      else
        response.then(
          (value) => sendOrFail(res, value),
          (error: unknown) => failUnlessGone(res, error),
        );
    } catch (error) {
      failUnlessGone(res, error);
    }
  }
}

function callerOf(handler: unknown): WebFunction {
  if (typeof handler === 'function') return handler as WebFunction;
  const application = handler as { fetch: WebFunction };
  return (request, bindings) => application.fetch(request, bindings);
}
