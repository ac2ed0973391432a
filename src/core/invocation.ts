import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';

/** One call of a function, as logs and late errors see it. Every request is its own invocation. */
export interface Invocation {
  /** Names this invocation in logs: the `Function-Execution-Id` header, or 12 base-36 characters. */
  readonly executionId: string;
  /** Trace id of `X-Cloud-Trace-Context` or `traceparent`, when the caller sent one. */
  readonly traceId: string | undefined;
  /** Span id of `X-Cloud-Trace-Context` or `traceparent`, when the caller sent one. */
  readonly spanId: string | undefined;
  /** Whether the caller records this trace, when it said so. */
  readonly traceSampled: boolean | undefined;
}

/**
 * The value of {@link invocationStorage}, which timers, promises and emitters of a function keep. It
 * drops the invocation once the response is sent: Node's keep-alive timer would hold on to request and
 * response until the next request. gain: 20 of 78 MB under load.
 */
export class InvocationStore {
  /** undefined once the response is sent. */
  invocation: Invocation | undefined;
  /** Publishes an uncaught error; set while the tracing channel has subscribers. */
  declare publishError: ((error: unknown) => void) | undefined;

  constructor(invocation: Invocation | undefined) {
    this.invocation = invocation;
  }

  /** Called when the response is sent. Errors from then on are only logged, as late. */
  release(): void {
    if (!isRetained) this.invocation = undefined;
  }
}

/** Has the store of the running function; undefined outside of any invocation. */
export const invocationStorage: AsyncLocalStorage<InvocationStore> =
  new AsyncLocalStorage<InvocationStore>();

let isRetained = false;

/** Keeps invocations after their responses, so that late lines of the log have an execution id. */
export function retainAfterResponse(): void {
  isRetained = true;
}

/**
 * Makes an emitter call its listeners in the invocation of the function that adds them. Does nothing
 * outside of a function.
 *
 * An exception of a listener is thrown again in an immediate, inside the invocation: outside of `run()`
 * its request would be unknown, and thrown now, or in a tick, it would break Node's parser for the rest
 * of the connection.
 */
export function bindEmitter(emitter: EventEmitter, store: InvocationStore): void {
  if (invocationStorage.getStore() === undefined) return;
  const { emit: inherited } = Object.getPrototypeOf(emitter) as EventEmitter;
  // Not a literal: V8 allocates a function that is assigned to a property in its old space, where it
  // keeps the whole request until a full collection. gain: 11 instead of 148 MB of heap under load.
  emitter.emit = emitterIn(store, emitter, inherited);
}

function emitterIn(
  store: InvocationStore,
  emitter: EventEmitter,
  inherited: EventEmitter['emit'],
): EventEmitter['emit'] {
  return (event, ...args) => {
    const emit = (): boolean => inherited.call(emitter, event, ...args);
    if (invocationStorage.getStore() === store) return emit();
    return invocationStorage.run(store, () => {
      try {
        return emit();
      } catch (error) {
        setImmediate(() => {
          throw error;
        });
        return true;
      }
    });
  };
}
