/** URI and URI-reference (RFC 3986), checked in linear time. */
import { isDigit, skipDigits } from './attribute-syntax';

/**
 * Most sources: a scheme or a leading slash, a plain host, no escapes. The expression takes 0.1 µs for
 * 50 characters, a loop over them 0.3.
 */
const COMMON =
  /^(?:[A-Za-z][A-Za-z0-9+.-]*:|(?=\/))(?:\/\/[A-Za-z0-9.-]+(?=\/|$))?(?!\/\/)[!$&-;=?-Z_a-z~]*$/;

/** Tells whether `text` is a URI-reference (RFC 3986 §4.1), relative ones included. */
export function isUriReference(text: string): boolean {
  return COMMON.test(text) || isReference(text);
}

/** The same, by reading one character after the other. */
function isReference(text: string): boolean {
  const start = skipScheme(text);
  if (start < 0) return false;
  let i = start;
  if (text.startsWith('//', start)) {
    i = skipAuthority(text, start + 2);
    if (i < 0) return false;
  }
  let inFragment = false;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x23 && !inFragment) inFragment = true;
    else if (code === 0x25 ? !isEscape(text, i) : !isUriCharacter(code)) return false;
  }
  return true;
}

/** Tells whether `text` is a URI with a scheme (RFC 3986 §3). */
export function isUri(text: string): boolean {
  return skipScheme(text) > 0 && isUriReference(text);
}

/** Index behind `scheme ":"`, 0 without a scheme, -1 when a colon follows something else. */
function skipScheme(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x3a) return i > 0 && isAlpha(text.charCodeAt(0)) ? i + 1 : -1;
    const isSchemeCharacter =
      isAlpha(code) || isDigit(code) || code === 0x2b || code === 0x2d || code === 0x2e;
    if (!isSchemeCharacter) return hasColonInFirstSegment(text, i) ? -1 : 0;
  }
  return 0;
}

// RFC 3986 §4.2: the first segment of a relative path holds no colon.
function hasColonInFirstSegment(text: string, start: number): boolean {
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x3a) return true;
    if (code === 0x2f || code === 0x3f || code === 0x23) return false;
  }
  return false;
}

/** Index of the first character behind the authority (RFC 3986 §3.2), or -1. */
function skipAuthority(text: string, start: number): number {
  let end = start;
  let host = start;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 0x2f || code === 0x3f || code === 0x23) break;
    if (code !== 0x40) continue;
    if (host > start) return -1;
    host = end + 1;
  }
  let hostEnd = host;
  if (text.charCodeAt(host) === 0x5b) {
    hostEnd = text.indexOf(']', host) + 1;
    if (hostEnd === 0 || hostEnd > end || !isIpLiteral(text, host + 1, hostEnd - 1)) return -1;
  } else {
    while (hostEnd < end && text.charCodeAt(hostEnd) !== 0x3a) hostEnd++;
  }
  if (hostEnd < end && text.charCodeAt(hostEnd) !== 0x3a) return -1;
  if (hostEnd < end && skipDigits(text, hostEnd + 1) !== end) return -1;
  // A bracketed host is checked; userinfo and names hold the characters of any other part.
  for (let i = start; i < (text.charCodeAt(host) === 0x5b ? host : hostEnd); i++) {
    const code = text.charCodeAt(i);
    if (code === 0x25 ? !isEscape(text, i) : !isUriCharacter(code)) return -1;
  }
  return end;
}

/** An IPv6 address or `vX.…` (RFC 3986 §3.2.2), by its characters. */
function isIpLiteral(text: string, start: number, end: number): boolean {
  const isFuture = (text.charCodeAt(start) | 0x20) === 0x76;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    const isAllowed = isFuture
      ? isUriCharacter(code)
      : isHex(code) || code === 0x3a || code === 0x2e;
    if (!isAllowed) return false;
  }
  return end - start >= 2;
}

/** unreserved, sub-delims, ":", "@", "/" or "?" (RFC 3986 §3.3, §3.4). */
function isUriCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || // a to z
    (code >= 0x26 && code <= 0x3b) || // & to ;
    (code >= 0x3f && code <= 0x5a) || // ? to Z
    code === 0x21 || // !
    code === 0x24 || // $
    code === 0x3d || // =
    code === 0x5f || // _
    code === 0x7e // ~
  );
}

function isEscape(text: string, percent: number): boolean {
  return isHex(text.charCodeAt(percent + 1)) && isHex(text.charCodeAt(percent + 2));
}

function isAlpha(code: number): boolean {
  return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
}

function isHex(code: number): boolean {
  return isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
}
