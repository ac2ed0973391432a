import type { Registration } from '../../core/registry';
import { respondWithFailure } from '../../http/errors/respond';
import type { HttpRequest } from '../../http/request/request';
import type { HttpResponse } from '../../http/response/response';
import type { WebFunction } from '../../types/handlers';
import type { PreparedFunction, SignatureOptions } from '../signature';
import { toWebRequest } from './request';
import { sendWebResponse } from './response';

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

  async function handle(req: HttpRequest, res: HttpResponse): Promise<void> {
    try {
      const request = toWebRequest(req, bodyLimit);
      const response = await call(request, { incoming: req, outgoing: res });
      await sendWebResponse(res, response);
    } catch (error) {
      // The function stopped because the client disconnected, as it should.
      if (res.destroyed && req.signal.aborted && error === req.signal.reason) return;
      respondWithFailure(res, error, 'crash');
    }
  }
}

function callerOf(handler: unknown): WebFunction {
  if (typeof handler === 'function') return handler as WebFunction;
  const application = handler as { fetch: WebFunction };
  return (request, bindings) => application.fetch(request, bindings);
}
