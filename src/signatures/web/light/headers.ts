import { isHeader } from '../../../core/raw-headers';
import { checkPair, readHeaderPairs } from './header-init';
import { HeadersIterator } from './header-iterator';
import { headerName, headerValue, joinValues, trimValue } from './header-values';
import { defineInterface, requireArguments } from './interface';

/** What `new Headers` takes, and headers of the light class. */
export type HeadersInput = ConstructorParameters<typeof Headers>[0] | LightHeaders | string[][];

const kFields = Symbol('fields');
const kCookies = Symbol('cookies');
const kReceived = Symbol('received');
const kSorted = Symbol('sorted');
const kIsImmutable = Symbol('isImmutable');

/**
 * `Headers` of the Fetch standard, which does not load Node's own. Those of a request are read from
 * node:http's list until they are iterated or changed.
 */
export class LightHeaders {
  /** Names in lower case and their joined values, but for Set-Cookie. */
  declare [kFields]: Map<string, string>;
  /** The values of Set-Cookie, which cannot be joined (RFC 9110 §5.3). */
  declare [kCookies]: string[];
  /** Names and values as node:http received them; undefined once they are in the fields. */
  declare [kReceived]: readonly string[] | undefined;
  /** What iterators show; undefined after a change. */
  declare [kSorted]: [string, string][] | undefined;
  declare [kIsImmutable]: boolean;

  constructor(init: HeadersInput = undefined) {
    this[kFields] = new Map();
    this[kCookies] = [];
    this[kReceived] = undefined;
    this[kSorted] = undefined;
    this[kIsImmutable] = false;
    if (isLightHeaders(init)) fill(this, init);
    else if (init !== undefined) {
      for (const list of readHeaderPairs(init)) this.append(...checkPair(list));
    }
  }

  append(name: string, value: string): void {
    requireArguments(arguments, 2, 'Headers.append');
    const key = headerName(name, 'Headers.append');
    const text = headerValue(value, 'Headers.append');
    const fields = changing(this);
    if (key === 'set-cookie') this[kCookies].push(text);
    else fields.set(key, joinValues(key, fields.get(key), text));
  }

  delete(name: string): void {
    requireArguments(arguments, 1, 'Headers.delete');
    const key = headerName(name, 'Headers.delete');
    const fields = changing(this);
    if (key === 'set-cookie') this[kCookies] = [];
    else fields.delete(key);
  }

  get(name: string): string | null {
    requireArguments(arguments, 1, 'Headers.get');
    const key = headerName(name, 'Headers.get');
    const received = this[kReceived];
    if (received !== undefined && key !== 'set-cookie') return findReceived(received, key);
    const fields = fieldsOf(this);
    if (key !== 'set-cookie') return fields.get(key) ?? null;
    return this[kCookies].length === 0 ? null : this[kCookies].join(', ');
  }

  getSetCookie(): string[] {
    fieldsOf(this);
    return [...this[kCookies]];
  }

  has(name: string): boolean {
    requireArguments(arguments, 1, 'Headers.has');
    return this.get(headerName(name, 'Headers.has')) !== null;
  }

  set(name: string, value: string): void {
    requireArguments(arguments, 2, 'Headers.set');
    const key = headerName(name, 'Headers.set');
    const text = headerValue(value, 'Headers.set');
    const fields = changing(this);
    if (key === 'set-cookie') this[kCookies] = [text];
    else fields.set(key, text);
  }

  forEach(
    callback: (value: string, name: string, parent: LightHeaders) => void,
    thisArg?: unknown,
  ): void {
    requireArguments(arguments, 1, 'Headers.forEach');
    if (typeof callback !== 'function') {
      throw new TypeError(
        "Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'Function'.",
      );
    }
    for (const [name, value] of this) callback.call(thisArg, value, name, this);
  }

  keys(): HeadersIterator<string> {
    return iterate(this, ([name]) => name);
  }

  values(): HeadersIterator<string> {
    return iterate(this, ([, value]) => value);
  }

  entries(): HeadersIterator<[string, string]> {
    return iterate(this, ([name, value]) => [name, value]);
  }

  declare [Symbol.iterator]: () => HeadersIterator<[string, string]>;
}

defineInterface(LightHeaders, 'Headers', {
  length: 0,
  isInstance: isLightHeaders,
  inspected: (headers) => Object.fromEntries(headers as LightHeaders),
});
Object.defineProperty(LightHeaders.prototype, Symbol.iterator, {
  value: LightHeaders.prototype.entries,
  writable: true,
  configurable: true,
});

function isLightHeaders(value: unknown): value is LightHeaders {
  return typeof value === 'object' && value !== null && kFields in value;
}

/**
 * What a constructor takes as headers, converted (Web IDL) but not checked. All members of an init are
 * converted before one is checked.
 */
export function convertHeaders(init: unknown): HeadersInput {
  return init === undefined || isLightHeaders(init) ? init : readHeaderPairs(init);
}

/** Headers of a request, names and values in turn. */
export function receivedHeaders(rawHeaders: readonly string[]): LightHeaders {
  const headers = new LightHeaders();
  headers[kReceived] = rawHeaders;
  return headers;
}

/** A copy that can change if the original can. */
export function cloneHeaders(headers: LightHeaders): LightHeaders {
  const clone = new LightHeaders();
  copyFields(clone, headers);
  clone[kIsImmutable] = headers[kIsImmutable];
  return clone;
}

/** Lets every later change fail, as that of a redirect's headers. */
export function makeImmutable(headers: LightHeaders): void {
  headers[kIsImmutable] = true;
}

/** Appends names and values in turn to a list. Several Set-Cookie are several entries. */
export function listFields(headers: LightHeaders, list: string[]): void {
  for (const [name, value] of fieldsOf(headers)) list.push(name, value);
  for (const value of headers[kCookies]) list.push('set-cookie', value);
}

/** Appends each value, as Fetch §5.1 has it: only one that was joined with an empty one changes. */
function fill(headers: LightHeaders, from: LightHeaders): void {
  copyFields(headers, from);
  const fields = headers[kFields];
  for (const [name, value] of fields) if (value.endsWith(' ')) fields.set(name, trimValue(value));
}

function copyFields(headers: LightHeaders, from: LightHeaders): void {
  headers[kFields] = new Map(fieldsOf(from));
  headers[kCookies] = [...from[kCookies]];
}

function iterate<Item>(
  headers: LightHeaders,
  map: (entry: [string, string]) => Item,
): HeadersIterator<Item> {
  fieldsOf(headers);
  return new HeadersIterator(() => sortedEntries(headers), map);
}

/** Sorted by name, as the standard has it. */
function sortedEntries(headers: LightHeaders): [string, string][] {
  headers[kSorted] ??= [
    ...fieldsOf(headers),
    ...headers[kCookies].map((value): [string, string] => ['set-cookie', value]),
  ].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return headers[kSorted];
}

/** @throws TypeError for headers that cannot change */
function changing(headers: LightHeaders): Map<string, string> {
  const fields = fieldsOf(headers);
  if (headers[kIsImmutable]) throw new TypeError('immutable');
  headers[kSorted] = undefined;
  return fields;
}

function fieldsOf(headers: LightHeaders): Map<string, string> {
  const fields = headers[kFields];
  if (fields === undefined) throw new TypeError('Illegal invocation');
  const received = headers[kReceived];
  if (received !== undefined) {
    headers[kReceived] = undefined;
    for (let i = 0; i < received.length; i += 2) {
      const name = (received[i] as string).toLowerCase();
      const value = headerValue(received[i + 1], 'Headers.append');
      if (name === 'set-cookie') headers[kCookies].push(value);
      else fields.set(name, joinValues(name, fields.get(name), value));
    }
  }
  return fields;
}

function findReceived(received: readonly string[], key: string): string | null {
  let found: string | undefined;
  for (let i = 0; i < received.length; i += 2) {
    if (!isHeader(received[i] as string, key)) continue;
    found = joinValues(key, found, headerValue(received[i + 1], 'Headers.append'));
  }
  return found ?? null;
}
