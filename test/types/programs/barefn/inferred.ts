// Programs that leave it to the compiler to write down what they export.

import type { InvocationMessage, Request, Response, WebBindings } from 'barefn';
import * as barefn from 'barefn';
import { decode, encode } from 'barefn/cloudevents';
import { createServer } from 'barefn/server';
import { getFunction, invoke } from 'barefn/testing';

export const body = (req: Request<{ id: string }, { page: string }>, res: Response) => {
  return { req, res, id: req.body.id, page: req.query.page };
};
export const published = ({ context, error, req }: InvocationMessage) => ({ context, error, req });
export const bindings = ({ incoming, outgoing }: WebBindings) => ({ incoming, outgoing });
export const everything = { ...barefn, createServer, decode, encode, getFunction, invoke };
export const call = () => invoke('hello');
export const decoded = decode([]);
