import { DEFAULTS, type RequestSettings } from './request-state';

/** A `RequestInit` as programs pass it: nothing is checked yet. */
export type RawInit = Readonly<Record<string, unknown>>;

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  referrerPolicy: [
    '',
    'no-referrer',
    'no-referrer-when-downgrade',
    'same-origin',
    'origin',
    'strict-origin',
    'origin-when-cross-origin',
    'strict-origin-when-cross-origin',
    'unsafe-url',
  ],
  mode: ['same-origin', 'cors', 'no-cors', 'navigate', 'websocket'],
  credentials: ['omit', 'same-origin', 'include'],
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  redirect: ['follow', 'error', 'manual'],
  duplex: ['half'],
};

/**
 * The object that holds the members of an init.
 *
 * @throws TypeError when it is none
 */
export function readInit(init: unknown, of: string): RawInit {
  if (init === undefined || init === null) return {};
  if (typeof init === 'object' || typeof init === 'function') return init as RawInit;
  throw new TypeError(
    `${of}: Expected init ("${String(init)}") to be one of: Null, Undefined, Object.`,
  );
}

/**
 * The settings of a new request (Fetch §5.4).
 *
 * @param from those of the request that it is made of
 * @throws TypeError for a value that the standard does not know
 */
export function readSettings(init: RawInit, from: RequestSettings = DEFAULTS): RequestSettings {
  for (const name in init) if (init[name] !== undefined) return readAll(init, from);
  return from;
}

function readAll(init: RawInit, from: RequestSettings): RequestSettings {
  const { window, referrer, integrity, keepalive, dispatcher } = init;
  if (window !== undefined && window !== null) {
    throw new TypeError(`'window' option '${String(window)}' must be null`);
  }
  readEnum(init, 'duplex', '');
  const settings = {
    cache: readEnum(init, 'cache', from.cache),
    credentials: readEnum(init, 'credentials', from.credentials),
    integrity: integrity === undefined ? from.integrity : `${integrity as string}`,
    keepalive: keepalive === undefined ? from.keepalive : Boolean(keepalive),
    mode: readEnum(init, 'mode', from.mode),
    redirect: readEnum(init, 'redirect', from.redirect),
    referrer: referrer === undefined ? DEFAULTS.referrer : readReferrer(`${referrer as string}`),
    referrerPolicy: readEnum(init, 'referrerPolicy', DEFAULTS.referrerPolicy),
    dispatcher: dispatcher ?? from.dispatcher,
  };
  if (settings.mode === 'navigate') {
    throw new TypeError('Request constructor: invalid request mode navigate.');
  }
  if (settings.cache === 'only-if-cached' && settings.mode !== 'same-origin') {
    throw new TypeError("'only-if-cached' can be set only with 'same-origin' mode");
  }
  return settings;
}

function readEnum(init: RawInit, name: string, initial: string): string {
  const value = init[name];
  if (value === undefined) return initial;
  const text = `${value as string}`;
  if (ALLOWED[name]?.includes(text)) return text;
  const allowed = (ALLOWED[name] as string[]).join(', ');
  throw new TypeError(
    `Request constructor: ${text} is not an accepted ${name}. Expected one of ${allowed}.`,
  );
}

function readReferrer(referrer: string): string {
  if (referrer === '') return '';
  const url = URL.parse?.(referrer) ?? parse(referrer);
  return url.protocol === 'about:' && url.pathname === 'client' ? DEFAULTS.referrer : url.href;
}

function parse(referrer: string): URL {
  try {
    return new URL(referrer);
  } catch (cause) {
    throw new TypeError(`Referrer "${referrer}" is not a valid URL.`, { cause });
  }
}

/** Methods that are the same in any case of letters (Fetch §2.2.1: normalize). */
const NORMALIZED = /^(?:delete|get|head|options|post|put)$/i;

/** @throws TypeError unless it is a token, or if the standard forbids it */
export function readMethod(method: unknown): string {
  const text = `${method as string}`;
  if (!/^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/.test(text)) {
    throw new TypeError(`'${text}' is not a valid HTTP method.`);
  }
  if (/^(?:connect|trace|track)$/i.test(text)) {
    throw new TypeError(`'${text}' HTTP method is unsupported.`);
  }
  return NORMALIZED.test(text) ? text.toUpperCase() : text;
}

/** @throws TypeError for what is no URL, and for one with a user or a password */
export function readUrl(input: unknown): string {
  const text = `${input as string}`;
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new TypeError(`Failed to parse URL from ${text}`, { cause });
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError(
      `Request cannot be constructed from a URL that includes credentials: ${text}`,
    );
  }
  return url.href;
}

/** @throws TypeError for what is no AbortSignal */
export function readSignal(signal: unknown): AbortSignal | undefined {
  if (signal === null || signal === undefined) return undefined;
  const { aborted, addEventListener } = signal as Partial<AbortSignal>;
  if (typeof aborted === 'boolean' && typeof addEventListener === 'function') {
    return signal as AbortSignal;
  }
  throw new TypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
}
