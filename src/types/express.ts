import type { HttpRequest } from '../http/request/request';
import type { HttpResponse } from '../http/response/response';

// Programs written for Express pass `express.Request` and `express.Response` around. With @types/express
// installed, our types extend its types. Without it, the import below is unresolved (the build marks it,
// so that compilers accept it), and our own classes take its place.
type ExpressRequest = import('express').Request;
type ExpressRequestOf<Body, Query> = import('express').Request<
  ExpressRequest['params'],
  // biome-ignore lint/suspicious/noExplicitAny: Express's own default
  any,
  Body,
  Query
>;
// biome-ignore lint/suspicious/noExplicitAny: Express's own bound
type AnyLocals = Record<string, any>;
// biome-ignore lint/suspicious/noExplicitAny: Express's own default
type ExpressResponse<Body = any, Locals extends AnyLocals = AnyLocals> = import('express').Response<
  Body,
  Locals
>;

// An unresolved type has every key. The usual test for `any` does not work: compilers propagate their
// error type through `1 & T`.
type IfUnresolved<T, Yes, No> = string extends keyof T ? Yes : No;

/** What barefn adds to an Express-style request. */
export interface RequestContext {
  /** The bytes of the body, inflated where it was compressed; absent on requests without a body. */
  rawBody?: Buffer;
  /** Names this invocation in logs: the `Function-Execution-Id` header, or 12 base-36 characters. */
  executionId?: string;
  /** Span id of `X-Cloud-Trace-Context`, when the caller sent one. */
  spanId?: string;
  /** Trace id of `X-Cloud-Trace-Context` or `traceparent`, when the caller sent one. */
  traceId?: string;
  /** The controller behind `signal`. */
  abortController?: AbortController;
  /**
   * Aborts when the client disconnects, the request times out, or shutdown cuts it off. It is always
   * there, but all members are optional: so a request of Express may stand for this type, too.
   */
  readonly signal?: AbortSignal;
}

/** The request where the types of Express are not installed: the `HttpRequest` of barefn/server. */
export interface HttpRequestOf<Body, Query> extends Omit<HttpRequest, 'body' | 'query'> {
  /** The body, parsed by its Content-Type; undefined without a body. */
  body: Body;
  /** The query of the target: repeated names become lists, brackets mean nothing. */
  query: Query;
}

/** What `req.query` is to a function that does not say what it expects. */
type AnyQuery = IfUnresolved<ExpressRequest, HttpRequest['query'], ExpressRequest['query']>;

/**
 * The request an HTTP function gets: a node:http `IncomingMessage` with Express 5's API. `Body` and
 * `Query` say what the function expects; nothing checks that it is what came.
 */
// biome-ignore lint/suspicious/noExplicitAny: Express's own default
export type Request<Body = any, Query = AnyQuery> = IfUnresolved<
  ExpressRequest,
  HttpRequestOf<Body, Query>,
  ExpressRequestOf<Body, Query> & RequestContext
>;

/** The response an HTTP function gets: a node:http `ServerResponse` with Express 5's API. */
// biome-ignore lint/suspicious/noExplicitAny: Express's own default
export type Response<Body = any, Locals extends AnyLocals = AnyLocals> = IfUnresolved<
  ExpressResponse,
  HttpResponse,
  ExpressResponse<Body, Locals>
>;
