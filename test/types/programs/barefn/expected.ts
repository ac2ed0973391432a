import { type HandlerFunction, type HttpFunction, http, type Request, type Response } from 'barefn';
import { createServer, type HttpRequest } from 'barefn/server';
import { getFunction, getTestServer, invoke } from 'barefn/testing';

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Takes nothing but `true`. */
const holds = <_T extends true>(): void => undefined;

interface Order {
  id: string;
  lines: number[];
}
interface Paging {
  page?: string;
}

http<Order, Paging>('expected', (req, res) => {
  holds<Equal<typeof req.body, Order>>();
  holds<Equal<typeof req.query, Paging>>();
  // @ts-expect-error: orders have no total
  req.body.total;
  // @ts-expect-error: nobody asks for a size
  req.query.size;
  res.send(`${req.get('accept')} ${req.signal?.aborted} ${req.rawBody?.length}`);
});
http<Order>('body', (req, res) => {
  helper(req, res);
  holds<Equal<typeof req.body, Order>>();
  holds<Equal<typeof req.query, Request['query']>>();
});
http<any, Paging>('query', (req) => {
  holds<Equal<typeof req.body, any>>();
  holds<Equal<typeof req.query, Paging>>();
});
http('parameter', (req: Request<Order, Paging>) => {
  holds<Equal<typeof req.body, Order>>();
});
// @ts-expect-error: an order has no total
http<Order>('wrong', (req: Request<{ total: number }>) => req.body.total);

// Whoever says nothing gets what there was before.
http('unsaid', (req, res) => {
  holds<Equal<typeof req, Request>>();
  holds<Equal<typeof res, Response>>();
  holds<Equal<typeof req.body, any>>();
  holds<Equal<(typeof req.query)['name'], Request['query'][string]>>();
});
holds<Equal<Parameters<typeof http>[1], HttpFunction>>();
holds<Equal<Parameters<HttpFunction>[0], Request>>();
holds<Equal<Request, Request<any, Request['query']>>>();

export const declared: HttpFunction<Order, Paging> = (req, res) => {
  holds<Equal<typeof req.body, Order>>();
  holds<Equal<typeof req.query, Paging>>();
  res.json(req.body.lines);
};
http('declared', declared);
export const some: HandlerFunction = declared;
export const found = getFunction('declared') as HttpFunction<Order, Paging>;

// What serves and calls a function takes those that expect something.
createServer(declared, { timeout: 1 }).close();
createServer<Order>((req, res) => res.json(req.body.id)).close();
createServer((req, res) => {
  holds<Equal<typeof req, Request>>();
  res.send('');
}).close();
getTestServer(declared).close();
export const answer = invoke<Order, Paging>((req, res) => res.send(req.query.page));

// Helpers that expect nothing take any request, as do programs that pass requests on.
function helper(req: Request, res: Response): void {
  res.json(req.body.anything);
}
export const relay = (req: Request<Order>): Request => req;
export interface Signed extends Request<Order> {
  user: string;
}
export type Inner = HttpRequest['body'];
export function twice<Body>(name: string, handler: HttpFunction<Body>): void {
  http(name, (req: Request<Body>, res) => {
    handler(req, res);
    handler(req, res);
  });
}
