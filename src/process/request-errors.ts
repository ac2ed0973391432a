import { InvocationStore, invocationStorage } from '../core/invocation';
import { describeThrown } from '../core/thrown';
import { logError } from '../http/errors/log-error';
import { logLateError, respondWithFailure } from '../http/errors/respond';
import type { HttpRequest } from '../http/request/request';
import type { HttpResponse } from '../http/response/response';

/** How node tells of an error that nobody caught. */
export type FaultEvent = 'uncaughtException' | 'unhandledRejection';

type Emit = (event: string | symbol, ...args: unknown[]) => boolean;

/** What runs in one of these is no function, but the program's reporter of its errors. */
const reporting = new WeakSet<InvocationStore>();

/**
 * Answers errors that nobody caught to the requests whose code threw them. They reach no listener of
 * the program's: one that ends the process would take all other requests with it. Reporters learn of
 * them by 'uncaughtExceptionMonitor'.
 *
 * Node tells of such errors by `process.emit(…)`. That this can be replaced is not documented, but
 * widely relied on (signal-exit and the packages on it do the same). A runtime that tells of them in
 * another way has the listeners of {@link answerFault}'s other caller.
 */
export function keepFaultsOfRequests(): void {
  const emit = process.emit.bind(process) as Emit;
  let isToldAgain = false;
  process.emit = ((event: string | symbol, ...args: unknown[]): boolean => {
    const carrier = invocationStorage.getStore();
    const [fault, origin] = args;
    // With --unhandled-rejections=strict node tells of a rejection by both events, one right after
    // the other. Node 20 has forgotten by then whose it is.
    if (event === 'unhandledRejection' && isToldAgain) {
      isToldAgain = false;
      return true;
    }
    if (carrier === undefined) return emit(event, ...args);
    switch (event) {
      case 'uncaughtExceptionMonitor':
        tellMonitors(carrier, () => emit(event, ...args));
        return true;
      case 'uncaughtException':
        isToldAgain = origin === 'unhandledRejection';
        return answerFault(fault, event);
      case 'unhandledRejection':
        // As node does for a rejection that no listener takes.
        tellMonitors(carrier, () => emit('uncaughtExceptionMonitor', fault, event));
        return answerFault(fault, event);
      default:
        return emit(event, ...args);
    }
  }) as typeof process.emit;
}

/** Answers an error to the request whose code threw it. Returns false where it belongs to none. */
export function answerFault(fault: unknown, event: FaultEvent): boolean {
  const carrier = invocationStorage.getStore();
  if (carrier === undefined) return false;
  if (event === 'uncaughtException') leaveDomains();
  if (reporting.has(carrier)) {
    logError(`Exception from a reporter of errors: ${describeThrown(fault)}`);
    return true;
  }
  const request = carrier.invocation as HttpRequest | undefined;
  if (request === undefined) logLateError(fault);
  else answer(request.res, fault, event);
  if (carrier.publishFault !== undefined) report(carrier, () => carrier.publishFault?.(fault));
  return true;
}

function answer(res: HttpResponse, fault: unknown, event: FaultEvent): void {
  try {
    if (event === 'uncaughtException') closeConnection(res);
    respondWithFailure(res, fault, 'crash');
  } catch (unsent) {
    // The function has replaced members of its response. Another error here would end the process.
    logError(describeThrown(unsent));
    res.req.socket.destroy();
  }
}

/**
 * An exception out of a tick leaves node's parser of the connection broken: the next request on it
 * would be answered with a bare 400.
 */
function closeConnection(res: HttpResponse): void {
  if (!res.headersSent) res.shouldKeepAlive = false;
  else if (!res.writableFinished) res.once('finish', () => res.req.socket.destroySoon());
}

function tellMonitors(carrier: InvocationStore, tell: () => void): void {
  // A monitor that fails each time would go on for ever.
  if (!reporting.has(carrier)) report(carrier, tell);
}

/** Runs a reporter. What it throws, now or later, is logged and not reported again. */
function report({ invocation }: InvocationStore, tell: () => void): void {
  const carrier = new InvocationStore(invocation);
  reporting.add(carrier);
  try {
    invocationStorage.run(carrier, tell);
  } catch (fault) {
    invocationStorage.run(carrier, () => answerFault(fault, 'uncaughtException'));
  }
  carrier.release();
}

/** With node:domain loaded, its own listener of 'uncaughtException' would do this. */
function leaveDomains(): void {
  const { process: holder } = globalThis as { process: { domain?: { exit(): void } | null } };
  for (let { domain } = holder; domain; domain = holder.domain) {
    domain.exit();
    // Not on the stack: there is nothing to leave.
    if (holder.domain === domain) return;
  }
}
