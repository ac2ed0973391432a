import { HttpError } from '../errors';
import { asIndex, Branch, listOf, mergeBranch, mergeEntry, type Node, toValue } from './form-tree';

/** Charsets a form may be sent in. */
export type FormCharset = 'utf-8' | 'iso-8859-1';

const PARAMETER_LIMIT = 1000;
const DEPTH_LIMIT = 32;

/**
 * Parses an `application/x-www-form-urlencoded` text with nested keys, e.g. `a[b]=1&a[]=2`, the way
 * `qs` does under body-parser's `extended: true`.
 *
 * @param charset decides what `%XX` stands for
 * @throws HttpError 413 with more than 1000 parameters, 400 with more than 32 brackets in a key
 */
export function parseForm(text: string, charset: FormCharset = 'utf-8'): Record<string, unknown> {
  if (text === '') return {};
  const arrayLimit = Math.max(100, countParameters(text));
  const root = new Branch(false);
  const values = collectValues(text, charset);
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (key === '' || value === undefined) continue;
    const leaf = Array.isArray(value) ? listOf(value) : value;
    if (key.includes('['))
      mergeBranch(root, buildChain(splitKey(key), leaf, arrayLimit), arrayLimit);
    else if (key !== '__proto__') mergeEntry(root, key, leaf, arrayLimit);
  }
  return toValue(root) as Record<string, unknown>;
}

function countParameters(text: string): number {
  let count = 1;
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) {
    if (++count > PARAMETER_LIMIT) {
      throw new HttpError(
        413,
        'TOO_MANY_PARAMETERS',
        `The form has more than ${PARAMETER_LIMIT} parameters. Send fewer, or send JSON.`,
      );
    }
  }
  return count;
}

/** Decoded values by decoded key; the values of a repeated key in order. Has no prototype. */
function collectValues(text: string, charset: FormCharset): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = Object.create(null);
  for (const part of text.replace(/%5B/gi, '[').replace(/%5D/gi, ']').split('&')) {
    // A key that ends with a bracket may hold an equals sign: a[b=c]=d
    const bracket = part.indexOf(']=');
    const equals = bracket === -1 ? part.indexOf('=') : bracket + 1;
    const key = decodeComponent(equals === -1 ? part : part.slice(0, equals), charset);
    const value = equals === -1 ? '' : decodeComponent(part.slice(equals + 1), charset);
    const former = values[key];
    if (former === undefined) values[key] = value;
    else if (typeof former === 'string') values[key] = [former, value];
    else former.push(value);
  }
  return values;
}

function decodeComponent(text: string, charset: FormCharset): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  if (charset === 'iso-8859-1') {
    return spaced.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  }
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** `a[b][c[d]]` → `a`, `[b]`, `[c[d]]`. Text between and after the groups is dropped. */
function splitKey(key: string): string[] {
  const segments: string[] = [];
  let open = key.indexOf('[');
  if (open > 0) segments.push(key.slice(0, open));
  for (let groups = 0; open !== -1; groups++) {
    if (groups === DEPTH_LIMIT) {
      throw new HttpError(
        400,
        'FORM_TOO_DEEP',
        `A key of the form nests deeper than ${DEPTH_LIMIT} brackets. Nest less, or send JSON.`,
      );
    }
    const end = findGroupEnd(key, open);
    if (end === -1) {
      segments.push(`[${key.slice(open)}]`);
      break;
    }
    segments.push(key.slice(open, end + 1));
    open = key.indexOf('[', end + 1);
  }
  return segments;
}

function findGroupEnd(key: string, open: number): number {
  let level = 0;
  for (let i = open; i < key.length; i++) {
    const code = key.charCodeAt(i);
    if (code === 0x5b) level++;
    else if (code === 0x5d && --level === 0) return i;
  }
  return -1;
}

/** Wraps a value into one list or object per segment, from the innermost out. */
function buildChain(segments: string[], leaf: Node, arrayLimit: number): Branch {
  let node = leaf;
  for (let i = segments.length - 1; i >= 0; i--)
    node = wrap(segments[i] as string, node, arrayLimit);
  return node as Branch;
}

function wrap(segment: string, node: Node, arrayLimit: number): Branch {
  if (segment === '[]') {
    if (typeof node === 'string') return listOf([node]);
    return node.isList || node.lastIndex !== undefined ? node : listOf([node]);
  }
  const isGroup = segment.startsWith('[');
  const name = isGroup ? segment.slice(1, -1) : segment;
  const index = isGroup ? asIndex(name) : -1;
  const branch = new Branch(index !== -1 && index < arrayLimit);
  if (branch.isList) {
    branch.put(index, node);
  } else if (name !== '__proto__') {
    branch.entries.set(name, node);
    if (index !== -1) branch.lastIndex = index;
  }
  return branch;
}
