// Members of request and response that the first request rarely needs, loaded on first use.

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

function lazily<Module>(load: () => Module): () => Module {
  let loaded: Module | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
