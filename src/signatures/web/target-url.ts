import type { TLSSocket } from 'node:tls';
import { HttpError } from '../../core/errors';
import { findHeader, isHeader } from '../../core/raw-headers';
import type { HttpRequest } from '../../http/request/request';

/**
 * A path and a query that a URL has as they are. Others are parsed: dots that move up, `%2e` for a dot,
 * and what gets percent-encoded.
 */
const PLAIN_TARGET =
  /^\/(?!\.)(?:[\w\-~!$&()*+,;=:@]|%(?!2[eE])|\.|\/(?!\.))*(?:\?[\w\-~!$&()*+,;=:@%./?]*)?$/;

/** The beginnings of URLs, by host. A server has few; senders of others gain nothing. */
const origins = { http: new Map<string, string>(), https: new Map<string, string>() };
const MAX_ORIGINS = 100;

/** What names an origin. */
interface Origin {
  readonly protocol: 'http' | 'https';
  readonly host: string;
}

/**
 * The URL of a request, as URL.href has it.
 *
 * @throws HttpError 400
 */
export function targetUrl(req: HttpRequest): string {
  const target = req.url as string;
  // RFC 9112 §3.2.2: a target in absolute form names the host itself.
  if (!target.startsWith('/')) return parseUrl(target);
  const { protocol, host } = isForwarded(req) ? forwardedOrigin(req) : directOrigin(req);
  const known = origins[protocol].get(host);
  if (known !== undefined && PLAIN_TARGET.test(target)) return known + target;
  // RFC 9110 §7.2: the field holds a host and a port, nothing that begins a path or ends a user.
  if (/[/\\?#@]/.test(host)) {
    throw new HttpError(
      400,
      'MALFORMED_HOST',
      'Host is not a host name. Send the name and the port alone.',
    );
  }
  const url = parseUrl(`${protocol}://${host}${target}`);
  if (known === undefined && origins[protocol].size < MAX_ORIGINS) {
    origins[protocol].set(host, new URL(url).origin);
  }
  return url;
}

function parseUrl(url: string): string {
  // A Request takes no user, and a function expects no other schemes.
  if (/^https?:\/\/[^/?#\\@]+(?:[/?]|$)/i.test(url) && URL.canParse(url)) return new URL(url).href;
  throw new HttpError(
    400,
    'MALFORMED_URL',
    'Host and request target do not make a URL. Send a valid Host, and a path that begins with /.',
  );
}

/** Whether a proxy may say where the client sent the request. Most headers have other lengths. */
function isForwarded({ rawHeaders }: HttpRequest): boolean {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length !== 16 && name.length !== 17) continue;
    if (isHeader(name, 'x-forwarded-host') || isHeader(name, 'x-forwarded-proto')) return true;
  }
  return false;
}

function forwardedOrigin(req: HttpRequest): Origin {
  // HTTP/1.0 has no Host.
  return { protocol: req.protocol === 'https' ? 'https' : 'http', host: req.host ?? 'localhost' };
}

/** Without building `req.headers`, which costs about 1 µs. */
function directOrigin({ rawHeaders, socket }: HttpRequest): Origin {
  const isEncrypted = (socket as TLSSocket | null)?.encrypted === true;
  const host = findHeader(rawHeaders, 'host') || 'localhost';
  return { protocol: isEncrypted ? 'https' : 'http', host };
}
