// What a request and a response of ours are made of has names, too.
import type { Request, Response } from 'barefn';

export const parts = (req: Request, res: Response) => ({
  app: req.app,
  range: req.range(1),
  cookie: res.cookie,
  file: res.sendFile,
  headers: req.headers,
});
export const options = (_res: Response, given: Parameters<Response['cookie']>) => given;
