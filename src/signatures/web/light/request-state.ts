import type { LightBody } from './body';
import type { LightRequest } from './request';

export const kMethod = Symbol('method');
export const kUrl = Symbol('url');
export const kHeaders = Symbol('headers');
export const kSignal = Symbol('signal');
export const kSignalSource = Symbol('signalSource');
export const kBody = Symbol('body');
export const kSettings = Symbol('settings');

/** What a program may set of a request beside method, URL, headers, body and signal. */
export interface RequestSettings {
  readonly cache: string;
  readonly credentials: string;
  readonly integrity: string;
  readonly keepalive: boolean;
  readonly mode: string;
  readonly redirect: string;
  readonly referrer: string;
  readonly referrerPolicy: string;
  /** Of undici: how `fetch` connects. */
  readonly dispatcher?: unknown;
}

export const DEFAULTS: RequestSettings = {
  cache: 'default',
  credentials: 'same-origin',
  integrity: '',
  keepalive: false,
  mode: 'cors',
  redirect: 'follow',
  referrer: 'about:client',
  referrerPolicy: '',
};

export function bodyOf(request: LightRequest): LightBody | null {
  return request[kBody];
}

export function settingsOf(request: LightRequest): RequestSettings {
  return request[kSettings];
}
