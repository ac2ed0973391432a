import { type TracingChannel, tracingChannel } from 'node:diagnostics_channel';
import { type Invocation, invocationStorage } from '../core/invocation';
import type { Registration, SignatureType } from '../core/registry';
import { isThenable } from '../core/thenable';
import type { HttpRequest } from '../http/request/request';
import type { HttpResponse } from '../http/response/response';

/** The message of `tracing:barefn.invocation:*`. All events of an invocation share one object. */
export interface InvocationMessage {
  /** The function's name. */
  readonly name: string;
  readonly type: SignatureType;
  /** Execution id and trace. */
  readonly context: Invocation;
  readonly req: HttpRequest;
  readonly res: HttpResponse;
  /** The CloudEvent, or the data of a legacy event; undefined for functions that take no events. */
  readonly event: unknown;
  /** The error that the function threw, rejected with or called back with, or an uncaught one later. */
  error?: unknown;
  /** The value that the function returned, resolved with or called back with. */
  result?: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: any function
type AnyFunction = (...args: any[]) => unknown;

/**
 * Wraps the handler of a registration to publish each call as Node's TracingChannel does: `start` and
 * `end` around the call; `asyncStart` and `asyncEnd` when it completes later, because its promise settles,
 * it calls back, or the response of an HTTP function closes; `error` in between. An uncaught error is an
 * `error` as well, also after `asyncEnd`.
 */
export function traceInvocations(registration: Registration): Registration {
  const { handler } = registration;
  const publisher = new Publisher(registration);
  if (typeof handler === 'function') {
    // A proxy has the length of the handler, which counts, and the members of an Express application.
    const apply = (call: AnyFunction, self: unknown, args: unknown[]): unknown =>
      publisher.call(call, self, args);
    return { ...registration, handler: new Proxy(handler as AnyFunction, { apply }) };
  }
  const application = handler as { fetch: AnyFunction } | null | undefined;
  if (typeof application?.fetch !== 'function') return registration;
  const fetch = (...args: unknown[]): unknown =>
    publisher.call(application.fetch, application, args);
  return { ...registration, handler: { fetch } };
}

class Publisher {
  private readonly channel: TracingChannel<unknown, InvocationMessage> =
    tracingChannel('barefn.invocation');

  constructor(private readonly registration: Registration) {}

  call(call: AnyFunction, self: unknown, args: unknown[]): unknown {
    const store = invocationStorage.getStore();
    // Without a request, the program itself calls its function.
    if (store?.invocation === undefined) return Reflect.apply(call, self, args);
    const message = describe(this.registration, store.invocation as HttpRequest, args);
    const { start, end, error } = this.channel;
    // In a batch, the message of the last event.
    store.publishError = this.errorPublisher(message);
    return start.runStores(message, () => {
      try {
        return this.watch(message, Reflect.apply(call, self, this.watchCallback(message, args)));
      } catch (thrown) {
        message.error = thrown;
        error.publish(message);
        throw thrown;
      } finally {
        end.publish(message);
      }
    });
  }

  /** A function literal that is assigned to a property stays in V8's old space, and its request with it. */
  private errorPublisher(message: InvocationMessage): (thrown: unknown) => void {
    return (thrown) => {
      message.error = thrown;
      this.channel.error.publish(message);
    };
  }

  private watchCallback(message: InvocationMessage, args: unknown[]): unknown[] {
    const done = args.at(-1);
    if (!isEventType(message.type) || typeof done !== 'function') return args;
    const callback = (thrown?: unknown, result?: unknown): void => {
      this.complete(message, Boolean(thrown), thrown || result);
      done(thrown, result);
    };
    return [...args.slice(0, -1), callback];
  }

  private watch(message: InvocationMessage, result: unknown): unknown {
    if (isThenable(result)) {
      // Some thenables restart their work with each call of `then`. This is the only call.
      const promise = Promise.resolve(result);
      promise.then(
        (value) => this.complete(message, false, value),
        (thrown: unknown) => this.complete(message, true, thrown),
      );
      return promise;
    }
    if (message.type === 'http') {
      message.res.once('close', () => this.complete(message, false, undefined));
    } else message.result = result;
    return result;
  }

  private complete(message: InvocationMessage, hasFailed: boolean, value: unknown): void {
    const { asyncStart, asyncEnd, error } = this.channel;
    message[hasFailed ? 'error' : 'result'] = value;
    if (hasFailed) error.publish(message);
    asyncStart.publish(message);
    asyncEnd.publish(message);
  }
}

function describe(
  { name, type }: Registration,
  req: HttpRequest,
  args: unknown[],
): InvocationMessage {
  const event = isEventType(type) ? args[0] : undefined;
  return { name, type, context: req, req, res: req.res, event };
}

function isEventType(type: SignatureType): boolean {
  return type === 'cloudevent' || type === 'event';
}
