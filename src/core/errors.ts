import { memberOf } from './thrown';

/** ErrorOptions of ES2022, which programs for older targets do not have. */
interface ErrorCause {
  /** What led to the error. */
  readonly cause?: unknown;
}

/** An error of barefn's own: `code` is stable, `message` says what, why and what to do. */
export class BarefnError extends Error {
  /** A stable, upper-case name of the fault, e.g. `FUNCTION_NOT_FOUND`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorCause) {
    super(message, options);
    this.name = 'BarefnError';
    this.code = code;
  }
}

/**
 * The codec has its own file and so its own copy of the class: a mark tells, instanceof would not.
 * @internal
 */
const HTTP_ERROR: unique symbol = Symbol.for('barefn.HttpError');

/** Whether a fault is a refusal of barefn's own, not an error that a function threw. */
export function isHttpError(fault: unknown): fault is HttpError {
  return memberOf(fault, HTTP_ERROR) === true;
}

/**
 * Thrown by a function, it is the answer: its status, its message as text, its headers. It is not logged.
 *
 * ```js
 * throw new HttpError(404, 'NO_SUCH_ORDER', `There is no order ${id}.`);
 * ```
 */
export class HttpError extends BarefnError {
  /** The HTTP status code of the answer, 400 to 599. */
  readonly status: number;
  /** Extra response fields, e.g. `Allow` with 405. */
  readonly headers: Record<string, string> | undefined;
  /** @internal */
  readonly [HTTP_ERROR] = true;

  constructor(
    status: number,
    code: string,
    message: string,
    options?: ErrorCause & { headers?: Record<string, string> },
  ) {
    super(code, message, options);
    this.name = 'HttpError';
    this.status = status;
    this.headers = options?.headers;
  }
}

/**
 * Thrown by an event function whose event can never be handled, however often it is delivered:
 * the event is acknowledged and logged, not retried.
 *
 * ```js
 * if (!event.data?.orderId) throw new NonRetryableError('The event names no order.');
 * ```
 */
export class NonRetryableError extends Error {
  /** Always false. Read this and not `instanceof`: two copies of barefn may be loaded. */
  readonly retryable: boolean = false;

  constructor(message?: string, options?: ErrorCause) {
    super(message, options);
    this.name = 'NonRetryableError';
  }
}
