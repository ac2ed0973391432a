import { types } from 'node:util';
import { byteString } from './header-values';

/**
 * The names and values of what `new Headers(init)` was given: pairs, or an object of names and values.
 *
 * @throws TypeError as Web IDL says, for other values and for pairs that are none
 */
export function readHeaderPairs(init: unknown): string[][] {
  if ((typeof init !== 'object' && typeof init !== 'function') || init === null) {
    throw new TypeError(
      'Headers constructor: Argument 1 could not be converted to one of: sequence<sequence<ByteString>>, record<ByteString, ByteString>.',
    );
  }
  // Read once: it may be a getter.
  const iterator = (init as Partial<Iterable<unknown>>)[Symbol.iterator];
  if (typeof iterator !== 'function') return recordOf(init);
  if (Array.isArray(init)) return listsOf(init);
  return listsOf({ [Symbol.iterator]: () => iterator.call(init) as Iterator<unknown> });
}

/** Converted whole before one is checked (Web IDL §3.2.21). */
function listsOf(init: Iterable<unknown>): string[][] {
  return Array.from(init, (item) => {
    if (typeof item === 'object' && item !== null && Symbol.iterator in item) {
      return Array.from(item as Iterable<unknown>, byteString);
    }
    throw new TypeError('Headers constructor: expected name/value pair to be an iterable object.');
  });
}

/** @throws TypeError unless it is a name and a value */
export function checkPair(list: readonly string[]): void {
  if (list.length === 2) return;
  throw new TypeError(
    `Headers constructor: expected name/value pair to be length 2, found ${list.length}.`,
  );
}

/**
 * The enumerable properties; names that are symbols fail (Web IDL §3.2.23). `ownKeys` takes twelve times as
 * long as `keys`, which a proxy would notice.
 */
function recordOf(init: object): [string, string][] {
  const pairs: [string, string][] = [];
  const isSimple = !types.isProxy(init) && Object.getOwnPropertySymbols(init).length === 0;
  for (const name of isSimple ? Object.keys(init) : Reflect.ownKeys(init)) {
    if (!Object.prototype.propertyIsEnumerable.call(init, name)) continue;
    pairs.push([byteString(name), byteString((init as Record<string | symbol, unknown>)[name])]);
  }
  return pairs;
}
