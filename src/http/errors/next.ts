import { HttpError, isHttpError } from '../../core/errors';
import type { HttpResponse } from '../response/response';
import { respondWithError, respondWithFailure, sendError } from './respond';

/** What an error may say of its answer, as http-errors has it. */
interface Answer {
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Answers what a handler gave to `next`, now or later, as an Express application does that has no
 * further handlers: 404 for nothing, the status and headers that an error names, or 500.
 */
export function respondToNext(res: HttpResponse, fault: unknown): void {
  if (!fault || fault === 'route' || fault === 'router') {
    if (!res.headersSent) sendError(res, nothingFound(res));
  } else if (isHttpError(fault)) {
    respondWithFailure(res, fault, 'error');
  } else {
    const { status, fields } = answerOf(fault) ?? { status: statusOf(res), fields: {} };
    respondWithError(res, fault, status, fields);
  }
}

function nothingFound({ req }: HttpResponse): HttpError {
  return new HttpError(404, 'NOT_FOUND', `Cannot ${req.method} ${req.path}`);
}

/** Anything may be given to `next`, also what throws when it is read. */
function answerOf(fault: unknown): Answer | undefined {
  try {
    const { status, statusCode, headers } = fault as Record<string, unknown>;
    const asked = [status, statusCode].find(isFailureStatus);
    if (asked === undefined) return undefined;
    return { status: asked, fields: { ...(headers as Answer['fields'] | undefined) } };
  } catch {
    return undefined;
  }
}

/** The status that the function has set, if it is one of a failure. */
function statusOf({ statusCode }: HttpResponse): number {
  return isFailureStatus(statusCode) ? statusCode : 500;
}

function isFailureStatus(status: unknown): status is number {
  return Number.isInteger(status) && (status as number) >= 400 && (status as number) <= 599;
}
