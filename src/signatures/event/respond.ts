import type { OutgoingCloudEvent } from '../../cloudevents/encode';
import { BarefnError } from '../../core/errors';
import { describeThrown, memberOf, textOf } from '../../core/thrown';
import { logError } from '../../http/errors/log-error';
import { type FailureKind, respondWithCrash, respondWithStatus } from '../../http/errors/respond';
import type { HttpResponse } from '../../http/response/response';
import { warnIfLate } from '../../http/response/send';

/** A result that is an HTTP message already, as `encode()` and the SDK's `HTTP.structured()` return it. */
interface Answer {
  readonly status?: number | undefined;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly retryAfter?: unknown;
}

/**
 * Responds with the result of an event function: 204 for none, a CloudEvent in binary mode (or in
 * structured mode if binary cannot carry it), an object of `status`, `headers` and `body` as it is, a
 * number as JSON, anything else like `res.send`.
 */
export function respondWithResult(res: HttpResponse, result: unknown): void {
  if (res.writableEnded) {
    warnIfLate(res);
    return;
  }
  if (result === undefined || result === null) {
    res.writeHead(204);
    res.end();
    return;
  }
  try {
    if (isEvent(result)) sendEvent(res, result);
    else if (isAnswer(result)) sendAnswer(res, result);
    else if (typeof result === 'number') res.json(result);
    else res.send(result);
  } catch (error) {
    const code = memberOf(error, 'code');
    const isRefused = code === 'INVALID_CLOUDEVENT' || code === 'INVALID_STATUS';
    if (isRefused || isFailureStatus(statusOfResult(result)) || res.headersSent) {
      respondWithCrash(res, error, 'error');
      return;
    }
    // The function has succeeded: a result that cannot be sent must not cause a retry.
    logError(`Error serializing return value: ${textOf(error)}`);
    respondWithStatus(res, 204);
  }
}

/**
 * Answers an error so that the platform does what the function wants: an error with
 * `retryable: false` is acknowledged, one with a `status` of 202 or 400 to 599 is answered with
 * that status, and everything else with 500, which makes the platform deliver the event again.
 */
export function respondWithEventFailure(
  res: HttpResponse,
  error: unknown,
  kind: FailureKind,
): void {
  if (isDropped(error)) {
    respondWithResult(res, undefined);
    return;
  }
  const status = statusOfFailure(error);
  if (res.headersSent || status === undefined) {
    respondWithCrash(res, error, kind);
    return;
  }
  logError(describeThrown(error));
  try {
    const [headers, retryAfter] = [memberOf(error, 'headers'), memberOf(error, 'retryAfter')];
    sendAnswer(res, { status, headers, retryAfter });
  } catch (unsent) {
    respondWithCrash(res, unsent, kind);
  }
}

/** The status that a failure asks for; undefined when it asks for none. */
export function statusOfFailure(error: unknown): number | undefined {
  // An error with a `response` is an HTTP client's: its status is that of another server.
  if (memberOf(error, 'response') !== undefined) return undefined;
  const status = memberOf(error, 'status');
  return status === 202 || isFailureStatus(status) ? status : undefined;
}

/** The status that a result asks for; undefined when it asks for none. */
export function statusOfResult(result: unknown): number | undefined {
  try {
    return isAnswer(result) ? result.status : undefined;
  } catch {
    // Reading a returned value may throw, as with thrown ones.
    return undefined;
  }
}

/**
 * Whether an error says that its event must not be delivered again, which is logged.
 * @param event names the event in the log
 */
export function isDropped(error: unknown, event = ''): boolean {
  if (memberOf(error, 'retryable') !== false) return false;
  const message = `Not retried: ${event}${describeThrown(error)}`;
  logError(JSON.stringify({ severity: 'ERROR', message }));
  return true;
}

function isEvent(value: unknown): value is OutgoingCloudEvent {
  // Only events have this member. An invalid one must not be sent as plain JSON.
  return (value as Record<string, unknown>)['specversion'] !== undefined;
}

function sendEvent(res: HttpResponse, event: OutgoingCloudEvent): void {
  const { encodeCloudEvent } =
    require('../../cloudevents/encode') as typeof import('../../cloudevents/encode');
  sendAnswer(res, encodeCloudEvent(event));
}

function isAnswer(value: unknown): value is Answer {
  if (typeof value !== 'object' || value === null) return false;
  const { status, headers } = value as Answer;
  const isExplicit = Number.isInteger(status) || (typeof headers === 'object' && 'body' in value);
  const members = ['status', 'headers', 'body', 'retryAfter'];
  return isExplicit && Object.keys(value).every((key) => members.includes(key));
}

export function sendAnswer(res: HttpResponse, answer: Answer): void {
  const { status, body } = answer;
  const headers = headersOf(answer);
  const names = Object.keys(headers).join(' ');
  const isEvent = /(^| )ce-/i.test(names);
  res.statusCode = statusOf(status, body !== undefined || isEvent);
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) res.setHeader(name, value);
  }
  // Webhook §2.2: 429 must have Retry-After.
  if (status === 429 && !res.hasHeader('Retry-After')) res.setHeader('Retry-After', '1');
  if (body === undefined || res.statusCode === 204) {
    if (res.statusCode !== 204) res.setHeader('Content-Length', '0');
    res.end();
  } else if (isRawBody(body) && (isEvent || /(^| )content-type( |$)/i.test(names))) {
    // Without datacontenttype, the data of an event has no type.
    res.setHeader('Content-Length', Buffer.byteLength(body));
    res.end(body);
  } else {
    res.send(body);
  }
}

/** A delivery is not answered with 1xx or 3xx, and with 200 only if there is a body (webhook §2.2). */
function statusOf(status: number | undefined, hasBody: boolean): number {
  if (status === undefined || status === 200) return hasBody ? 200 : 204;
  if ((status > 200 && status < 300) || isFailureStatus(status)) return status;
  throw new BarefnError(
    'INVALID_STATUS',
    `An event cannot be answered with status ${status}. Return one of 200 to 299 or 400 to 599.`,
  );
}

function isRawBody(body: unknown): body is string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array;
}

/** Whether a status says that an event was not handled. */
export function isFailureStatus(status: unknown): status is number {
  return Number.isInteger(status) && (status as number) >= 400 && (status as number) <= 599;
}

/** Headers of a response to an event. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The headers that an answer asks for: `headers`, and `retryAfter` in seconds or as a Date. */
export function headersOf({ headers, retryAfter }: Answer): AnswerHeaders {
  const given = (headers ?? {}) as AnswerHeaders;
  if (retryAfter === undefined) return given;
  const text = retryAfter instanceof Date ? retryAfter.toUTCString() : String(retryAfter);
  return { 'Retry-After': text, ...given };
}
