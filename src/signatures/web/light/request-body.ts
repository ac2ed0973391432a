import type { LightBody } from './body';
import { extractBody } from './body-init';
import type { LightHeaders } from './headers';
import type { RequestMembers } from './request-init';
import type { RequestSettings } from './request-state';

/** What a body needs to know of its request. */
interface BodyOwner {
  readonly method: string;
  readonly headers: LightHeaders;
  readonly settings: RequestSettings;
}

/** The body of a new request: that of the init, or that of the request it is made of. */
export function requestBody(
  { method, headers, settings }: BodyOwner,
  init: RequestMembers,
  from: LightBody | null,
): LightBody | null {
  const given = init.body ?? null;
  const isBodiless = method === 'GET' || method === 'HEAD';
  if (isBodiless && (given !== null || from !== null)) {
    throw new TypeError('Request with GET/HEAD method cannot have body.');
  }
  if (given === null) return from === null ? null : moveBody(from);
  const { body, type, hasSource } = extractBody(given);
  if (!hasSource) checkStreaming(settings, init);
  if (type !== null && !headers.has('content-type')) headers.append('content-type', type);
  return body;
}

function checkStreaming({ mode, keepalive }: RequestSettings, init: RequestMembers): void {
  if (init.duplex === undefined) {
    throw new TypeError('RequestInit: duplex option is required when sending a body.');
  }
  if (mode !== 'same-origin' && mode !== 'cors') {
    throw new TypeError(
      'If request is made from ReadableStream, mode should be "same-origin" or "cors"',
    );
  }
  if (keepalive) throw new TypeError('If keepalive is set, the body cannot be a ReadableStream.');
}

function moveBody(body: LightBody): LightBody {
  requireUnused(body);
  return body.move();
}

/** @throws TypeError for the body of a request that no other can be made of */
export function requireUnused(body: LightBody): void {
  if (!body.isUnusable) return;
  throw new TypeError(
    'Cannot construct a Request with a Request object that has already been used.',
  );
}
