import { basename, extname } from 'node:path';
import { isToken } from '../../core/header-syntax';
import { trimSpaces } from '../headers/conditional';
import { contentDisposition, replaceLoneSurrogates } from '../headers/content-disposition';
import { type CookieOptions, serializeSetCookie, signValue } from '../headers/cookie';
import type { HttpResponse } from './response';
import { contentTypeOf, setHeaderValue } from './send';

/** Sets each header of an object. */
export function setHeaders(res: HttpResponse, values: Record<string, unknown> | undefined): void {
  for (const [name, value] of Object.entries(values ?? {})) setHeaderValue(res, name, value);
}

/** Sets Content-Type from a media type, a file name or an extension. */
export function setType(res: HttpResponse, type: string): void {
  const found = type.includes('/') ? type : contentTypeOf(type);
  setHeaderValue(res, 'Content-Type', found ?? 'application/octet-stream');
}

/** Adds a value to a header, which becomes a list. */
export function appendHeader(res: HttpResponse, name: string, value: string | string[]): void {
  const before = res.getHeader(name);
  if (!before) setHeaderValue(res, name, value);
  else setHeaderValue(res, name, [before].flat().concat(value as string));
}

/** Adds `Link` values. RFC 8288 §3 */
export function addLinks(res: HttpResponse, links: Record<string, string | string[]>): void {
  const before = res.getHeader('Link');
  const added = Object.entries(links).map(([relation, targets]) =>
    [targets]
      .flat()
      .map((target) => `<${target}>; rel="${relation}"`)
      .join(', '),
  );
  setHeaderValue(res, 'Link', `${before ? `${before}, ` : ''}${added.join(', ')}`);
}

/** Adds header names to `Vary`. */
export function addVary(res: HttpResponse, names: string | string[]): void {
  const before = res.getHeader('Vary') ?? '';
  const merged = mergeVary(Array.isArray(before) ? before.join(', ') : String(before), names);
  if (merged) res.setHeader('Vary', merged);
}

/**
 * Adds header names to a `Vary` value. RFC 9110 §12.5.5
 * @throws TypeError without a name, or for one that is not a token
 */
export function mergeVary(before: string, names: string | string[]): string {
  if (!names) throw new TypeError('A field name is required for Vary.');
  const added = Array.isArray(names) ? names : splitList(String(names));
  for (const name of added) {
    if (!isToken(name)) {
      throw new TypeError(`"${name}" is not a field name and cannot be in Vary.`);
    }
  }
  const known = new Set(splitList(before.toLowerCase()));
  if (known.has('*') || added.includes('*')) return '*';
  let value = before;
  for (const name of added) {
    if (known.has(name.toLowerCase())) continue;
    known.add(name.toLowerCase());
    value = value ? `${value}, ${name}` : name;
  }
  return value;
}

function splitList(value: string): string[] {
  return value.split(',').map((name) => trimSpaces(name));
}

/** Sets `Location`. */
export function setLocation(res: HttpResponse, url: string): void {
  setHeaderValue(res, 'Location', encodeUrl(String(url)));
}

/**
 * Percent-encodes what a URL cannot contain, and keeps existing escapes.
 * Lone surrogates become U+FFFD, so that nothing throws.
 */
export function encodeUrl(url: string): string {
  return replaceLoneSurrogates(url)
    .replace(/[^\x21\x23-\x3B=\x3F-\x5F\x61-\x7A|~]+/g, encodeURI)
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25');
}

/** Sets Content-Disposition, and Content-Type by the extension. */
export function setAttachment(res: HttpResponse, filename: string | undefined): void {
  const name = filename === undefined ? undefined : basename(filename);
  if (name) setType(res, extname(name));
  setHeaderValue(res, 'Content-Disposition', contentDisposition(name));
}

/** Adds a Set-Cookie header. */
export function addCookie(
  res: HttpResponse,
  name: string,
  value: unknown,
  given: CookieOptions | undefined,
): void {
  const options: CookieOptions = { ...given };
  const { secret } = res.req as unknown as { secret?: string };
  if (options.signed && !secret) {
    throw new Error(
      `The cookie "${name}" cannot be signed without a secret. Use cookieParser("secret") or drop "signed".`,
    );
  }
  let text = typeof value === 'object' ? `j:${JSON.stringify(value)}` : String(value);
  if (options.signed) text = `s:${signValue(text, secret as string)}`;
  if (options.maxAge != null && !Number.isNaN(Number(options.maxAge))) {
    options.expires = new Date(Date.now() + Number(options.maxAge));
    options.maxAge = Math.floor(Number(options.maxAge) / 1000);
  }
  options.path ??= '/';
  appendHeader(res, 'Set-Cookie', serializeSetCookie(name, text, options));
}

/** Makes a cookie expire. */
export function expireCookie(
  res: HttpResponse,
  name: string,
  given: CookieOptions | undefined,
): void {
  const { maxAge: _, ...options } = given ?? {};
  addCookie(res, name, '', { path: '/', ...options, expires: new Date(1) });
}
