import { IncomingMessage } from 'node:http';
import { type ParsedUrlQuery, parse as parseQuery } from 'node:querystring';
import type { Ranges } from '../headers/range';
import { acceptance, negotiation, origin, trace } from '../lazy';
import { controllerOf, kAbortReason, kController } from './abort';
import type { AppSettings } from './app-settings';
import { RequestStream } from './stream';
import { pathOf, queryOf, routeParams } from './target';

const kExecutionId = Symbol('executionId');
/** Where a request keeps its query. */
export const kQuery = Symbol('query');
/** Where a request keeps the parameters of its route. */
export const kParams = Symbol('params');

/**
 * The request of node:http with Express 5's methods on its prototype, and the invocation it starts.
 *
 * Pass it to `http.createServer({ IncomingMessage: HttpRequest }, …)`. It has no constructor, and nearly
 * all members are computed when they are read: nothing else reads `headers`, which node:http builds on
 * first use.
 *
 * @example
 * http.createServer({ IncomingMessage: HttpRequest, ServerResponse: HttpResponse }, (req, res) => {
 *   res.json({ path: req.path });
 * });
 */
export class HttpRequest extends RequestStream {
  /** The original request target; routers change `url`. */
  declare originalUrl: string;
  /** The body, parsed by its Content-Type; undefined without a body. */
  // biome-ignore lint/suspicious/noExplicitAny: as in Express: what the client sent, parsed
  declare body: any;
  /** The bytes of the body, inflated where it was compressed; absent without a body. */
  declare rawBody?: Buffer;

  /** @internal */
  declare [kController]: AbortController | undefined;
  /** @internal */
  declare [kAbortReason]: Error | undefined;
  /** @internal */
  declare [kExecutionId]: string | undefined;
  /** What was read or assigned. @internal */
  declare [kQuery]: ParsedUrlQuery | undefined;
  /** What was read or assigned. @internal */
  declare [kParams]: Record<string, unknown> | undefined;

  // The invocation.

  /** Names this invocation in logs: the `Function-Execution-Id` header, or 12 base-36 characters. */
  get executionId(): string {
    this[kExecutionId] ??= this.get('Function-Execution-Id') || randomId();
    return this[kExecutionId];
  }

  set executionId(id: string) {
    this[kExecutionId] = id;
  }

  /** Trace id of `X-Cloud-Trace-Context` or `traceparent`, when the caller sent one. */
  get traceId(): string | undefined {
    return trace().traceContext(this).traceId;
  }

  /** Span id of `X-Cloud-Trace-Context` or `traceparent`, when the caller sent one. */
  get spanId(): string | undefined {
    return trace().traceContext(this).spanId;
  }

  /** Whether the caller records this trace, when it said so. */
  get traceSampled(): boolean | undefined {
    return trace().traceContext(this).sampled;
  }

  /** The controller behind {@link signal}. */
  get abortController(): AbortController {
    return controllerOf(this);
  }

  set abortController(controller: AbortController) {
    this[kController] = controller;
  }

  /** Aborts when the client disconnects, the request times out, or the process shuts down. */
  // Not an accessor: @types/node 26 declares a property, and TypeScript wants the same kind (TS2611).
  declare readonly signal: AbortSignal;

  // The request target.

  /** The path of the target as it came, not decoded. */
  get path(): string {
    return pathOf(this.url);
  }

  /** The query of the target: repeated names become lists, brackets have no meaning. */
  get query(): ParsedUrlQuery {
    return this[kQuery] ?? parseQuery(queryOf(this.url));
  }

  set query(query: ParsedUrlQuery) {
    this[kQuery] = query;
  }

  /** Where Express would be mounted: always at the root. */
  get baseUrl(): string {
    return '';
  }

  /** The parameters of Express's route: `splat` has the decoded segments of the path. */
  get params(): Record<string, unknown> {
    this[kParams] ??= routeParams(this.url);
    return this[kParams];
  }

  set params(params: Record<string, unknown>) {
    this[kParams] = params;
  }

  // The headers.

  /**
   * The value of a header; `Referer` and `Referrer` are one.
   * @throws TypeError when the name is missing or not a string
   */
  get(name: string): string | undefined {
    if (!name) throw new TypeError('name argument is required to req.get');
    if (typeof name !== 'string') throw new TypeError('name must be a string to req.get');
    const key = name.toLowerCase();
    const { headers } = this;
    if (key === 'referer' || key === 'referrer') {
      return (headers['referrer'] as string | undefined) || headers.referer;
    }
    return headers[key] as string | undefined;
  }

  /** The same as {@link get}. */
  header(name: string): string | undefined {
    return this.get(name);
  }

  /** The first of `types` that the body's media type matches; false if none, null without a body. */
  is(...types: (string | readonly string[])[]): string | false | null {
    return negotiation().bodyType(this, types.flat());
  }

  /** The best of `types` for the client; false if none; the client's own list without arguments. */
  accepts(...types: (string | readonly string[])[]): string | string[] | false {
    return acceptance().accepts(this.headers.accept, flattenOffers(types));
  }

  /** The best of `encodings` for the client. */
  acceptsEncodings(...encodings: (string | readonly string[])[]): string | string[] | false {
    return acceptance().acceptsEncodings(this.get('Accept-Encoding'), flattenOffers(encodings));
  }

  /** The best of `charsets` for the client. */
  acceptsCharsets(...charsets: (string | readonly string[])[]): string | string[] | false {
    return acceptance().acceptsCharsets(this.get('Accept-Charset'), flattenOffers(charsets));
  }

  /** The best of `languages` for the client. */
  acceptsLanguages(...languages: (string | readonly string[])[]): string | string[] | false {
    return acceptance().acceptsLanguages(this.get('Accept-Language'), flattenOffers(languages));
  }

  /** The `Range` header for a body of `size` bytes: -1 not satisfiable, -2 malformed. */
  range(size: number, options?: { combine?: boolean }): Ranges | -1 | -2 | undefined {
    const { range } = this.headers;
    // An empty header is ignored, as in Express.
    return range ? negotiation().range(size, range, options) : undefined;
  }

  /** Whether the client's copy is still good, by the response's ETag and Last-Modified. */
  get fresh(): boolean {
    return negotiation().isFreshResponse(this);
  }

  /** Whether the client's copy is outdated. */
  get stale(): boolean {
    return !this.fresh;
  }

  /** Whether the client says it is `XMLHttpRequest`. */
  get xhr(): boolean {
    return (this.get('X-Requested-With') ?? '').toLowerCase() === 'xmlhttprequest';
  }

  // Where it came from.

  /** `https` or `http`: the first of `X-Forwarded-Proto`, else the connection's. */
  get protocol(): string {
    return origin().protocolOf(this);
  }

  /** Whether {@link protocol} is `https`. */
  get secure(): boolean {
    return this.protocol === 'https';
  }

  /** The client's address: the first of `X-Forwarded-For`, else the connection's. */
  get ip(): string | undefined {
    return origin().addressesOf(this)[0] ?? this.socket?.remoteAddress;
  }

  /** The addresses of `X-Forwarded-For`, the client's first. */
  get ips(): string[] {
    return origin().addressesOf(this);
  }

  /** The host with its port: the first of `X-Forwarded-Host`, else `Host`. */
  get host(): string | undefined {
    return origin().hostOf(this);
  }

  /** The host without its port. */
  get hostname(): string | undefined {
    return origin().hostnameOf(this.host);
  }

  /** The labels of the host name below its registered domain, the nearest first. */
  get subdomains(): string[] {
    return origin().subdomainsOf(this.hostname);
  }

  /** The settings that an Express application would have. */
  get app(): AppSettings {
    return (require('./app-settings') as typeof import('./app-settings')).appSettings();
  }
}

// As Express has it, and so that logs name the class. (A `static name` made each request cost 10 µs.)
HttpRequest.prototype.constructor = IncomingMessage;

Object.defineProperty(HttpRequest.prototype, 'signal', {
  get(this: HttpRequest): AbortSignal {
    return this.abortController.signal;
  },
  configurable: true,
});

// With Google's package these are plain members or missing: programs and Express 4 assign to them.
for (const name of ['traceId', 'spanId', 'traceSampled', 'signal', 'baseUrl', 'app']) {
  Object.defineProperty(HttpRequest.prototype, name, {
    ...Object.getOwnPropertyDescriptor(HttpRequest.prototype, name),
    set(this: HttpRequest, value: unknown) {
      const enumerable = true;
      Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable });
    },
  });
}

/** 12 base-36 characters. They name log lines, so they need to differ, not to be secret. */
function randomId(): string {
  let id = '';
  while (id.length < 12) id += Math.random().toString(36).slice(2);
  return id.slice(0, 12);
}

/** As in Express, an empty first argument asks for the client's own list. */
const flattenOffers = (names: (string | readonly string[])[]): string[] =>
  names[0] ? names.flat() : [];
