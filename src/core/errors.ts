import { memberOf } from './thrown';

/** The codes of barefn's own errors. src/README.md says what to do about each. */
export type ErrorCode =
  // The command.
  | 'BUILD_FAILED'
  | 'CACHE_FAILED'
  | 'CANNOT_LISTEN'
  | 'CUT_OFF'
  | 'DATA_NOT_READ'
  | 'FUNCTION_NOT_FOUND'
  | 'INVALID_OPTION'
  | 'LOAD_FAILED'
  | 'NOT_ANSWERED'
  | 'OLD_NODE'
  | 'SOURCE_NOT_FOUND'
  | 'STALE_BUILD'
  | 'STARTUP_HOOK_FAILED'
  | 'UNKNOWN_COMMAND'
  | 'UNKNOWN_EVENT_KIND'
  | 'UNKNOWN_OPTION'
  // The program that registers or serves a function.
  | 'INVALID_FUNCTION_NAME'
  | 'INVALID_OUTPUT'
  | 'INVALID_SCHEMA'
  | 'INVALID_STATUS'
  | 'NO_VIEW_ENGINE'
  | 'NOT_A_FUNCTION'
  // The request.
  | 'BODY_TOO_LARGE'
  | 'FILE_REFUSED'
  | 'FOREIGN_PAGE'
  | 'FORM_TOO_DEEP'
  | 'IGNORED_ROUTE'
  | 'INVALID_CONTENT_ENCODING'
  | 'INVALID_INPUT'
  | 'INVALID_JSON'
  | 'MALFORMED_HOST'
  | 'MALFORMED_PATH'
  | 'MALFORMED_URL'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_ACCEPTABLE'
  | 'NOT_FOUND'
  | 'TIMEOUT'
  | 'TOO_MANY_PARAMETERS'
  | 'TOO_MANY_REQUESTS'
  | 'UNSUPPORTED_CHARSET'
  | 'UNSUPPORTED_CONTENT_ENCODING'
  | 'UNSUPPORTED_MEDIA_TYPE'
  // The event.
  | 'EVENT_CONVERSION_FAILED'
  | 'INVALID_CLOUDEVENT'
  | 'INVALID_DATA'
  | 'INVALID_EVENT'
  | 'NOT_A_CLOUDEVENT'
  | 'ORIGIN_NOT_ALLOWED'
  | 'UNSUPPORTED_FORMAT';

/** A code of barefn's own, which editors complete, or of a program. */
type AnyCode = ErrorCode | (string & {});

/** ErrorOptions of ES2022, which programs for older targets do not have. */
interface ErrorCause {
  /** What led to the error. */
  readonly cause?: unknown;
}

/**
 * An error of barefn's own: `code` is stable, `message` says what is wrong, why, and what to do.
 *
 * @example
 * if (error instanceof BarefnError && error.code === 'INVALID_CLOUDEVENT') discard(message);
 */
export class BarefnError extends Error {
  /** A stable, upper-case name of the problem, e.g. `FUNCTION_NOT_FOUND`. */
  readonly code: AnyCode;

  constructor(code: ErrorCode, message: string, options?: ErrorCause) {
    super(message, options);
    this.name = 'BarefnError';
    this.code = code;
  }
}

/**
 * Thrown by a function, it is the answer: its status, its message as text, its headers. It is not
 * logged, unless the response has begun: then it comes too late to be the answer.
 *
 * @example
 * throw new HttpError(404, 'NO_SUCH_ORDER', `There is no order ${id}.`);
 */
export class HttpError extends BarefnError {
  /** The HTTP status code of the answer, 400 to 599. */
  readonly status: number;
  /** Extra response headers, e.g. `Allow` with 405. */
  readonly headers: Record<string, string> | undefined;

  constructor(
    status: number,
    code: AnyCode,
    message: string,
    options?: ErrorCause & { headers?: Record<string, string> },
  ) {
    super(code as ErrorCode, message, options);
    this.name = 'HttpError';
    this.status = status;
    this.headers = options?.headers;
  }
}

/**
 * Thrown by an event function whose event can never be handled, however often it is delivered:
 * the event is acknowledged and logged, not retried.
 *
 * @example
 * if (!event.data?.orderId) throw new NonRetryableError('The event names no order.');
 */
export class NonRetryableError extends Error {
  /** Always false. Any error with this member is acknowledged. */
  readonly retryable: boolean = false;

  constructor(message?: string, options?: ErrorCause) {
    super(message, options);
    this.name = 'NonRetryableError';
  }
}

shareIdentity(BarefnError, 'BarefnError');
shareIdentity(HttpError, 'HttpError');
shareIdentity(NonRetryableError, 'NonRetryableError');

/**
 * Makes `instanceof` accept the errors of other copies of a class: each file of dist/ that can be loaded
 * alone holds its own, and a program may load two versions of barefn.
 *
 * @param name given, because the bundlers of programs rename classes
 */
function shareIdentity(type: { readonly prototype: Error }, name: string): void {
  const brand = brandOf(name);
  Object.defineProperty(type.prototype, brand, { value: true });
  Object.defineProperty(type, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      // Classes that extend this one inherit the method, and have no other copies.
      if (this !== type) return Function.prototype[Symbol.hasInstance].call(this, value);
      return memberOf(value, brand) === true;
    },
  });
}

function brandOf(name: string): symbol {
  return Symbol.for(`barefn.${name}`);
}

const HTTP_ERROR = brandOf('HttpError');

/** Whether a caught value is an HttpError, of any copy of the class. It may be anything at all. */
export function isHttpError(error: unknown): error is HttpError {
  return memberOf(error, HTTP_ERROR) === true;
}
