import { byteString } from './header-values';
import { convertHeaders, type HeadersInput } from './headers';
import { readInit } from './request-init';

/** A `ResponseInit`, converted (Web IDL) but not checked. */
export interface ConvertedInit {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeadersInput;
}

export function convertInit(init: unknown): ConvertedInit {
  const { status, statusText, headers } = readInit(init, 'Response constructor');
  return {
    status: status === undefined ? 200 : toUnsignedShort(status),
    statusText: statusText === undefined ? '' : byteString(statusText),
    headers: convertHeaders(headers),
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
