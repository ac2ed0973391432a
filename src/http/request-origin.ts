import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { HttpRequest } from './request';

/** Whether the fields that a proxy adds are believed. */
export function trustsProxy(req: HttpRequest): boolean {
  return req.app.enabled('trust proxy');
}

/** The addresses of `X-Forwarded-For`, the client's first; none without the field. */
export function addressesOf(req: HttpRequest): string[] {
  const field = req.get('X-Forwarded-For');
  if (!field || !trustsProxy(req)) return [];
  return field
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
}

/** `https` or `http`, as the client sees it. */
export function protocolOf(req: HttpRequest): string {
  const field = trustsProxy(req) ? req.get('X-Forwarded-Proto') : undefined;
  if (field) return firstOf(field);
  return (req.socket as TLSSocket | null)?.encrypted === true ? 'https' : 'http';
}

/** The host with its port, as the client sees it. */
export function hostOf(req: HttpRequest): string | undefined {
  const field = trustsProxy(req) ? req.get('X-Forwarded-Host') : undefined;
  return (field ? firstOf(field) : req.get('Host')) || undefined;
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

function firstOf(list: string): string {
  const comma = list.indexOf(',');
  return (comma === -1 ? list : list.slice(0, comma)).trim();
}
