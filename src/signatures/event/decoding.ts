import type { DecodeOptions } from '../../cloudevents/decode';
import { type JsonParser, jsonParser } from '../../core/json';
import type { SignatureOptions } from '../signature';

export const NO_BYTES: Buffer = Buffer.alloc(0);

/** How the requests of one function are decoded. */
export interface EventDecoding {
  /** For the content modes of CloudEvents. */
  readonly event: DecodeOptions;
  /** For plain JSON. */
  readonly json: DecodeOptions;
  /** For the JSON of legacy events and pushes. */
  readonly parse: JsonParser;
  /** Logs, once, what a sender should correct. */
  warn(message: string): void;
}

/** Made once for each function: its options, and the warnings that were logged. */
export function eventDecoding({ exactIntegers }: SignatureOptions): EventDecoding {
  const logged = new Set<string>();
  const warnOnce = (kind: string, message: string): void => {
    if (!logged.has(kind)) console.warn(`Warning: ${message} (Logged once.)`);
    logged.add(kind);
  };
  const warn = (message: string): void => warnOnce('event', message);
  return {
    event: { traceparent: true, exactIntegers, warn },
    json: { traceparent: true, exactIntegers, warn, json: true },
    parse: jsonParser(exactIntegers),
    warn: (message) => warnOnce('body', message),
  };
}
