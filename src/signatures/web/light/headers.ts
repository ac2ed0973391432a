import { checkPair, readHeaderPairs } from './header-init';
import { HeadersIterator } from './header-iterator';
import { HeaderList } from './header-list';
import { headerName, headerValue } from './header-values';
import { defineInterface, illegalInvocation, requireArguments } from './interface';

/** What `new Headers` takes, and headers of the light class. */
export type HeadersInput = ConstructorParameters<typeof Headers>[0] | LightHeaders | string[][];

let listOf: (headers: object) => HeaderList | undefined;

/** `Headers` of the Fetch standard, which does not load Node's own. */
export class LightHeaders {
  // Private: a copy `{ ...headers }` must have nothing that a program did not put there.
  #list: HeaderList;

  static {
    listOf = (headers) => (#list in headers ? headers.#list : undefined);
  }

  /** @param init also a list, which programs do not have */
  constructor(init: HeadersInput | HeaderList = undefined) {
    if (init === undefined) this.#list = new HeaderList(undefined);
    else if (HeaderList.is(init)) this.#list = init;
    else if (isPlain(init)) this.#list = fill(init);
    else this.#list = listOfPairs(readHeaderPairs(init));
  }

  append(name: string, value: string): void {
    const list = requireList(this);
    requireArguments(arguments, 2, 'Headers.append');
    append(list, name, value);
  }

  delete(name: string): void {
    const list = requireList(this);
    requireArguments(arguments, 1, 'Headers.delete');
    list.delete(headerName(name, 'Headers.delete'));
  }

  get(name: string): string | null {
    const list = requireList(this);
    requireArguments(arguments, 1, 'Headers.get');
    return list.get(headerName(name, 'Headers.get'));
  }

  getSetCookie(): string[] {
    return requireList(this).getCookies();
  }

  has(name: string): boolean {
    const list = requireList(this);
    requireArguments(arguments, 1, 'Headers.has');
    return list.get(headerName(name, 'Headers.has')) !== null;
  }

  set(name: string, value: string): void {
    const list = requireList(this);
    requireArguments(arguments, 2, 'Headers.set');
    const key = headerName(name, 'Headers.set');
    list.set(key, headerValue(value, 'Headers.set'));
  }

  // The parameters that have a default do not count for `length`.
  forEach(
    callback: (value: string, name: string, parent: LightHeaders) => void,
    thisArg: unknown = undefined,
  ): void {
    const list = requireList(this);
    requireArguments(arguments, 1, 'Headers.forEach');
    if (typeof callback !== 'function') {
      throw new TypeError(
        "Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'Function'.",
      );
    }
    // Each step sees what the callback changed (Web IDL §3.7.10).
    for (let index = 0; index < list.entries().length; index++) {
      const [name, value] = list.entries()[index] as [string, string];
      callback.call(thisArg, value, name, this);
    }
  }

  keys(): HeadersIterator<string> {
    return new HeadersIterator(requireList(this), ([name]) => name);
  }

  values(): HeadersIterator<string> {
    return new HeadersIterator(requireList(this), ([, value]) => value);
  }

  entries(): HeadersIterator<[string, string]> {
    return new HeadersIterator(requireList(this), ([name, value]) => [name, value]);
  }

  declare [Symbol.iterator]: () => HeadersIterator<[string, string]>;
}

defineInterface(LightHeaders, 'Headers', {
  length: 0,
  isInstance: isLightHeaders,
  inspected: showHeaders,
});
Object.defineProperty(LightHeaders.prototype, Symbol.iterator, {
  value: LightHeaders.prototype.entries,
  writable: true,
  configurable: true,
});

export function isLightHeaders(value: unknown): value is LightHeaders {
  return typeof value === 'object' && value !== null && listOf(value) !== undefined;
}

/** Whether headers of this class are read as they are: a program may have given them another iterator. */
function isPlain(init: unknown): init is LightHeaders {
  return isLightHeaders(init) && init[Symbol.iterator] === LightHeaders.prototype.entries;
}

/** Headers that an init has, converted (Web IDL) but not checked. */
export type ConvertedHeaders = LightHeaders | readonly string[][] | undefined;

/** All members of an init are converted before one is checked. */
export function convertHeaders(init: unknown): ConvertedHeaders {
  return init === undefined || isPlain(init) ? init : readHeaderPairs(init);
}

/** @throws TypeError for names and values that no header has */
export function makeHeaders(converted: ConvertedHeaders): LightHeaders {
  if (converted === undefined || isPlain(converted)) return new LightHeaders(converted);
  return new LightHeaders(listOfPairs(converted as readonly string[][]));
}

/** Headers of a request, names and values in turn. */
export function receivedHeaders(rawHeaders: readonly string[]): LightHeaders {
  return new LightHeaders(new HeaderList(rawHeaders));
}

/** A copy that can change if the original can. */
export function cloneHeaders(headers: LightHeaders): LightHeaders {
  const list = requireList(headers);
  const copy = list.copy();
  copy.isImmutable = list.isImmutable;
  return new LightHeaders(copy);
}

/** Lets every later change fail, as that of a redirect's headers. */
export function makeImmutable(headers: LightHeaders): void {
  requireList(headers).isImmutable = true;
}

/** Appends names and values in turn to a list. Several Set-Cookie are several entries. */
export function listFields(headers: LightHeaders, list: string[]): void {
  requireList(headers).listTo(list);
}

function requireList(headers: LightHeaders): HeaderList {
  const list = listOf(headers);
  if (list === undefined) throw illegalInvocation();
  return list;
}

function listOfPairs(pairs: readonly string[][]): HeaderList {
  const list = new HeaderList(undefined);
  for (const pair of pairs) {
    checkPair(pair);
    append(list, pair[0] as string, pair[1] as string);
  }
  return list;
}

function append(list: HeaderList, name: string, value: string): void {
  const key = headerName(name, 'Headers.append');
  list.append(key, headerValue(value, 'Headers.append'));
}

/** Appends each value (Fetch §5.1). */
function fill(from: LightHeaders): HeaderList {
  const list = requireList(from).copy();
  list.trim();
  return list;
}

function showHeaders(headers: object): object {
  const list = requireList(headers as LightHeaders);
  const fields: string[] = [];
  list.listTo(fields);
  const shown: Record<string, string | null> = {};
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] as string;
    shown[name] = list.get(name);
  }
  return shown;
}
