import type { OutgoingCloudEvent } from '../cloudevents/encode';
import type { HttpResponse } from '../http/response';
import { respondWithCrash, respondWithStatus } from '../respond';

/** A result that is an HTTP answer already: what `encode()` and the SDK's `HTTP.structured()` give. */
interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: unknown;
}

/**
 * Answers with what an event function returned: 204 for nothing, a CloudEvent in binary mode, an
 * object of `status`, `headers` and `body` as it is, everything else like `res.send`, numbers as JSON.
 */
export function respondWithResult(res: HttpResponse, result: unknown): void {
  if (res.writableEnded) return;
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
  } catch (fault) {
    if ((fault as { code?: unknown }).code === 'INVALID_CLOUDEVENT') {
      respondWithCrash(res, fault, 'error');
      return;
    }
    // The function did its work: what cannot be sent must not make the platform repeat it.
    console.error(`Error serializing return value: ${String(fault)}`);
    respondWithStatus(res, 204);
  }
}

/**
 * Answers a failure so that the platform does what the function wants: an error with
 * `retryable: false` is acknowledged, one with a `status` of 400 to 599 is answered with that
 * status, and everything else with 500, which makes the platform deliver the event again.
 */
export function respondWithEventFailure(res: HttpResponse, fault: unknown): void {
  const error = (fault ?? {}) as {
    retryable?: unknown;
    status?: unknown;
    headers?: unknown;
    retryAfter?: unknown;
    response?: unknown;
    stack?: string;
  };
  if (error.retryable === false) {
    const message = `Not retried: ${error.stack ?? String(fault)}`;
    console.error(JSON.stringify({ severity: 'ERROR', message }));
    respondWithResult(res, undefined);
  } else if (isFailureStatus(error.status) && error.response === undefined) {
    // An error with a `response` is an HTTP client's: its status is somebody else's answer.
    console.error(error.stack ?? fault);
    sendAnswer(res, { status: error.status, headers: fieldsOf(error) });
  } else {
    respondWithCrash(res, fault, 'error');
  }
}

function isEvent(value: unknown): value is OutgoingCloudEvent {
  const { specversion, type, source } = value as Record<string, unknown>;
  return typeof specversion === 'string' && (type !== undefined || source !== undefined);
}

function sendEvent(res: HttpResponse, event: OutgoingCloudEvent): void {
  const { encodeCloudEvent } =
    require('../cloudevents/encode') as typeof import('../cloudevents/encode');
  sendAnswer(res, encodeCloudEvent(event, 'binary'));
}

function isAnswer(value: unknown): value is Answer {
  if (typeof value !== 'object' || value === null) return false;
  const { status, headers } = value as Answer;
  const isTold = Number.isInteger(status) || (typeof headers === 'object' && 'body' in value);
  return isTold && Object.keys(value).every((key) => ['status', 'headers', 'body'].includes(key));
}

function sendAnswer(res: HttpResponse, { status, headers, body }: Answer): void {
  res.statusCode = status ?? (body === undefined && headers === undefined ? 204 : 200);
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value !== undefined) res.setHeader(name, value);
  }
  if (body === undefined) {
    if (res.statusCode !== 204) res.setHeader('Content-Length', '0');
    res.end();
  } else if (typeof body === 'string' || body instanceof Uint8Array) {
    res.setHeader('Content-Length', Buffer.byteLength(body));
    res.end(body);
  } else {
    res.send(body);
  }
}

function isFailureStatus(status: unknown): status is number {
  return Number.isInteger(status) && (status as number) >= 400 && (status as number) <= 599;
}

/** The fields that an error asks for: its `headers`, and `retryAfter` in seconds. */
function fieldsOf(error: { headers?: unknown; retryAfter?: unknown }): Record<string, string> {
  const headers = (error.headers ?? {}) as Record<string, string>;
  return error.retryAfter === undefined
    ? headers
    : { 'Retry-After': String(error.retryAfter), ...headers };
}
