import { stringifyBigInts } from '../../core/exact-json';
import type { HttpResponse } from './response';
import { JSON_TYPE } from './send';

/**
 * Makes `res.json()`, and `res.send()` of an object, write BigInts as integers. A function whose server reads
 * integers exactly can so send what it got. Elsewhere they throw, as in Express.
 */
export function writeBigInts(res: HttpResponse): void {
  // Not a literal: V8 would keep it, and the request with it, until a full collection.
  res.json = jsonWithBigInts(res, res.json);
}

function jsonWithBigInts(res: HttpResponse, json: HttpResponse['json']): HttpResponse['json'] {
  return (...values) => {
    try {
      return json.apply(res, values);
    } catch (error) {
      // JSON.stringify threw it, so nothing is sent yet.
      if (!(error instanceof TypeError) || res.headersSent) throw error;
      const text = stringifyBigInts(values[0]);
      if (!res.getHeader('content-type')) res.setHeader('Content-Type', JSON_TYPE);
      return res.send(text);
    }
  };
}
