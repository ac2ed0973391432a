import { BarefnError, HttpError } from '../core/errors';
import { type Registration, registrations } from '../core/registry';
import { sendError } from '../http/errors/respond';
import type { HttpRequest } from '../http/request/request';
import type { HttpResponse } from '../http/response/response';
import { functionsOf } from '../load/functions';
import { type LoadedModule, loadSource } from '../load/load';
import { describeMissingFunction } from '../load/load-errors';
import type { Options } from '../options/options';
import { createRoute, createService, type Service } from '../server/serve';
import type { RequestHandler } from '../signatures/signature';
import { foreignPageError } from './foreign-pages';

/**
 * Loads every function of a module, for `--target='*'`: registered functions, then other exports. They
 * are the handler of the registration that is returned.
 *
 * @throws BarefnError `INVALID_OPTION` in production, and those of `loadFunction`
 */
export function loadAll(options: Options): Registration | Promise<Registration> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new BarefnError(
      'INVALID_OPTION',
      "--target='*' serves all functions and a page that lists them, for development. NODE_ENV is production: pass one function with --target.",
    );
  }
  const loaded = loadSource(options.source);
  return loaded instanceof Promise
    ? loaded.then((module) => collect(module, options))
    : collect(loaded, options);
}

function collect({ file, exported }: LoadedModule, options: Options): Registration {
  const functions = [...registrations()];
  for (const found of functionsOf(exported, options.signatureType)) {
    const isKnown = functions.some(
      ({ name, handler }) => name === found.name || handler === found.handler,
    );
    if (!isKnown) functions.push(found);
  }
  if (functions.length === 0) throw describeMissingFunction(undefined, exported, file, options);
  return { name: '*', type: 'http', handler: functions };
}

/**
 * Makes the server of all functions, each at `/NAME`. As in a mounted Express application, `req.baseUrl`
 * is `/NAME` and `req.url` is the rest. The development page is added by `offerPage`.
 *
 * @param registration the result of {@link loadAll}
 * @param prepare wraps each function before it is served
 */
export function createIndex(
  registration: Registration,
  options: Options,
  prepare: (one: Registration, options: Options) => Registration,
): Service {
  const functions = registration.handler as readonly Registration[];
  const routes = new Map(
    functions.map((one) => [one.name, createRoute(prepare(one, options), options)]),
  );
  const handle: RequestHandler = (req, res) => {
    const [, segment, rest] = splitTarget(req.originalUrl);
    const error = foreignPageError(req, options.host, false);
    if (error !== undefined) {
      sendError(res, error);
      return;
    }
    // Invalid percent-encoding has been refused before.
    const route = routes.get(decodeURIComponent(segment));
    if (route !== undefined) mount(route, segment, rest, req, res);
    else sendError(res, notFound(functions));
  };
  return createService(
    { name: '*', type: 'http', handler: handle },
    {
      ...options,
      // The functions have their own.
      timeout: 0,
      ignoredRoutes: null,
    },
    () => ({ handle, methods: undefined, hasPages: true, streamsBody: true }),
  );
}

function splitTarget(target: string): readonly [string, string, string] {
  return (/^\/([^/?#]*)(.*)$/s.exec(target) ?? [target, '', '/']) as unknown as [
    string,
    string,
    string,
  ];
}

function mount(
  route: RequestHandler,
  segment: string,
  rest: string,
  req: HttpRequest,
  res: HttpResponse,
): void {
  Object.assign(req, { baseUrl: `/${segment}` });
  req.url = rest.startsWith('/') ? rest : `/${rest}`;
  route(req, res);
}

function notFound(functions: readonly Registration[]): HttpError {
  const paths = functions.map(({ name }) => `\n/${encodeURIComponent(name)}`).join('');
  return new HttpError(
    404,
    'FUNCTION_NOT_FOUND',
    `No function has this name. The functions are:${paths}\n`,
  );
}
