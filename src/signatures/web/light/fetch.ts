import { nativeFetch } from '../globals';
import { linkToNative } from './interface';
import { isLightRequest, LightRequest } from './request';
import { requireUnused } from './request-body';
import { requestParts } from './request-parts';
import { bodyOf, settingsOf } from './request-state';

/** Node's `fetch` that takes light requests, too. Its responses pass for instances of the light class. */
export async function lightFetch(...args: Parameters<typeof fetch>): Promise<Response> {
  const [input, init] = args;
  const response = await (isLightRequest(input)
    ? fetchRequest(init === undefined ? input : new LightRequest(input, init))
    : nativeFetch(...args));
  linkToNative(response);
  linkToNative(response.headers);
  return response;
}

/** Lets Node's own class make the same request. Its body is used then. */
function fetchRequest(request: LightRequest): Promise<Response> {
  const { url, method, headers, signal } = requestParts(request);
  const init = { ...settingsOf(request), method, headers, signal } as unknown as RequestInit;
  const body = bodyOf(request);
  if (body === null) return nativeFetch(url, init);
  requireUnused(body);
  // With its length, and again after a redirect; a stream has neither. Not all versions of Node know a
  // Blob of a library.
  if (!body.isRepeatable || body.isLookAlike) {
    return nativeFetch(url, { ...init, body: body.stream, duplex: 'half' });
  }
  const source = body.take() as string | Blob | Uint8Array<ArrayBuffer>;
  const isTyped = headers.has('content-type');
  return nativeFetch(url, { ...init, body: isTyped ? source : withoutType(source) });
}

/** A body for which Node's class adds no Content-Type: the program has removed that of the request. */
function withoutType(
  source: string | Blob | Uint8Array<ArrayBuffer>,
): Blob | Uint8Array<ArrayBuffer> {
  if (typeof source === 'string') return new TextEncoder().encode(source);
  return source instanceof Blob ? source.slice(0, source.size, '') : source;
}
