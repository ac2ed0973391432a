import { resolve } from 'node:path';
import { BarefnError } from '../core/errors';
import type { SignatureType } from '../core/registry';
import type { TrustProxy } from '../http/request/trust-proxy';
import type { Options } from './options';

/** The one table of options, as each start needs it; option-texts.ts has what the help says of them. */
export function optionTable(): OptionTable {
  return {
    target: { flag: 'target', env: 'FUNCTION_TARGET', initial: 'function', read: readText },
    source: {
      flag: 'source',
      env: 'FUNCTION_SOURCE',
      initial: process.cwd(),
      read: readDirectory,
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
    ignoredRoutes: {
      flag: 'ignored-routes',
      env: 'IGNORED_ROUTES',
      initial: null,
      read: readRoutes,
    },
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
      read: readAge,
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
    keepAliveTimeout: {
      flag: 'keep-alive-timeout',
      env: 'FUNCTION_KEEP_ALIVE_TIMEOUT',
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
    express: {
      flag: 'express',
      env: 'FUNCTION_EXPRESS',
      initial: undefined,
      read: readExpress,
    },
    http2: { flag: 'http2', env: 'FUNCTION_HTTP2', initial: false, read: isTrue },
    healthPath: { flag: 'health-path', env: 'FUNCTION_HEALTH_PATH', initial: null, read: readPath },
    startupReport: {
      flag: 'startup-report',
      env: 'FUNCTION_STARTUP_REPORT',
      initial: false,
      read: isTrue,
    },
    compileCache: { flag: 'compile-cache', initial: null, read: readDirectory },
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
  /**
   * Reads the text of a flag or a variable, or checks the value of an embedding program's option.
   * `name` is the flag, the variable or the option that it came from, for errors.
   */
  readonly read: (value: unknown, name: string) => Value;
}

/** A row for every option that a flag or a variable can set. */
export type OptionTable = {
  readonly [Key in Exclude<keyof Options, 'targetGiven'>]: OptionRow<Options[Key]>;
};

function readText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw invalid(`${name} must be a text, not ${shown(value)}.`);
}

function readDirectory(value: unknown, name: string): string {
  return resolve(readText(value, name));
}

// Google's package takes every other text for false.
function isTrue(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.toLowerCase() === 'true';
  throw invalid(`${name} must be true or false, not ${shown(value)}.`);
}

function readSignatureType(value: unknown): SignatureType {
  switch (value) {
    case 'http':
    case 'event':
    case 'cloudevent':
    case 'typed':
    case 'web':
      return value;
    default:
      throw invalid(
        `Function signature type must be one of: ${signatureTypes.join(', ')}.${guessOf(value)}`,
      );
  }
}

const signatureTypes: readonly SignatureType[] = ['http', 'event', 'cloudevent', 'typed', 'web'];

function guessOf(value: unknown): string {
  const { didYouMean } = require('../core/did-you-mean') as typeof import('../core/did-you-mean');
  const guess = didYouMean(String(value), signatureTypes);
  return guess === undefined ? '' : ` Did you mean ${guess}?`;
}

// What node:net takes for a port number: any spelling of an integer that Number() reads.
function readPort(value: unknown, name: string): number {
  const port = numberIn(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw invalid(`${name} must be a port number from 0 to 65535, not ${shown(value)}.`);
}

function readPath(value: unknown, name: string): string | null {
  if (typeof value === 'string' && /^(?:\/[^?#\s]*)?$/.test(value)) return value || null;
  throw invalid(`${name} must be a path such as /healthz, not ${shown(value)}.`);
}

function readRoutes(value: unknown, name: string): string {
  const routes = readText(value, name);
  if (routes !== '') {
    const { routeTest } =
      require('../http/request/route-pattern') as typeof import('../http/request/route-pattern');
    routeTest(routes, name);
  }
  return routes;
}

// Google's package reads it with parseInt: "30s" is 30.
function readTimeout(value: unknown, name: string): number {
  if (typeof value !== 'string') return readSeconds(value, name);
  const seconds = Number.parseInt(value, 10);
  if (seconds >= 0) return Math.min(seconds, LONGEST_TIMER);
  // To the letter, as programs and people look for it.
  throw invalid('Timeout must be a positive integer');
}

function readAge(value: unknown, name: string): number {
  const seconds = numberIn(value);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw invalid(`${name} must be a number of seconds, not ${shown(value)}.`);
}

/** Seconds of a timer; what is more than node can wait, 24 days, is as good as that. */
function readSeconds(value: unknown, name: string): number {
  return Math.min(readAge(value, name), LONGEST_TIMER);
}

/** 2³¹ milliseconds: node takes what is longer for 1 ms. */
const LONGEST_TIMER = 2_147_483;

function readCount(value: unknown, name: string): number {
  if (typeof value === 'string' && /^\d{1,9}$/.test(value.trim())) return Number(value);
  if (isAmount(value)) return value;
  throw invalid(`${name} must be a number of requests, not ${shown(value)}.`);
}

function readExpress(value: unknown, name: string): 4 | 5 {
  if (value === '4' || value === 4) return 4;
  if (value === '5' || value === 5) return 5;
  throw invalid(`${name} must be 4 or 5, a version of Express, not ${shown(value)}.`);
}

function readProxies(value: unknown, name: string): TrustProxy {
  const { readTrustProxy } =
    require('../http/request/trust-proxy') as typeof import('../http/request/trust-proxy');
  return readTrustProxy(value, name);
}

function readSize(value: unknown, name: string): number {
  if (isAmount(value)) return value;
  const [, digits, unit] = /^(\d{1,15})(b|kb|mb|gb)?$/i.exec(String(value).trim()) ?? [];
  if (typeof value !== 'string' || digits === undefined) {
    throw invalid(`${name} must be a size such as 512kb, 32mb or 1048576, not ${shown(value)}.`);
  }
  const power = ['b', 'kb', 'mb', 'gb'].indexOf(unit?.toLowerCase() ?? 'b');
  return Number(digits) * 1024 ** power;
}

/** Whether a value counts something; Infinity sets no limit. */
function isAmount(value: unknown): value is number {
  if (typeof value !== 'number' || value < 0) return false;
  return Number.isInteger(value) || value === Number.POSITIVE_INFINITY;
}

/** A number, or what Number() reads in a text that is not blank. */
function numberIn(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  return typeof value === 'object' ? 'an object' : String(value);
}

function invalid(message: string): BarefnError {
  return new BarefnError('INVALID_OPTION', message);
}
