import type { HeaderList } from './header-list';

/** Iterates over headers as they are at each step (Web IDL §3.7.10). */
export class HeadersIterator<Item> implements IterableIterator<Item> {
  readonly #list: HeaderList;
  readonly #map: (entry: [string, string]) => Item;
  #index = 0;

  constructor(list: HeaderList, map: (entry: [string, string]) => Item) {
    this.#list = list;
    this.#map = map;
  }

  next(): IteratorResult<Item> {
    const entry = this.#list.entries()[this.#index];
    if (entry === undefined) return { value: undefined, done: true };
    this.#index++;
    return { value: this.#map(entry), done: false };
  }

  declare [Symbol.iterator]: () => this;
}

const arrayIterator = Object.getPrototypeOf([][Symbol.iterator]()) as object;
Object.setPrototypeOf(HeadersIterator.prototype, Object.getPrototypeOf(arrayIterator) as object);
Reflect.deleteProperty(HeadersIterator.prototype, 'constructor');
Object.defineProperty(HeadersIterator.prototype, 'next', { enumerable: true });
Object.defineProperty(HeadersIterator.prototype, Symbol.toStringTag, {
  value: 'Headers Iterator',
  configurable: true,
});
