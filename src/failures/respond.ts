import { type HttpError, isRefusal } from '../errors';
import type { HttpResponse } from '../http/response';

/** Value of `X-Google-Status`: a function that broke off, or one that reported an error. */
export type FailureKind = 'crash' | 'error';

/** How long a client may go on with an upload that was refused before its connection is closed. */
const LINGER_MS = 500;

/** Answers a request that failed: with a refusal that names its status, or with 500 and a log. */
export function respondWithFailure(res: HttpResponse, fault: unknown, kind: FailureKind): void {
  if (isRefusal(fault)) refuse(res, fault);
  else respondWithCrash(res, fault, kind);
}

/**
 * Answers 500 for what a function threw, and logs it. A response that has begun is cut off after
 * what was written, so that the client sees that it is incomplete; one that has ended is left alone.
 */
export function respondWithCrash(res: HttpResponse, fault: unknown, kind: FailureKind): void {
  if (res.writableEnded) {
    logLateFault(fault);
    return;
  }
  console.error((fault as Error | undefined)?.stack ?? fault);
  if (res.headersSent) {
    cutOff(res);
    return;
  }
  const production = process.env['NODE_ENV'] === 'production';
  const text = production ? 'Internal Server Error' : messageOf(fault);
  sendText(res, 500, text, { 'X-Google-Status': kind });
}

/** Logs what a function threw after its response. */
export function logLateFault(fault: unknown): void {
  console.error(`Exception from a finished function: ${textOf(fault)}`);
}

/** Answers a request that is not served, with a text that says why. */
export function refuse(res: HttpResponse, error: HttpError): void {
  if (res.headersSent) cutOff(res);
  else if (error.status === 413 && res.req.rawBody === undefined) refuseUpload(res, error);
  else sendText(res, error.status, error.message, error.headers);
}

/** Answers without a body. */
export function respondWithStatus(res: HttpResponse, status: number): void {
  res.writeHead(status, status === 204 ? [] : ['Content-Length', '0']);
  res.end();
}

/** Ends the connection, without the end of the body. */
function cutOff(res: HttpResponse): void {
  if (res.socket === null) res.destroy();
  else {
    // In the next tick node hands what was written to the socket.
    const { socket } = res;
    process.nextTick(() => socket.destroySoon());
  }
}

/** Answers with a text; cuts the connection where the function has made the response useless. */
function sendText(
  res: HttpResponse,
  status: number,
  text: string,
  fields?: Readonly<Record<string, string>>,
): void {
  try {
    writeText(res, status, text, fields);
  } catch (fault) {
    console.error(fault);
    cutOff(res);
  }
}

// Errors are never HTML: their texts may hold what the client sent.
function writeText(
  res: HttpResponse,
  status: number,
  text: string,
  fields: Readonly<Record<string, string>> = {},
): void {
  for (const name of res.getHeaderNames()) {
    if (describesBody(name)) res.removeHeader(name);
  }
  for (const [name, value] of Object.entries(fields)) res.setHeader(name, value);
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Content-Length', Buffer.byteLength(text));
  res.statusCode = status;
  // What the function said of its own answer; node refuses to send some of it.
  res.statusMessage = '';
  res.end(text);
}

/** Whether a field is about the body that the function wanted to send. */
function describesBody(name: string): boolean {
  return (
    name.startsWith('content-') ||
    ['transfer-encoding', 'etag', 'last-modified', 'accept-ranges'].includes(name)
  );
}

/**
 * Answers a request whose body is not wanted and may go on for long; the connection ends with it.
 *
 * Closing at once would reset the connection while the client still sends, and the reset can
 * overtake the answer: so the rest is read and thrown away for a moment (RFC 9112 §9.6).
 */
export function refuseUpload(res: HttpResponse, error: HttpError): void {
  const end = (): void => void res.end();
  res.writeHead(error.status, {
    ...error.headers,
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': Buffer.byteLength(error.message),
    Connection: 'close',
  });
  res.write(error.message);
  res.req.resume();
  res.req.once('end', end);
  setTimeout(end, LINGER_MS).unref();
}

/** What a thrown value says of itself; anything may be thrown. */
function messageOf(fault: unknown): string {
  return textOf((fault as Error | undefined)?.message || fault);
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'The function threw a value that has no text.';
  }
}
