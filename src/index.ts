import type { CloudEvent } from './cloudevents/event';
import {
  addShutdownHook,
  addStartupHook,
  register,
  type ShutdownHook,
  type StartupHook,
} from './core/registry';
import type { CloudEventOptions, EventOf } from './google/types/handled-event';
import type { Request } from './types/express';
import type {
  CloudEventFunctionWithCallback,
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
export type { PubSubData, PubSubMessage } from './google/pubsub-data';
export type {
  CheckedCloudEvent,
  CloudEventOptions,
  EventOf,
  HandledEvent,
} from './google/types/handled-event';
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
 * Registers an HTTP function. It gets Node's request and response with the members of Express, and has to
 * end the response, throw, or return a WHATWG `Response`.
 *
 * `http<Body, Query>` types `req.body` and `req.query`. Neither is checked.
 *
 * @param name what `--target` or FUNCTION_TARGET names
 * @throws BarefnError `INVALID_FUNCTION_NAME`, `NOT_A_FUNCTION`
 * @example
 * http('hello', (req, res) => res.send(`Hello, ${req.query.name ?? 'World'}!`));
 */
// biome-ignore lint/suspicious/noExplicitAny: Express's own default
export function http<Body = any, Query = Request['query']>(
  name: string,
  handler: HttpFunction<Body, Query>,
): void;
/**
 * Registers an HTTP function. It gets Node's request and response with the members of Express, and has to
 * end the response, throw, or return a WHATWG `Response`.
 *
 * @param name what `--target` or FUNCTION_TARGET names
 * @throws BarefnError `INVALID_FUNCTION_NAME`, `NOT_A_FUNCTION`
 * @example
 * http('hello', (req, res) => res.send(`Hello, ${req.query.name ?? 'World'}!`));
 */
// Last, because `Parameters<typeof http>` and typed mocks look at the last signature.
export function http(name: string, handler: HttpFunction): void;
export function http(name: string, handler: unknown): void {
  register(name, 'http', handler);
}

/**
 * Registers a function of CloudEvents. An event is acknowledged when the function returns or its promise
 * is fulfilled; it is delivered again when the function throws, unless the error has `retryable: false`.
 *
 * @param name what `--target` or FUNCTION_TARGET names
 * @throws BarefnError `INVALID_FUNCTION_NAME`, `NOT_A_FUNCTION`
 * @example
 * cloudEvent('onOrder', async (event) => {
 *   await save(event.id, event.data);
 * });
 */
export function cloudEvent<T = unknown>(
  name: string,
  // A function without the callback fits as well; a union would leave its parameter without a type.
  handler: CloudEventFunctionWithCallback<T>,
): void;
/**
 * Registers a function of one kind of CloudEvents, whose type its parameter names.
 *
 * @throws BarefnError `INVALID_FUNCTION_NAME`, `NOT_A_FUNCTION`
 * @example
 * cloudEvent('onFile', (event: GoogleEvent<'google.cloud.storage.object.v1.finalized'>) => {
 *   console.log(event.bucket, event.data?.name);
 * });
 */
export function cloudEvent<Event extends CloudEvent>(
  name: string,
  handler: (cloudEvent: Event, callback: (error?: unknown, result?: unknown) => void) => unknown,
): void;
/**
 * Registers a function of the CloudEvents of one type, or of several. Their data is decoded and typed, and
 * of Firestore documents `params` has what the wildcards of the path stand for. Events of other types are
 * acknowledged and logged.
 *
 * A schema of any Standard Schema library checks the data and types it. An event with other data is
 * refused with 400 and the path of each issue.
 *
 * @throws BarefnError `INVALID_FUNCTION_NAME`, `NOT_A_FUNCTION`, `INVALID_OPTION`, `INVALID_SCHEMA`
 * @example
 * const type = 'google.cloud.firestore.document.v1.written';
 * cloudEvent('onUser', { type, document: 'users/{uid}' }, ({ data, params }) => {
 *   console.log(params.uid, data.before, data.after);
 * });
 * @example
 * cloudEvent('onOrder', { data: z.object({ id: z.string() }) }, (event) => ship(event.data.id));
 */
// One type for all options: editors complete them before the handler is written. Named once more, they
// keep their documentation; members that there are not must be `never`, which inference does not check.
export function cloudEvent<const Options extends CloudEventOptions>(
  name: string,
  options: Options &
    CloudEventOptions & { [Key in Exclude<keyof Options, keyof CloudEventOptions>]: never },
  handler: (
    cloudEvent: EventOf<Options>,
    callback: (error?: unknown, result?: unknown) => void,
  ) => unknown,
): void;
export function cloudEvent(name: string, first: unknown, second?: unknown): void {
  if (second === undefined) register(name, 'cloudevent', first);
  else register(name, 'cloudevent', second, first);
}

/**
 * Registers a background function, the older signature of event functions. CloudEvents with an equivalent
 * are converted for it.
 *
 * @param name what `--target` or FUNCTION_TARGET names
 * @throws BarefnError `INVALID_FUNCTION_NAME`, `NOT_A_FUNCTION`
 * @example
 * event('onFile', (data, context) => {
 *   console.log(context.eventId, context.eventType, data.name);
 * });
 */
export function event(name: string, handler: EventFunctionWithCallback): void {
  register(name, 'event', handler);
}

/**
 * Registers a typed function: it gets the parsed JSON of the body, and what it returns is sent as JSON.
 * For another answer it throws an {@link HttpError}, or returns a WHATWG `Response`.
 *
 * @param name what `--target` or FUNCTION_TARGET names
 * @throws BarefnError `INVALID_FUNCTION_NAME`, `NOT_A_FUNCTION`
 * @example
 * typed('add', ({ a, b }) => ({ sum: a + b }));
 */
export function typed<Input = unknown, Output = unknown>(
  name: string,
  handler: TypedFunction<Input, Output>,
): void;
/**
 * Registers a typed function whose input and output schemas of any Standard Schema library check and
 * type. Other input is answered with 400 and the path of each issue, other output with 500.
 *
 * @throws BarefnError `INVALID_FUNCTION_NAME`, `NOT_A_FUNCTION`, `INVALID_SCHEMA`
 * @example
 * typed('greet', { input: z.object({ name: z.string() }) }, ({ name }) => `Hello ${name}`);
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

/**
 * Registers a web function, from a WHATWG `Request` to a `Response`, or an object with such a method
 * `fetch`: an application of Hono, h3 or itty-router.
 *
 * @param name what `--target` or FUNCTION_TARGET names
 * @throws BarefnError `INVALID_FUNCTION_NAME`, `NOT_A_FUNCTION`
 * @example
 * web('edge', (request) => new Response(`Hello from ${new URL(request.url).pathname}`));
 */
export function web(name: string, handler: WebFunction | { fetch: WebFunction }): void {
  register(name, 'web', handler);
}

/**
 * Runs `hook` before the port opens, and awaits its promise. An error ends the start with exit code 1.
 *
 * @example
 * onStartup(async () => {
 *   await database.connect();
 * });
 */
export function onStartup(hook: StartupHook): void {
  addStartupHook(hook);
}

/**
 * Runs `hook` at SIGTERM or SIGINT, after the last response and before the process exits, and awaits its
 * promise. All hooks together have what is left of `--shutdown-timeout`.
 *
 * @example
 * onShutdown(async () => {
 *   await database.close();
 * });
 */
export function onShutdown(hook: ShutdownHook): void {
  addShutdownHook(hook);
}
