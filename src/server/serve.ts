import { hasSubscribers } from 'node:diagnostics_channel';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { invocationStorage } from '../core/invocation';
import type { Registration } from '../core/registry';
import { type BodyFraming, readBodyFraming } from '../http/body/framing';
import { respondWithFailure } from '../http/errors/respond';
import { bodyReader, lazily } from '../http/lazy';
import { abortRequest } from '../http/request/abort';
import { HttpRequest } from '../http/request/request';
import { releaseFromParser, storeOf, tellClosed } from '../http/request/stream';
import { findMalformedSegment } from '../http/request/target';
import { HttpResponse } from '../http/response/response';
import {
  type EventOptions,
  type RequestHandler,
  type Signature,
  signatureOf,
} from '../signatures/signature';
import { ignoredRoutes, type RouteTest } from './ignored-routes';
import type { ServerSettings, Slots } from './settings';

/** Settings of a server. */
export interface ServeOptions extends EventOptions, ServerSettings {
  /** Routes to answer with 404: null = the default ones, blank = none. @default null */
  readonly ignoredRoutes?: string | null;
  /** The most bytes of a request body, as received and after inflating. @default 33554432 */
  readonly bodyLimit?: number;
  /** Seconds until a request is answered with 504; 0 = never. @default 0 */
  readonly timeout?: number;
  /**
   * Whether integers beyond 2^53 - 1 in JSON become BigInts, in the data of events, in the input of typed
   * functions and in `req.body`. Without it they lose their last digits, as with `JSON.parse`.
   * @default false
   */
  readonly exactIntegers?: boolean | undefined;
  /** The version of Express that the request and response follow. @default 5 */
  readonly express?: 4 | 5 | undefined;
  /** Whether HTTP/2 with prior knowledge is served on the same port. @default false */
  readonly http2?: boolean;
  /** A path answered without the function: 200, or 503 while the server drains. @default null: none */
  readonly healthPath?: string | null;
}

/** Cloud Run's own limit for requests over HTTP/1. */
const DEFAULT_BODY_LIMIT = 32 * 1024 * 1024;

/** A function on a server that does not listen yet. */
export interface Service {
  readonly server: Server<typeof HttpRequest, typeof HttpResponse>;
  /** The responses that have not closed yet, oldest first. */
  readonly inFlight: ReadonlySet<HttpResponse>;
  /** Called first for each request; set while the service drains. */
  onAccept: ((res: HttpResponse) => void) | undefined;
  /** Called when a response has closed; set while the service drains. */
  onClosed: (() => void) | undefined;
  /** Resolves when no connection comes any more; set where another process accepts them. */
  stopAccepting?: () => Promise<void>;
  /** Refuses new streams, and resolves when the open ones were answered; set with HTTP/2. */
  endSessions?: () => Promise<void>;
}

/** The settings of one function that its requests need. */
interface Route {
  readonly handle: RequestHandler;
  readonly methods: readonly string[] | undefined;
  readonly isIgnored: RouteTest | undefined;
  readonly bodyLimit: number;
  readonly streamsBody: boolean;
  readonly timeoutMs: number;
  /** Undefined: any number of functions may run at a time. */
  readonly slots: Slots | undefined;
}

/**
 * Makes the server of a function. A request passes through the functions below in their order: receive,
 * decode, call, respond, close.
 *
 * @param prepare the signature, if it is not that of the function's type
 */
export function createService(
  registration: Registration,
  options: ServeOptions = {},
  prepare?: Signature,
): Service {
  const settings = settingsFor(options);
  const slots = settings?.createSlots(options, options.bodyLimit ?? DEFAULT_BODY_LIMIT);
  const route = prepareRoute(registration, options, prepare, slots);
  const inFlight = new Set<HttpResponse>();
  const classes =
    options.express === 4
      ? express4().classes
      : { IncomingMessage: HttpRequest, ServerResponse: HttpResponse };
  const pipelined = new WeakSet<Socket>();
  const server = createServer(
    { ...classes, ...settings?.nodeOptions(options, classes.IncomingMessage) },
    (req, res) => {
      req.res = res as HttpResponse;
      req.originalUrl = req.url as string;
      inFlight.add(req.res);
      if (service.onAccept !== undefined) service.onAccept(req.res);
      res.on('close', onClose);
      if (res.socket === null && !pipelined.has(req.socket)) {
        pipelined.add(req.socket);
        watchConnection(req.socket, inFlight);
      }
      receive(route, req, req.res);
    },
  );
  const service: Service = { server, inFlight, onAccept: undefined, onClosed: undefined };
  extend(service, options);
  return service;

  function onClose(this: HttpResponse): void {
    inFlight.delete(this);
    close(this);
    if (service.onClosed !== undefined) service.onClosed();
  }
}

/** Adds what few services have. */
function extend(service: Service, { http2, healthPath }: ServeOptions): void {
  if (http2) (require('./http2/http2') as typeof import('./http2/http2')).acceptHttp2(service);
  if (healthPath) {
    (require('./health') as typeof import('./health')).answerHealth(service, healthPath);
  }
}

/** Receive: refuses what the function does not serve, and starts the timeout of everything else. */
function receive(route: Route, req: HttpRequest, res: HttpResponse): void {
  const url = req.url as string;
  // RFC 9112 §3.2.4: `*` is the server as a whole, not a function.
  if (url === '*' || route.isIgnored?.(url)) {
    refusals().refuseIgnoredRoute(res);
  } else if (url.includes('%') && findMalformedSegment(url) !== undefined) {
    refusals().refuseMalformedPath(res, url);
  } else if (route.methods !== undefined && !route.methods.includes(req.method as string)) {
    refusals().refuseMethod(res, route.methods);
  } else {
    if (route.timeoutMs > 0) startTimeout(route.timeoutMs, req, res);
    const body = route.streamsBody ? undefined : readBodyFraming(req);
    if (body !== undefined) decode(route, body, req, res);
    else if (route.slots === undefined || route.slots.take(res)) call(route, req, res);
  }
}

const refusals = lazily(() => require('./refusals') as typeof import('./refusals'));

/** Decode: reads the body into `req.rawBody`, inflated. What it means is for the signature to say. */
function decode(route: Route, body: BodyFraming, req: HttpRequest, res: HttpResponse): void {
  const { bodyLimit: limit, slots } = route;
  const done = (error: Error | null): void => {
    // The request has timed out meanwhile.
    if (res.headersSent) return;
    if (error === null) call(route, req, res);
    else respond(res, error);
  };
  const { readBody } = bodyReader();
  if (slots === undefined) readBody(req, body, { limit, done });
  else if (slots.offer(res)) readBody(req, body, { limit, done, ...slots.receive(res) });
}

/** Call: the signature makes arguments of the request, calls the function and sends its result. */
function call(route: Route, req: HttpRequest, res: HttpResponse): void {
  try {
    invocationStorage.run(storeOf(req), route.handle, req, res);
  } catch (error) {
    respond(res, error);
  }
}

/** Respond: answers what failed before the signature could answer. */
function respond(res: HttpResponse, error: unknown): void {
  respondWithFailure(res, error, 'crash');
}

/** Close: the response was sent, or its connection is gone. Ends the invocation. */
function close(res: HttpResponse): void {
  const { req } = res;
  if (res.writableFinished) storeOf(req).release();
  else abortRequest(req, new Error('The client closed the connection.'));
  tellClosed(req);
  releaseFromParser(req);
}

/** Serves one of several functions of a server. */
export function createRoute(registration: Registration, options: ServeOptions): RequestHandler {
  const route = prepareRoute(registration, options);
  return (req, res) => receive(route, req, res);
}

function prepareRoute(
  registration: Registration,
  options: ServeOptions,
  prepare = signatureOf(registration.type),
  slots?: Slots,
): Route {
  const bodyLimit = options.bodyLimit ?? DEFAULT_BODY_LIMIT;
  const observable = hasObservers() ? observed(registration) : registration;
  const signature =
    options.express === 4 ? express4().signature(registration.type, prepare) : prepare;
  const { handle, methods, hasPages, streamsBody } = signature(observable, {
    ...options,
    bodyLimit,
  });
  return {
    handle: options.exactIntegers ? withBigInts(handle) : handle,
    methods,
    isIgnored: ignoredRoutes(options.ignoredRoutes ?? null, hasPages, options.express),
    bodyLimit,
    streamsBody: streamsBody ?? false,
    timeoutMs: (options.timeout ?? 0) * 1000,
    slots,
  };
}

/** Lets a function that reads BigInts send them. */
function withBigInts(handle: RequestHandler): RequestHandler {
  const { writeBigInts } =
    require('../http/response/big-integers') as typeof import('../http/response/big-integers');
  return (req, res) => {
    writeBigInts(res);
    handle(req, res);
  };
}

/** Loads the module of rarely used settings when one of them is set. */
function settingsFor(options: ServeOptions): typeof import('./settings') | undefined {
  const { headersTimeout, requestTimeout, keepAliveTimeout, maxConcurrency, trustProxy } = options;
  const given =
    headersTimeout ?? requestTimeout ?? keepAliveTimeout ?? maxConcurrency ?? trustProxy;
  return given === undefined ? undefined : require('./settings');
}

/** Loads the request and response of Express 4. */
function express4(): typeof import('../signatures/express4') {
  return require('../signatures/express4') as typeof import('../signatures/express4');
}

/** Whether the tracing channel of invocations has subscribers. node:http has loaded the module. */
function hasObservers(): boolean {
  const names = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];
  return names.some((name) => hasSubscribers(`tracing:barefn.invocation:${name}`));
}

function observed(registration: Registration): Registration {
  return (require('./tracing') as typeof import('./tracing')).traceInvocations(registration);
}

function watchConnection(socket: Socket, inFlight: ReadonlySet<HttpResponse>): void {
  const { closeWithConnection } = require('./pipelined') as typeof import('./pipelined');
  closeWithConnection(socket, inFlight);
}

function startTimeout(ms: number, req: HttpRequest, res: HttpResponse): void {
  const timer = setTimeout(() => {
    const timeout = require('../http/errors/timeout') as typeof import('../http/errors/timeout');
    timeout.answerTimeout(ms, req, res);
  }, ms);
  res.once('close', () => clearTimeout(timer));
}
