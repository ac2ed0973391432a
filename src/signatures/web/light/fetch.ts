import { nativeFetch } from '../globals';
import { linkToNative } from './interface';
import { isLightRequest, LightRequest } from './request';
import { bodyOf, settingsOf } from './request-state';

/** Node's `fetch` that takes light requests, too. Its responses pass for instances of the light class. */
export async function lightFetch(...args: Parameters<typeof fetch>): Promise<Response> {
  const [input, init] = args;
  const response = await (isLightRequest(input)
    ? nativeFetch(input.url, nativeInit(init === undefined ? input : new LightRequest(input, init)))
    : nativeFetch(...args));
  linkToNative(response);
  linkToNative(response.headers);
  return response;
}

/** What makes Node's own class the same request. Its body is used then. */
function nativeInit(request: LightRequest): RequestInit {
  const { method, headers, signal } = request;
  const init = { ...settingsOf(request), method, headers, signal } as unknown as RequestInit;
  const body = bodyOf(request);
  if (body === null) return init;
  // With its length, and again after a redirect; a stream has neither.
  return body.isRepeatable && !body.isUnusable
    ? { ...init, body: body.take() as string | Blob | Uint8Array<ArrayBuffer> }
    : { ...init, body: body.stream, duplex: 'half' };
}
