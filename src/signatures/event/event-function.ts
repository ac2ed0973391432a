import type { HttpRequest } from '../../http/request/request';

/** `callback(error, result)` of functions in callback style. */
export type NodeCallback = (error?: unknown, result?: unknown) => void;

/** The attributes of an event that messages name. */
export interface EventAttributes {
  readonly id: unknown;
  readonly type: unknown;
  /** When the event happened, RFC 3339. */
  readonly time?: unknown;
}

/** An event function: how its events are read, and how it is called. */
export interface EventFunction<E> {
  readonly name: string;
  /** The event of a request, or the events of a batch. */
  decode(req: HttpRequest): E | E[];
  attributesOf(event: E): EventAttributes;
  /** Whether the function takes the event. Others are acknowledged. @default it takes all */
  readonly takes?: ((event: E) => boolean) | undefined;
  /** Decodes and checks the data; rejects when it is not valid for this function. @default nothing */
  readonly prepare?: ((event: E) => Promise<void>) | undefined;
  call(event: E, callback?: NodeCallback): unknown;
  /** The parameters of a function in callback style, for a message; undefined for others. */
  readonly callbackParameters: string | undefined;
}
