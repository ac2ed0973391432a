import type { LightBody } from './body';
import { extractBody } from './body-init';
import type { LightRequest } from './request';
import type { RawInit } from './request-init';
import { settingsOf } from './request-state';

/** The body of a new request: that of the init, or that of the request it is made of. */
export function requestBody(
  request: LightRequest,
  init: RawInit,
  from: LightBody | null,
): LightBody | null {
  const given = init['body'] ?? null;
  const { method } = request;
  const isBodiless = method === 'GET' || method === 'HEAD';
  if (isBodiless && (given !== null || from !== null)) {
    throw new TypeError('Request with GET/HEAD method cannot have body.');
  }
  if (given === null) return from === null ? null : moveBody(from);
  const { body, type, hasSource } = extractBody(given);
  if (!hasSource) checkStreaming(request, init);
  if (type !== null && !request.headers.has('content-type')) {
    request.headers.append('content-type', type);
  }
  return body;
}

function checkStreaming(request: LightRequest, init: RawInit): void {
  if (init['duplex'] === undefined) {
    throw new TypeError('RequestInit: duplex option is required when sending a body.');
  }
  const { mode, keepalive } = settingsOf(request);
  if (mode !== 'same-origin' && mode !== 'cors') {
    throw new TypeError(
      'If request is made from ReadableStream, mode should be "same-origin" or "cors"',
    );
  }
  if (keepalive) throw new TypeError('If keepalive is set, the body cannot be a ReadableStream.');
}

function moveBody(body: LightBody): LightBody {
  if (body.isUnusable) {
    throw new TypeError(
      'Cannot construct a Request with a Request object that has already been used.',
    );
  }
  return body.move();
}
