import { InvocationStore, invocationStorage } from '../core/invocation';
import { describeThrown } from '../core/thrown';
import { logError } from '../http/errors/log-error';
import { logLateError, respondWithFailure } from '../http/errors/respond';
import type { HttpRequest } from '../http/request/request';
import type { HttpResponse } from '../http/response/response';
import type { UncaughtEvent } from './request-errors';

/** Stores in which reporters of errors run, not functions. */
const reporting = new WeakSet<InvocationStore>();

/** Answers an uncaught error to the request whose code threw it. False when there is none. */
export function answerToRequest(error: unknown, event: UncaughtEvent): boolean {
  const store = invocationStorage.getStore();
  if (store === undefined) return false;
  if (event === 'uncaughtException') leaveDomains();
  if (reporting.has(store)) {
    logError(`Exception from a reporter of errors: ${describeThrown(error)}`);
    return true;
  }
  const request = store.invocation as HttpRequest | undefined;
  if (request === undefined) logLateError(error);
  else answer(request.res, error, event);
  if (store.publishError !== undefined) report(store, () => store.publishError?.(error));
  return true;
}

function answer(res: HttpResponse, error: unknown, event: UncaughtEvent): void {
  try {
    if (event === 'uncaughtException') closeConnection(res);
    respondWithFailure(res, error, 'crash');
  } catch (unsent) {
    // The function replaced members of its response. Another exception here would end the process.
    logError(describeThrown(unsent));
    res.req.socket.destroy();
  }
}

/**
 * Closes the connection after the response. An exception out of a tick breaks Node's parser: it would
 * answer the next request with a bare 400.
 */
function closeConnection(res: HttpResponse): void {
  if (!res.headersSent) res.shouldKeepAlive = false;
  else if (!res.writableFinished) res.once('finish', () => res.req.socket.destroySoon());
}

/** Reports an uncaught error to the listeners of 'uncaughtExceptionMonitor'. */
export function reportToMonitors(store: InvocationStore, emit: () => void): void {
  // A monitor that always fails would never end.
  if (!reporting.has(store)) report(store, emit);
}

/** Runs a reporter. Its own errors, now or later, are logged and not reported again. */
function report({ invocation }: InvocationStore, call: () => void): void {
  const store = new InvocationStore(invocation);
  reporting.add(store);
  try {
    invocationStorage.run(store, call);
  } catch (error) {
    invocationStorage.run(store, () => answerToRequest(error, 'uncaughtException'));
  }
  store.release();
}

/** Does what the listener of 'uncaughtException' of node:domain would do. */
function leaveDomains(): void {
  const { process: holder } = globalThis as { process: { domain?: { exit(): void } | null } };
  for (let { domain } = holder; domain; domain = holder.domain) {
    domain.exit();
    // The domain is not on the stack.
    if (holder.domain === domain) return;
  }
}
