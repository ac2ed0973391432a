import { HttpError } from './errors';
import type { HttpResponse } from './http/response';

/** Value of `X-Google-Status`: a function that broke off, or one that reported an error. */
export type FailureKind = 'crash' | 'error';

/** How long a client may go on with an upload that was refused before its connection is closed. */
const LINGER_MS = 500;

/** Answers a request that failed: with a refusal that names its status, or with 500 and a log. */
export function respondWithFailure(res: HttpResponse, fault: unknown, kind: FailureKind): void {
  if (fault instanceof HttpError) refuse(res, fault);
  else respondWithCrash(res, fault, kind);
}

/**
 * Answers 500 for what a function threw, and logs it. A response that has begun is cut off, so that
 * the client sees that it is incomplete; one that has ended is left alone.
 */
export function respondWithCrash(res: HttpResponse, fault: unknown, kind: FailureKind): void {
  if (res.writableEnded) {
    console.error(`Exception from a finished function: ${describe(fault)}`);
    return;
  }
  console.error((fault as Error | undefined)?.stack ?? fault);
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const production = process.env['NODE_ENV'] === 'production';
  sendText(res, 500, production ? 'Internal Server Error' : describe(fault), [
    'X-Google-Status',
    kind,
  ]);
}

/** Answers a request that is not served, with a text that says why. */
export function refuse(res: HttpResponse, error: HttpError): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const fields = Object.entries(error.headers ?? {}).flat();
  if (error.status === 413 && !res.req.complete) refuseUpload(res, error, fields);
  else sendText(res, error.status, error.message, fields);
}

/** Answers without a body. */
export function respondWithStatus(res: HttpResponse, status: number): void {
  res.writeHead(status, ['Content-Length', '0']);
  res.end();
}

// Errors are never HTML: their texts may hold what the client sent.
function sendText(res: HttpResponse, status: number, text: string, fields: string[]): void {
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  res.writeHead(status, textFields(text, fields));
  res.end(text);
}

/**
 * Closing at once would reset the connection while the client still sends, and the reset can
 * overtake the answer: so the rest is read and thrown away for a moment (RFC 9112 §9.6).
 */
function refuseUpload(res: HttpResponse, error: HttpError, fields: string[]): void {
  const end = (): void => void res.end();
  res.writeHead(error.status, textFields(error.message, [...fields, 'Connection', 'close']));
  res.write(error.message);
  res.req.resume();
  res.req.once('end', end);
  setTimeout(end, LINGER_MS).unref();
}

function textFields(text: string, fields: string[]): string[] {
  const length = String(Buffer.byteLength(text));
  return [
    'Content-Type',
    'text/plain; charset=utf-8',
    'X-Content-Type-Options',
    'nosniff',
    'Content-Length',
    length,
    ...fields,
  ];
}

/** What a thrown value says of itself; anything may be thrown. */
function describe(fault: unknown): string {
  try {
    return String((fault as Error | undefined)?.message || fault);
  } catch {
    return 'The function threw a value that has no text.';
  }
}
