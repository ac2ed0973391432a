import { http, type Request, type Response } from 'barefn';
import type { HttpRequest, HttpResponse } from 'barefn/server';

// Without the types of Express our own classes are what functions get.
export const request = (req: Request): HttpRequest => req;
export const response = (res: HttpResponse): Response => res;

http('own', (req, res) => {
  res.set('X-Trace', req.traceId ?? '');
});
// So do those that say what they expect.
export const expected = (req: Request<{ id: string }>): HttpRequest => req;
export const unsaid = (req: HttpRequest): Request => req;
