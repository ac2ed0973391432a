import { BarefnError } from '../core/errors';
import { stringifyJson } from '../core/json';
import type { MediaType } from '../core/media-type';
import { messageOf } from '../core/thrown';
import { decodeBase64 } from './attribute-syntax';
import {
  type Attributes,
  findAttributeProblem,
  findContextProblem,
  isBase64Encoding,
  problemOf,
  quote,
} from './event';
import { encodeText, isWritable } from './event-data';
import { encodeHeaderValue } from './header-value';
import { type ContentMode, contentMode, isJsonType, readMediaType } from './media-type';

/** An event to send: a CloudEvent whose time may be a Date and whose extensions may be bytes. */
export interface OutgoingCloudEvent<T = unknown> {
  id: string;
  source: string;
  specversion: string;
  type: string;
  datacontenttype?: string | undefined;
  dataschema?: string | undefined;
  subject?: string | undefined;
  time?: string | Date | undefined;
  /** Bytes, or a JSON value for a JSON type and for no type, else a string. */
  data?: T | undefined;
  data_base64?: string | undefined;
  [name: string]: unknown;
}

/** The headers and the body that carry one event or a batch. */
export interface EncodedCloudEvent {
  /** Names are in lower case. */
  headers: Record<string, string>;
  /** The body; undefined for an event without data in binary mode. */
  body: Buffer | string | undefined;
}

/**
 * Encodes an event for an HTTP message, request or response.
 * @param mode `binary`: attributes as `ce-` headers, data as the body. `structured`: all in a JSON
 *   body. `batch`: an array of events in a JSON body. @default binary, but structured
 *   for an event that binary mode cannot carry.
 * @throws BarefnError `INVALID_CLOUDEVENT` when the event is not valid.
 */
export function encodeCloudEvent(
  event: OutgoingCloudEvent | readonly OutgoingCloudEvent[],
  mode?: ContentMode,
): EncodedCloudEvent {
  if (mode === 'batch') {
    if (!Array.isArray(event)) throw unsendable('mode "batch" takes an array of events');
    return encodeBatch(event);
  }
  const isEvent = typeof event === 'object' && event !== null && !Array.isArray(event);
  if (!isEvent) throw unsendable(`mode "${mode ?? 'binary'}" takes one event, not ${quote(event)}`);
  if ((mode ?? modeOf(event as OutgoingCloudEvent)) === 'binary')
    return encodeBinary(event as OutgoingCloudEvent);
  return {
    headers: { 'content-type': 'application/cloudevents+json' },
    body: stringify(envelopeOf(event as OutgoingCloudEvent)),
  };
}

/** Binary mode, or structured mode for an event that binary mode cannot carry. */
function modeOf({ datacontenttype, data }: OutgoingCloudEvent): ContentMode {
  if (typeof datacontenttype !== 'string') return 'binary';
  if (contentMode(datacontenttype) !== 'binary') return 'structured';
  const type = readMediaType(datacontenttype);
  const isText = type !== undefined && data !== undefined && bytesOf(data) === undefined;
  return isText && !isWritable(type) ? 'structured' : 'binary';
}

function encodeBatch(events: readonly OutgoingCloudEvent[]): EncodedCloudEvent {
  const envelopes = events.map(envelopeOf);
  const version = envelopes[0]?.['specversion'];
  const other = envelopes.find((envelope) => envelope['specversion'] !== version);
  if (other) {
    const rule = `must be ${quote(version)} as in the first event of the batch`;
    throw unsendable(problemOf('specversion', other['specversion'], rule));
  }
  return {
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: stringify(envelopes),
  };
}

function encodeBinary(event: OutgoingCloudEvent): EncodedCloudEvent {
  const { datacontenttype, ...attributes } = attributesOf(event);
  const headers: Record<string, string> = {};
  for (const name of Object.keys(attributes)) {
    headers[`ce-${name}`] = encodeHeaderValue(String(attributes[name]));
  }
  const data = dataOf(event);
  let type = datacontenttype as string | undefined;
  // HTTP binding §3: a receiver would take the data for the event.
  if (contentMode(type) !== 'binary') {
    const rule =
      'in binary mode receivers would take its data for the event; use mode "structured"';
    throw unsendable(problemOf('datacontenttype', type, rule));
  }
  // Spec, datacontenttype: the JSON that the event format implies is named where nothing implies it.
  if (data !== undefined && !Buffer.isBuffer(data)) type ??= 'application/json';
  if (type !== undefined) headers['content-type'] = type;
  return { headers, body: bodyOf(data, type) };
}

function bodyOf(data: unknown, contentType: string | undefined): Buffer | string | undefined {
  if (data === undefined || Buffer.isBuffer(data)) return data;
  const type = readMediaType(contentType as string) as MediaType;
  const text = isJsonType(type) ? stringify(data) : requireText(data, contentType);
  return encodeText(text, type);
}

/** The event in the JSON event format. */
function envelopeOf(event: OutgoingCloudEvent): Record<string, unknown> {
  const envelope = attributesOf(event);
  const data = dataOf(event);
  if (data === undefined) return envelope;
  if (Buffer.isBuffer(data)) {
    if (envelope['specversion'] === '0.3') envelope['datacontentencoding'] = 'base64';
    envelope[envelope['specversion'] === '0.3' ? 'data' : 'data_base64'] = data.toString('base64');
    return envelope;
  }
  const contentType = envelope['datacontenttype'] as string | undefined;
  const isJson = contentType === undefined || isJsonType(readMediaType(contentType) as MediaType);
  envelope['data'] = isJson ? data : requireText(data, contentType);
  return envelope;
}

/** The checked attributes of an event, without absent ones; dates and bytes become text. */
function attributesOf(event: OutgoingCloudEvent): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  // Context attributes are read by name: they may be accessors of a class.
  for (const name of ['specversion', 'id', 'source', 'type', ...Object.keys(event)]) {
    const value = event[name];
    if (name === 'data' || name === 'data_base64' || value === undefined || value === null)
      continue;
    const text = textOf(value);
    const problem = findAttributeProblem(name, text);
    if (problem !== undefined) throw unsendable(problem);
    attributes[name] = text;
  }
  const problem = findContextProblem(attributes);
  if (problem !== undefined) throw unsendable(problem);
  // In version 0.3 this attribute follows from the data.
  if (attributes['specversion'] === '0.3') delete attributes['datacontentencoding'];
  return attributes;
}

// Spec, Type System: a Timestamp is written by RFC 3339, a Binary in base64.
function textOf(value: unknown): unknown {
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  return bytesOf(value)?.toString('base64') ?? value;
}

/** The data of an event: a Buffer for bytes, else the value; undefined for none. */
function dataOf(event: OutgoingCloudEvent): unknown {
  const { data, data_base64: base64 } = event as Attributes;
  const bytes = bytesOf(data);
  if (base64 !== undefined && base64 !== null) {
    // Events of the cloudevents package have bytes in both.
    if (data !== undefined && data !== null && !bytes)
      throw unsendable('"data" and "data_base64" exclude each other');
    return requireBase64(base64);
  }
  if (bytes) return bytes;
  if (typeof data === 'function' || typeof data === 'symbol') {
    throw unsendable(`its data is ${quote(data)}, which JSON cannot hold`);
  }
  const isEncoded =
    event.specversion === '0.3' && isBase64Encoding((event as Attributes)['datacontentencoding']);
  return isEncoded && data !== undefined ? requireBase64(data) : data;
}

function requireBase64(text: unknown): Buffer {
  const bytes = typeof text === 'string' ? decodeBase64(text) : undefined;
  if (!bytes) throw unsendable(`its base64 data is ${quote(text)}, which is not base64`);
  return bytes;
}

function requireText(data: unknown, contentType: unknown): string {
  if (typeof data === 'string') return data;
  throw unsendable(
    `data of type ${quote(contentType)} must be a string or bytes, not ${quote(data)}`,
  );
}

function bytesOf(value: unknown): Buffer | undefined {
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (!ArrayBuffer.isView(value)) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

function stringify(value: unknown): string {
  let text: string | undefined;
  try {
    text = stringifyJson(value);
  } catch (cause) {
    throw unsendable(`its data is not JSON: ${messageOf(cause)}`, cause);
  }
  if (text === undefined) throw unsendable(`its data is ${quote(value)}, which JSON cannot hold`);
  return text;
}

function unsendable(problem: string, cause?: unknown): BarefnError {
  const message = `The CloudEvent cannot be sent: ${problem}.`;
  return new BarefnError('INVALID_CLOUDEVENT', message, cause === undefined ? {} : { cause });
}
