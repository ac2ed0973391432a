import { isAscii } from 'node:buffer';
import { HttpError } from '../core/errors';
import { type JsonParser, jsonParser } from '../core/json';
import { decodeBase64, isAttributeName } from './attribute-syntax';
import { defineToJSON, invalidEvent, requireContext } from './decoded-event';
import { type CloudEvent, findAttributeProblem, isBase64Encoding, problemOf, quote } from './event';
import { decodeData, decodeText, parseJsonText, readJsonText } from './event-data';
import { countMembers, findLastData, findMemberProblem } from './json-members';
import { contentMode, isJsonType, readMediaType } from './media-type';

const BATCH_TYPE = 'application/cloudevents-batch+json';

/** How the JSON event format is read. */
export interface JsonFormatOptions {
  /** Whether integers that a number does not hold become BigInts. @default false */
  exactIntegers?: boolean | undefined;
  /** Called with a message when part of an event was left out. @default no warnings */
  warn?: ((message: string) => void) | undefined;
}

/**
 * Decodes an event in structured mode: the body is the whole event, in the JSON event format.
 * @param contentType `application/cloudevents+json` or a JSON type
 * @throws HttpError 400 `INVALID_CLOUDEVENT` or `INVALID_JSON`, 415 `UNSUPPORTED_FORMAT`.
 */
export function decodeStructured(
  body: Buffer,
  contentType: string | undefined,
  options: JsonFormatOptions,
): CloudEvent {
  requireJsonFormat(contentType, 'application/cloudevents+json');
  const text = readJsonText(body, 'The structured CloudEvent');
  const parse = jsonParser(options.exactIntegers);
  const value = parseJsonText(text, 'The structured CloudEvent', parse);
  if (!isObject(value)) {
    const hint = Array.isArray(value) ? `: a batch is sent as ${BATCH_TYPE}` : '';
    throw invalidEvent(`a structured event must be a JSON object, not ${quote(value)}${hint}`);
  }
  checkHidden(text, 1, [value]);
  return readEvent(value, isPlain(body, text), options);
}

/**
 * Decodes events in batched mode: the body is a JSON array of events, maybe an empty one.
 * @param contentType `application/cloudevents-batch+json`
 * @throws HttpError as {@link decodeStructured} does, for the first invalid event of the batch.
 */
export function decodeBatch(
  body: Buffer,
  contentType: string | undefined,
  options: JsonFormatOptions,
): CloudEvent[] {
  requireJsonFormat(contentType, BATCH_TYPE);
  const text = readJsonText(body, 'The batch of CloudEvents');
  const parse = jsonParser(options.exactIntegers);
  const values = parseJsonText(text, 'The batch of CloudEvents', parse);
  if (!Array.isArray(values)) {
    throw invalidEvent(`a batch must be a JSON array of events, not ${quote(values)}`);
  }
  const odd = values.findIndex((value) => !isObject(value));
  if (odd >= 0) throw invalidEvent(`event ${odd} of the batch must be a JSON object`);
  checkHidden(text, 2, values);
  return readBatch(values, isPlain(body, text), options);
}

/** Tells whether all strings of a JSON text are printable ASCII. Most are (−0.5 µs). */
function isPlain(body: Buffer, text: string): boolean {
  // JSON has control characters only behind a backslash, but for DEL.
  return isAscii(body) && !text.includes('\\') && !text.includes('\x7f');
}

function readBatch(
  values: Record<string, unknown>[],
  isPlain: boolean,
  options: JsonFormatOptions,
): CloudEvent[] {
  return values.map((value, index) => {
    try {
      const event = readEvent(value, isPlain, options);
      // Spec, Message: all events of a batch have the same specversion.
      const version = values[0]?.['specversion'];
      if (event.specversion === version) return event;
      const rule = `must be ${quote(version)}, as in event 0`;
      throw invalidEvent(problemOf('specversion', event.specversion, rule));
    } catch (cause) {
      const { status, code, message } = cause as HttpError;
      throw new HttpError(status, code, `Event ${index} of the batch: ${message}`, { cause });
    }
  });
}

/** Turns a JSON object into an event, in place: a copy costs 0.4 µs per event. */
function readEvent(
  event: Record<string, unknown>,
  isPlain: boolean,
  options: JsonFormatOptions,
): CloudEvent {
  for (const name of Object.keys(event)) {
    const value = event[name];
    if (name === 'data') continue;
    // JSON format §2.2: null means absent.
    if (value === null) delete event[name];
    if (name === 'data_base64' || value === null) continue;
    const isGood = isPlain && typeof value === 'string' && isAttributeName(name);
    const problem = isGood ? undefined : findAttributeProblem(name, value);
    if (problem !== undefined) throw invalidEvent(problem);
  }
  requireContext(event, options.warn);
  readData(event, jsonParser(options.exactIntegers));
  return event as CloudEvent;
}

function readData(event: Record<string, unknown>, parse: JsonParser): void {
  const isVersion03 = event['specversion'] === '0.3';
  if (Object.hasOwn(event, 'data_base64')) {
    if (Object.hasOwn(event, 'data') && event['data'] !== null) {
      throw invalidEvent('"data" and "data_base64" exclude each other');
    }
    // Version 0.3 has no such member, but the SDK of JavaScript writes it for bytes of both versions.
    const { data_base64: base64 } = event;
    delete event['data_base64'];
    readBytes(event, base64, parse);
  } else if (
    isVersion03 &&
    Object.hasOwn(event, 'data') &&
    isBase64Encoding(event['datacontentencoding'])
  ) {
    readBytes(event, event['data'], parse);
  } else if (typeof event['data'] === 'string') {
    event['data'] = decodeText(event['data'], event['datacontenttype'] as string | undefined);
    defineToJSON(event);
  }
}

function readBytes(event: Record<string, unknown>, base64: unknown, parse: JsonParser): void {
  const bytes = typeof base64 === 'string' ? decodeBase64(base64) : undefined;
  if (bytes === undefined) {
    throw invalidEvent(`the base64 data is ${quote(base64)}, which is not base64 (RFC 4648 §4)`);
  }
  if (event['specversion'] === '0.3') delete event['datacontentencoding'];
  // An empty text is not JSON: empty data stays bytes.
  const type = bytes.length === 0 ? undefined : (event['datacontenttype'] as string | undefined);
  event['data'] = readTyped(bytes, type, parse);
  defineToJSON(event);
}

/**
 * The value of decoded bytes by their type. The presence of base64 says that they are bytes (JSON format
 * §3.1.2): those that are not what their type says stay bytes.
 */
function readTyped(bytes: Buffer, type: string | undefined, parse: JsonParser): unknown {
  try {
    return decodeData(bytes, type, parse);
  } catch {
    return bytes;
  }
}

/** Checks what `JSON.parse` hides. Only events that may have such a problem are scanned. */
function checkHidden(text: string, depth: number, events: Record<string, unknown>[]): void {
  let members = 0;
  let hasNumbers = false;
  for (const event of events) {
    // for…in is −0.2 µs; a name on the prototype only leads to a scan.
    for (const name in event) {
      members++;
      hasNumbers ||= typeof event[name] === 'number' && name !== 'data';
    }
  }
  if (!hasNumbers) {
    const end = depth === 1 ? findLastData(text, events[0]?.['data']) : -1;
    const count = end < 0 ? countMembers(text, depth, text.length) : countMembers(text, 1, end) + 1;
    if (count === members) return;
  }
  const problem = findMemberProblem(text, depth);
  if (problem !== undefined) throw invalidEvent(problem);
}

function requireJsonFormat(contentType: string | undefined, format: string): void {
  if (contentType === format) return;
  const type = contentType === undefined ? undefined : readMediaType(contentType);
  const isEventType = contentMode(type?.type) !== 'binary';
  if (type === undefined || (isEventType ? type.type !== format : !isJsonType(type))) {
    const message = `CloudEvents in ${quote(contentType)} are not understood. Send ${format}.`;
    throw new HttpError(415, 'UNSUPPORTED_FORMAT', message);
  }
  // RFC 8259 §8.1: JSON between systems is UTF-8.
  if (type.charset === undefined || /^(utf-?8|us-ascii)$/.test(type.charset)) return;
  const message = `CloudEvents in charset ${quote(type.charset)} are not understood. Send UTF-8.`;
  throw new HttpError(415, 'UNSUPPORTED_CHARSET', message);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
