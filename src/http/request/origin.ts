import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { trimSpaces } from '../headers/conditional';
import type { HttpRequest } from './request';
import { trustTest } from './trust-proxy';

/** Whether to trust the headers of the nearest proxy: the peer of the connection. */
function trustsProxy(req: HttpRequest): boolean {
  const setting = req.app.get('trust proxy');
  return setting === true || trustTest(setting)(peerOf(req), 0);
}

/**
 * The addresses of `X-Forwarded-For`, the client's first; none without the header. Each proxy adds its
 * peer, so that those before an untrusted address may be forged.
 */
export function addressesOf(req: HttpRequest): string[] {
  const header = req.get('X-Forwarded-For');
  const setting = req.app.get('trust proxy');
  if (!header || !setting) return [];
  const addresses = header
    .split(',')
    .map(trimSpaces)
    .filter((address) => address !== '');
  if (setting === true) return addresses;
  const isTrusted = trustTest(setting);
  let first = addresses.length;
  let peer = peerOf(req);
  for (let hop = 0; first > 0 && isTrusted(peer, hop); hop++) peer = addresses[--first] as string;
  return addresses.slice(first);
}

/** `https` or `http`, as the client sees it. */
export function protocolOf(req: HttpRequest): string {
  const header = req.get('X-Forwarded-Proto');
  if (header && trustsProxy(req)) return firstOf(header);
  return (req.socket as TLSSocket | null)?.encrypted === true ? 'https' : 'http';
}

/** The host with its port, as the client sees it. */
export function hostOf(req: HttpRequest): string | undefined {
  const header = req.get('X-Forwarded-Host');
  return (header && trustsProxy(req) ? firstOf(header) : req.get('Host')) || undefined;
}

/** A host without its port; an IPv6 literal keeps its brackets. */
export function hostnameOf(host: string | undefined): string | undefined {
  if (!host) return undefined;
  const colon = host.indexOf(':', host.startsWith('[') ? host.indexOf(']') + 1 : 0);
  return colon === -1 ? host : host.slice(0, colon);
}

/** The labels below the registered domain, taken to have two labels, the nearest first. */
export function subdomainsOf(hostname: string | undefined): string[] {
  if (!hostname) return [];
  return isIP(hostname) ? [] : hostname.split('.').reverse().slice(2);
}

function peerOf(req: HttpRequest): string {
  return req.socket?.remoteAddress ?? '';
}

function firstOf(list: string): string {
  const comma = list.indexOf(',');
  return (comma === -1 ? list : list.slice(0, comma)).trim();
}
