import { byteString } from './header-values';
import { type ConvertedHeaders, convertHeaders } from './headers';
import { readInit } from './request-init';

/** A `ResponseInit`, converted (Web IDL) but not checked. */
export interface ConvertedInit {
  readonly headers: ConvertedHeaders;
  readonly status: number;
  readonly statusText: string;
}

export function convertInit(init: unknown): ConvertedInit {
  const { headers, status, statusText } = readInit(init, 'Response constructor');
  return {
    headers: convertHeaders(headers),
    status: status === undefined ? 200 : toUnsignedShort(status),
    statusText: statusText === undefined ? '' : byteString(statusText),
  };
}

/** @throws RangeError, TypeError for a status or a text that no response has */
export function checkInit({ status, statusText }: ConvertedInit): void {
  if (status < 200 || status > 599) {
    throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
  }
  // RFC 9110 §15: reason-phrase.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(statusText)) throw new TypeError('Invalid statusText');
}

/** Statuses whose responses have no body (Fetch §2.2.3). */
export const isBodiless = (status: number): boolean =>
  status === 204 || status === 304 || status === 205 || status === 101;

/** Web IDL §3.2.4.3: unsigned short. */
export function toUnsignedShort(value: unknown): number {
  const number = Math.trunc(Number(value));
  return Number.isFinite(number) ? ((number % 65536) + 65536) % 65536 : 0;
}
