import {
  type HttpFunction,
  http,
  type Request,
  type Response,
} from '@google-cloud/functions-framework';
import express from 'express';

const app = express();
app.get('/', (_req, res) => {
  res.send('Hello');
});
http('app', app);
export const asFunction: HttpFunction = app;

export const handler = (req: express.Request, res: express.Response): void => {
  res.send(req.params['id']);
};
http('handler', handler);
export const declared: HttpFunction = handler;

// Requests and responses go to helpers written for Express.
http('helper', (req, res) => handler(req, res));
app.use((req: Request, _res, next) => {
  console.log(req.rawBody?.length);
  next();
});
export const back = (req: Request): express.Request => req;
export const response = (res: Response): express.Response => res;
export const same = (res: express.Response): Response => res;

export function body(_req: Request, res: Response<{ total: number }>): void {
  res.json({ total: 1 });
  // @ts-expect-error: the type of the body is checked
  res.json({ total: 'one' });
}
http('body', body);
