import path from 'node:path';
import { BarefnError } from './errors';
import type { Options } from './options';
import type { SignatureType } from './registry';

/** The one table of options: parsing and help follow it. */
export function optionTable(): OptionTable {
  return {
    target: {
      flag: 'target',
      env: 'FUNCTION_TARGET',
      value: '<name>',
      initial: 'function',
      shown: 'function, or the only one there is',
      read: readText,
      about: 'The function to serve: a registered name, an export, or a dotted path of exports.',
    },
    source: {
      flag: 'source',
      env: 'FUNCTION_SOURCE',
      value: '<path>',
      initial: process.cwd(),
      shown: 'the current directory',
      read: (text) => path.resolve(text),
      about: 'The module, or the directory with its package.json, index.js or function.js.',
    },
    signatureType: {
      flag: 'signature-type',
      env: 'FUNCTION_SIGNATURE_TYPE',
      value: '<type>',
      initial: 'http',
      read: readSignatureType,
      about: 'http, event, cloudevent, typed or web. A registered function knows its own.',
    },
    port: {
      flag: 'port',
      env: 'PORT',
      value: '<port>',
      initial: 8080,
      read: readPort,
      about: 'The port to listen on; 0 picks a free one.',
    },
    host: {
      flag: 'host',
      env: 'HOST',
      value: '<address>',
      initial: undefined,
      shown: 'all interfaces',
      read: readText,
      about: 'The address to listen on, e.g. localhost.',
    },
    timeout: {
      flag: 'timeout',
      env: 'CLOUD_RUN_TIMEOUT_SECONDS',
      value: '<seconds>',
      initial: 0,
      shown: '0: no timeout',
      read: readTimeout,
      about: 'After this long req.signal aborts and the request is answered with 504.',
    },
    shutdownTimeout: {
      flag: 'shutdown-timeout',
      env: 'FUNCTION_SHUTDOWN_TIMEOUT',
      value: '<seconds>',
      initial: 8,
      read: readSeconds,
      about: 'How long requests and shutdown hooks may take after SIGTERM or SIGINT.',
    },
    bodyLimit: {
      flag: 'body-limit',
      env: 'FUNCTION_BODY_LIMIT',
      value: '<size>',
      initial: 32 * 1024 * 1024,
      shown: '32mb',
      read: readSize,
      about: 'The largest request body after inflating: bytes, or 512kb, 32mb, 1gb.',
    },
    ignoredRoutes: {
      flag: 'ignored-routes',
      env: 'IGNORED_ROUTES',
      value: '<routes>',
      initial: null,
      shown: '/favicon.ico and /robots.txt for http functions',
      read: readText,
      about: 'Routes answered with 404 before the function, comma-separated; blank for none.',
    },
    logExecutionId: {
      flag: 'log-execution-id',
      env: 'LOG_EXECUTION_ID',
      value: '[true|false]',
      initial: false,
      read: isTrue,
      about: 'Logs JSON lines that carry the execution id of the request that wrote them.',
    },
    maxEventAge: {
      flag: 'max-event-age',
      env: 'FUNCTION_MAX_EVENT_AGE',
      value: '<seconds>',
      initial: 0,
      shown: '0: no limit',
      read: readSeconds,
      about: 'Events older than this are acknowledged and logged, not handled.',
    },
    webhookAllowedOrigins: {
      flag: 'webhook-allowed-origins',
      env: 'FUNCTION_WEBHOOK_ALLOWED_ORIGINS',
      value: '<origins>',
      initial: null,
      shown: 'none: no handshake',
      read: readText,
      about: 'Origins that may deliver events after the webhook handshake, or *.',
    },
    headersTimeout: {
      flag: 'headers-timeout',
      env: 'FUNCTION_HEADERS_TIMEOUT',
      value: '<seconds>',
      initial: undefined,
      shown: '60',
      read: readSeconds,
      about: 'How long a client may take to send the head of a request; 0 for no limit.',
    },
    requestTimeout: {
      flag: 'request-timeout',
      env: 'FUNCTION_REQUEST_TIMEOUT',
      value: '<seconds>',
      initial: undefined,
      shown: '300',
      read: readSeconds,
      about: 'How long a client may take to send a whole request; 0 for no limit.',
    },
    maxConcurrency: {
      flag: 'max-concurrency',
      env: 'FUNCTION_MAX_CONCURRENCY',
      value: '<number>',
      initial: undefined,
      shown: 'any number',
      read: readCount,
      about: 'How many requests are served at a time; others are answered with 429.',
    },
    trustProxy: {
      flag: 'trust-proxy',
      env: 'FUNCTION_TRUST_PROXY',
      value: '<proxies>',
      initial: undefined,
      shown: 'true',
      read: readProxies,
      about: 'Whose X-Forwarded fields are believed: true, false, a number of hops, or addresses.',
    },
    healthPath: {
      flag: 'health-path',
      env: 'FUNCTION_HEALTH_PATH',
      value: '<path>',
      initial: null,
      shown: 'none',
      read: readPath,
      about: 'A path answered without the function: 200, or 503 while draining.',
    },
    startupReport: {
      flag: 'startup-report',
      env: 'FUNCTION_STARTUP_REPORT',
      value: '[true|false]',
      initial: false,
      read: isTrue,
      about: 'Writes to stderr, as a line of JSON, where the time to start went.',
    },
    compileCache: {
      flag: 'compile-cache',
      value: '<directory>',
      initial: null,
      read: (text) => path.resolve(text),
      about: 'The cache of compiled code, as NODE_COMPILE_CACHE sets it (Node 22.8).',
    },
    verify: {
      flag: 'verify',
      initial: false,
      read: isTrue,
      about: 'Loads the function, says what it is, fills the compile cache, and exits.',
    },
    warnUnfinished: {
      flag: 'warn-unfinished',
      env: 'FUNCTION_WARN_UNFINISHED',
      value: '[true|false]',
      initial: true,
      read: isTrue,
      about: 'In development, reports work that an event function leaves running.',
    },
    version: {
      flag: 'version',
      short: 'v',
      initial: false,
      read: isTrue,
      about: 'Prints the version.',
    },
    help: { flag: 'help', short: 'h', initial: false, read: isTrue, about: 'Prints this text.' },
  };
}

/** One option: where it comes from, how its text is read, what the help says. */
export interface OptionRow<Value = unknown> {
  /** The flag without its dashes. */
  readonly flag: string;
  /** A one-letter form of the flag. */
  readonly short?: string;
  /**
   * The environment variable. One that Google's package does not know begins with `FUNCTION_`,
   * so that a variable that a program uses for itself cannot change its server.
   */
  readonly env?: string;
  /** The value in the help, e.g. `<port>`. `[true|false]` may be left out, a switch has none. */
  readonly value?: string;
  /** The value when neither flag nor variable is set. */
  readonly initial: Value;
  /** How the help writes the default. */
  readonly shown?: string;
  /** Reads the text; `name` is the flag or the variable that it came from, for errors. */
  readonly read: (text: string, name: string) => Value;
  /** A sentence for the help. */
  readonly about: string;
}

/** A row for every option that a flag or a variable can set. */
export type OptionTable = {
  readonly [Key in Exclude<keyof Options, 'targetGiven' | 'positionals'>]: OptionRow<Options[Key]>;
};

function readText(text: string): string {
  return text;
}

function isTrue(text: string): boolean {
  return text.toLowerCase() === 'true';
}

function readSignatureType(text: string): SignatureType {
  switch (text) {
    case 'http':
    case 'event':
    case 'cloudevent':
    case 'typed':
    case 'web':
      return text;
    default:
      throw invalid('Function signature type must be one of: http, event, cloudevent, typed, web.');
  }
}

// What node:net takes for a port number: any spelling of an integer that Number() reads.
function readPort(text: string, name: string): number {
  const port = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw invalid(`${name} must be a port number from 0 to 65535, not "${text}".`);
}

function readPath(text: string, name: string): string | null {
  if (/^(?:\/[^?#\s]*)?$/.test(text)) return text || null;
  throw invalid(`${name} must be a path such as /healthz, not "${text}".`);
}

// Google's package reads it with parseInt: "30s" is 30.
function readTimeout(text: string): number {
  const seconds = Number.parseInt(text, 10);
  if (seconds >= 0) return seconds;
  throw invalid('Timeout must be a positive integer');
}

function readSeconds(text: string, name: string): number {
  const seconds = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw invalid(`${name} must be a number of seconds, not "${text}".`);
}

function readCount(text: string, name: string): number {
  if (/^\d{1,9}$/.test(text.trim())) return Number(text);
  throw invalid(`${name} must be a number of requests, not "${text}".`);
}

function readProxies(text: string, name: string): boolean | number | string {
  const { readTrustProxy } = require('./http/trust-proxy') as typeof import('./http/trust-proxy');
  return readTrustProxy(text, name);
}

function readSize(text: string, name: string): number {
  const [, digits, unit] = /^(\d{1,15})(b|kb|mb|gb)?$/i.exec(text.trim()) ?? [];
  if (digits === undefined) {
    throw invalid(`${name} must be a size such as 512kb, 32mb or 1048576, not "${text}".`);
  }
  const power = ['b', 'kb', 'mb', 'gb'].indexOf(unit?.toLowerCase() ?? 'b');
  return Number(digits) * 1024 ** power;
}

function invalid(message: string): BarefnError {
  return new BarefnError('INVALID_OPTION', message);
}
