import type { LightBody } from './body';
import { nativeResponse } from './native-response';

/** What has a body: a request or a response. */
export interface BodyOwner {
  readonly headers: { get(name: string): string | null };
}

/** Reads a body as text: UTF-8 without its mark, U+FFFD for what is none. */
export async function consumeText(body: LightBody | null): Promise<string> {
  if (body === null) return '';
  requireUsable(body);
  const content = await body.read();
  return typeof content === 'string' ? withoutMark(wellFormed(content)) : decode(content);
}

/** @throws SyntaxError when it is not JSON */
export async function consumeJson(body: LightBody | null): Promise<unknown> {
  return JSON.parse(await consumeText(body));
}

/** Reads a body as bytes that nobody else has. */
export async function consumeBytes(body: LightBody | null): Promise<Uint8Array<ArrayBuffer>> {
  if (body === null) return new Uint8Array();
  requireUsable(body);
  return ownBytes(await body.read());
}

export async function consumeArrayBuffer(body: LightBody | null): Promise<ArrayBuffer> {
  return (await consumeBytes(body)).buffer;
}

/** Node's own parsers read it: of media types, and of forms. */
export async function consumeBlob(body: LightBody | null, owner: BodyOwner): Promise<Blob> {
  return (await asNative(body, owner)).blob();
}

export async function consumeForm(body: LightBody | null, owner: BodyOwner): Promise<FormData> {
  return (await asNative(body, owner)).formData();
}

/** @throws TypeError for a body that was read or is being read */
export function requireUsable(body: LightBody | null): void {
  if (body?.isUnusable) {
    throw new TypeError('Body is unusable: Body has already been read');
  }
}

async function asNative(body: LightBody | null, { headers }: BodyOwner): Promise<Response> {
  const type = headers.get('content-type');
  const bytes = body === null ? null : await consumeBytes(body);
  const native = await nativeResponse(bytes);
  if (type !== null) native.headers.set('content-type', type);
  return native;
}

function decode(bytes: Uint8Array): string {
  const { buffer, byteOffset, byteLength } = bytes;
  return withoutMark(Buffer.from(buffer, byteOffset, byteLength).toString());
}

/** U+FFFD for each half of a character, as encoding does. */
function wellFormed(text: string): string {
  // Of ES2024; all supported versions of Node have it.
  return (text as string & { toWellFormed(): string }).toWellFormed();
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function ownBytes(content: string | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof content === 'string') return new TextEncoder().encode(content);
  return Uint8Array.from(content);
}
