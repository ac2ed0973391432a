import type { LightBody } from './body';
import { isLightHeaders, type LightHeaders, receivedHeaders } from './headers';
import type { LightRequest } from './request';
import { kHeaders, kMethod, kSignal, kSignalSource, kUrl } from './request-state';
import { makeSignal, type SignalSource } from './signal';

/** The parts of a request that nobody has to check. */
export interface RequestParts {
  readonly method: string;
  /** As URL.href would have it. */
  readonly url: string;
  /** Names and values in turn, as node:http has them, or made. */
  readonly headers: LightHeaders | readonly string[];
  readonly body: LightBody | null;
  /** What has the signal, or a signal that it follows. */
  readonly source: SignalSource | undefined;
}

/** What `console.log` shows of a request. */
export const ATTRIBUTES = [
  'method',
  'url',
  'headers',
  'destination',
  'referrer',
  'referrerPolicy',
  'mode',
  'credentials',
  'cache',
  'redirect',
  'integrity',
  'keepalive',
  'isReloadNavigation',
  'isHistoryNavigation',
  'signal',
];

// Not the getters: a class that extends this one may override them.
export function headersOf(request: LightRequest): LightHeaders {
  const headers = request[kHeaders];
  if (isLightHeaders(headers)) return headers;
  const made = receivedHeaders(headers);
  request[kHeaders] = made;
  return made;
}

export function signalOf(request: LightRequest): AbortSignal {
  request[kSignal] ??= makeSignal(request[kSignalSource]);
  return request[kSignal];
}

/** What a request was made with, whatever a class that extends this one shows. */
export function requestParts(request: LightRequest): {
  readonly method: string;
  readonly url: string;
  readonly headers: LightHeaders;
  readonly signal: AbortSignal;
} {
  return {
    method: request[kMethod],
    url: request[kUrl],
    headers: headersOf(request),
    signal: signalOf(request),
  };
}
