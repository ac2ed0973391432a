import { STATUS_CODES } from 'node:http';
import { BarefnError, HttpError } from '../../core/errors';
import { respondToNext } from '../errors/next';
import { mediaTypeOf } from '../files/mime-types';
import type { HttpRequest } from '../request/request';
import type { HttpResponse } from './response';

/** Called by {@link HttpResponse.format} for the media type that the client prefers. */
export type FormatHandler = (req: HttpRequest, res: HttpResponse, next: NextFunction) => void;

/** Passes an error on, to be answered. */
export type NextFunction = (error?: unknown) => void;

/** Sends JSONP when the query names a callback, JSON otherwise. */
export function sendJsonp(res: HttpResponse, value: unknown): void {
  const json = JSON.stringify(value) as string | undefined;
  const query = res.req.query as Record<string, unknown>;
  const given = Array.isArray(query['callback']) ? query['callback'][0] : query['callback'];
  if (typeof given !== 'string' || given === '') {
    if (!res.getHeader('Content-Type')) {
      res.set('X-Content-Type-Options', 'nosniff');
      res.set('Content-Type', 'application/json');
    }
    res.send(json);
    return;
  }
  res.set('X-Content-Type-Options', 'nosniff');
  res.set('Content-Type', 'text/javascript');
  const name = given.replace(/[^[\]\w$.]/g, '');
  // Both are line terminators in JavaScript before ES2019, but plain characters in JSON.
  const argument = (json ?? '').replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
  // The comment keeps the body from being read as a Flash file whose bytes the caller chose.
  res.send(`/**/ typeof ${name} === 'function' && ${name}(${argument});`);
}

/** The error for a status code that is not an integer from 100 to 999. */
export function statusError(code: unknown): Error {
  if (!Number.isInteger(code)) {
    return new TypeError(
      `Invalid status code: ${JSON.stringify(code)}. Status code must be an integer.`,
    );
  }
  return new RangeError(
    `Invalid status code: ${code}. Status code must be greater than 99 and less than 1000.`,
  );
}

/** Sends the standard text of a status code. */
export function sendStatusText<T extends HttpResponse>(res: T, code: number): T {
  res.status(code).type('txt');
  return res.send(STATUS_CODES[code] ?? String(code));
}

/** Redirects, with a short body for clients that do not follow. */
export function redirectTo(
  res: HttpResponse,
  status: number,
  url: string,
  toHtml: (text: string | undefined, message: string) => string = htmlPage,
): void {
  res.location(url);
  const address = String(res.getHeader('Location'));
  const text = STATUS_CODES[status];
  let body = '';
  negotiate(res, {
    text: () => {
      body = `${text}. Redirecting to ${address}`;
    },
    html: () => {
      const message = `${text}. Redirecting to ${escapeHtml(address)}`;
      body = toHtml(text, message);
    },
    default: () => {},
  });
  res.status(status);
  res.set('Content-Length', Buffer.byteLength(body));
  if (res.req.method === 'HEAD') res.end();
  else res.end(body);
}

function htmlPage(title: string | undefined, message: string): string {
  return `<!DOCTYPE html><head><title>${title}</title></head><body><p>${message}</p></body>`;
}

/** Calls the handler of the media type that the client prefers. */
export function negotiate(
  res: HttpResponse,
  handlers: Record<string, FormatHandler>,
  toMediaType: (name: string) => string = withoutParameters,
): void {
  const req = res.req;
  const types = Object.keys(handlers).filter((type) => type !== 'default');
  const best = types.length > 0 ? req.accepts(types) : false;
  res.vary('Accept');
  if (typeof best === 'string') {
    res.set('Content-Type', toMediaType(best));
    handlers[best]?.(req, res, nextOf(res));
  } else if (handlers['default']) {
    handlers['default'](req, res, nextOf(res));
  } else {
    nextOf(res)(notAcceptable(types.map(withoutParameters)));
  }
}

/** With the members of Express's error, for the error handlers of an application. */
function notAcceptable(types: string[]): Error {
  const offered = types.join(', ');
  const message = `None of the media types that the client accepts is offered: ${offered}.`;
  const error = new HttpError(406, 'NOT_ACCEPTABLE', message);
  return Object.assign(error, { statusCode: 406, expose: true, types });
}

/** Fails, through the callback if there is one. */
export function failToRender(view: string, rest: unknown[]): void {
  const message = `"${view}" cannot be rendered: functions have no view engines. Call the engine's own function, e.g. ejs.renderFile(), and give its text to res.send().`;
  const error = new BarefnError('NO_VIEW_ENGINE', message);
  const callback = rest.find((argument) => typeof argument === 'function');
  if (callback === undefined) throw error;
  (callback as (error: Error) => void)(error);
}

/** The surrounding application's `next`, or one that answers the request. */
function nextOf(res: HttpResponse): NextFunction {
  const { next } = res.req as unknown as { next?: NextFunction };
  return typeof next === 'function' ? next : (error) => respondToNext(res, error);
}

function withoutParameters(type: string): string {
  if (!type.includes('/')) return mediaTypeOf(type) ?? 'application/octet-stream';
  return (type.split(';', 1)[0] as string).trim();
}

function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
