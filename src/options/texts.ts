import { type OptionRow, type OptionTable, optionTable } from './table';

/** What `--help` and the README say of an option. Code is in backticks, which the help leaves out. */
export interface OptionText {
  /** A placeholder, e.g. `<port>`. `[true|false]` may be left out; a switch has none. */
  readonly value?: string;
  /** The default in words, where the table's value does not say it. */
  readonly shown?: string;
  /** A sentence or two for both. */
  readonly about: string;
  /** What only the README adds, in Markdown. */
  readonly details?: string;
}

/** A text for every row of the table. `npm run docs` writes them into the README. */
export const optionTexts: { readonly [Key in keyof OptionTable]: OptionText } = {
  target: {
    value: '<name>',
    shown: '`function`, or the only function',
    about:
      'The function to serve: a registered name, an export or a dotted path of exports; `*` for all.',
    details: 'See [Development](#development).',
  },
  source: {
    value: '<path>',
    shown: 'the current directory',
    about:
      'A module or a directory: `main` of package.json, index.js, function.js, index.mjs/.cjs/.ts.',
  },
  signatureType: {
    value: '<type>',
    about:
      '`http`, `cloudevent`, `event`, `typed` or `web`. A registered function has its own type.',
  },
  port: {
    value: '<port>',
    about: 'The port to listen on. 0 picks a free one.',
    details: 'The URL is printed, except in production (`NODE_ENV=production`).',
  },
  host: {
    value: '<address>',
    shown: "all interfaces; 127.0.0.1 with `--target='*'`",
    about: 'The address to listen on, such as localhost.',
  },
  timeout: {
    value: '<seconds>',
    shown: '0 (no timeout)',
    about: 'Seconds until `req.signal` aborts and the request is answered with 504.',
  },
  shutdownTimeout: {
    value: '<seconds>',
    about: 'Seconds that requests and shutdown hooks may take after SIGTERM or SIGINT.',
  },
  bodyLimit: {
    value: '<size>',
    shown: '32mb',
    about: 'The largest request body, as sent and after inflating: in bytes, or 512kb, 32mb, 1gb.',
  },
  exactIntegers: {
    value: '[true|false]',
    about: 'Reads integers beyond 2^53 - 1 in JSON as BigInt, with all their digits.',
    details: 'See [Exact integers](test/signatures/README.md#exact-integers).',
  },
  ignoredRoutes: {
    value: '<routes>',
    shown: '`/favicon.ico,/robots.txt` for `http` functions',
    about: 'Routes answered with 404 without calling the function, comma-separated; empty = none.',
    details: "The syntax is that of Express's routes.",
  },
  logExecutionId: {
    value: '[true|false]',
    about: 'Logs each line of a request as JSON, with its execution ID and trace.',
  },
  maxEventAge: {
    value: '<seconds>',
    shown: '0 (no limit)',
    about: 'Events older than this many seconds are acknowledged and logged, but not handled.',
  },
  webhookAllowedOrigins: {
    value: '<origins>',
    shown: 'none (no handshake)',
    about: 'Origins that may deliver events after the CloudEvents webhook handshake, or `*`.',
  },
  headersTimeout: {
    value: '<seconds>',
    shown: '60',
    about: 'Seconds that a client may take to send the request headers, then 408. 0 = no limit.',
  },
  requestTimeout: {
    value: '<seconds>',
    shown: '300',
    about: 'Seconds that a client may take to send a whole request, then 408. 0 = no limit.',
  },
  keepAliveTimeout: {
    value: '<seconds>',
    shown: '5',
    about:
      'Seconds that an idle connection stays open: more than at the load balancer. 0 = no limit.',
    details: 'See [Deployment](test/recipes/README.md).',
  },
  maxConcurrency: {
    value: '<number>',
    shown: 'no limit',
    about:
      'How many requests run the function at a time, in each worker. Others are answered with 429.',
    details:
      'The 429 has `Retry-After: 1` and comes with the request or once its body is complete. An upload does not count while it arrives, so a stalled client takes no place.',
  },
  trustProxy: {
    value: '<proxies>',
    shown: 'true',
    about: 'Whose X-Forwarded headers to trust: `true`, `false`, a number of hops, or addresses.',
    details: 'Addresses look like `10.0.0.0/8,192.168.0.0/255.255.0.0,loopback`.',
  },
  workers: {
    value: '<number>',
    about:
      'How many processes serve, for functions that compute: a number, or `auto` for all CPUs.',
    details: 'Most settings hold for each of them. See [All cores](#all-cores).',
  },
  express: {
    value: '<version>',
    shown: 'as package.json asks, else 5',
    about:
      "Express's request and response: 4 for programs of versions 3 and 4 of Google's package.",
    details: "See [Coming from Google's package](#coming-from-googles-package).",
  },
  http2: {
    value: '[true|false]',
    about: 'Serves HTTP/2 without TLS (h2c, with prior knowledge) on the same port.',
    details:
      'Functions see HTTP/1.1, as behind a proxy. A request costs up to 1.5 times the CPU of Node’s own HTTP/2 server. A session that is idle for `--headers-timeout` is closed. Do not use it on Node 22, whose `node:http2` aborts on malformed frames (seen on 22.23, not on 20, 24 and 26).',
  },
  healthPath: {
    value: '<path>',
    shown: 'none',
    about: 'A path answered without calling the function: 200, or 503 while draining.',
  },
  startupReport: {
    value: '[true|false]',
    about: 'Writes a line of JSON to stderr that says how long each phase of the start took.',
  },
  nativeWeb: {
    value: '[true|false]',
    about: 'Leaves `Request`, `Response`, `Headers` and `fetch` as Node has them.',
    details: 'Otherwise light ones take their places: see [Web functions](#web-functions).',
  },
  compileCache: {
    value: '<directory>',
    shown: 'as `NODE_COMPILE_CACHE` says',
    about: "The directory of Node's compile cache (Node 22.8 or later).",
    details: 'See [Deployment](test/recipes/README.md).',
  },
  verify: {
    about: 'Loads the function, says what was found, fills the compile cache, and exits.',
    details: 'The exit code is 0, or 1 if the function cannot be served.',
  },
  warnUnfinished: {
    value: '[true|false]',
    about: 'In development, warns when functions do not answer, or leave work running.',
  },
  watch: { about: 'For development: restarts when the code changes, on the same port.' },
  version: { about: 'Prints the version.' },
  help: { about: 'Prints usage, examples and options.' },
};

/** Every option with its row and its text, in the order of the table. */
export function describedOptions(): { row: OptionRow; text: OptionText; shown: string }[] {
  return Object.entries<OptionRow>(optionTable()).map(([key, row]) => {
    const text = optionTexts[key as keyof OptionTable];
    return { row, text, shown: text.shown ?? (row.isSwitch ? '' : String(row.initial)) };
  });
}
