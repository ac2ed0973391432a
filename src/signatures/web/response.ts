import { respondWithFailure } from '../../http/errors/respond';
import type { HttpResponse } from '../../http/response/response';
import { warnIfLate } from '../../http/response/send';
import { lengthOf, takeWhole } from './light/body';
import { lightResponseOf } from './light/response';
import { bytesOf, isFraming, sendAtOnce } from './send-at-once';

type Reader = ReadableStreamDefaultReader<Uint8Array>;
const USED = 'The body of the returned Response was used already.';

type Read = Awaited<ReturnType<Reader['read']>>;

/** Sends the Response of a function, as {@link sendWebResponse} does, and answers what fails. */
export function sendOrFail(res: HttpResponse, response: unknown): void {
  const fail = (error: unknown): void => failUnlessGone(res, error);
  try {
    sendWebResponse(res, response)?.catch(fail);
  } catch (error) {
    fail(error);
  }
}

/** Answers what a web function threw. */
export function failUnlessGone(res: HttpResponse, error: unknown): void {
  const { req } = res;
  // The function stopped because the client disconnected, as it should.
  if (res.destroyed && req.signal.aborted && error === req.signal.reason) return;
  respondWithFailure(res, error, 'crash');
}

/**
 * Sends the Response of a web function. A body that is available at once is sent whole, with its
 * length; any other is sent chunk by chunk, as fast as the client reads. Returns a promise for the latter.
 *
 * @throws TypeError when `response` is not a Response, or its body was used
 */
export function sendWebResponse(res: HttpResponse, response: unknown): Promise<void> | undefined {
  const light = lightResponseOf(response);
  if (light !== undefined && !isOver(res)) {
    if (light.bodyUsed) throw new TypeError(USED);
    if (sendAtOnce(res, light)) return undefined;
  }
  if (!isResponse(response)) throw new TypeError(describeReturned(response));
  return sendStreamed(res, response);
}

async function sendStreamed(res: HttpResponse, response: Response): Promise<void> {
  const { body, status } = response;
  if (isOver(res)) {
    warnIfLate(res);
    await body?.cancel();
    return;
  }
  if (response.bodyUsed) throw new TypeError(USED);
  if (body === null || res.req.method === 'HEAD' || status === 204 || status === 304) {
    try {
      sendHead(res, response, body === null ? 0 : undefined);
      res.end();
    } finally {
      await body?.cancel();
    }
    return;
  }
  const whole = takeWhole(body);
  if (whole !== undefined) {
    sendHead(res, response, Buffer.byteLength(whole));
    res.end(bytesOf(whole));
    return;
  }
  const length = lengthOf(body);
  const reader = body.getReader();
  // Also ends a pending read. Errors of cancelling do not matter any more.
  res.once('close', () => void reader.cancel(res.req.signal.reason).catch(() => undefined));
  await sendBody(res, response, reader, length);
}

async function sendBody(
  res: HttpResponse,
  response: Response,
  reader: Reader,
  length: number | undefined,
): Promise<void> {
  const begin = reader.read();
  const first = await withoutWaiting(begin);
  const rest = first === undefined || first.done ? begin : reader.read();
  const second = first === undefined || first.done ? first : await withoutWaiting(rest);
  if (isOver(res)) {
    warnIfLate(res);
    return;
  }
  if (second?.done) {
    const whole = first?.value ?? '';
    sendHead(res, response, Buffer.byteLength(whole));
    res.end(bytesOf(whole));
    return;
  }
  sendHead(res, response, length);
  if (first === undefined) res.flushHeaders();
  else if (!res.write(bytesOf(first.value as Uint8Array))) await drained(res);
  for (let next = await rest; !next.done; next = await reader.read()) {
    if (!res.write(next.value)) await drained(res);
  }
  // Ending a destroyed response would break the length it announced.
  if (res.destroyed) warnIfLate(res);
  else res.end();
}

/** The result of a read within this turn of the event loop; undefined when it takes longer. */
function withoutWaiting(read: Promise<Read>): Promise<Read | undefined> {
  const turn = new Promise<undefined>((resolve) => void setImmediate(resolve, undefined));
  return Promise.race([read, turn]);
}

/** Resolves when the client has read what was written, or has disconnected. */
function drained(res: HttpResponse): Promise<void> {
  return new Promise((resolve) => {
    if (res.destroyed) {
      resolve();
      return;
    }
    const settle = (): void => {
      res.removeListener('drain', settle);
      res.removeListener('close', settle);
      resolve();
    };
    res.on('drain', settle);
    res.on('close', settle);
  });
}

/** @param length the bytes of the body, when they are known */
function sendHead(res: HttpResponse, response: Response, length: number | undefined): void {
  const { headers, status, statusText } = response;
  const rawHeaders: string[] = [];
  const isDecoded = wasDecoded(response);
  const mayHaveBody = status !== 204 && status !== 304 && res.req.method !== 'HEAD';
  const isCounted = mayHaveBody && length !== undefined;
  headers.forEach((value, name) => {
    if (isFraming(name) || (isDecoded && describesEncoded(name))) return;
    if (isCounted && name === 'content-length') return;
    rawHeaders.push(name, value);
  });
  if (isCounted) rawHeaders.push('content-length', String(length));
  // With a wrong length, clients would misread the next responses: Node breaks off instead.
  else if (mayHaveBody) res.strictContentLength = true;
  if (statusText === '') res.writeHead(status, rawHeaders);
  else res.writeHead(status, statusText, rawHeaders);
}

/** A Response of `fetch` has an inflated body, but the headers of the compressed one. */
function wasDecoded({ url, headers }: Response): boolean {
  return url !== '' && url !== undefined && headers.has('content-encoding');
}

function describesEncoded(name: string): boolean {
  return name === 'content-encoding' || name === 'content-length';
}

/** Whether the request was answered meanwhile, or the client has disconnected. */
function isOver(res: HttpResponse): boolean {
  return res.headersSent || res.destroyed;
}

/** Whether a value is a WHATWG Response. Not instanceof: frameworks and polyfills have classes of their own. */
export function isResponse(value: unknown): value is Response {
  if (lightResponseOf(value) !== undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  const { status, headers, body } = value as Partial<Response>;
  return typeof status === 'number' && typeof headers?.forEach === 'function' && body !== undefined;
}

function describeReturned(value: unknown): string {
  const kind = value === null ? 'null' : typeof value;
  const what = kind === 'object' ? 'another object' : kind;
  return `A web function must return a Response, but it returned ${what}. Return new Response(…) or Response.json(…).`;
}
