import { type HttpFunction, http, type Request } from 'barefn';
import { createServer } from 'barefn/server';
import express from 'express';

const middleware: express.RequestHandler = (_req, res) => {
  res.end();
};
http('middleware', middleware);
export const declared: HttpFunction = middleware;
createServer(express()).close();

export const own = (req: Request): (AbortSignal | string | undefined)[] => [
  req.signal,
  req.traceId,
];

interface Order {
  id: string;
}
interface Paging {
  page?: string;
}
// Express's own types say what they expect in the same places.
type Params = express.Request['params'];
export const pass = (req: Request<Order, Paging>): express.Request<Params, any, Order, Paging> =>
  req;
const create: express.RequestHandler<Params, any, Order, Paging> = (req, res) => {
  res.json([req.body.id, req.query.page]);
};
http('create', create);
http<Order, Paging>('create', create);
export const creates: HttpFunction<Order, Paging> = create;
