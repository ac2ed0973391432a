import { STATUS_CODES } from 'node:http';
import { type HttpError, isHttpError } from '../../core/errors';
import { describeThrown, isThrown, messageOf } from '../../core/thrown';
import { readBodyFraming } from '../body/read';
import type { HttpRequest } from '../request/request';
import type { HttpResponse } from '../response/response';
import { logError } from './log-error';

/** Value of `X-Google-Status`: a function that broke off, or one that reported an error. */
export type FailureKind = 'crash' | 'error';

/** Most bytes of an unwanted body that are read for the sake of the connection. */
const MAX_DISCARDED_BYTES = 65536;

/**
 * Answers a request that failed: an HttpError with its status, any other error with 500 and a log. Once
 * the response has begun, neither can be the answer: both are logged.
 */
export function respondWithFailure(res: HttpResponse, fault: unknown, kind: FailureKind): void {
  if (res.headersSent || !isHttpError(fault)) {
    respondWithCrash(res, fault, kind);
    return;
  }
  try {
    sendError(res, fault);
  } catch (unsent) {
    respondWithCrash(res, unsent, kind);
  }
}

/**
 * Answers 500 for what a function threw, and logs it. A response that has begun is cut off after
 * what was written, so that the client sees that it is incomplete; one that has ended is left alone.
 */
export function respondWithCrash(res: HttpResponse, fault: unknown, kind: FailureKind): void {
  respondWithError(res, fault, 500, { 'X-Google-Status': kind });
}

/** The same with a status and fields that the error names. */
export function respondWithError(
  res: HttpResponse,
  fault: unknown,
  status: number,
  fields: Readonly<Record<string, string>>,
): void {
  if (res.writableEnded) {
    logLateError(fault);
    return;
  }
  logError(describeThrown(fault));
  if (res.headersSent) {
    abortResponse(res);
    return;
  }
  const production = process.env['NODE_ENV'] === 'production';
  if (!production && isThrown(fault, TypeError) && !res.req.body) {
    const hint = require('./missing-body') as typeof import('./missing-body');
    hint.explainMissingBody(fault, res.req);
  }
  sendText(res, status, production ? textOfStatus(status) : messageOf(fault), fields);
}

/** Logs what a function threw after its response. */
export function logLateError(fault: unknown): void {
  logError(`Exception from a finished function: ${describeThrown(fault)}`);
}

/** Answers a request that is not served, with a text that says why. */
export function sendError(res: HttpResponse, error: HttpError): void {
  if (res.headersSent) abortResponse(res);
  else if (isUploading(res.req)) {
    const upload = require('./unwanted-upload') as typeof import('./unwanted-upload');
    upload.refuseUpload(res, error);
  } else sendText(res, error.status, error.message, error.headers);
}

/** Whether a body that nobody has read is still to come, one that is large or may be. */
export function isUploading(req: HttpRequest): boolean {
  const length = req.complete || req.rawBody ? 0 : (readBodyFraming(req)?.length ?? 0);
  return length < 0 || length > MAX_DISCARDED_BYTES;
}

function textOfStatus(status: number): string {
  return STATUS_CODES[status] ?? String(status);
}

/** Answers without a body. */
export function respondWithStatus(res: HttpResponse, status: number): void {
  res.writeHead(status, status === 204 ? [] : ['Content-Length', '0']);
  res.end();
}

/** Ends the connection, without the end of the body. */
function abortResponse(res: HttpResponse): void {
  if (res.socket === null) res.destroy();
  else {
    // In the next tick node hands what was written to the socket.
    const { socket } = res;
    process.nextTick(() => socket.destroySoon());
  }
}

/**
 * Answers with a text. A status or fields that cannot be sent become 500; where the function has made
 * the response useless, the connection is cut.
 */
function sendText(
  res: HttpResponse,
  status: number,
  text: string,
  fields?: Readonly<Record<string, string>>,
): void {
  try {
    writeText(res, status, text, fields);
  } catch (fault) {
    if (status !== 500 && !res.headersSent) {
      respondWithCrash(res, fault, 'crash');
      return;
    }
    logError(describeThrown(fault));
    abortResponse(res);
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
