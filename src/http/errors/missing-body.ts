import { messageOf } from '../../core/thrown';
import type { HttpRequest } from '../request/request';
import { logError } from './log-error';

/** What engines say of a member of undefined: V8, and JavaScriptCore (Bun). */
const MEMBER_OF_UNDEFINED =
  /^Cannot (?:read|set) propert.* of undefined|^Cannot (?:convert undefined|destructure .* undefined)|^undefined is not an object/;

/** Says why a body is undefined, where that may be what a function failed for. */
export function explainMissingBody(fault: TypeError, req: HttpRequest): void {
  if (req.rawBody !== undefined || !MEMBER_OF_UNDEFINED.test(messageOf(fault))) return;
  logError(
    'Was it req.body? It is undefined for a request without a body since Express 5. ' +
      "A program for version 3 or 4 of Google's package gets {} with --express=4 (or FUNCTION_EXPRESS=4).",
  );
}
