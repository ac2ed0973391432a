import type { OptionTable } from './table';

/** What the help says of an option. */
export interface OptionText {
  /** The value in the help, e.g. `<port>`. `[true|false]` may be left out, a switch has none. */
  readonly value?: string;
  /** How the help writes the default, where it is not the initial value itself. */
  readonly shown?: string;
  /** A sentence for the help. */
  readonly about: string;
}

/** A text for every row of the option table. */
export const optionTexts: { readonly [Key in keyof OptionTable]: OptionText } = {
  target: {
    value: '<name>',
    shown: 'function, or the only one there is',
    about:
      'The function to serve: a registered name, an export, a dotted path of exports; * = all.',
  },
  source: {
    value: '<path>',
    shown: 'the current directory',
    about: 'The module, or the directory with its package.json, index.js, function.js or index.ts.',
  },
  signatureType: {
    value: '<type>',
    about: 'http, event, cloudevent, typed or web. A registered function knows its own.',
  },
  port: { value: '<port>', about: 'The port to listen on; 0 picks a free one.' },
  host: {
    value: '<address>',
    shown: "all interfaces; with --target='*' 127.0.0.1",
    about: 'The address to listen on, e.g. localhost.',
  },
  timeout: {
    value: '<seconds>',
    shown: '0: no timeout',
    about: 'After this long req.signal aborts and the request is answered with 504.',
  },
  shutdownTimeout: {
    value: '<seconds>',
    about: 'How long requests and shutdown hooks may take after SIGTERM or SIGINT.',
  },
  bodyLimit: {
    value: '<size>',
    shown: '32mb',
    about: 'The largest request body after inflating: bytes, or 512kb, 32mb, 1gb.',
  },
  ignoredRoutes: {
    value: '<routes>',
    shown: '/favicon.ico and /robots.txt for http functions',
    about: 'Routes answered with 404 before the function, comma-separated; blank for none.',
  },
  logExecutionId: {
    value: '[true|false]',
    about: 'Logs JSON lines that carry the execution id of the request that wrote them.',
  },
  maxEventAge: {
    value: '<seconds>',
    shown: '0: no limit',
    about: 'Events older than this are acknowledged and logged, not handled.',
  },
  webhookAllowedOrigins: {
    value: '<origins>',
    shown: 'none: no handshake',
    about: 'Origins that may deliver events after the webhook handshake, or *.',
  },
  headersTimeout: {
    value: '<seconds>',
    shown: '60',
    about: 'How long a client may take to send the head of a request; 0 for no limit.',
  },
  requestTimeout: {
    value: '<seconds>',
    shown: '300',
    about: 'How long a client may take to send a whole request; 0 for no limit.',
  },
  keepAliveTimeout: {
    value: '<seconds>',
    shown: '5',
    about: 'How long an idle connection stays open: longer than the load balancer keeps it.',
  },
  maxConcurrency: {
    value: '<number>',
    shown: 'any number',
    about: 'How many functions run at a time; other requests are answered with 429.',
  },
  trustProxy: {
    value: '<proxies>',
    shown: 'true',
    about: 'Whose X-Forwarded fields are believed: true, false, a number of hops, or addresses.',
  },
  express: {
    value: '<version>',
    shown: 'what package.json asks for, or 5',
    about:
      "Express's request and response: 4 for programs of versions 3 and 4 of Google's package.",
  },
  http2: {
    value: '[true|false]',
    about: 'Serves HTTP/2 without TLS, with prior knowledge, on the same port.',
  },
  healthPath: {
    value: '<path>',
    shown: 'none',
    about: 'A path answered without the function: 200, or 503 while draining.',
  },
  startupReport: {
    value: '[true|false]',
    about: 'Writes to stderr, as a line of JSON, where the time to start went.',
  },
  compileCache: {
    value: '<directory>',
    about: 'The cache of compiled code, as NODE_COMPILE_CACHE sets it (Node 22.8).',
  },
  verify: { about: 'Loads the function, says what it is, fills the compile cache, and exits.' },
  warnUnfinished: {
    value: '[true|false]',
    about: 'In development, reports functions that do not answer or leave work running.',
  },
  watch: { about: 'For development: starts anew when the code changes; the port stays.' },
  version: { about: 'Prints the version.' },
  help: { about: 'Prints this text.' },
};
