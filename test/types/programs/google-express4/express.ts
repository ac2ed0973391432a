import {
  type HttpFunction,
  http,
  type Request,
  type Response,
} from '@google-cloud/functions-framework';
import type express from 'express';

// What Express 4 has, and Express 5 has not.
export const older: HttpFunction = (req, res) => {
  const path: string | undefined = req.params[0];
  const name: unknown = req.param('name', 'nobody');
  res.send({ path, name, host: req.host });
};
http('older', older);

export const typed = (req: Request, res: Response): void => {
  const { name }: { name?: string } = req.body;
  res.status(200).send(name ?? String(req.query['name']));
};
http('typed', typed);

export const handler = (req: express.Request, res: express.Response): void => typed(req, res);
http('handler', handler);
http('both', (req, res) => handler(req, res));
