import type { UnderlyingSource } from 'node:stream/web';
import { HttpError } from '../../core/errors';
import { type BodyFraming, readBodyFraming, tooLarge } from '../../http/body/read';
import { isUploading, respondWithFailure } from '../../http/errors/respond';
import { endUploadAfterAnswer } from '../../http/errors/unwanted-upload';
import type { HttpRequest } from '../../http/request/request';

// A Request's signal is garbage-collected with it, even while a function waits for the signal. So the
// Request exists as long as its HttpRequest.
const requests = new WeakMap<HttpRequest, Request>();

/**
 * The WHATWG request for a request of node:http. Its body is read from the connection as the function
 * reads it, as it came: compressed bodies are not inflated.
 *
 * @param bodyLimit the most bytes of a body. One that says it has more is refused at once, one that
 *   turns out to have more when the function has read so far.
 * @throws HttpError 400, 405, 413
 */
export function toWebRequest(req: HttpRequest, bodyLimit: number): Request {
  const request = createRequest(req, bodyLimit);
  requests.set(req, request);
  return request;
}

function createRequest(req: HttpRequest, bodyLimit: number): Request {
  const method = req.method as string;
  // The Fetch standard forbids this method.
  if (method === 'TRACE') {
    throw new HttpError(405, 'METHOD_NOT_ALLOWED', 'TRACE is not allowed here.');
  }
  const url = urlOf(req);
  if (isUploading(req)) endUploadAfterAnswer(req);
  const { signal } = req;
  const headers = headersOf(req);
  const framing = method === 'GET' || method === 'HEAD' ? undefined : readBodyFraming(req);
  if (framing === undefined || framing.length === 0) {
    return new Request(url, { method, headers, signal });
  }
  const body = streamBody(req, framing, bodyLimit);
  return new Request(url, { method, headers, signal, body, duplex: 'half' });
}

function urlOf(req: HttpRequest): string {
  const target = req.url as string;
  // RFC 9112 §3.2.2: a target in absolute form names the host itself.
  const url = target.startsWith('/') ? `${originOf(req)}${target}` : target;
  // A Request takes no user, and a function expects no other schemes.
  if (/^https?:\/\/[^/?#\\@]+(?:[/?]|$)/i.test(url) && URL.canParse(url)) return url;
  throw new HttpError(400, 'MALFORMED_URL', 'Host and request target do not make a URL.');
}

function originOf(req: HttpRequest): string {
  const protocol = req.protocol === 'https' ? 'https' : 'http';
  // HTTP/1.0 has no Host.
  const host = req.host ?? 'localhost';
  // RFC 9110 §7.2: the field holds a host and a port, nothing that begins a path or ends a user.
  if (/[/\\?#@]/.test(host)) throw new HttpError(400, 'MALFORMED_HOST', 'Host is not a host name.');
  return `${protocol}://${host}`;
}

/** All headers, as received. Node's `headers` has only the first value of some. */
function headersOf({ rawHeaders }: HttpRequest): Headers {
  const headers = new Headers();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    headers.append(rawHeaders[i] as string, rawHeaders[i + 1] as string);
  }
  return headers;
}

/**
 * A stream that takes a chunk from the connection when the function asks for one. `Readable.toWeb`
 * would not do: cancelling its stream destroys the connection, and with it the response.
 */
function streamBody(
  req: HttpRequest,
  framing: BodyFraming,
  bodyLimit: number,
): ReadableStream<Uint8Array> {
  if (framing.length > bodyLimit) throw tooLarge(bodyLimit);
  // No read-ahead: node:http buffers, and applies backpressure to the sender.
  return new ReadableStream(new BodySource(req, bodyLimit), { highWaterMark: 0 });
}

class BodySource implements UnderlyingSource<Uint8Array> {
  private readonly req: HttpRequest;
  private readonly limit: number;
  private received = 0;
  private begun = false;
  private over = false;
  declare private controller: ReadableStreamDefaultController<Uint8Array>;

  constructor(req: HttpRequest, limit: number) {
    this.req = req;
    this.limit = limit;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.controller = controller;
    const { req } = this;
    req.res.once('close', () => {
      this.fail(reasonOfEnd(req));
      // The connection can serve its next request only after the rest of this one.
      req.resume();
    });
  }

  pull(): void {
    const { req } = this;
    if (!this.begun) {
      this.begun = true;
      req.on('data', (chunk: Buffer) => this.take(chunk));
      req.once('end', () => this.close());
    }
    req.resume();
  }

  cancel(): void {
    this.over = true;
  }

  private take(chunk: Buffer): void {
    if (this.over) return;
    this.received += chunk.length;
    if (this.received <= this.limit) {
      this.req.pause();
      this.controller.enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length));
      return;
    }
    const error = tooLarge(this.limit);
    this.fail(error);
    // Answered here: the function may take the error for one of its own.
    const { res } = this.req;
    if (!res.writableEnded) respondWithFailure(res, error, 'crash');
  }

  private close(): void {
    if (this.over) return;
    this.over = true;
    this.controller.close();
  }

  private fail(error: Error): void {
    if (this.over) return;
    this.over = true;
    this.controller.error(error);
  }
}

/** The reason of an aborted signal, which functions can distinguish from their own errors. */
function reasonOfEnd({ signal }: HttpRequest): Error {
  if (signal.aborted) return signal.reason as Error;
  return new Error('The response has ended: the rest of the request body was discarded.');
}
