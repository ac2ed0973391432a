import { byteString } from './header-values';
import { type ConvertedHeaders, convertHeaders } from './headers';
import { DEFAULTS, type RequestSettings } from './request-state';
import { UNDICI_MAJOR } from './undici-version';

/** The members of a `RequestInit`, each read once. Only the headers are converted yet. */
export interface RequestMembers {
  readonly body?: unknown;
  readonly cache?: unknown;
  readonly credentials?: unknown;
  readonly dispatcher?: unknown;
  readonly duplex?: unknown;
  readonly headers?: ConvertedHeaders;
  readonly integrity?: unknown;
  readonly keepalive?: unknown;
  readonly method?: unknown;
  readonly mode?: unknown;
  readonly priority?: unknown;
  readonly redirect?: unknown;
  readonly referrer?: unknown;
  readonly referrerPolicy?: unknown;
  readonly signal?: unknown;
  readonly window?: unknown;
}

type EnumMember =
  | 'referrerPolicy'
  | 'mode'
  | 'credentials'
  | 'cache'
  | 'redirect'
  | 'duplex'
  | 'priority';

const ALLOWED: Readonly<Record<EnumMember, readonly string[]>> = {
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
  mode: ['navigate', 'same-origin', 'no-cors', 'cors'],
  credentials: ['omit', 'same-origin', 'include'],
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  redirect: ['follow', 'manual', 'error'],
  duplex: ['half'],
  priority: ['high', 'low', 'auto'],
};

/**
 * The object that holds the members of an init.
 *
 * @throws TypeError when it is none
 */
export function readInit(init: unknown, of: string): Readonly<Record<string, unknown>> {
  if (init === undefined || init === null) return {};
  if (typeof init === 'object' || typeof init === 'function') {
    return init as Readonly<Record<string, unknown>>;
  }
  throw new TypeError(
    `${of}: Expected init ("${String(init)}") to be one of: Null, Undefined, Object.`,
  );
}

/**
 * Reads an init, in the order of Web IDL (§3.2.17). Undefined for one that has no member.
 *
 * @throws TypeError when it is no object
 */
export function readMembers(init: unknown): RequestMembers | undefined {
  if (init === undefined) return undefined;
  const {
    body,
    cache,
    credentials,
    dispatcher,
    duplex,
    headers,
    integrity,
    keepalive,
    method,
    mode,
    priority,
    redirect,
    referrer,
    referrerPolicy,
    signal,
    window,
  } = readInit(init, 'Request constructor');
  const members = {
    body,
    cache,
    credentials,
    dispatcher,
    duplex,
    headers: convertHeaders(headers),
    integrity,
    keepalive,
    method,
    mode,
    priority,
    redirect,
    referrer,
    referrerPolicy,
    signal,
    window,
  };
  for (const name in members) {
    if (members[name as keyof typeof members] !== undefined) return members;
  }
  return undefined;
}

/**
 * The settings of a new request (Fetch §5.4).
 *
 * @param from those of the request that it is made of
 * @throws TypeError for a value that the standard does not know
 */
export function readSettings(init: RequestMembers, from: RequestSettings): RequestSettings {
  const { window, referrer, integrity, keepalive, dispatcher } = init;
  if (window !== undefined && window !== null) {
    throw new TypeError(`'window' option '${String(window)}' must be null`);
  }
  readEnum(init, 'duplex', '');
  if (UNDICI_MAJOR >= 7) readEnum(init, 'priority', '');
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

function readEnum(init: RequestMembers, name: EnumMember, initial: string): string {
  const value = init[name];
  if (value === undefined) return initial;
  const text = `${value as string}`;
  if (ALLOWED[name].includes(text)) return text;
  const allowed = ALLOWED[name].join(', ');
  throw new TypeError(
    `Request constructor: ${text} is not an accepted ${name}. Expected one of ${allowed}.`,
  );
}

function readReferrer(referrer: string): string {
  if (referrer === '') return '';
  const base = globalOrigin();
  let url: URL;
  try {
    url = new URL(referrer, base);
  } catch (cause) {
    throw new TypeError(`Referrer "${referrer}" is not a valid URL.`, { cause });
  }
  if (base !== undefined && url.origin !== base.origin) return DEFAULTS.referrer;
  const isClient = url.hostname === 'client' || url.pathname === 'client';
  return url.protocol === 'about:' && isClient ? DEFAULTS.referrer : url.href;
}

/** Methods that are the same in any case of letters (Fetch §2.2.1: normalize). */
const NORMALIZED =
  UNDICI_MAJOR >= 8
    ? /^(?:delete|get|head|options|post|put|query)$/i
    : /^(?:delete|get|head|options|post|put)$/i;

/** @throws TypeError unless it is a token, or if the standard forbids it */
export function readMethod(method: unknown): string {
  const text = byteString(method);
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
  const url = parseUrl(text);
  if (url.username !== '' || url.password !== '') {
    throw new TypeError(
      `Request cannot be constructed from a URL that includes credentials: ${text}`,
    );
  }
  return url.href;
}

const kGlobalOrigin = Symbol.for('undici.globalOrigin.1');

/**
 * A URL, which may be relative to what a program gave undici's `setGlobalOrigin`: Node's classes know it
 * by this symbol.
 *
 * @throws TypeError for what is no URL
 */
export function parseUrl(text: string): URL {
  try {
    return new URL(text, globalOrigin());
  } catch (cause) {
    throw new TypeError(`Failed to parse URL from ${text}`, { cause });
  }
}

function globalOrigin(): URL | undefined {
  return (globalThis as { [kGlobalOrigin]?: URL })[kGlobalOrigin];
}
