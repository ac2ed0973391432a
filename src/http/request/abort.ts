import { invocationStorage } from '../../core/invocation';
import type { HttpRequest } from './request';
import { storeOf } from './stream';

/** Where a request keeps its controller, once it has one. */
export const kController = Symbol('controller');
/** Where a request keeps why it was aborted. */
export const kAbortReason = Symbol('abortReason');

/** The controller of a request's signal, created by first use. */
export function controllerOf(req: HttpRequest): AbortController {
  let controller = req[kController];
  if (controller === undefined) {
    controller = new AbortController();
    req[kController] = controller;
    if (req[kAbortReason] !== undefined) controller.abort(req[kAbortReason]);
  }
  return controller;
}

/**
 * Aborts the signal of a request; the first reason counts. Listeners run in the request's invocation,
 * so that their errors are answered there. Not a method: Express replaces the prototype of requests.
 */
export function abortRequest(req: HttpRequest, reason: Error): void {
  if (req[kAbortReason] !== undefined) return;
  req[kAbortReason] = reason;
  const controller = req[kController];
  if (controller !== undefined) {
    invocationStorage.run(storeOf(req), () => controller.abort(reason));
  }
}
