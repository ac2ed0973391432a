import { isHeader } from '../../../core/raw-headers';
import { headerValue, joinValues, trimValue } from './header-values';

/**
 * The header list of the Fetch standard (§2.2.2). That of a request is read from node:http's list until
 * it is iterated or changed.
 */
export class HeaderList {
  isImmutable = false;
  /** Names in lower case and their joined values, but for Set-Cookie. */
  private fields: Map<string, string> | undefined;
  /** The values of Set-Cookie, which cannot be joined (RFC 9110 §5.3). */
  private cookies: string[] = [];
  /** Names and values as node:http received them; undefined once they are in the fields. */
  private received: readonly string[] | undefined;
  /** What iterators show; undefined after a change. */
  #sorted: [string, string][] | undefined;

  /** @param received names and values in turn */
  constructor(received: readonly string[] | undefined) {
    this.fields = undefined;
    this.received = received;
    this.#sorted = undefined;
  }

  /** Unlike `instanceof`, it reads nothing of a Proxy that a program passed. */
  static is(value: unknown): value is HeaderList {
    return typeof value === 'object' && value !== null && #sorted in value;
  }

  append(key: string, value: string): void {
    const fields = this.change();
    if (key === 'set-cookie') this.cookies.push(value);
    else fields.set(key, joinValues(key, fields.get(key), value));
  }

  delete(key: string): void {
    const fields = this.change();
    if (key === 'set-cookie') this.cookies = [];
    else fields.delete(key);
  }

  get(key: string): string | null {
    const { received } = this;
    if (received !== undefined && key !== 'set-cookie') return findReceived(received, key);
    const fields = this.read();
    if (key !== 'set-cookie') return fields.get(key) ?? null;
    return this.cookies.length === 0 ? null : this.cookies.join(', ');
  }

  getCookies(): string[] {
    this.read();
    return [...this.cookies];
  }

  set(key: string, value: string): void {
    const fields = this.change();
    if (key === 'set-cookie') this.cookies = [value];
    else fields.set(key, value);
  }

  /** Sorted by name, as the standard has it. */
  entries(): [string, string][] {
    if (this.#sorted === undefined) {
      const entries = [...this.read()];
      for (const value of this.cookies) entries.push(['set-cookie', value]);
      this.#sorted = sortByName(entries);
    }
    return this.#sorted;
  }

  /** Appends names and values in turn to a list. Several Set-Cookie are several entries. */
  listTo(list: string[]): void {
    for (const [name, value] of this.read()) list.push(name, value);
    for (const value of this.cookies) list.push('set-cookie', value);
  }

  copy(): HeaderList {
    const copy = new HeaderList(undefined);
    copy.fields = new Map(this.read());
    copy.cookies = [...this.cookies];
    return copy;
  }

  /** Trims values: only one that was joined with an empty one changes. */
  trim(): void {
    const fields = this.read();
    for (const [name, value] of fields) if (value.endsWith(' ')) fields.set(name, trimValue(value));
  }

  /** @throws TypeError for a list that cannot change */
  private change(): Map<string, string> {
    const fields = this.read();
    if (this.isImmutable) throw new TypeError('immutable');
    this.#sorted = undefined;
    return fields;
  }

  private read(): Map<string, string> {
    if (this.fields !== undefined) return this.fields;
    const fields = new Map<string, string>();
    const received = this.received ?? [];
    for (let i = 0; i < received.length; i += 2) {
      const name = (received[i] as string).toLowerCase();
      const value = headerValue(received[i + 1], 'Headers.append');
      if (name === 'set-cookie') this.cookies.push(value);
      else fields.set(name, joinValues(name, fields.get(name), value));
    }
    this.received = undefined;
    this.fields = fields;
    return fields;
  }
}

/** Beyond this many, sorting by insertion takes longer. */
const FEW = 32;

/** Sorts in place. gain: −0.4 µs for 12 entries, where `sort` calls a function for each comparison. */
function sortByName(entries: [string, string][]): [string, string][] {
  if (entries.length > FEW) return entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (let next = 1; next < entries.length; next++) {
    const entry = entries[next] as [string, string];
    let at = next;
    for (; at > 0; at--) {
      const before = entries[at - 1] as [string, string];
      if (before[0] <= entry[0]) break;
      entries[at] = before;
    }
    entries[at] = entry;
  }
  return entries;
}

function findReceived(received: readonly string[], key: string): string | null {
  let found: string | undefined;
  for (let i = 0; i < received.length; i += 2) {
    if (!isHeader(received[i] as string, key)) continue;
    found = joinValues(key, found, headerValue(received[i + 1], 'Headers.append'));
  }
  return found ?? null;
}
