import { HttpError, isHttpError } from '../../core/errors';
import type { HttpResponse } from '../response/response';
import { respondWithError, respondWithFailure, sendError } from './respond';

/** The response that an error asks for, as errors of http-errors do. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Answers what a handler gave to `next`, now or later, as an Express application without further
 * handlers does: 404 for nothing, the status and headers that an error names, or 500.
 */
export function respondToNext(res: HttpResponse, error: unknown): void {
  if (!error || error === 'route' || error === 'router') {
    if (!res.headersSent) sendError(res, nothingFound(res));
  } else if (isHttpError(error)) {
    respondWithFailure(res, error, 'error');
  } else {
    const { status, headers } = answerOf(error) ?? { status: statusOf(res), headers: {} };
    respondWithError(res, error, status, headers);
  }
}

function nothingFound({ req }: HttpResponse): HttpError {
  return new HttpError(404, 'NOT_FOUND', `Cannot ${req.method} ${req.path}`);
}

/** `next` takes anything, even objects whose members throw. */
function answerOf(error: unknown): Answer | undefined {
  try {
    const { status, statusCode, headers } = error as Record<string, unknown>;
    const asked = [status, statusCode].find(isFailureStatus);
    if (asked === undefined) return undefined;
    return { status: asked, headers: { ...(headers as Answer['headers'] | undefined) } };
  } catch {
    return undefined;
  }
}

/** The status that the function set, if it is an error status. */
function statusOf({ statusCode }: HttpResponse): number {
  return isFailureStatus(statusCode) ? statusCode : 500;
}

function isFailureStatus(status: unknown): status is number {
  return Number.isInteger(status) && (status as number) >= 400 && (status as number) <= 599;
}
