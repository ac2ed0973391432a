import type { Signature } from '../signatures/signature';
import { checkBody, withBodies } from './bodies';
import { Express4Request } from './request';
import { Express4Response } from './response';

/** The classes of node's server. */
export const classes = { IncomingMessage: Express4Request, ServerResponse: Express4Response };

/** The signature of functions of a type. Event functions read bodies themselves. */
export function signature(type: string, prepare: Signature): Signature {
  return withBodies(prepare, type === 'http' ? checkBody : () => {});
}
