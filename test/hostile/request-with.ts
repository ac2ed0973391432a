import { Socket } from 'node:net';
import { HttpRequest } from '../../src/http/request/request';

/** A request with these fields, for decoders that take one. */
export function requestWith(fields: Record<string, string>): HttpRequest {
  const req = new HttpRequest(new Socket());
  Object.assign(req.headers, fields);
  return req;
}
