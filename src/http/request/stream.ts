import { IncomingMessage } from 'node:http';
import { bindEmitter, type Invocation, InvocationStore } from '../../core/invocation';
import type { HttpResponse } from '../response/response';

// Members that are not for programs: symbols, and left out of the declarations. With members that are
// `private`, nothing but the class itself would pass as one.
const kBodySink = Symbol('bodySink');
const kOnBodyEnd = Symbol('onBodyEnd');
const kIsBodyCaptured = Symbol('isBodyCaptured');
const kStore = Symbol('store');
const kOnClosed = Symbol('onClosed');

/** Takes bytes of a body. */
export type BodyListener = (chunk: Buffer) => void;

/**
 * The stream of a request, which does no work unless it is read.
 *
 * gain: of the eleven asynchronous resources that Node creates for a request without a body, eight belong
 * to the unread stream, and AsyncLocalStorage tracks each. Without seven of them `hello` takes 11 % fewer
 * instructions (Node 20).
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
  /** @internal */
  declare [kOnClosed]: (() => void) | undefined;

  /** Node's parser calls this with chunks of the body, and null at its end. */
  override push(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
    if (chunk === null) {
      if (this[kBodySink]) this[kOnBodyEnd]?.();
      super.push(null);
      if (this.res?.writableFinished) releaseFromParser(this);
      return false;
    }
    const bodySink = this[kBodySink];
    if (!bodySink) return super.push(chunk, encoding);
    // Deno's parser passes a Uint8Array.
    bodySink(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk));
    return true;
  }

  /** Node calls this after each response; it does nothing if nothing is left and nothing listens. */
  override resume(): this {
    return (this.complete || this[kIsBodyCaptured]) && isOver(this) ? this : super.resume();
  }

  /**
   * Adds a listener that runs in the function's invocation, so that its errors are answered. (Running
   * all events there cost 10 % of a request without listeners.)
   * @internal
   */
  // biome-ignore lint/suspicious/noExplicitAny: as node types it
  override on(event: string | symbol, listener: (...args: any[]) => void): this {
    if (this[kBodySink] === null) {
      this[kBodySink] = listener;
      return this;
    }
    // Node's own clean-up, after a response that came before the end of the request.
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

/** Whether the response has ended and the request has no listeners. */
function isOver(req: RequestStream): boolean {
  // eventNames() checks each name that Node's streams predefine: 4000 instructions more.
  const { _eventsCount: listeners } = req as { _eventsCount?: number };
  return req.res?.writableEnded && listeners === 0;
}

/**
 * Releases a request from Node's parser, which keeps it until its stream ends or the next request comes.
 * An unread stream does not end.
 */
export function releaseFromParser(req: RequestStream): void {
  const { parser } = req.socket as { parser?: { incoming: unknown } | null };
  // The parser needs it until the end of the message.
  if (req.complete && parser?.incoming === req) parser.incoming = null;
}

/**
 * Takes the chunks of a body from Node's parser, before the stream gets them.
 * @param onEnd called after the last chunk, unless {@link replayBody} was called
 */
export function captureBody(req: RequestStream, onData: BodyListener, onEnd?: () => void): void {
  req[kOnBodyEnd] = onEnd;
  req[kBodySink] = null;
  // Tools such as Sentry replace `on` to see the body.
  req.on('data', onData);
}

/** Ends {@link captureBody}, and puts the body back into the stream. */
export function replayBody(req: RequestStream, received?: Buffer): void {
  req[kBodySink] = undefined;
  // Its closure holds the chunks of the body.
  req[kOnBodyEnd] = undefined;
  if (received === undefined) return;
  req[kIsBodyCaptured] = true;
  if (received.length > 0) req.push(received);
}

/**
 * Sets what reads the body, and is told when the response has closed. gain: −1 µs; a listener runs in the
 * invocation, and is copied with the others for each event.
 */
export function onceClosed(req: RequestStream, callback: () => void): void {
  req[kOnClosed] = callback;
}

/** Tells what reads the body that the response has closed. */
export function tellClosed(req: RequestStream): void {
  req[kOnClosed]?.();
}

/** The invocation store of a request. Not a method: Express replaces the prototype of requests. */
export function storeOf(req: RequestStream): InvocationStore {
  req[kStore] ??= new InvocationStore(req);
  return req[kStore];
}
