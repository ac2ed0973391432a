import type { Stats } from 'node:fs';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { SendFileOptions } from './send-file';

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** Additional headers that a version of Express sends with a file. */
export type DescribeFile = (path: string, stat: Stats) => Record<string, string>;

/** Options as versions of Express pass them. */
export interface GivenOptions extends SendFileOptions {
  /** The older name of `maxAge`. */
  maxage?: number | string | undefined;
  describe?: DescribeFile | undefined;
}

/** Options after reading: the lists are set. */
export interface FileSettings extends SendFileOptions {
  describe: DescribeFile | undefined;
  extensions: string[];
  index: string[];
}

/**
 * Reads the options of `sendFile` as Express does, inherited ones too. Invalid options throw here, in the
 * function's call: later, nothing would catch the error.
 *
 * @throws TypeError that names the option
 */
export function readFileOptions(given: unknown): FileSettings {
  if (given && typeof given !== 'object') {
    throw new TypeError('options of res.sendFile must be an object');
  }
  const options: GivenOptions = given || {};
  // Express takes both names.
  const age = options.maxAge || options.maxage;
  return {
    describe: options.describe,
    root: options.root,
    headers: checkHeaders(options.headers),
    dotfiles: checkDotfiles(options.dotfiles),
    maxAge: typeof age === 'string' ? age : Number(age ?? 0),
    immutable: Boolean(options.immutable),
    cacheControl: isOn(options.cacheControl),
    lastModified: isOn(options.lastModified),
    acceptRanges: isOn(options.acceptRanges),
    extensions: namesOf(options.extensions, 'extensions', []),
    index: namesOf(options.index, 'index', ['index.html']),
    start: startOf(options.start),
    end: endOf(options.end),
  };
}

/** Cache-Control for a file: at most a year. */
export function cacheControl(options: SendFileOptions): string {
  const { maxAge = 0 } = options;
  const wanted = typeof maxAge === 'string' ? parseDuration(maxAge) : Number(maxAge);
  const age = Number.isNaN(wanted) ? 0 : Math.min(Math.max(0, wanted), YEAR);
  return `public, max-age=${Math.floor(age / 1000)}${options.immutable ? ', immutable' : ''}`;
}

function isOn(value: unknown): boolean {
  return value === undefined || Boolean(value);
}

function checkDotfiles(value: SendFileOptions['dotfiles']): SendFileOptions['dotfiles'] {
  if (value === undefined || ['allow', 'deny', 'ignore'].includes(value)) return value;
  throw new TypeError('dotfiles option must be "allow", "deny", or "ignore"');
}

function checkHeaders(headers: SendFileOptions['headers']): SendFileOptions['headers'] {
  for (const [name, value] of Object.entries(headers ?? {})) {
    validateHeaderName(name);
    validateHeaderValue(name, value as string);
  }
  return headers;
}

function namesOf(value: unknown, option: string, initial: string[]): string[] {
  if (value === undefined) return initial;
  const names: unknown[] = value ? [value].flat() : [];
  if (names.every((name) => typeof name === 'string')) return names;
  throw new TypeError(`${option} option must be array of strings or false`);
}

/** The first byte to send. */
function startOf(value: unknown): number {
  const start = Number(value || 0);
  if (Number.isInteger(start) && start >= 0) return start;
  throw new TypeError('start option must be a whole number of bytes');
}

/** The last byte to send; as in Express, no end if it is not a number. */
function endOf(value: unknown): number | undefined {
  const end = value === undefined ? Number.NaN : Number(value);
  return Number.isNaN(end) ? undefined : Math.floor(end);
}

/** Milliseconds in a text such as "1 day", "2h" or "5000". */
function parseDuration(text: string): number {
  const parts = /^(-?\d{0,15}(?:\.\d{1,15})?) {0,9}([a-z]{0,12})$/i.exec(text);
  if (!parts?.[1]) return Number.NaN;
  return Number(parts[1]) * unitOf((parts[2] as string).toLowerCase());
}

function unitOf(unit: string): number {
  if (/^(?:|ms|msecs?|milliseconds?)$/.test(unit)) return 1;
  if (/^(?:s|secs?|seconds?)$/.test(unit)) return 1000;
  if (/^(?:m|mins?|minutes?)$/.test(unit)) return 60_000;
  if (/^(?:h|hrs?|hours?)$/.test(unit)) return 3_600_000;
  if (/^(?:d|days?)$/.test(unit)) return 86_400_000;
  if (/^(?:w|weeks?)$/.test(unit)) return 7 * 86_400_000;
  if (/^(?:mo|months?)$/.test(unit)) return YEAR / 12;
  if (/^(?:y|yrs?|years?)$/.test(unit)) return 365.25 * 86_400_000;
  return Number.NaN;
}
