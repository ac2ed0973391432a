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
