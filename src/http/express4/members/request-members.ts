import { parseForm } from '../../body/form';
import { isFresh } from '../../headers/conditional';
import { parseRange, type Ranges } from '../../headers/range';
import { type AppSettings, createSettings } from '../../request/app-settings';
import { hostOf, hostnameOf as hostWithoutPort } from '../../request/origin';
import { pathOf, queryOf } from '../../request/target';
import type { Express4Request } from '../request';

/**
 * Parses the query of a target, with nested keys. What is too deep stays text.
 */
export function parseQuery(target: string): Record<string, unknown> {
  return parseForm(Buffer.from(queryOf(target)), 'utf-8', { depth: 5, arrayLimit: 1000 });
}

/** The parameters of the route of every function: what is behind the first slash of the path. */
export function routeParams(target: string | undefined): Record<string, unknown> {
  return { 0: decodeURIComponent(pathOf(target).slice(1)) };
}

/** The host without its port, as the client sees it. */
export function hostnameOf(req: Express4Request): string | undefined {
  return hostWithoutPort(hostOf(req));
}

/** As `req.param` looks for a name. */
export function findParameter(req: Express4Request, name: string, defaultValue: unknown): unknown {
  const { params } = req;
  if (Object.hasOwn(params, name) && params[name] != null) return params[name];
  const body = (req.body ?? {}) as Record<string, unknown>;
  return body[name] ?? req.query[name] ?? defaultValue;
}

/**
 * Whether a conditional GET or HEAD may be answered with 304: by each validator that the client sent,
 * where RFC 9110 §13.1.3 makes the date void beside a tag.
 */
export function isFreshResponse({ method, headers, res }: Express4Request): boolean {
  const status = res.statusCode;
  if (method !== 'GET' && method !== 'HEAD' && method !== 'QUERY') return false;
  if ((status < 200 || status >= 300) && status !== 304) return false;
  const none = { ifNoneMatch: undefined, ifModifiedSince: undefined };
  const cacheControl = headers['cache-control'];
  const conditions = [];
  const { 'if-none-match': ifNoneMatch, 'if-modified-since': ifModifiedSince } = headers;
  if (ifNoneMatch) conditions.push({ ...none, ifNoneMatch, cacheControl });
  if (ifModifiedSince) conditions.push({ ...none, ifModifiedSince, cacheControl });
  const validators = {
    etag: res.get('ETag') as string | undefined,
    lastModified: res.get('Last-Modified') as string | undefined,
  };
  return conditions.length > 0 && conditions.every((condition) => isFresh(condition, validators));
}

/** Reads Range; a part counts if `parseInt` finds a number in it. */
export function readRange(
  size: number,
  header: string,
  options: { combine?: boolean } | undefined,
): Ranges | -1 | -2 {
  const equals = header.indexOf('=');
  if (equals === -1) return -2;
  const parts = header
    .slice(equals + 1)
    .split(',')
    .map((part) => {
      const [first = '', last = ''] = part.split('-', 2).map((position) => parseInt(position, 10));
      return `${first || first === 0 ? first : ''}-${last || last === 0 ? last : ''}`;
    })
    .filter((part) => part !== '-');
  if (parts.length === 0) return -1;
  return parseRange(size, `${header.slice(0, equals)}=${parts}`, options?.combine === true);
}

let settings: AppSettings | undefined;

/** The settings that all servers share. */
export function appSettings(): AppSettings {
  settings ??= createSettings().set('query parser', 'extended');
  return settings;
}
