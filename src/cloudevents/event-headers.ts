import { isHeader } from '../core/raw-headers';
import { isAttributeName, isAttributeString } from './attribute-syntax';
import { nameProblem, problemOf, stringProblem } from './event';
import { decodeHeaderValue, isPlainHeaderValue, readUtf8 } from './header-value';
import { type ContentMode, contentMode } from './media-type';

/** What the headers of a message say about an event. */
export interface EventHeaders {
  /** Undefined when the message has neither an event media type nor `ce-` headers. */
  mode: ContentMode | undefined;
  /** The first Content-Type. */
  contentType: string | undefined;
  /** The first traceparent. */
  traceparent: string | undefined;
  /** The context attributes of an event in binary mode. */
  attributes: Record<string, unknown>;
  /** What attributes were before they were decoded, where that changed them. */
  encoded: Record<string, string> | undefined;
  /** The first problem of an event in binary mode. */
  problem: string | undefined;
}

/**
 * Reads the headers of a message, in one walk.
 * @param rawHeaders names and values in turn, as in node's `rawHeaders`
 */
export function readEventHeaders(rawHeaders: readonly string[]): EventHeaders {
  const headers: EventHeaders = {
    mode: undefined,
    contentType: undefined,
    traceparent: undefined,
    attributes: {},
    encoded: undefined,
    problem: undefined,
  };
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    const value = rawHeaders[i + 1] as string;
    if (isAttributeHeader(name)) {
      headers.mode ??= 'binary';
      addAttribute(headers, name, value);
    } else if (name.length === 12 && isHeader(name, 'content-type')) {
      addContentType(headers, value);
    } else if (name.length === 11 && isHeader(name, 'traceparent')) {
      headers.traceparent ??= value;
    }
  }
  return headers;
}

/** Content-Type decides on the mode, even beside `ce-` headers (HTTP binding §3). */
function addContentType(headers: EventHeaders, value: string): void {
  if (headers.contentType !== undefined) {
    headers.problem ??= 'the Content-Type header comes twice';
    return;
  }
  headers.contentType = value;
  const mode = contentMode(value);
  if (mode !== 'binary') headers.mode = mode;
}

function addAttribute(headers: EventHeaders, header: string, value: string): void {
  const { attributes } = headers;
  const name = attributeName(header);
  // HTTP binding §3.1.1: binary messages have Content-Type instead.
  if (name === 'datacontenttype') return;
  if (name === undefined) headers.problem ??= nameProblem(header.slice(3).toLowerCase());
  else if (Object.hasOwn(attributes, name)) headers.problem ??= `the ce-${name} header comes twice`;
  else if (isPlainHeaderValue(value)) attributes[name] = value;
  else addEncodedAttribute(headers, name, value);
}

/** The attribute that a `ce-` header names; the common ones without building a string. */
function attributeName(header: string): string | undefined {
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
  return isAttributeName(name) ? name : undefined;
}

function addEncodedAttribute(headers: EventHeaders, name: string, value: string): void {
  // Percent-encoded is what the binding asks for; the SDKs of Go, Java and JavaScript do not all do it.
  const raw = readUtf8(value);
  if (raw === undefined) {
    const rule = 'must be UTF-8, percent-encoded outside of ASCII';
    headers.problem ??= problemOf(name, value, rule);
    return;
  }
  const text = decodeHeaderValue(raw);
  if (text === undefined) {
    headers.problem ??= problemOf(name, value, 'must be percent-encoded UTF-8');
  } else if (isAttributeString(text)) {
    headers.attributes[name] = text;
    if (text === raw) return;
    headers.encoded ??= {};
    headers.encoded[name] = raw;
  } else {
    headers.problem ??= stringProblem(name, text);
  }
}

function isAttributeHeader(header: string): boolean {
  return (
    header.charCodeAt(2) === 0x2d &&
    (header.charCodeAt(0) | 0x20) === 0x63 &&
    (header.charCodeAt(1) | 0x20) === 0x65
  );
}
