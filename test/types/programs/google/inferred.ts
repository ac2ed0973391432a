// Programs that leave it to the compiler to write down what they export.

import type { CloudEvent, Request, Response } from '@google-cloud/functions-framework';
import * as ff from '@google-cloud/functions-framework';
import * as testing from '@google-cloud/functions-framework/testing';

export const hello = (req: Request, res: Response) => res.status(200).send(req.query['name']);
export const chained = async (_req: Request, res: Response) => res;
export const within = (handler: (req: Request, res: Response) => unknown) => {
  return (req: Request, res: Response) => ({ req, res, result: handler(req, res) });
};
export const consume = (event: CloudEvent<{ id: string }>) => event;
export const register = { ...ff, ...testing };
export const found = testing.getFunction('hello');
export default { hello, consume };
