import type { ServerOptions } from 'node:http';
import { HttpError } from '../errors';
import { refuse } from '../failures/respond';
import { createSettings } from '../http/app-settings';
import { HttpRequest } from '../http/request';
import type { HttpResponse } from '../http/response';
import type { TrustProxy } from '../http/trust-proxy';

/** What few servers need, and so what is loaded only where one of them is set. */
export interface ServerSettings {
  /** Seconds that a client has to send the head of a request; 0 = any. @default 60, as node's */
  readonly headersTimeout?: number | undefined;
  /** Seconds that a client has to send a whole request; 0 = any. @default 300, as node's */
  readonly requestTimeout?: number | undefined;
  /** Most requests at a time, others are answered with 429; 0 = any number. @default 0 */
  readonly maxConcurrency?: number | undefined;
  /** Whose `X-Forwarded-…` fields are believed. @default true: everybody's */
  readonly trustProxy?: TrustProxy | undefined;
}

/** The options of node's server for these settings. Of the two timeouts, the shorter one holds. */
export function nodeOptions(settings: ServerSettings): ServerOptions<typeof HttpRequest> {
  const { headersTimeout = 60, requestTimeout = 300, trustProxy } = settings;
  const whole = toMs(requestTimeout);
  const head = whole === 0 ? toMs(headersTimeout) : Math.min(toMs(headersTimeout) || whole, whole);
  // Node looks at its connections every 30 seconds, which is no use for shorter timeouts.
  const shortest = Math.min(head || Number.POSITIVE_INFINITY, whole || Number.POSITIVE_INFINITY);
  const connectionsCheckingInterval = Math.ceil(Math.min(30_000, Math.max(100, shortest / 4)));
  return {
    headersTimeout: head,
    requestTimeout: whole,
    connectionsCheckingInterval,
    IncomingMessage: trustProxy === undefined ? HttpRequest : requestsThatTrust(trustProxy),
  };
}

/** Requests of one server: they find its settings on their prototype, at no cost to those who do not ask. */
function requestsThatTrust(trustProxy: TrustProxy): typeof HttpRequest {
  class OwnRequest extends HttpRequest {}
  const value = createSettings().set('trust proxy', trustProxy);
  Object.defineProperty(OwnRequest.prototype, 'app', { value, writable: true, configurable: true });
  return OwnRequest;
}

/** Serves a request. */
type Accept<Route> = (route: Route, req: HttpRequest, res: HttpResponse) => void;

/** Lets so many requests in at a time, and answers others with 429 before their body is read. */
export function limitConcurrency<Route>(
  { maxConcurrency = 0 }: ServerSettings,
  accept: Accept<Route>,
): Accept<Route> {
  if (maxConcurrency === 0) return accept;
  let running = 0;
  const leave = (): void => {
    running--;
  };
  return (route, req, res) => {
    if (running >= maxConcurrency) {
      refuse(res, tooMany(maxConcurrency));
      return;
    }
    running++;
    res.once('close', leave);
    accept(route, req, res);
  };
}

function tooMany(maxConcurrency: number): HttpError {
  return new HttpError(
    429,
    'TOO_MANY_REQUESTS',
    `${maxConcurrency} requests are being served, which is the most here. Try again later.`,
    { headers: { 'Retry-After': '1' } },
  );
}

function toMs(seconds: number): number {
  return Math.ceil(seconds * 1000);
}
