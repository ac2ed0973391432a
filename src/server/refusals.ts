import { HttpError } from '../core/errors';
import { isUploading, respondWithStatus, sendError } from '../http/errors/respond';
import { findMalformedSegment } from '../http/request/target';
import type { HttpResponse } from '../http/response/response';

/** Answers 404 without a body, or as an upload that is not read. */
export function refuseIgnoredRoute(res: HttpResponse): void {
  if (isUploading(res.req)) sendError(res, new HttpError(404, 'IGNORED_ROUTE', ''));
  else respondWithStatus(res, 404);
}

/** Answers 400 for a path that cannot be decoded, as Express does. */
export function refuseMalformedPath(res: HttpResponse, url: string): void {
  const message = `Failed to decode param '${findMalformedSegment(url)}'`;
  sendError(res, new HttpError(400, 'MALFORMED_PATH', message));
}

/** Answers 405 with the methods that are allowed (RFC 9110 §15.5.6). */
export function refuseMethod(res: HttpResponse, allowed: readonly string[]): void {
  const allow = allowed.join(', ');
  const message = `${res.req.method} is not allowed here. The function takes ${allow}.`;
  const headers = { Allow: allow };
  sendError(res, new HttpError(405, 'METHOD_NOT_ALLOWED', message, { headers }));
}
