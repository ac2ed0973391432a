import { HttpError } from '../core/errors';
import { findHeader, isHeader } from '../core/raw-headers';
import { decodeBase64, isAttributeName, isAttributeString } from './attribute-syntax';
import { decodeBatch, decodeStructured } from './decode-json';
import { defineToJSON, invalidEvent, requireContext } from './decoded-event';
import {
  type CloudEvent,
  isBase64Encoding,
  nameProblem,
  problemOf,
  quote,
  stringProblem,
} from './event';
import { decodeData } from './event-data';
import { decodeHeaderValue, isPlainHeaderValue, readUtf8 } from './header-value';
import { type ContentMode, contentMode, isJsonType, readMediaType } from './media-type';

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
   * Called with a message when part of an event is left out: a `dataschema` that is not a URI.
   * @default no warnings
   */
  warn?: (message: string) => void;
}

/**
 * Decodes the event, or the batch of events, that an HTTP message carries.
 * @param rawHeaders names and values in turn, as in node's `rawHeaders`
 * @param mode what {@link findContentMode} found
 * @throws HttpError 400 `INVALID_CLOUDEVENT` or `INVALID_JSON` for an invalid event; 415
 *   `NOT_A_CLOUDEVENT` when there is none, `UNSUPPORTED_FORMAT` for a format other than JSON.
 */
export function decodeCloudEvent(
  rawHeaders: readonly string[],
  body: Buffer,
  options: DecodeOptions = {},
  mode: ContentMode | undefined = findContentMode(rawHeaders),
): CloudEvent | CloudEvent[] {
  if (mode === 'binary') return decodeBinary(rawHeaders, body, options);
  const contentType = findHeader(rawHeaders, 'content-type');
  if (mode === 'batch') return decodeBatch(body, contentType, options.warn);
  if (mode === undefined && !(options.json && isPlainJson(contentType))) {
    throw notAnEvent(contentType);
  }
  const event = decodeStructured(body, contentType, options.warn);
  if (options.traceparent) addTraceparent(event, findHeader(rawHeaders, 'traceparent'));
  return event;
}

/**
 * The content mode of a message. Content-Type decides, even beside `ce-` headers (HTTP binding §3).
 * @returns undefined when the message has neither an event media type nor `ce-` headers.
 */
export function findContentMode(rawHeaders: readonly string[]): ContentMode | undefined {
  let hasAttributes = false;
  let isKnown = false;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const header = rawHeaders[i] as string;
    if (isAttributeHeader(header)) hasAttributes = true;
    else if (header.length === 12 && !isKnown && isHeader(header, 'content-type')) {
      const mode = contentMode(rawHeaders[i + 1]);
      if (mode !== 'binary') return mode;
      isKnown = true;
    }
  }
  return hasAttributes ? 'binary' : undefined;
}

function decodeBinary(
  rawHeaders: readonly string[],
  body: Buffer,
  options: DecodeOptions,
): CloudEvent {
  const event: Record<string, unknown> = {};
  let contentType: string | undefined;
  let traceparent: string | undefined;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const header = rawHeaders[i] as string;
    const value = rawHeaders[i + 1] as string;
    if (isAttributeHeader(header)) {
      addAttribute(event, header, value);
    } else if (header.length === 12 && isHeader(header, 'content-type')) {
      if (contentType !== undefined) throw invalidEvent('the Content-Type header comes twice');
      contentType = value;
    } else if (header.length === 11 && isHeader(header, 'traceparent')) {
      traceparent ??= value;
    }
  }
  if (contentType !== undefined) event['datacontenttype'] = contentType;
  requireContext(event, options.warn);
  if (options.traceparent) addTraceparent(event, traceparent);
  if (body.length > 0) addData(event, body);
  return event as CloudEvent;
}

function addData(event: Record<string, unknown>, body: Buffer): void {
  let bytes: Buffer | undefined = body;
  if (event['specversion'] === '0.3' && isBase64Encoding(event['datacontentencoding'])) {
    bytes = decodeBase64(body.toString('latin1'));
    if (bytes === undefined) throw invalidEvent('the body must be base64, as its encoding says');
    delete event['datacontentencoding'];
  }
  event['data'] = decodeData(bytes, event['datacontenttype'] as string | undefined);
  defineToJSON(event);
}

function addAttribute(event: Record<string, unknown>, header: string, value: string): void {
  const name = nameOf(header);
  // HTTP binding §3.1.1: binary messages have Content-Type instead.
  if (name === 'datacontenttype') return;
  if (Object.hasOwn(event, name)) throw invalidEvent(`the ce-${name} header comes twice`);
  event[name] = isPlainHeaderValue(value) ? value : decodeValue(name, value);
}

/** The attribute name of a `ce-` header; the common ones without building a string. */
function nameOf(header: string): string {
  switch (header) {
    case 'ce-id':
      return 'id';
    case 'ce-source':
      return 'source';
    case 'ce-specversion':
      return 'specversion';
    case 'ce-type':
      return 'type';
    case 'ce-time':
      return 'time';
    case 'ce-subject':
      return 'subject';
  }
  const name = header.slice(3).toLowerCase();
  if (!isAttributeName(name)) throw invalidEvent(nameProblem(name));
  return name;
}

function decodeValue(name: string, value: string): string {
  // Percent-encoded is what the binding asks for; the SDKs of Go, Java and JavaScript do not all do it.
  const raw = readUtf8(value);
  if (raw === undefined) {
    throw invalidEvent(problemOf(name, value, 'must be UTF-8, percent-encoded outside of ASCII'));
  }
  const text = decodeHeaderValue(raw);
  if (text === undefined) {
    throw invalidEvent(problemOf(name, value, 'must be percent-encoded UTF-8'));
  }
  if (!isAttributeString(text)) throw invalidEvent(stringProblem(name, text));
  return text;
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

function isAttributeHeader(header: string): boolean {
  return (
    header.charCodeAt(2) === 0x2d &&
    (header.charCodeAt(0) | 0x20) === 0x63 &&
    (header.charCodeAt(1) | 0x20) === 0x65
  );
}
