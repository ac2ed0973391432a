import type { Registration, SignatureType } from '../core/registry';
import type { HttpRequest } from '../http/request/request';
import type { HttpResponse } from '../http/response/response';
import { prepareHttpFunction } from './http';

/** Decodes a request whose body was read, calls the function and responds with its result. */
export type RequestHandler = (req: HttpRequest, res: HttpResponse) => void;

/** Settings of event functions. */
export interface EventOptions {
  /** Seconds after which an event is acknowledged without being handled; 0 = never. @default 0 */
  readonly maxEventAge?: number;
  /** Origins that may deliver, after a webhook handshake: a list, or `*`. @default none: no handshake */
  readonly webhookAllowedOrigins?: string | null;
  /**
   * Whether a JSON body that is not an event reaches a CloudEvent function. For tests only.
   * @internal
   */
  readonly takesAnyJson?: boolean;
}

/** The settings of a server that signatures use. */
export interface SignatureOptions extends EventOptions {
  /** The most bytes of a request body. */
  readonly bodyLimit: number;
  /** Whether integers in JSON that a number does not hold become BigInts. @default false */
  readonly exactIntegers?: boolean | undefined;
}

/** A function, ready to be called with requests. */
export interface PreparedFunction {
  readonly handle: RequestHandler;
  /** The allowed methods; undefined = all. */
  readonly methods: readonly string[] | undefined;
  /** Whether the default ignored routes apply, which browsers and crawlers request. */
  readonly hasPages: boolean;
  /** Whether the function reads the body itself, as a stream. @default false */
  readonly streamsBody?: boolean;
}

/** Prepares the functions of one type. */
export type Signature = (registration: Registration, options: SignatureOptions) => PreparedFunction;

/** The signature of a type. All but `http` are loaded on first use. */
export function signatureOf(type: SignatureType): Signature {
  switch (type) {
    case 'http':
      return prepareHttpFunction;
    case 'cloudevent':
      return (require('./event/cloudevent') as typeof import('./event/cloudevent'))
        .prepareCloudEventFunction;
    case 'event':
      return (require('./event/background') as typeof import('./event/background'))
        .prepareBackgroundFunction;
    case 'typed':
      return (require('./typed') as typeof import('./typed')).prepareTypedFunction;
    case 'web':
      return (require('./web/web') as typeof import('./web/web')).prepareWebFunction;
  }
}
