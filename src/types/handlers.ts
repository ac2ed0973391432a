import type { CloudEvent } from '../cloudevents/event';
import type { StandardSchema } from '../core/standard-schema';
import type { HttpRequest } from '../http/request/request';
import type { HttpResponse } from '../http/response/response';
import type { Request, Response } from './express';

/**
 * An HTTP function: answers through `res`. A WHATWG `Response` that it returns is sent unless it has
 * answered already; other values are ignored. A rejection is a 500, an `HttpError` its own status.
 */
// biome-ignore lint/suspicious/noExplicitAny: Express's own default
export interface HttpFunction<Body = any, Query = Request['query']> {
  // biome-ignore lint/suspicious/noExplicitAny: any Express handler is a function, whatever it returns
  (req: Request<Body, Query>, res: Response, next?: any): any;
}

/** A legacy background function: gets the event's data and context. */
export interface EventFunction {
  // biome-ignore lint/suspicious/noExplicitAny: the data's shape is known only to the function
  (data: any, context: Context): any;
}

/** A legacy background function that completes through `callback(error, result)`. */
export interface EventFunctionWithCallback {
  // biome-ignore lint/suspicious/noExplicitAny: the data's shape is known only to the function
  (data: any, context: Context, callback: Function): any;
}

/** A CloudEvent function: complete when it returns or its promise settles. */
export interface CloudEventFunction<T = unknown> {
  // biome-ignore lint/suspicious/noExplicitAny: any value that can be sent may be returned
  (cloudEvent: CloudEvent<T>): any;
}

/** A CloudEvent function that completes through `callback(error, result)`. */
export interface CloudEventFunctionWithCallback<T = unknown> {
  // biome-ignore lint/suspicious/noExplicitAny: any value that can be sent may be returned
  (cloudEvent: CloudEvent<T>, callback: Function): any;
}

/**
 * A typed function: JSON in, JSON out; undefined is answered with 204. For any other answer it throws
 * an `HttpError` or returns a WHATWG `Response`, which is sent as it is.
 */
export type TypedFunction<Input = unknown, Output = unknown> = (
  input: Input,
  req: Request,
) => Output | Promise<Output>;

/** The validators of a typed function. */
export interface TypedOptions<Input = unknown, Output = unknown> {
  /**
   * Checks the request's JSON; the function gets the value it returns. Invalid input is answered with 400.
   * @default no check
   */
  // biome-ignore lint/suspicious/noExplicitAny: what goes in is the sender's
  readonly input?: StandardSchema<any, Input>;
  /**
   * Checks the function's result; the value it returns is sent. Invalid output is answered with 500. @default no check
   */
  // biome-ignore lint/suspicious/noExplicitAny: what comes out is only written as JSON
  readonly output?: StandardSchema<Output, any>;
}

type Atom = string | number | bigint | boolean | symbol | null | undefined | Date;

/** A deeply read-only value. */
export type Immutable<T> = unknown extends T
  ? T
  : T extends Atom | ((...args: never[]) => unknown)
    ? T
    : { readonly [Key in keyof T]: Immutable<T[Key]> };

/** The node:http objects of a web function's request; Hono's Node helpers read them from `c.env`. */
export interface WebBindings {
  readonly incoming: HttpRequest;
  readonly outgoing: HttpResponse;
}

/** A web function: WHATWG `Request` in, `Response` out; an object with a `fetch` method is one too. */
export type WebFunction = (
  request: globalThis.Request,
  bindings: WebBindings,
) => globalThis.Response | Promise<globalThis.Response>;

/** Any function that can be registered. */
export type HandlerFunction<T = unknown> =
  | HttpFunction
  | EventFunction
  | EventFunctionWithCallback
  | CloudEventFunction<T>
  | CloudEventFunctionWithCallback<T>;

/** A legacy background event. */
export interface LegacyEvent {
  // biome-ignore lint/suspicious/noExplicitAny: the data's shape is known only to the function
  data: { [key: string]: any };
  context: CloudFunctionsContext;
}

/** The older shape of a legacy context: the event's data alone. */
export interface Data {
  data: object;
}

/** Either shape of a legacy context. */
export type LegacyCloudFunctionsContext = CloudFunctionsContext | Data;

/** The context of a legacy background event. */
export interface CloudFunctionsContext {
  /** Unique id of the event, e.g. `70172329041928`. */
  eventId?: string;
  /** When the event was created, ISO 8601, e.g. `2018-04-09T07:56:12.975Z`. */
  timestamp?: string;
  /** Type of the event, e.g. `google.pubsub.topic.publish`. */
  eventType?: string;
  /** The resource that emitted the event. */
  resource?: string | { [key: string]: string };
}

/** The context an event function gets: a legacy one, or a CloudEvent's attributes. */
export type Context = CloudFunctionsContext | CloudEvent<unknown>;

/** The request as a typed invocation sees it. */
export interface InvocationRequest {
  /** The body: a string, or a Buffer when it is binary. */
  body(): string | Buffer;
  /** The value of a request header. */
  header(header: string): string | undefined;
}

/** The response as a typed invocation sees it. */
export interface InvocationResponse {
  /** Sets a response header. */
  setHeader(key: string, value: string): void;
  /** Writes a chunk of the body. */
  write(data: string | Buffer): void;
  /** Ends the response; to be called once. */
  end(data: string | Buffer): void;
}
