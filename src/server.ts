import type { Server } from 'node:http';
import { asRegistration, type SignatureType } from './core/registry';
import { checkOptions } from './options/check';
import { preloadAfterListening } from './process/preload';
import { createService, type ServeOptions } from './server/serve';
import type { Request } from './types/express';
import type { HandlerFunction, HttpFunction, TypedFunction, WebFunction } from './types/handlers';

export { HttpRequest } from './http/request/request';
export { HttpResponse } from './http/response/response';
export type { ServeOptions, SignatureType };

/** Settings of an embedded server. */
export interface ServerOptions extends ServeOptions {
  /** How the handler is called. @default 'http', or 'web' for an object with `fetch` */
  readonly signatureType?: SignatureType;
}

/** A function of any signature. */
export type AnyFunction = HandlerFunction | TypedFunction | WebFunction | { fetch: WebFunction };

/**
 * Makes an HTTP server that serves one function, for embedding. It does not listen yet. Signals and
 * uncaught errors are left to the program.
 *
 * @throws BarefnError `INVALID_OPTION` for a value that the flag would not take, `NOT_A_FUNCTION`
 * @example
 * createServer((req, res) => res.send('Hello')).listen(8080);
 */
// biome-ignore lint/suspicious/noExplicitAny: Express's own default
export function createServer<Body = any, Query = Request['query']>(
  handler: HttpFunction<Body, Query>,
  options?: ServerOptions,
): Server;
/** Makes an HTTP server that serves one function of any signature. It does not listen yet. */
export function createServer(handler: AnyFunction, options?: ServerOptions): Server;
export function createServer(handler: AnyFunction, options: ServerOptions = {}): Server {
  const checked = checkOptions(options);
  const registration = asRegistration(handler, checked.signatureType);
  const service = createService(registration, checked);
  preloadAfterListening(service, registration.type, checked);
  return service.server as Server;
}
