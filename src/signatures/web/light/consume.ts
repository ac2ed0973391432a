import type { LightBody } from './body';
import { illegalInvocation } from './interface';
import { nativeResponse } from './native-response';

/** What has a body: a request or a response. */
export interface BodyOwner {
  readonly headers: { get(name: string): string | null };
}

/** Reads a body and converts what it holds. */
function consume<Result>(
  body: LightBody | null,
  convert: (content: string | Uint8Array) => Result,
): Promise<Result> {
  try {
    requireUsable(body);
    return body === null ? Promise.resolve(convert('')) : body.read(convert);
  } catch (error) {
    return Promise.reject(error as Error);
  }
}

/** Reads a body as text: UTF-8 without its mark, U+FFFD for what is none. */
export function consumeText(body: LightBody | null): Promise<string> {
  return consume(body, toText);
}

/** The promise fails with a SyntaxError when the body is not JSON. */
export function consumeJson(body: LightBody | null): Promise<unknown> {
  return consume(body, toJson);
}

/** Reads a body as bytes that nobody else has. */
export function consumeBytes(body: LightBody | null): Promise<Uint8Array<ArrayBuffer>> {
  return consume(body, toOwnBytes);
}

export function consumeArrayBuffer(body: LightBody | null): Promise<ArrayBuffer> {
  return consume(body, (content) => toOwnBytes(content).buffer);
}

/** Node's own parsers read it: of media types, and of forms. */
export async function consumeBlob(body: LightBody | null, owner: BodyOwner): Promise<Blob> {
  return (await asNative(body, owner)).blob();
}

export async function consumeForm(body: LightBody | null, owner: BodyOwner): Promise<FormData> {
  return (await asNative(body, owner)).formData();
}

/** @throws TypeError for a body that was read or is being read */
export function openTextStream(body: LightBody | null): ReadableStream<string> {
  requireUsable(body);
  if (body === null) return new ReadableStream({ start: (controller) => controller.close() });
  return body.stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string>);
}

/** For methods of a class that were called on something else. */
export function refuseOwner(): Promise<never> {
  return Promise.reject(illegalInvocation());
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

function toText(content: string | Uint8Array): string {
  if (typeof content === 'string') return withoutMark(wellFormed(content));
  if (Buffer.isBuffer(content)) return withoutMark(content.toString());
  const { buffer, byteOffset, byteLength } = content;
  return withoutMark(Buffer.from(buffer, byteOffset, byteLength).toString());
}

function toJson(content: string | Uint8Array): unknown {
  return JSON.parse(toText(content));
}

function toOwnBytes(content: string | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof content === 'string') return new TextEncoder().encode(content);
  return Uint8Array.from(content);
}

/** U+FFFD for each half of a character, as encoding does. */
function wellFormed(text: string): string {
  // Of ES2024; all supported versions of Node have it.
  return (text as string & { toWellFormed(): string }).toWellFormed();
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
