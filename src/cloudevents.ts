/**
 * The CloudEvents codec of barefn alone: HTTP messages to events and back, without a server.
 * @module
 */

import { type DecodeOptions, decodeCloudEvent } from './cloudevents/decode';
import {
  type EncodedCloudEvent,
  encodeCloudEvent,
  type OutgoingCloudEvent,
} from './cloudevents/encode';
import {
  type Attributes,
  type CloudEvent,
  findAttributeProblem,
  findContextProblem,
} from './cloudevents/event';
import type { ContentMode } from './cloudevents/media-type';

export { BarefnError, type ErrorCode, HttpError } from './core/errors';
export type { CloudEvent, ContentMode, DecodeOptions, EncodedCloudEvent, OutgoingCloudEvent };

/**
 * Headers as HTTP libraries have them: Node's flat `rawHeaders` (best: repeated headers are still
 * seen), Node's `headers` object, or any iterable of pairs, such as the WHATWG `Headers`.
 */
export type HeaderFields =
  | readonly string[]
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Decodes the CloudEvent of an HTTP message, request or response, in binary or structured mode.
 * A message in batched mode gives an array.
 *
 * @param body the whole body: bytes, or text that is taken as UTF-8
 * @throws HttpError with the `status` to answer: 400 when the event is not valid, with a text that
 *   names the attribute and its problem; 415 when the message carries no event, or in a format other
 *   than JSON.
 * @example
 * const event = decode(request.rawHeaders, body);
 * @example
 * const event = decode(response.headers, await response.text());
 */
export function decode(
  headers: HeaderFields,
  body?: Uint8Array | ArrayBuffer | string,
  options?: DecodeOptions,
): CloudEvent | CloudEvent[] {
  return decodeCloudEvent(flatten(headers), toBuffer(body), options);
}

/**
 * Encodes a CloudEvent, or one of the `cloudevents` package, as the headers and body of an HTTP
 * message. Nothing is added to the event: no id, no time.
 *
 * @param mode `binary` by default, but `structured` for an event that binary mode cannot carry;
 *   `structured` puts all into the body; `batch` takes an array
 * @throws BarefnError with code `INVALID_CLOUDEVENT` when the event is not valid.
 * @example
 * const event = { specversion: '1.0', id: '1', source: '/shop', type: 'com.example.sold', data: 7 };
 * const { headers, body } = encode(event);
 * await fetch('https://example.com/', { method: 'POST', headers, body });
 */
export function encode(
  event: OutgoingCloudEvent,
  mode?: 'binary' | 'structured',
): EncodedCloudEvent;
export function encode(events: readonly OutgoingCloudEvent[], mode: 'batch'): EncodedCloudEvent;
export function encode(
  event: OutgoingCloudEvent | readonly OutgoingCloudEvent[],
  mode?: ContentMode,
): EncodedCloudEvent {
  return encodeCloudEvent(event, mode);
}

/**
 * Tells whether `value` is a valid CloudEvent: required attributes are there, and every attribute
 * follows the specification. Data is not checked.
 * @example
 * if (!isCloudEvent(message)) throw new TypeError('Not a CloudEvent');
 */
export function isCloudEvent(value: unknown): value is CloudEvent {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const event = value as Attributes;
  const isAttribute = (name: string) =>
    name !== 'data' && name !== 'data_base64' && event[name] !== undefined;
  return (
    findContextProblem(event) === undefined &&
    Object.keys(event)
      .filter(isAttribute)
      .every((name) => findAttributeProblem(name, event[name]) === undefined)
  );
}

function flatten(headers: HeaderFields): string[] {
  const flat: string[] = [];
  if (Array.isArray(headers) && typeof headers[0] === 'string') {
    for (const text of headers as readonly string[]) flat.push(trim(text));
    return flat;
  }
  const isIterable = typeof (headers as Iterable<unknown>)[Symbol.iterator] === 'function';
  const pairs = isIterable
    ? (headers as Iterable<readonly [string, string]>)
    : Object.entries(headers as Record<string, string | readonly string[] | undefined>);
  for (const [name, value] of pairs) {
    for (const text of Array.isArray(value) ? value : [value]) {
      if (text !== undefined) flat.push(name, trim(String(text)));
    }
  }
  return flat;
}

// RFC 9110 §5.5: white space around a value is not part of it.
function trim(value: string): string {
  return value.replace(/^[ \t]+/, '').replace(/(?<![ \t])[ \t]+$/, '');
}

function toBuffer(body: Uint8Array | ArrayBuffer | string | undefined): Buffer {
  if (body === undefined || typeof body === 'string') return Buffer.from(body ?? '', 'utf8');
  if (Buffer.isBuffer(body)) return body;
  return body instanceof ArrayBuffer
    ? Buffer.from(body)
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
