import { isIP, isIPv4 } from 'node:net';
import { HttpError } from '../core/errors';
import type { HttpRequest } from '../http/request/request';
import { ALL_ADDRESSES } from '../options/local-url';

/** Where `--target='*'` listens if nothing else is said: other machines do not reach it. */
export const LOOPBACK = '127.0.0.1';
const ADVICE =
  "--target='*' is for development: other sites that a browser shows must not call it. It answers to localhost, to 127.0.0.1, to [::1] and to --host.\n";

/**
 * Refuses what a page of another site sends to the server of all functions, or would read there.
 * `Host` tells when a name of that site was made to resolve to this machine (DNS rebinding), `Origin`
 * and `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/) tell whose page it is. Clients that
 * are no browsers send neither of these two.
 *
 * @param host the value of `--host`
 * @param isPage whether the request is for the page itself, which links elsewhere may lead to
 * @returns undefined for a request that may be served
 */
export function foreignPageError(
  { headers }: HttpRequest,
  host: string | undefined,
  isPage: boolean,
): HttpError | undefined {
  const { host: authority, origin } = headers;
  if (authority !== undefined && !isOurs(authority, host)) {
    return refusal(`The Host field names "${authority}".`);
  }
  if (origin !== undefined) {
    const isKnown = /^https?:\/\//.test(origin) && isOurs(origin.replace(/^https?:\/\//, ''), host);
    return isKnown ? undefined : refusal(`The request was sent by a page of "${origin}".`);
  }
  // Images, scripts, forms and links of other sites get along without an Origin.
  if (headers['sec-fetch-site'] !== 'cross-site') return undefined;
  if (isPage && headers['sec-fetch-mode'] === 'navigate') return undefined;
  return refusal('The request was sent by a page of another site.');
}

/** Whether an authority (RFC 3986, section 3.2) is this machine's, whatever its port. */
function isOurs(authority: string, host: string | undefined): boolean {
  const [, inBrackets, plain = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(authority) ?? [];
  const name = (inBrackets ?? plain).toLowerCase().replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (isIPv4(name) && name.startsWith('127.')) return true;
  if (name === '::1' || (name !== '' && name === host?.toLowerCase())) return true;
  // A number is no name that someone else could make resolve to this machine.
  return host !== undefined && ALL_ADDRESSES.includes(host) && isIP(name) !== 0;
}

function refusal(what: string): HttpError {
  return new HttpError(403, 'FOREIGN_PAGE', `${what} ${ADVICE}`);
}
