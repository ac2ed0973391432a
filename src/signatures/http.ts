import { jsonParser } from '../core/json';
import type { Registration } from '../core/registry';
import { isThenable } from '../core/thenable';
import { respondWithFailure } from '../http/errors/respond';
import { bodyReader } from '../http/lazy';
import type { HttpRequest } from '../http/request/request';
import type { HttpResponse } from '../http/response/response';
import type { Request, Response } from '../types/express';
import type { HttpFunction } from '../types/handlers';
import type { PreparedFunction, SignatureOptions } from './signature';

const UNSET = { value: undefined, writable: true, configurable: true, enumerable: true };

/** HTTP functions: an Express-style handler answers through `res`. */
export function prepareHttpFunction(
  { name, handler }: Registration,
  options: SignatureOptions,
): PreparedFunction {
  const call = (
    typeof handler === 'function' ? handler : () => failAsNoFunction(name, handler)
  ) as HttpFunction;
  const replacesPrototypes = isExpressApplication(handler);
  // Express 4 parses the query itself, unless there is one. Express 5 has a getter for it.
  const parsesQuery = replacesPrototypes && !('query' in handler.request);
  const parse = jsonParser(options.exactIntegers);
  return { handle, methods: undefined, hasPages: true };

  function handle(req: HttpRequest, res: HttpResponse): void {
    if (req.rawBody !== undefined) bodyReader().parseBody(req, parse);
    if (replacesPrototypes) defineInvocationMembers(req);
    if (parsesQuery) Object.defineProperty(req, 'query', UNSET);
    try {
      const result: unknown = call(req as unknown as Request, res as unknown as Response);
      if (isThenable(result)) settle(res, result);
      else if (typeof result === 'object') sendReturned(res, result);
    } catch (error) {
      respondWithFailure(res, error, 'crash');
    }
  }
}

function settle(res: HttpResponse, result: PromiseLike<unknown>): void {
  result.then(
    (value) => {
      if (typeof value === 'object') sendReturned(res, value);
    },
    (error: unknown) => respondWithFailure(res, error, 'crash'),
  );
}

/** Sends a returned WHATWG Response. Other values are ignored, as in Express. */
function sendReturned(res: HttpResponse, value: object | null): void {
  if (value === null || value === res || res.headersSent) return;
  const web = require('./web/response') as typeof import('./web/response');
  // The function has sent a body that was used.
  if (web.isResponse(value) && !value.bodyUsed) web.sendOrFail(res, value);
}

function failAsNoFunction(name: string, handler: unknown): never {
  throw new TypeError(`What is registered as "${name}" is not a function, but ${typeof handler}.`);
}

/** Copies the invocation's members to the request itself, where they outlive its prototype. */
function defineInvocationMembers(req: HttpRequest): void {
  const { executionId, traceId, spanId, traceSampled, abortController, signal } = req;
  const own = { executionId, traceId, spanId, traceSampled, abortController, signal };
  for (const [name, value] of Object.entries(own)) {
    if (value === undefined) continue;
    Object.defineProperty(req, name, { value, writable: true, configurable: true });
  }
}

/** Express sets the prototypes of request and response to `app.request` and `app.response`. */
function isExpressApplication(handler: unknown): handler is { request: object } {
  if (typeof handler !== 'function') return false;
  const app = handler as { request?: unknown; response?: unknown; handle?: unknown };
  return (
    typeof app.handle === 'function' &&
    typeof app.request === 'object' &&
    typeof app.response === 'object'
  );
}
