import type { ServerOptions } from 'node:http';
import { HttpError } from '../core/errors';
import type { BodyReader } from '../http/body/read';
import { sendError } from '../http/errors/respond';
import { createSettings } from '../http/request/app-settings';
import { HttpRequest } from '../http/request/request';
import type { TrustProxy } from '../http/request/trust-proxy';
import type { HttpResponse } from '../http/response/response';

/** Rarely used settings, in a module that is loaded when one of them is set. */
export interface ServerSettings {
  /** Seconds that a client has to send the headers of a request; 0 = any. @default 60, as Node's */
  readonly headersTimeout?: number | undefined;
  /** Seconds that a client has to send a whole request; 0 = any. @default 300, as node's */
  readonly requestTimeout?: number | undefined;
  /**
   * Seconds that an idle connection stays open for the next request; 0 = any. Behind a load balancer that
   * keeps connections, it is to be longer than there: a request that is sent as the connection closes is
   * lost. It may be longer than `headersTimeout`, which begins with the head of a request.
   * @default 5, as node's
   */
  readonly keepAliveTimeout?: number | undefined;
  /** The most functions that run at a time; other requests are answered with 429. 0 = any number. @default 0 */
  readonly maxConcurrency?: number | undefined;
  /** Whose `X-Forwarded-…` headers are trusted. @default true: everybody's */
  readonly trustProxy?: TrustProxy | undefined;
}

/** The options of node's server for these settings. Of the two timeouts, the shorter one holds. */
export function nodeOptions(
  settings: ServerSettings,
  IncomingMessage: typeof HttpRequest,
): ServerOptions<typeof HttpRequest> {
  const { headersTimeout = 60, requestTimeout = 300, keepAliveTimeout = 5, trustProxy } = settings;
  const whole = toMs(requestTimeout);
  const head = whole === 0 ? toMs(headersTimeout) : Math.min(toMs(headersTimeout) || whole, whole);
  // Node checks its connections every 30 seconds, too rarely for shorter timeouts.
  const shortest = Math.min(head || Number.POSITIVE_INFINITY, whole || Number.POSITIVE_INFINITY);
  const connectionsCheckingInterval = Math.ceil(Math.min(30_000, Math.max(100, shortest / 4)));
  return {
    headersTimeout: head,
    requestTimeout: whole,
    connectionsCheckingInterval,
    keepAliveTimeout: toMs(keepAliveTimeout),
    IncomingMessage:
      trustProxy === undefined ? IncomingMessage : requestsThatTrust(IncomingMessage, trustProxy),
  };
}

/** Makes a class for the requests of one server, with its settings on the prototype. */
function requestsThatTrust(Base: typeof HttpRequest, trustProxy: TrustProxy): typeof HttpRequest {
  class TrustingRequest extends Base {}
  const value = createSettings().set('trust proxy', trustProxy);
  if (Base !== HttpRequest) value.set('query parser', 'extended');
  Object.defineProperty(TrustingRequest.prototype, 'app', {
    value,
    writable: true,
    configurable: true,
  });
  return TrustingRequest;
}

/** The bytes that any upload may take. */
const SMALL_BODY = 65536;

/**
 * Limits how many functions run at a time. A function runs until its response closes.
 *
 * A request takes its slot when its body is complete: otherwise a stalled client could keep the slot.
 * Incomplete bodies may take as much memory as those of the functions that may run.
 */
export class Slots {
  private readonly slots: number;
  private readonly memoryLimit: number;
  private taken = 0;
  private arriving = 0;

  constructor(slots: number, bodyLimit: number) {
    this.slots = slots;
    this.memoryLimit = slots * bodyLimit;
  }

  /** Whether a slot is free. If not, the request is answered with 429. */
  offer(res: HttpResponse): boolean {
    if (this.taken < this.slots) return true;
    sendError(res, tooMany(`${this.slots} requests are being served, which is the most here.`));
    return false;
  }

  /** Takes a slot, if one is free. If not, the request is answered with 429. */
  take(res: HttpResponse): boolean {
    // Answered or closed while its body arrived.
    if (res.headersSent || res.closed || !this.offer(res)) return false;
    this.taken++;
    res.once('close', () => {
      this.taken--;
    });
    return true;
  }

  /** How to read the body of a request that takes its slot when the body is complete. */
  receive(res: HttpResponse): Pick<BodyReader, 'checkChunk' | 'isWanted'> {
    let received = 0;
    const free = (): void => {
      this.arriving -= received;
      received = 0;
    };
    res.once('close', free);
    return {
      checkChunk: (bytes) => {
        received += bytes;
        this.arriving += bytes;
        if (received <= SMALL_BODY || this.arriving <= this.memoryLimit) return undefined;
        free();
        return tooMany(`Uploads have ${this.memoryLimit} bytes in memory, which is the most here.`);
      },
      isWanted: () => {
        free();
        return this.take(res);
      },
    };
  }
}

/** The slots of a server; undefined when any number of functions may run. */
export function createSlots(
  { maxConcurrency = 0 }: ServerSettings,
  bodyLimit: number,
): Slots | undefined {
  return maxConcurrency === 0 ? undefined : new Slots(maxConcurrency, bodyLimit);
}

function tooMany(reason: string): HttpError {
  return new HttpError(429, 'TOO_MANY_REQUESTS', `${reason} Try again later.`, {
    headers: { 'Retry-After': '1' },
  });
}

function toMs(seconds: number): number {
  return Math.ceil(seconds * 1000);
}
