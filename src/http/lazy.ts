// What the first request rarely needs, loaded on first use.

/** The body of a request. */
export const bodyReader = lazily(() => require('./body/read') as typeof import('./body/read'));

/** What answers a request that failed. */
export const failure = lazily(
  () => require('./errors/failure') as typeof import('./errors/failure'),
);

/** The trace that a request belongs to. */
export const trace = lazily(
  () => require('./request/trace-context') as typeof import('./request/trace-context'),
);

/** Where a request came from. */
export const origin = lazily(
  () => require('./request/origin') as typeof import('./request/origin'),
);

/** What a client accepts. */
export const acceptance = lazily(
  () => require('./headers/accept') as typeof import('./headers/accept'),
);

/** The type of a request's body, its ranges and conditions. */
export const negotiation = lazily(
  () => require('./request/negotiation') as typeof import('./request/negotiation'),
);

/** The headers of a response. */
export const headers = lazily(
  () => require('./response/headers') as typeof import('./response/headers'),
);

/** The bodies of a response. */
export const bodies = lazily(
  () => require('./response/bodies') as typeof import('./response/bodies'),
);

/** The files that a response sends. */
export const files = lazily(
  () => require('./files/send-file') as typeof import('./files/send-file'),
);

/** Loads a module once: node looks for the path of each require() in the file that it was started with. */
export function lazily<Module>(load: () => Module): () => Module {
  let loaded: Module | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
