import { nativeFetch } from '../globals';

let native: Promise<typeof Response> | undefined;

/**
 * A Response of Node's own class, for what only Node can read: forms, and the types of Blobs. Its class
 * has no name any more, but `fetch` answers with it; a data: URL takes no connection.
 */
export async function nativeResponse(body: Uint8Array<ArrayBuffer> | null): Promise<Response> {
  native ??= nativeFetch('data:,').then((response) => response.constructor as typeof Response);
  return new (await native)(body);
}
