import { resolve } from 'node:path';
import { BarefnError } from '../errors';
import type { SignatureType } from '../registry';
import type { Options } from './options';

/** The one table of options, as each start needs it; option-texts.ts has what the help says of them. */
export function optionTable(): OptionTable {
  return {
    target: { flag: 'target', env: 'FUNCTION_TARGET', initial: 'function', read: readText },
    source: {
      flag: 'source',
      env: 'FUNCTION_SOURCE',
      initial: process.cwd(),
      read: (text) => resolve(text),
    },
    signatureType: {
      flag: 'signature-type',
      env: 'FUNCTION_SIGNATURE_TYPE',
      initial: 'http',
      read: readSignatureType,
    },
    port: { flag: 'port', env: 'PORT', initial: 8080, read: readPort },
    host: { flag: 'host', env: 'HOST', initial: undefined, read: readText },
    timeout: { flag: 'timeout', env: 'CLOUD_RUN_TIMEOUT_SECONDS', initial: 0, read: readTimeout },
    shutdownTimeout: {
      flag: 'shutdown-timeout',
      env: 'FUNCTION_SHUTDOWN_TIMEOUT',
      initial: 8,
      read: readSeconds,
    },
    bodyLimit: {
      flag: 'body-limit',
      env: 'FUNCTION_BODY_LIMIT',
      initial: 32 * 1024 * 1024,
      read: readSize,
    },
    ignoredRoutes: { flag: 'ignored-routes', env: 'IGNORED_ROUTES', initial: null, read: readText },
    logExecutionId: {
      flag: 'log-execution-id',
      env: 'LOG_EXECUTION_ID',
      initial: false,
      read: isTrue,
    },
    maxEventAge: {
      flag: 'max-event-age',
      env: 'FUNCTION_MAX_EVENT_AGE',
      initial: 0,
      read: readSeconds,
    },
    webhookAllowedOrigins: {
      flag: 'webhook-allowed-origins',
      env: 'FUNCTION_WEBHOOK_ALLOWED_ORIGINS',
      initial: null,
      read: readText,
    },
    headersTimeout: {
      flag: 'headers-timeout',
      env: 'FUNCTION_HEADERS_TIMEOUT',
      initial: undefined,
      read: readSeconds,
    },
    requestTimeout: {
      flag: 'request-timeout',
      env: 'FUNCTION_REQUEST_TIMEOUT',
      initial: undefined,
      read: readSeconds,
    },
    maxConcurrency: {
      flag: 'max-concurrency',
      env: 'FUNCTION_MAX_CONCURRENCY',
      initial: undefined,
      read: readCount,
    },
    trustProxy: {
      flag: 'trust-proxy',
      env: 'FUNCTION_TRUST_PROXY',
      initial: undefined,
      read: readProxies,
    },
    http2: { flag: 'http2', env: 'FUNCTION_HTTP2', initial: false, read: isTrue },
    healthPath: { flag: 'health-path', env: 'FUNCTION_HEALTH_PATH', initial: null, read: readPath },
    startupReport: {
      flag: 'startup-report',
      env: 'FUNCTION_STARTUP_REPORT',
      initial: false,
      read: isTrue,
    },
    compileCache: { flag: 'compile-cache', initial: null, read: (text) => resolve(text) },
    verify: { flag: 'verify', initial: false, read: isTrue, isSwitch: true },
    warnUnfinished: {
      flag: 'warn-unfinished',
      env: 'FUNCTION_WARN_UNFINISHED',
      initial: true,
      read: isTrue,
    },
    watch: { flag: 'watch', initial: false, read: isTrue, isSwitch: true },
    version: { flag: 'version', short: 'v', initial: false, read: isTrue, isSwitch: true },
    help: { flag: 'help', short: 'h', initial: false, read: isTrue, isSwitch: true },
  };
}

/** One option: where it comes from and how its text is read. */
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
  /** Whether the flag takes no value. */
  readonly isSwitch?: boolean;
  /** The value when neither flag nor variable is set. */
  readonly initial: Value;
  /** Reads the text; `name` is the flag or the variable that it came from, for errors. */
  readonly read: (text: string, name: string) => Value;
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
  const { readTrustProxy } = require('../http/trust-proxy') as typeof import('../http/trust-proxy');
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
