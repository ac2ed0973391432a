import type { DecodeOptions } from '../../cloudevents/decode';

export const NO_BYTES: Buffer = Buffer.alloc(0);

/** How the requests of one function are decoded. */
export interface EventDecoding {
  /** For the content modes of CloudEvents. */
  readonly event: DecodeOptions;
  /** For plain JSON. */
  readonly json: DecodeOptions;
  /** Tells what a sender should do better, once. */
  warn(message: string): void;
}

/** Made once for each function: what is the same for all requests, and what was told. */
export function eventDecoding(): EventDecoding {
  const told = new Set<string>();
  const warnOnce = (kind: string, message: string): void => {
    if (!told.has(kind)) console.warn(`Warning: ${message} (Told once.)`);
    told.add(kind);
  };
  const warn = (message: string): void => warnOnce('event', message);
  return {
    event: { traceparent: true, warn },
    json: { traceparent: true, warn, json: true },
    warn: (message) => warnOnce('body', message),
  };
}
