import { HttpError } from '../core/errors';
import { type JsonParser, jsonParser } from '../core/json';
import { decodeBase64 } from './attribute-syntax';
import { decodeBatch, decodeStructured } from './decode-json';
import { defineToJSON, invalidEvent, requireContext } from './decoded-event';
import { type CloudEvent, isBase64Encoding, quote } from './event';
import { decodeData } from './event-data';
import { type EventHeaders, readEventHeaders } from './event-headers';
import { isPlainHeaderValue } from './header-value';
import { isJsonType, readMediaType } from './media-type';
import { isUriReference } from './uri';

/** What a receiver accepts beyond the specification. */
export interface DecodeOptions {
  /**
   * The `traceparent` header becomes the attribute of that name when the event has none.
   * @default false
   */
  traceparent?: boolean;
  /**
   * A JSON body without `ce-` headers is read as a structured event.
   * @default false
   */
  json?: boolean;
  /**
   * Integers in the data that a number does not hold, from 2^53 on, become BigInts.
   * @default false
   */
  exactIntegers?: boolean | undefined;
  /**
   * Called with a message when part of an event is left out: a `dataschema` that is not a URI.
   * @default no warnings
   */
  warn?: (message: string) => void;
}

/**
 * Decodes the event, or the batch of events, that an HTTP message carries.
 * @param rawHeaders names and values in turn, as in node's `rawHeaders`
 * @throws HttpError 400 `INVALID_CLOUDEVENT` or `INVALID_JSON` for an invalid event; 415
 *   `NOT_A_CLOUDEVENT` when there is none, `UNSUPPORTED_FORMAT` for a format other than JSON.
 */
export function decodeCloudEvent(
  rawHeaders: readonly string[],
  body: Buffer,
  options: DecodeOptions = {},
): CloudEvent | CloudEvent[] {
  return decodeMessage(readEventHeaders(rawHeaders), body, options);
}

/** The same for a message whose headers were read. */
export function decodeMessage(
  headers: EventHeaders,
  body: Buffer,
  options: DecodeOptions,
): CloudEvent | CloudEvent[] {
  const { mode, contentType, traceparent } = headers;
  if (mode === 'binary') return decodeBinary(headers, body, options);
  if (mode === 'batch') return decodeBatch(body, contentType, options);
  if (mode === undefined && !(options.json && isPlainJson(contentType))) {
    throw notAnEvent(contentType);
  }
  const event = decodeStructured(body, contentType, options);
  if (options.traceparent) addTraceparent(event, traceparent);
  return event;
}

function decodeBinary(headers: EventHeaders, body: Buffer, options: DecodeOptions): CloudEvent {
  const { attributes: event, contentType, traceparent, encoded, problem } = headers;
  if (problem !== undefined) throw invalidEvent(problem);
  if (contentType !== undefined) event['datacontenttype'] = contentType;
  if (encoded !== undefined) restoreUris(event, encoded);
  requireContext(event, options.warn);
  if (options.traceparent) addTraceparent(event, traceparent);
  if (body.length > 0) addData(event, body, jsonParser(options.exactIntegers));
  return event as CloudEvent;
}

/**
 * The SDKs of Go, Java, JavaScript and Rust do not percent-encode: they write a URI with its own escapes,
 * `/my%20dir`. Where decoding leaves no URI, `/my dir`, the attribute is what was sent.
 */
function restoreUris(
  event: Record<string, unknown>,
  encoded: Readonly<Record<string, string>>,
): void {
  for (const name of ['source', event['specversion'] === '0.3' ? 'schemaurl' : 'dataschema']) {
    const sent = encoded[name];
    if (sent === undefined || isUriReference(event[name] as string)) continue;
    if (isUriReference(sent)) event[name] = sent;
  }
}

function addData(event: Record<string, unknown>, body: Buffer, parse: JsonParser): void {
  let bytes: Buffer | undefined = body;
  if (event['specversion'] === '0.3' && isBase64Encoding(event['datacontentencoding'])) {
    bytes = decodeBase64(body.toString('latin1'));
    if (bytes === undefined) throw invalidEvent('the body must be base64, as its encoding says');
    delete event['datacontentencoding'];
  }
  event['data'] = decodeData(bytes, event['datacontenttype'] as string | undefined, parse);
  defineToJSON(event);
}

function addTraceparent(event: Record<string, unknown>, traceparent: string | undefined): void {
  if (traceparent === undefined || Object.hasOwn(event, 'traceparent')) return;
  if (isPlainHeaderValue(traceparent)) event['traceparent'] = traceparent;
}

function isPlainJson(contentType: string | undefined): boolean {
  const type = contentType === undefined ? undefined : readMediaType(contentType);
  return type !== undefined && isJsonType(type);
}

function notAnEvent(contentType: string | undefined): HttpError {
  const type = contentType === undefined ? 'missing' : quote(contentType);
  return new HttpError(
    415,
    'NOT_A_CLOUDEVENT',
    'The request is not a CloudEvent: it has no ce- headers (ce-id, ce-source, ce-specversion and ' +
      `ce-type make a binary one), and its Content-Type is ${type}, not ` +
      'application/cloudevents+json (a structured one).',
  );
}
