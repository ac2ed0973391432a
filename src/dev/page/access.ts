import { HttpError } from '../../core/errors';
import type { HttpRequest } from '../../http/request/request';
import { foreignPageError } from '../foreign-pages';
import type { Site } from './routes';

/** What proxies add: such a request may come from anywhere. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'via'];

/**
 * Refuses the page to other machines and to pages of other sites. The server of one function listens
 * on all addresses, unlike that of `--target='*'`.
 *
 * @param isDocument whether it is the page itself, which other sites may link to
 */
export function pageAccessError(
  { options, isIndex }: Site,
  req: HttpRequest,
  isDocument: boolean,
): HttpError | undefined {
  if (isIndex) return foreignPageError(req, options.host, isDocument);
  const { remoteAddress = '' } = req.socket;
  const proxy = PROXY_HEADERS.find((name) => name in req.headers);
  if (!/^(?:::ffff:)?127\.|^::1$/.test(remoteAddress) || proxy !== undefined) {
    const why = proxy === undefined ? `came from ${remoteAddress}` : `has the header "${proxy}"`;
    return new HttpError(
      403,
      'FOREIGN_PAGE',
      `/_barefn is for the machine that runs the function, and the request ${why}. Open http://localhost:PORT/_barefn there. NODE_ENV=production turns it off.\n`,
    );
  }
  return foreignPageError(req, options.host, isDocument, '/_barefn');
}
