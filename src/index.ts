import type {
  CloudEventFunction,
  CloudEventFunctionWithCallback,
  EventFunction,
  EventFunctionWithCallback,
  HttpFunction,
  TypedFunction,
  WebFunction,
} from './functions';
import {
  addShutdownHook,
  addStartupHook,
  register,
  type ShutdownHook,
  type StartupHook,
} from './registry';

export type { CloudEvent } from './cloudevents/event';
// Every function loads this file at its cold start: it holds registration and nothing else.
export { NonRetryableError } from './errors';
export type * from './functions';
export type { ShutdownHook, SignatureType, StartupHook } from './registry';

/** A validator of any library that follows Standard Schema 1, e.g. Zod, Valibot or ArkType. */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => unknown;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** The validators of a typed function. */
export interface TypedOptions<Input = unknown, Output = unknown> {
  /** Checks the request's JSON; the function gets what it returns. @default no check */
  readonly input?: StandardSchema<Input>;
  /** Checks what the function returns. @default no check */
  readonly output?: StandardSchema<Output>;
}

/** Registers an HTTP function: `http('hello', (req, res) => res.send('Hello'))`. */
export function http(name: string, handler: HttpFunction): void {
  register(name, 'http', handler);
}

/** Registers a function of CloudEvents: `cloudEvent('onEvent', (event) => save(event.data))`. */
export function cloudEvent<T = unknown>(
  name: string,
  handler: CloudEventFunction<T> | CloudEventFunctionWithCallback<T>,
): void {
  register(name, 'cloudevent', handler);
}

/** Registers a legacy background function: `event('onFile', (data, context) => …)`. */
export function event(name: string, handler: EventFunction | EventFunctionWithCallback): void {
  register(name, 'event', handler);
}

/** Registers a typed function, JSON in and JSON out, with validators if given. */
export function typed<Input = unknown, Output = unknown>(
  name: string,
  handler: TypedFunction<Input, Output>,
): void;
export function typed<Input, Output>(
  name: string,
  options: TypedOptions<Input, Output>,
  handler: TypedFunction<Input, Output>,
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
