import type { Server } from 'node:http';
import type { InvokeRequest, InvokeResponse } from './exchange';
import type { HandlerFunction } from './functions';
import type { HttpRequest } from './http/request';
import type { HttpResponse } from './http/response';
import { type Registration, registration } from './registry';
import { createService } from './serve';
import { createServer, type ServerOptions } from './server';

export type { InvokeRequest, InvokeResponse } from './exchange';
export type { ServerOptions };

/**
 * The function registered under `name`, to call it directly.
 * @returns undefined when nothing was registered under that name
 */
export function getFunction(name: string): HandlerFunction | undefined {
  return registration(name)?.handler as HandlerFunction | undefined;
}

/**
 * A server of a function, not listening yet, for supertest and the like.
 *
 * @param target the name of a registered function, or a function itself
 * @throws Error when nothing was registered under that name
 */
export function getTestServer(
  target: string | HandlerFunction,
  options: ServerOptions = {},
): Server<typeof HttpRequest, typeof HttpResponse> {
  if (typeof target !== 'string') return createServer(target, options);
  return createService(registered(target), options).server;
}

/**
 * Runs a function through the whole request path without a socket.
 *
 * ```js
 * const { status, body } = await invoke('hello', { query: 'name=Ada' });
 * ```
 *
 * @param target the name of a registered function, or a function itself
 * @throws Error when nothing was registered under that name
 */
export function invoke(
  target: string | HandlerFunction,
  request: InvokeRequest = {},
  options: ServerOptions = {},
): Promise<InvokeResponse> {
  const { exchange } = require('./exchange') as typeof import('./exchange');
  return exchange(getTestServer(target, options), request);
}

function registered(name: string): Registration {
  const found = registration(name);
  if (found !== undefined) return found;
  throw new Error(
    `The provided function "${name}" was not registered. Did you forget to require the module that defined it?`,
  );
}
