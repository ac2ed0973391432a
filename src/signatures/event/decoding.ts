import type { DecodeOptions } from '../../cloudevents/decode';

export const NO_BYTES: Buffer = Buffer.alloc(0);

/** How the requests of one function are decoded. */
export interface EventDecoding {
  /** For the content modes of CloudEvents. */
  readonly event: DecodeOptions;
  /** For plain JSON. */
  readonly json: DecodeOptions;
  /** Logs, once, what a sender should correct. */
  warn(message: string): void;
}

/** Made once for each function: its options, and the warnings that were logged. */
export function eventDecoding(): EventDecoding {
  const logged = new Set<string>();
  const warnOnce = (kind: string, message: string): void => {
    if (!logged.has(kind)) console.warn(`Warning: ${message} (Logged once.)`);
    logged.add(kind);
  };
  const warn = (message: string): void => warnOnce('event', message);
  return {
    event: { traceparent: true, warn },
    json: { traceparent: true, warn, json: true },
    warn: (message) => warnOnce('body', message),
  };
}
