import { isIP, isIPv4 } from 'node:net';
import { HttpError } from '../core/errors';
import type { HttpRequest } from '../http/request/request';
import { ALL_ADDRESSES } from '../options/local-url';

/** Where `--target='*'` listens by default: other machines do not reach it. */
export const LOOPBACK = '127.0.0.1';

/**
 * Refuses requests that a page of another site sends to the server of all functions. `Host` shows that a
 * name of that site resolves to this machine (DNS rebinding); `Origin` and `Sec-Fetch-Site`
 * (https://www.w3.org/TR/fetch-metadata/) show whose page it is. Only browsers send these two.
 *
 * @param host the value of `--host`
 * @param isPage whether the request is for the development page, which other sites may link to
 * @param what is refused, for the message
 * @returns undefined if the request may be served
 */
export function foreignPageError(
  { headers }: HttpRequest,
  host: string | undefined,
  isPage: boolean,
  what = "--target='*'",
): HttpError | undefined {
  const foreignPage = (why: string): HttpError =>
    new HttpError(
      403,
      'FOREIGN_PAGE',
      `${why} ${what} is for development: pages of other sites must not call it. It answers requests for localhost, 127.0.0.1, [::1] and --host.\n`,
    );
  const { host: authority, origin } = headers;
  if (authority !== undefined && !isOurs(authority, host)) {
    return foreignPage(`The Host header names "${authority}".`);
  }
  if (origin !== undefined) {
    const isKnown = /^https?:\/\//.test(origin) && isOurs(origin.replace(/^https?:\/\//, ''), host);
    return isKnown ? undefined : foreignPage(`The request was sent by a page of "${origin}".`);
  }
  // Images, scripts, forms and links of other sites have no Origin.
  if (headers['sec-fetch-site'] !== 'cross-site') return undefined;
  if (isPage && headers['sec-fetch-mode'] === 'navigate') return undefined;
  return foreignPage('The request was sent by a page of another site.');
}

/** Whether an authority (RFC 3986, section 3.2) is this machine's, whatever its port. */
function isOurs(authority: string, host: string | undefined): boolean {
  const [, inBrackets, plain = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(authority) ?? [];
  const name = (inBrackets ?? plain).toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (isIPv4(name) && name.startsWith('127.')) return true;
  if (name === '::1' || (name !== '' && name === host?.toLowerCase())) return true;
  // An IP address cannot be made to resolve to this machine by somebody else.
  return host !== undefined && ALL_ADDRESSES.includes(host) && isIP(name) !== 0;
}
