import type { RequestListener } from 'node:http';
import type { Registration } from '../core/registry';
import type { HttpRequest } from '../http/request/request';
import type { HttpResponse } from '../http/response/response';
import type { Options } from '../options/options';
import type { Service } from '../server/serve';

/**
 * Answers the paths of the development page, `/_barefn` and below, before the service gets the request;
 * with `--target='*'` also GET and HEAD of `/`. The page is loaded when it is first asked for.
 *
 * @param registration the function that is served, or that of `loadAll`
 */
export function offerPage(service: Service, registration: Registration, options: Options): void {
  const { server } = service;
  const isIndex = registration.name === '*';
  const site = { service, registration, options, isIndex };
  const [listener] = server.listeners('request') as [RequestListener];
  server.removeListener('request', listener as never);
  server.on('request', (req, res) => {
    const { url = '', method } = req;
    const isPage =
      /^\/_barefn(?:[/?]|$)/.test(url) ||
      (isIndex && /^\/(?:\?|$)/.test(url) && (method === 'GET' || method === 'HEAD'));
    if (isPage) page().answerPage(site, req as HttpRequest, res as HttpResponse);
    else listener(req, res);
  });
}

function page(): typeof import('./page/routes') {
  return require('./page/routes') as typeof import('./page/routes');
}
