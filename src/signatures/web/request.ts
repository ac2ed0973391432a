import { HttpError } from '../../core/errors';
import { readBodyFraming, tooLarge } from '../../http/body/framing';
import { isUploading } from '../../http/errors/respond';
import type { HttpRequest } from '../../http/request/request';
import { hasLightClasses } from './globals';
import { IncomingBody } from './incoming-body';
import { LightBody } from './light/body';
import { LightRequest, receivedRequest } from './light/request';
import { targetUrl } from './target-url';

// A Request's signal is garbage-collected with it, even while a function waits for the signal. So the
// Request exists as long as its HttpRequest.
const requests = new WeakMap<HttpRequest, Request>();

/** What a 405 has to name (RFC 9110 §15.5.6). Functions get other methods as well. */
const ALLOWED = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

/**
 * The WHATWG request for a request of node:http. Its body is read from the connection as the function
 * reads it, as it came: compressed bodies are not inflated.
 *
 * @param bodyLimit the most bytes of a body. One that says it has more is refused at once, one that
 *   turns out to have more when the function has read so far.
 * @throws HttpError 400, 405, 413
 */
export function toWebRequest(req: HttpRequest, bodyLimit: number): Request {
  const method = req.method as string;
  // The Fetch standard forbids it.
  if (method === 'TRACE') {
    const message = 'TRACE is not allowed here: no Request can have it. Use another method.';
    throw new HttpError(405, 'METHOD_NOT_ALLOWED', message, { headers: { Allow: ALLOWED } });
  }
  const url = targetUrl(req);
  const body = incomingBody(req, bodyLimit);
  if (!hasLightClasses() || isReplaced()) return globalRequest(req, url, body);
  const { rawHeaders: headers } = req;
  const request = receivedRequest({
    method,
    url,
    headers,
    body: body === null ? null : new LightBody(body),
    source: req,
  });
  return request as unknown as Request;
}

/** Null for a request without a body. */
function incomingBody(req: HttpRequest, bodyLimit: number): IncomingBody | null {
  const { method } = req;
  const framing = readBodyFraming(req);
  if (framing === undefined) return null;
  if (isUploading(req)) endUpload(req);
  if (framing.length === 0 || method === 'GET' || method === 'HEAD') return null;
  if (framing.length > bodyLimit) throw tooLarge(bodyLimit);
  return new IncomingBody(req, framing, bodyLimit);
}

/** For large uploads alone, so that others do not load it. */
function endUpload(req: HttpRequest): void {
  const upload =
    require('../../http/errors/unwanted-upload') as typeof import('../../http/errors/unwanted-upload');
  upload.endUploadAfterAnswer(req);
}

/** Whether a library, such as @hono/node-server, has made another class the global one. */
function isReplaced(): boolean {
  return (globalThis.Request as unknown) !== LightRequest;
}

/** An instance of the global class. */
function globalRequest(req: HttpRequest, url: string, body: IncomingBody | null): Request {
  const method = req.method as string;
  const { signal } = req;
  const headers = headersOf(req);
  const init =
    body === null
      ? { method, headers, signal }
      : { method, headers, signal, body: body.openStream(), duplex: 'half' as const };
  const request = new Request(url, init);
  requests.set(req, request);
  return request;
}

/** All headers, as received. Node's `headers` has only the first value of some. */
function headersOf({ rawHeaders }: HttpRequest): Headers {
  const headers = new Headers();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    headers.append(rawHeaders[i] as string, rawHeaders[i + 1] as string);
  }
  return headers;
}
