import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';

/** One call of a function, as logs and late errors see it. Every request is its own invocation. */
export interface Invocation {
  /** Names this invocation in logs: the `Function-Execution-Id` field, or 12 base-36 characters. */
  readonly executionId: string;
  /** Trace id of `X-Cloud-Trace-Context` or `traceparent`, when the caller sent one. */
  readonly traceId: string | undefined;
  /** Span id of `X-Cloud-Trace-Context` or `traceparent`, when the caller sent one. */
  readonly spanId: string | undefined;
  /** Whether the caller records this trace, when it said so. */
  readonly traceSampled: boolean | undefined;
}

/** Carries the invocation through timers, promises and emitters that a function starts. */
export const invocations: AsyncLocalStorage<Invocation> = new AsyncLocalStorage<Invocation>();

/**
 * Makes an emitter of node's call its listeners in the invocation of the function that adds them. It
 * does nothing when no function runs: such a listener is not a function's.
 *
 * What they throw is thrown again later: out of `run()` it would have left the invocation, and nobody
 * could tell whose it is. An exception now, or in a tick, would also break node's parser for the rest
 * of the connection.
 */
export function emitsWithin(emitter: EventEmitter, invocation: Invocation): void {
  if (invocations.getStore() === undefined) return;
  const { emit: inherited } = Object.getPrototypeOf(emitter) as EventEmitter;
  emitter.emit = (event, ...args) => {
    const emit = (): boolean => inherited.call(emitter, event, ...args);
    if (invocations.getStore() === invocation) return emit();
    return invocations.run(invocation, () => {
      try {
        return emit();
      } catch (fault) {
        setImmediate(() => {
          throw fault;
        });
        return true;
      }
    });
  };
}
