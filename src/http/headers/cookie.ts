import { isToken } from '../../core/header-syntax';

/** The attributes of a cookie. RFC 6265bis §4.1 */
export interface CookieOptions {
  /** Milliseconds for `res.cookie`, seconds here. @default a session cookie */
  maxAge?: number | null | undefined;
  /** @default a session cookie */
  expires?: Date | undefined;
  /** @default "/" for `res.cookie` */
  path?: string | null | undefined;
  /** @default the host alone */
  domain?: string | undefined;
  /** @default false */
  httpOnly?: boolean | undefined;
  /** @default false */
  secure?: boolean | undefined;
  /** @default false */
  partitioned?: boolean | undefined;
  /** @default unset */
  priority?: 'low' | 'medium' | 'high' | undefined;
  /** `true` means strict. @default unset */
  sameSite?: boolean | 'lax' | 'strict' | 'none' | undefined;
  /** Signs the value with `req.secret`. @default false */
  signed?: boolean | undefined;
  /** @default encodeURIComponent */
  encode?: ((value: string) => string) | undefined;
}

/**
 * The value of Set-Cookie.
 * @throws TypeError naming the part that a cookie cannot hold
 */
export function serializeSetCookie(name: string, value: string, options: CookieOptions): string {
  const encode = options.encode || encodeURIComponent;
  if (typeof encode !== 'function') throw new TypeError('option encode is invalid');
  if (!isToken(name)) {
    throw new TypeError('argument name is invalid');
  }
  const encoded = encode(value);
  if (!isCookieValue(encoded)) throw new TypeError('argument val is invalid');
  let cookie = `${name}=${encoded}`;
  if (options.maxAge != null) {
    const seconds = Math.floor(options.maxAge);
    if (!Number.isFinite(seconds)) throw new TypeError('option maxAge is invalid');
    cookie += `; Max-Age=${seconds}`;
  }
  if (options.domain) {
    if (!isDomain(String(options.domain))) throw new TypeError('option domain is invalid');
    cookie += `; Domain=${options.domain}`;
  }
  if (options.path) {
    if (!/^[\x20-\x3A\x3D-\x7E]*$/.test(options.path)) {
      throw new TypeError('option path is invalid');
    }
    cookie += `; Path=${options.path}`;
  }
  return cookie + expiry(options.expires) + flags(options);
}

/** `value.signature` as cookie-parser checks it: HMAC-SHA256 in base64 without padding. */
export function signValue(value: string, secret: string): string {
  const { createHmac } = require('node:crypto') as typeof import('node:crypto');
  const signature = createHmac('sha256', secret).update(value).digest('base64');
  return `${value}.${signature.replace(/=+$/, '')}`;
}

function expiry(expires: Date | undefined): string {
  if (!expires) return '';
  const isDate = Object.prototype.toString.call(expires) === '[object Date]';
  if (!isDate || Number.isNaN(expires.valueOf())) throw new TypeError('option expires is invalid');
  return `; Expires=${expires.toUTCString()}`;
}

function flags(options: CookieOptions): string {
  let text = options.httpOnly ? '; HttpOnly' : '';
  if (options.secure) text += '; Secure';
  if (options.partitioned) text += '; Partitioned';
  if (options.priority) text += `; Priority=${oneOf(options.priority, 'priority')}`;
  if (options.sameSite) {
    const sameSite = options.sameSite === true ? 'strict' : options.sameSite;
    text += `; SameSite=${oneOf(sameSite, 'sameSite')}`;
  }
  return text;
}

function oneOf(value: unknown, option: 'priority' | 'sameSite'): string {
  const allowed = option === 'priority' ? ['Low', 'Medium', 'High'] : ['Lax', 'Strict', 'None'];
  const wanted = typeof value === 'string' ? value.toLowerCase() : value;
  const found = allowed.find((name) => name.toLowerCase() === wanted);
  if (found === undefined) throw new TypeError(`option ${option} is invalid`);
  return found;
}

// RFC 6265 §4.1.1: cookie-octets, or the same between double quotes.
function isCookieValue(value: string): boolean {
  const quoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
  const octets = quoted ? value.slice(1, -1) : value;
  return /^[\x21\x23-\x2B\x2D-\x3A\x3C-\x5B\x5D-\x7E]*$/.test(octets);
}

function isDomain(domain: string): boolean {
  const labels = (domain.startsWith('.') ? domain.slice(1) : domain).split('.');
  return labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));
}
