import { resolve } from 'node:path';
import { BarefnError } from '../core/errors';
import type { SignatureType } from '../core/registry';
import type { TrustProxy } from '../http/request/trust-proxy';

// Each parser takes the text of a flag or a variable, or the value of an embedding program's option.
// `name` says which one, for errors: all throw BarefnError `INVALID_OPTION`.

export function readText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw invalid(`${name} must be a string, not ${shown(value)}.`);
}

export function readDirectory(value: unknown, name: string): string {
  return resolve(readText(value, name));
}

// As in Google's package, every other string is false.
export function readBoolean(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.toLowerCase() === 'true';
  throw invalid(`${name} must be true or false, not ${shown(value)}.`);
}

export function readSignatureType(value: unknown): SignatureType {
  if (typeof value === 'string' && Object.hasOwn(SIGNATURE_TYPES, value)) {
    return value as SignatureType;
  }
  const types = Object.keys(SIGNATURE_TYPES);
  throw invalid(
    `Function signature type must be one of: ${types.join(', ')}.${guessOf(value, types)}`,
  );
}

/** A record, so that a new type cannot be left out. */
const SIGNATURE_TYPES: Readonly<Record<SignatureType, true>> = {
  http: true,
  event: true,
  cloudevent: true,
  typed: true,
  web: true,
};

function guessOf(value: unknown, types: readonly string[]): string {
  const { didYouMean } = require('../core/did-you-mean') as typeof import('../core/did-you-mean');
  const guess = didYouMean(String(value), types);
  return guess === undefined ? '' : ` Did you mean ${guess}?`;
}

// As node:net does: any spelling of an integer that Number() reads.
export function readPort(value: unknown, name: string): number {
  const port = toNumber(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw invalid(`${name} must be a port number from 0 to 65535, not ${shown(value)}.`);
}

export function readPath(value: unknown, name: string): string | null {
  if (typeof value === 'string' && /^(?:\/[^?#\s]*)?$/.test(value)) return value || null;
  throw invalid(`${name} must be a path such as /healthz, not ${shown(value)}.`);
}

export function readRoutes(value: unknown, name: string): string {
  const routes = readText(value, name);
  if (routes !== '') {
    const { routeTest } =
      require('../http/request/route-pattern') as typeof import('../http/request/route-pattern');
    routeTest(routes, name);
  }
  return routes;
}

// Google's package uses parseInt: "30s" is 30.
export function readTimeout(value: unknown, name: string): number {
  if (typeof value !== 'string') return readSeconds(value, name);
  const seconds = Number.parseInt(value, 10);
  if (seconds >= 0) return Math.min(seconds, MAX_TIMER_SECONDS);
  // Google's own text, which programs may match.
  throw invalid('Timeout must be a positive integer');
}

export function readAge(value: unknown, name: string): number {
  const seconds = toNumber(value);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw invalid(`${name} must be a number of seconds, not ${shown(value)}.`);
}

/** Seconds of a timer, at most the 24 days that Node can wait. */
export function readSeconds(value: unknown, name: string): number {
  return Math.min(readAge(value, name), MAX_TIMER_SECONDS);
}

/**
 * 24 days. Node turns a delay of 2³¹ milliseconds, 2,147,483 seconds, or more into 1 ms; the difference is
 * for the seconds that a shutdown adds.
 */
const MAX_TIMER_SECONDS = 2_147_000;

export function readCount(value: unknown, name: string): number {
  if (typeof value === 'string' && /^\d{1,9}$/.test(value.trim())) return Number(value);
  if (isCount(value)) return value;
  throw invalid(`${name} must be a number of requests, not ${shown(value)}.`);
}

export function readWorkers(value: unknown, name: string): number | 'auto' {
  if (value === 'auto') return value;
  const count = toNumber(value);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return count;
  throw invalid(`${name} must be a number of processes from 1, or auto, not ${shown(value)}.`);
}

export function readExpress(value: unknown, name: string): 4 | 5 {
  if (value === '4' || value === 4) return 4;
  if (value === '5' || value === 5) return 5;
  throw invalid(`${name} must be 4 or 5, a version of Express, not ${shown(value)}.`);
}

export function readProxies(value: unknown, name: string): TrustProxy {
  const { readTrustProxy } =
    require('../http/request/trust-proxy') as typeof import('../http/request/trust-proxy');
  return readTrustProxy(value, name);
}

export function readSize(value: unknown, name: string): number {
  if (isCount(value)) return value;
  const [, digits, unit] = /^(\d{1,15})(b|kb|mb|gb)?$/i.exec(String(value).trim()) ?? [];
  if (typeof value !== 'string' || digits === undefined) {
    throw invalid(`${name} must be a size such as 512kb, 32mb or 1048576, not ${shown(value)}.`);
  }
  const power = ['b', 'kb', 'mb', 'gb'].indexOf(unit?.toLowerCase() ?? 'b');
  return Number(digits) * 1024 ** power;
}

/** A count or a size; Infinity means no limit. */
function isCount(value: unknown): value is number {
  if (typeof value !== 'number' || value < 0) return false;
  return Number.isInteger(value) || value === Number.POSITIVE_INFINITY;
}

/** A number, or what Number() makes of a string that is not blank. */
function toNumber(value: unknown): number {
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
