import { STATUS_CODES } from 'node:http';
import { type HttpError, isHttpError } from '../../core/errors';
import { describeThrown, isThrown, messageOf } from '../../core/thrown';
import type { HttpResponse } from '../response/response';
import { logError } from './log-error';
import { type FailureKind, isUploading } from './respond';

/**
 * Answers a failed request: an HttpError with its status, any other error with 500 and a log line. After
 * the response has begun, both are only logged.
 */
export function respondWithFailure(res: HttpResponse, error: unknown, kind: FailureKind): void {
  if (res.headersSent || !isHttpError(error)) {
    respondWithCrash(res, error, kind);
    return;
  }
  try {
    sendError(res, error);
  } catch (unsent) {
    respondWithCrash(res, unsent, kind);
  }
}

/**
 * Logs what a function threw, and answers 500. A response that has begun is aborted, so that the client
 * sees that it is incomplete; one that has ended stays as it is.
 */
export function respondWithCrash(res: HttpResponse, error: unknown, kind: FailureKind): void {
  respondWithError(res, error, 500, { 'X-Google-Status': kind });
}

/** The same, with a status and headers that the error names. */
export function respondWithError(
  res: HttpResponse,
  error: unknown,
  status: number,
  headers: Readonly<Record<string, string>>,
): void {
  if (res.writableEnded) {
    logLateError(error);
    return;
  }
  logError(describeThrown(error));
  if (res.headersSent) {
    abortResponse(res);
    return;
  }
  const production = process.env['NODE_ENV'] === 'production';
  if (!production && isThrown(error, TypeError) && !res.req.body) {
    const hint = require('./missing-body') as typeof import('./missing-body');
    hint.explainMissingBody(error, res.req);
  }
  sendText(res, status, production ? textOfStatus(status) : messageOf(error), headers);
}

/** Logs what a function threw after its response. */
export function logLateError(error: unknown): void {
  logError(`Exception from a finished function: ${describeThrown(error)}`);
}

/** Answers a request with the status and the message of an error. */
export function sendError(res: HttpResponse, error: HttpError): void {
  if (res.headersSent) abortResponse(res);
  else if (isUploading(res.req)) {
    const upload = require('./unwanted-upload') as typeof import('./unwanted-upload');
    upload.rejectUpload(res, error);
  } else sendText(res, error.status, error.message, error.headers);
}

function textOfStatus(status: number): string {
  return STATUS_CODES[status] ?? String(status);
}

/** Closes the connection without the end of the body. */
function abortResponse(res: HttpResponse): void {
  if (res.socket === null) res.destroy();
  else {
    // Node hands what was written to the socket in the next tick.
    const { socket } = res;
    process.nextTick(() => socket.destroySoon());
  }
}

/**
 * Answers with a text. A status or headers that cannot be sent become 500; if the function broke the
 * response, the connection is closed.
 */
function sendText(
  res: HttpResponse,
  status: number,
  text: string,
  headers?: Readonly<Record<string, string>>,
): void {
  try {
    writeText(res, status, text, headers);
  } catch (error) {
    if (status !== 500 && !res.headersSent) {
      respondWithCrash(res, error, 'crash');
      return;
    }
    logError(describeThrown(error));
    abortResponse(res);
  }
}

// Errors are never HTML: their texts may hold what the client sent.
function writeText(
  res: HttpResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  for (const name of res.getHeaderNames()) {
    if (describesBody(name)) res.removeHeader(name);
  }
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Content-Length', Buffer.byteLength(text));
  res.statusCode = status;
  // The handler's statusMessage belongs to another response, and may be invalid.
  res.statusMessage = '';
  res.end(text);
}

/** Whether a header describes the body that the function wanted to send. */
function describesBody(name: string): boolean {
  return (
    name.startsWith('content-') ||
    ['transfer-encoding', 'etag', 'last-modified', 'accept-ranges'].includes(name)
  );
}
