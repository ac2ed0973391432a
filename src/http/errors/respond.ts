import type { HttpError } from '../../core/errors';
import { readBodyFraming } from '../body/framing';
import { failure } from '../lazy';
import type { HttpRequest } from '../request/request';
import type { HttpResponse } from '../response/response';

// failure.ts, which does the work, is loaded on first use.

/** Value of `X-Google-Status`: a function that broke off, or one that reported an error. */
export type FailureKind = 'crash' | 'error';

/** Most bytes of an unwanted body to read, so that the connection can be reused. */
const MAX_DISCARDED_BYTES = 65536;

/**
 * Answers a failed request: an HttpError with its status, any other error with 500 and a log line. After
 * the response has begun, both are only logged.
 */
export function respondWithFailure(res: HttpResponse, error: unknown, kind: FailureKind): void {
  failure().respondWithFailure(res, error, kind);
}

/**
 * Logs what a function threw, and answers 500. A response that has begun is aborted, so that the client
 * sees that it is incomplete; one that has ended stays as it is.
 */
export function respondWithCrash(res: HttpResponse, error: unknown, kind: FailureKind): void {
  failure().respondWithCrash(res, error, kind);
}

/** The same, with a status and headers that the error names. */
export function respondWithError(
  res: HttpResponse,
  error: unknown,
  status: number,
  headers: Readonly<Record<string, string>>,
): void {
  failure().respondWithError(res, error, status, headers);
}

/** Logs what a function threw after its response. */
export function logLateError(error: unknown): void {
  failure().logLateError(error);
}

/** Answers a request with the status and the message of an error. */
export function sendError(res: HttpResponse, error: HttpError): void {
  failure().sendError(res, error);
}

/** Whether an unread body is still to come that is large, or may be. */
export function isUploading(req: HttpRequest): boolean {
  const length = req.complete || req.rawBody ? 0 : (readBodyFraming(req)?.length ?? 0);
  return length < 0 || length > MAX_DISCARDED_BYTES;
}

/** Answers without a body. */
export function respondWithStatus(res: HttpResponse, status: number): void {
  res.writeHead(status, status === 204 ? [] : ['Content-Length', '0']);
  res.end();
}
