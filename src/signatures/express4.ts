import { Express4Request } from '../http/express4/request';
import { Express4Response } from '../http/express4/response';
import type { HttpRequest } from '../http/request/request';
import type { PreparedFunction, Signature } from './signature';

/** The request and response of an Express 4 function, for Node's server. */
export const classes = { IncomingMessage: Express4Request, ServerResponse: Express4Response };

/**
 * Wraps the signature of a type: without a body `req.body` is an empty object, as in Express 4. Event
 * functions read bodies themselves.
 */
export function signature(type: string, prepare: Signature): Signature {
  const check = type === 'http' ? checkBody : () => {};
  return (registration, options): PreparedFunction => {
    const callable = prepare(registration, options);
    return {
      ...callable,
      handle(req, res) {
        // An own member, as with Express 4. (One of the class costs each request 2000 instructions.)
        req.body = {};
        if (req.rawBody !== undefined) check(req);
        callable.handle(req, res);
      },
    };
  };
}

/** Reads bodies as strictly as the parser of Express 4. */
function checkBody(req: HttpRequest): void {
  const contentType =
    require('../http/express4/members/content-type') as typeof import('../http/express4/members/content-type');
  contentType.checkBody(req);
}
