import type { CloudEvent } from './cloudevents/event';
import {
  addShutdownHook,
  addStartupHook,
  register,
  type ShutdownHook,
  type StartupHook,
} from './core/registry';
import type { Request } from './types/express';
import type {
  CheckedCloudEvent,
  CloudEventFunctionWithCallback,
  CloudEventOptions,
  EventFunctionWithCallback,
  HttpFunction,
  Immutable,
  TypedFunction,
  TypedOptions,
  WebFunction,
} from './types/handlers';

export type { CloudEvent } from './cloudevents/event';
// Every function loads this file at its cold start: it holds registration and nothing else.
export { type ErrorCode, HttpError, NonRetryableError } from './core/errors';
export type { Invocation } from './core/invocation';
export type { ShutdownHook, SignatureType, StartupHook } from './core/registry';
export type { SchemaIssue, SchemaResult, StandardSchema } from './core/standard-schema';
export type { SendFileOptions } from './http/files/send-file';
export type { CookieOptions } from './http/headers/cookie';
// Exported so that compilers can name these types in the declarations of programs.
export type { AppSettings } from './http/request/app-settings';
export type { HttpRequest } from './http/request/request';
export type { HttpResponse } from './http/response/response';
export type { InvocationMessage } from './server/tracing';
export type * from './types/express';
export type * from './types/handlers';

/**
 * Registers an HTTP function: `http('hello', (req, res) => res.send('Hello'))`.
 * `http<Body, Query>` says what the function expects as `req.body` and `req.query`; neither is
 * checked.
 */
// biome-ignore lint/suspicious/noExplicitAny: Express's own default
export function http<Body = any, Query = Request['query']>(
  name: string,
  handler: HttpFunction<Body, Query>,
): void;
/** Registers an HTTP function: `http('hello', (req, res) => res.send('Hello'))`. */
// Last, because `Parameters<typeof http>` and typed mocks look at the last signature.
export function http(name: string, handler: HttpFunction): void;
export function http(name: string, handler: unknown): void {
  register(name, 'http', handler);
}

/** Registers a function of CloudEvents: `cloudEvent('onEvent', (event) => save(event.data))`. */
export function cloudEvent<T = unknown>(
  name: string,
  // A function without the callback fits as well; a union would leave its parameter without a type.
  handler: CloudEventFunctionWithCallback<T>,
): void;
/** Registers a function of one kind of CloudEvents, e.g. `(event: GoogleEvent<'…'>) => save(event.data)`. */
export function cloudEvent<Event extends CloudEvent>(
  name: string,
  handler: (cloudEvent: Event, callback: (error?: unknown, result?: unknown) => void) => unknown,
): void;
/**
 * Registers a function of CloudEvents whose data a schema of any Standard Schema library checks and
 * types:
 *
 * ```js
 * cloudEvent('onOrder', { data: z.object({ id: z.string() }) }, (event) => ship(event.data.id));
 * ```
 */
export function cloudEvent<Data>(
  name: string,
  options: CloudEventOptions<Data>,
  handler: (
    cloudEvent: CheckedCloudEvent<Data>,
    callback: (error?: unknown, result?: unknown) => void,
  ) => unknown,
): void;
export function cloudEvent(name: string, first: unknown, second?: unknown): void {
  if (second === undefined) register(name, 'cloudevent', first);
  else register(name, 'cloudevent', second, first);
}

/** Registers a legacy background function: `event('onFile', (data, context) => …)`. */
export function event(name: string, handler: EventFunctionWithCallback): void {
  register(name, 'event', handler);
}

/** Registers a typed function, JSON in and out: `typed('add', ({ a, b }) => ({ sum: a + b }))`. */
export function typed<Input = unknown, Output = unknown>(
  name: string,
  handler: TypedFunction<Input, Output>,
): void;
/**
 * Registers a typed function whose input and output schemas of any Standard Schema library check and
 * type:
 *
 * ```js
 * typed('greet', { input: z.object({ name: z.string() }) }, ({ name }) => `Hello ${name}`);
 * ```
 */
// A type parameter of its own for the result, so that it does not widen the schema's type; `const`, so
// that literals keep their types.
export function typed<Input, Output, const Result extends Immutable<Output>>(
  name: string,
  options: TypedOptions<Input, Output>,
  handler: TypedFunction<Input, Result>,
): void;
/** Registers a typed function that answers with a WHATWG `Response` where its output does not fit. */
// Last, so that editors complete the output's own members.
export function typed<Input, Output, const Result extends Immutable<Output>>(
  name: string,
  options: TypedOptions<Input, Output>,
  handler: TypedFunction<Input, Result | globalThis.Response>,
): void;
export function typed(name: string, first: unknown, second?: unknown): void {
  if (second === undefined) register(name, 'typed', first);
  else register(name, 'typed', second, first);
}

/** Registers a WHATWG function, `(request) => new Response('Hello')`, or an object with `fetch`. */
export function web(name: string, handler: WebFunction | { fetch: WebFunction }): void {
  register(name, 'web', handler);
}

/** Runs `hook` before the server listens; a promise is awaited. */
export function onStartup(hook: StartupHook): void {
  addStartupHook(hook);
}

/** Runs `hook` at shutdown, after the last request was answered; a promise is awaited. */
export function onShutdown(hook: ShutdownHook): void {
  addShutdownHook(hook);
}
