// Members of request and response that the first request seldom needs, loaded when they are.

/** Who traces a request. */
export const trace = lazily(() => require('./trace-context') as typeof import('./trace-context'));

/** Where a request came from. */
export const origin = lazily(
  () => require('./request-origin') as typeof import('./request-origin'),
);

/** What a client accepts. */
export const acceptance = lazily(() => require('./accept') as typeof import('./accept'));

/** What a request says of its body and its conditions. */
export const negotiation = lazily(() => require('./negotiation') as typeof import('./negotiation'));

/** The fields of a response. */
export const fields = lazily(
  () => require('./response-fields') as typeof import('./response-fields'),
);

/** The bodies of a response. */
export const bodies = lazily(
  () => require('./response-bodies') as typeof import('./response-bodies'),
);

/** The files that a response sends. */
export const files = lazily(() => require('./send-file') as typeof import('./send-file'));

function lazily<Room>(load: () => Room): () => Room {
  let room: Room | undefined;
  return () => {
    room ??= load();
    return room;
  };
}
