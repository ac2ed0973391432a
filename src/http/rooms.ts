// Members of request and response that the first request seldom needs, loaded when they are.

let traceRoom: typeof import('./trace-context') | undefined;

/** Who traces a request. */
export function trace(): typeof import('./trace-context') {
  traceRoom ??= require('./trace-context') as typeof import('./trace-context');
  return traceRoom;
}

let originRoom: typeof import('./request-origin') | undefined;

/** Where a request came from. */
export function origin(): typeof import('./request-origin') {
  originRoom ??= require('./request-origin') as typeof import('./request-origin');
  return originRoom;
}

let negotiationRoom: typeof import('./negotiation') | undefined;

/** What a client accepts. */
export function negotiation(): typeof import('./negotiation') {
  negotiationRoom ??= require('./negotiation') as typeof import('./negotiation');
  return negotiationRoom;
}

let fieldsRoom: typeof import('./response-fields') | undefined;

/** The fields of a response. */
export function fields(): typeof import('./response-fields') {
  fieldsRoom ??= require('./response-fields') as typeof import('./response-fields');
  return fieldsRoom;
}

let bodiesRoom: typeof import('./response-bodies') | undefined;

/** The bodies of a response. */
export function bodies(): typeof import('./response-bodies') {
  bodiesRoom ??= require('./response-bodies') as typeof import('./response-bodies');
  return bodiesRoom;
}
