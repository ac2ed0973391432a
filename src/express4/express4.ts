import type { Signature } from '../signatures/signature';
import { withStrictBodies } from './bodies';
import { Express4Request } from './request';
import { Express4Response } from './response';

/** The classes of node's server. */
export const classes = { IncomingMessage: Express4Request, ServerResponse: Express4Response };

/** The signature of functions of a type. */
export function signature(type: string, prepare: Signature): Signature {
  return type === 'http' ? withStrictBodies(prepare) : prepare;
}
