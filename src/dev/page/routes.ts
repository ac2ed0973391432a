import type { Registration } from '../../core/registry';
import { sendError } from '../../http/errors/respond';
import type { HttpRequest } from '../../http/request/request';
import type { HttpResponse } from '../../http/response/response';
import type { Options } from '../../options/options';
import type { Service } from '../../server/serve';
import { pageAccessError } from './access';
import { sendAsset, sendDocument } from './assets';
import { describeSite } from './describe';
import { describeOutcome, encodeMessage, sampleOf } from './events';
import { followLog } from './log';
import { openApi } from './openapi';

/** What the page shows: one function, or all of a module. */
export interface Site {
  readonly service: Service;
  /** The function, or that of `loadAll`. */
  readonly registration: Registration;
  readonly options: Options;
  /** Whether all functions are served, each at `/NAME`. */
  readonly isIndex: boolean;
}

/** The functions of the site. */
export function functionsOf({ registration, isIndex }: Site): readonly Registration[] {
  return isIndex ? (registration.handler as readonly Registration[]) : [registration];
}

/** Answers a request for the page, its files, or what its scripts ask for. */
export function answerPage(site: Site, req: HttpRequest, res: HttpResponse): void {
  // Set while the service drains.
  site.service.onAccept?.(res);
  const { pathname, searchParams } = new URL(req.url as string, 'http://localhost');
  const route = pathname.replace(/^\/(?:_barefn\/?)?/, '');
  const error = pageAccessError(site, req, route === '');
  if (error !== undefined) {
    sendError(res, error);
    return;
  }
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  answer(site, route, searchParams, req, res).catch((failure: Error) =>
    sendJson(res, 400, { error: failure.message }),
  );
}

async function answer(
  site: Site,
  route: string,
  query: URLSearchParams,
  req: HttpRequest,
  res: HttpResponse,
): Promise<void> {
  switch (route) {
    case '':
      sendDocument(functionsOf(site), res);
      return;
    case 'functions':
      sendJson(res, 200, describeSite(site));
      return;
    case 'openapi.json':
      sendJson(res, 200, openApi(site));
      return;
    case 'sample':
      sendJson(res, 200, sampleOf(query));
      return;
    case 'message':
      sendJson(res, 200, encodeMessage(await readJson(req)));
      return;
    case 'delivery':
      sendJson(res, 200, describeOutcome(query));
      return;
    case 'log':
      followLog(req, res);
      return;
    default:
      sendAsset(route, res);
  }
}

function sendJson(res: HttpResponse, status: number, value: unknown): void {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(value));
}

async function readJson(req: HttpRequest): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
}
