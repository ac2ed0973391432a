import { HttpError } from '../../core/errors';
import { asIndex, Branch, listOf, mergeBranch, mergeEntry, type Node, toValue } from './form-tree';

/** Charsets a form may be sent in. */
export type FormCharset = 'utf-8' | 'iso-8859-1';

/** Limits beyond which a form is cut or kept as text, where it must not fail. */
export interface FormLimits {
  /** Most brackets in a key. */
  readonly depth: number;
  /** Lists that are longer become objects. */
  readonly arrayLimit: number;
}

const PARAMETER_LIMIT = 1000;
const DEPTH_LIMIT = 32;

const SPACE = 0x20;
const PERCENT = 0x25;
const PLUS = 0x2b;

/**
 * Parses an `application/x-www-form-urlencoded` body with nested keys, e.g. `a[b]=1&a[]=2`, the way
 * `qs` does under body-parser's `extended: true`.
 *
 * @param charset of the bytes, and of what `%XX` stands for
 * @param limits for a text that must not fail
 * @throws HttpError 413 with more than 1000 parameters, 400 with more than 32 brackets in a key
 */
export function parseForm(
  body: Buffer,
  charset: FormCharset = 'utf-8',
  limits?: FormLimits,
): Record<string, unknown> {
  const text = decodeText(unescapeSyntax(body), charset);
  if (text === '') return {};
  const arrayLimit = limits?.arrayLimit ?? Math.max(100, countParameters(text));
  const root = new Branch(false);
  const values = collectValues(text, charset);
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (key === '' || value === undefined) continue;
    const leaf = Array.isArray(value) ? listOf(value) : value;
    if (key.includes('['))
      mergeBranch(root, buildChain(splitKey(key, limits), leaf, arrayLimit), arrayLimit);
    else if (key !== '__proto__') mergeEntry(root, key, leaf, arrayLimit);
  }
  return toValue(root) as Record<string, unknown>;
}

/**
 * The bytes with a space for each `+`, and a bracket for each `%5B` and `%5D`. This is done before the
 * bytes are a text: replacing in a text takes some 40 bytes of heap for each match.
 */
function unescapeSyntax(body: Buffer): Buffer {
  if (!body.includes(PLUS) && !body.includes('%5')) return body;
  const bytes = Buffer.allocUnsafe(body.length);
  let end = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] as number;
    const escaped = byte === PERCENT ? readEscape(body, at) : -1;
    if (escaped === 0x5b || escaped === 0x5d) {
      bytes[end++] = escaped;
      at += 2;
    } else bytes[end++] = byte === PLUS ? SPACE : byte;
  }
  return bytes.subarray(0, end);
}

function decodeText(bytes: Buffer, charset: FormCharset): string {
  if (charset === 'iso-8859-1') return bytes.toString('latin1');
  const text = bytes.toString();
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
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
  for (const part of text.split('&', PARAMETER_LIMIT)) {
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
  if (!text.includes('%')) return text;
  if (charset === 'iso-8859-1') return decodeLatin1(text);
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function decodeLatin1(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  let end = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    const escaped = byte === PERCENT ? readEscape(bytes, at) : -1;
    if (escaped !== -1) at += 2;
    bytes[end++] = escaped === -1 ? byte : escaped;
  }
  return bytes.toString('latin1', 0, end);
}

/** The byte that `%XX` at an index stands for; -1 when that is not hexadecimal. */
function readEscape(bytes: Buffer, at: number): number {
  const high = hexDigit(bytes[at + 1]);
  const low = hexDigit(bytes[at + 2]);
  return high === -1 || low === -1 ? -1 : high * 16 + low;
}

function hexDigit(code = 0): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  // Capital letters become small ones.
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** `a[b][c[d]]` → `a`, `[b]`, `[c[d]]`. Text between and after the groups is dropped. */
function splitKey(key: string, limits: FormLimits | undefined): string[] {
  const segments: string[] = [];
  let open = key.indexOf('[');
  if (open > 0) segments.push(key.slice(0, open));
  for (let groups = 0; open !== -1; groups++) {
    if (groups === limits?.depth) {
      segments.push(`[${key.slice(open)}]`);
      break;
    }
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
