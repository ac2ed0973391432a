import { messageOf } from '../../core/thrown';
import type { HttpRequest } from '../request/request';
import { logError } from './log-error';

/** What V8 and JavaScriptCore (Bun) say about a member of undefined. */
const MEMBER_OF_UNDEFINED =
  /^Cannot (?:read|set) propert.* of undefined|^Cannot (?:convert undefined|destructure .* undefined)|^undefined is not an object/;

/** Logs why the body is undefined, if that may be why a function failed. */
export function explainMissingBody(error: TypeError, req: HttpRequest): void {
  if (req.rawBody !== undefined || !MEMBER_OF_UNDEFINED.test(messageOf(error))) return;
  logError(
    'Was it req.body? It is undefined for a request without a body since Express 5. ' +
      "A program for version 3 or 4 of Google's package gets {} with --express=4 (or FUNCTION_EXPRESS=4).",
  );
}
