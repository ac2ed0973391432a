import { IncomingMessage } from 'node:http';
import { bindEmitter, type Invocation, InvocationStore } from '../../core/invocation';
import type { HttpResponse } from '../response/response';

// Members that are not for programs: symbols, and left out of the declarations. With members that are
// `private`, nothing but the class itself would pass as one.
const kBodySink = Symbol('bodySink');
const kOnBodyEnd = Symbol('onBodyEnd');
const kIsBodyCaptured = Symbol('isBodyCaptured');
const kStore = Symbol('store');

/** Takes bytes of a body. */
export type BodyListener = (chunk: Buffer) => void;

/**
 * The stream of a request, of which node:http does only what somebody reads.
 *
 * gain: of the eleven asynchronous resources that node makes for a request without a body, eight belong
 * to a stream that nobody reads, and AsyncLocalStorage sees each of them. Without seven of them `hello`
 * takes 11 % fewer instructions (Node 20).
 */
export abstract class RequestStream extends IncomingMessage implements Invocation {
  /** The response to this request. */
  declare res: HttpResponse;
  abstract executionId: string;
  abstract traceId: string | undefined;
  abstract spanId: string | undefined;
  abstract traceSampled: boolean | undefined;

  /** Takes the chunks of the body; null: the next listener of 'data' will. @internal */
  declare [kBodySink]: BodyListener | null | undefined;
  /** @internal */
  declare [kOnBodyEnd]: (() => void) | undefined;
  /** @internal */
  declare [kIsBodyCaptured]: boolean | undefined;
  /** @internal */
  declare [kStore]: InvocationStore | undefined;

  /** Called by node's parser with the bytes of the body, and null at its end. */
  override push(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
    if (chunk === null) {
      if (this[kBodySink]) this[kOnBodyEnd]?.();
      super.push(null);
      if (this.res?.writableFinished) releaseFromParser(this);
      return false;
    }
    const bodySink = this[kBodySink];
    if (!bodySink) return super.push(chunk, encoding);
    // Deno's parser gives an Uint8Array.
    bodySink(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk));
    return true;
  }

  /** Lets the stream flow. Node does so when the response is sent, also if nothing is left and nobody listens. */
  override resume(): this {
    return (this.complete || this[kIsBodyCaptured]) && isOver(this) ? this : super.resume();
  }

  /**
   * Adds a listener. Those that a function adds run in its invocation, so that what they throw is
   * answered here. (Running every event so cost 10 % of a request that has no listeners.)
   * @internal
   */
  // biome-ignore lint/suspicious/noExplicitAny: as node types it
  override on(event: string | symbol, listener: (...args: any[]) => void): this {
    if (this[kBodySink] === null) {
      this[kBodySink] = listener;
      return this;
    }
    // Node's own clean-up, after each response that came before the end of the request's stream.
    if (event === 'end' && this.res?.writableFinished) return super.on(event, listener);
    bindEmitter(this, storeOf(this));
    return super.on(event, listener);
  }

  /** The same as {@link on}. @internal */
  // biome-ignore lint/suspicious/noExplicitAny: as node types it
  override addListener(event: string | symbol, listener: (...args: any[]) => void): this {
    return this.on(event, listener);
  }
}

/** Whether a request was answered while nobody listened to its stream: nobody will. */
function isOver(req: RequestStream): boolean {
  // eventNames() asks each of the names that node's streams keep ready: 4000 instructions more.
  const { _eventsCount: listeners } = req as { _eventsCount?: number };
  return req.res?.writableEnded && listeners === 0;
}

/**
 * Node's parser holds on to a request until its stream has ended or the next request comes. A stream
 * that nobody reads does not end.
 */
export function releaseFromParser(req: RequestStream): void {
  const { parser } = req.socket as { parser?: { incoming: unknown } | null };
  // Before the end of the message the parser needs it.
  if (req.complete && parser?.incoming === req) parser.incoming = null;
}

/**
 * Takes the body of a request as node's parser gives it, before the stream has seen it.
 * @param onEnd called after the last chunk, unless {@link replayBody} was called before
 */
export function captureBody(req: RequestStream, onData: BodyListener, onEnd?: () => void): void {
  req[kOnBodyEnd] = onEnd;
  req[kBodySink] = null;
  // Observers such as Sentry's replace `on` to see the body, too.
  req.on('data', onData);
}

/** Ends {@link captureBody}. What was received is given back, for those who read the stream. */
export function replayBody(req: RequestStream, received?: Buffer): void {
  req[kBodySink] = undefined;
  // It knows the parts of the body.
  req[kOnBodyEnd] = undefined;
  if (received === undefined) return;
  req[kIsBodyCaptured] = true;
  if (received.length > 0) req.push(received);
}

/** What carries the invocation that a request starts. No method, since Express replaces the prototype. */
export function storeOf(req: RequestStream): InvocationStore {
  req[kStore] ??= new InvocationStore(req);
  return req[kStore];
}
