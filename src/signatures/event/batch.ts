import { quote } from '../../cloudevents/event';
import { isHttpError } from '../../core/errors';
import { describeThrown, memberOf, messageOf } from '../../core/thrown';
import { logError } from '../../http/errors/log-error';
import { respondWithCrash } from '../../http/errors/respond';
import type { HttpResponse } from '../../http/response/response';
import { warnIfLate } from '../../http/response/send';
import { resultOf } from './call';
import type { EventFunction } from './event-function';
import {
  type AnswerHeaders,
  headersOf,
  isDropped,
  isFailureStatus,
  respondWithResult,
  sendAnswer,
  statusOfFailure,
  statusOfResult,
} from './respond';

/** An event of a batch that failed. */
interface BatchFailure {
  /** The event's id, in quotes. */
  readonly id: string;
  /** The status that the event alone would be answered with. */
  readonly status: number;
  /** What the function returned or threw; it may ask for Retry-After. */
  readonly source: unknown;
  /** The text that the client may see. */
  readonly message: string | undefined;
}

/** The most failures of a batch that the response names. */
const MAX_NAMED_FAILURES = 100;

/** Delivers every event of a batch, in order: one that always fails must not block the others. */
export async function deliverBatch<E>(
  res: HttpResponse,
  target: EventFunction<E>,
  events: readonly E[],
): Promise<void> {
  const failures: BatchFailure[] = [];
  let isAccepted = false;
  for (const event of events) {
    const outcome = await deliver(target, event);
    if (outcome === 'accepted') isAccepted = true;
    else if (outcome !== 'handled') failures.push(outcome);
  }
  if (failures.length > 0) respondWithFailures(res, failures, events.length);
  else respondWithResult(res, isAccepted ? { status: 202 } : undefined);
}

async function deliver<E>(
  target: EventFunction<E>,
  event: E,
): Promise<'handled' | 'accepted' | BatchFailure> {
  const id = quote(target.attributesOf(event).id);
  try {
    await target.prepare?.(event);
    const result = await resultOf(target, event);
    const status = statusOfResult(result);
    if (isFailureStatus(status)) return failureOf(id, status, result);
    return status === 202 ? 'accepted' : 'handled';
  } catch (error) {
    if (isDropped(error, `event ${id}: `)) return 'handled';
    logError(`Event ${id} of the batch failed: ${describeThrown(error)}`);
    const status = statusOfFailure(error) ?? 500;
    return status === 202 ? 'accepted' : failureOfError(id, status, error);
  }
}

/** The failure of an event whose function returned a status. */
function failureOf(id: string, status: number, result: unknown): BatchFailure {
  logError(`Event ${id} of the batch failed: the function returned status ${status}.`);
  return { id, status, source: result, message: `status ${status}` };
}

/** The failure of an event whose function threw. In production, clients do not see the error. */
function failureOfError(id: string, status: number, error: unknown): BatchFailure {
  const isPublic = isHttpError(error) || process.env['NODE_ENV'] !== 'production';
  const message = isPublic ? messageOf(error) : undefined;
  return { id, status, source: error, message };
}

/**
 * Answers a batch in which events failed: with the highest of their statuses, so that the platform
 * retries if any is worth it, and with a text that names the events.
 */
function respondWithFailures(
  res: HttpResponse,
  failures: readonly BatchFailure[],
  count: number,
): void {
  if (res.writableEnded) {
    warnIfLate(res);
    return;
  }
  const status = Math.max(...failures.map((failure) => failure.status));
  const { source } = failures.find((failure) => failure.status === status) as BatchFailure;
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  if (status === 500) res.setHeader('X-Google-Status', 'error');
  const body = describeFailures(failures, count);
  try {
    sendAnswer(res, { status, headers: retryAfterOf(source), body: Buffer.from(body) });
  } catch (unsent) {
    respondWithCrash(res, unsent, 'error');
  }
}

function describeFailures(failures: readonly BatchFailure[], count: number): string {
  const named = failures.slice(0, MAX_NAMED_FAILURES);
  const rest = failures.length - named.length;
  const ids = named.map(({ id }) => id).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  const messages = named.map(({ id, message }) => message && `${id}: ${message.slice(0, 1000)}`);
  const first = `${failures.length} of ${count} events of the batch failed: ${ids}.`;
  return [first, ...messages.filter((message) => message !== undefined)].join('\n');
}

/** The Retry-After that a result or a failure asks for. */
function retryAfterOf(source: unknown): AnswerHeaders {
  const headers = memberOf(source, 'headers');
  const asked = headersOf({ headers, retryAfter: memberOf(source, 'retryAfter') });
  return Object.fromEntries(
    Object.entries(asked).filter(([name]) => name.toLowerCase() === 'retry-after'),
  );
}
