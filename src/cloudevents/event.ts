import { isAttributeName, isAttributeString, isTimestamp } from './attribute-syntax';
import { isUsualJsonType, readMediaType } from './media-type';
import { isUri, isUriReference } from './uri';

/**
 * A CloudEvent: context attributes, extension attributes and `data` side by side. Its shape is the
 * one of `CloudEventV1` in the `cloudevents` package, either may stand where the other is asked for.
 * Attributes that the sender left out are absent.
 *
 * Decoded `data` is the JSON value for JSON media types, a string for `text/*`, XML and types with a
 * charset, else a Buffer, in every content mode alike. `JSON.stringify` of a decoded event gives the JSON event format.
 * @see https://github.com/cloudevents/spec/blob/main/cloudevents/spec.md
 */
export interface CloudEvent<T = unknown> {
  /** Names the event; `source` and `id` together are unique. */
  id: string;
  /** The context in which the event happened, a URI-reference. */
  source: string;
  /** The version of the CloudEvents specification: `1.0` or `0.3`. */
  specversion: string;
  /** What happened, for example `com.github.pull_request.opened`. */
  type: string;
  /** The media type of `data`, for example `application/json`. */
  datacontenttype?: string;
  /** The schema of `data`, an absolute URI. */
  dataschema?: string;
  /** What the event is about, within `source`. */
  subject?: string;
  /** When it happened: an RFC 3339 time, character for character as it was sent. */
  time?: string;
  /** The payload. */
  data?: T;
  /** Bytes in base64, on events to be sent; decoded events have their bytes in `data`. */
  data_base64?: string;
  /** Extension attributes: strings, and in structured mode also booleans and integers. */
  [name: string]: unknown;
}

/** An event or part of one, not yet checked. */
export type Attributes = Readonly<Record<string, unknown>>;

/**
 * Finds why `event` is not a CloudEvent: a required attribute is missing, or a context attribute
 * breaks its rule. Extension attributes have {@link findAttributeProblem}.
 * @returns the problem, as part of a sentence, or undefined for a valid event.
 */
export function findContextProblem(event: Attributes): string | undefined {
  const version = event['specversion'];
  return (
    findMissing(event) ??
    (version === '1.0' || version === '0.3'
      ? undefined
      : problemOf('specversion', version, 'must be "1.0" or "0.3"')) ??
    findTextProblem('id', event['id']) ??
    findTextProblem('type', event['type']) ??
    findSourceProblem(event['source']) ??
    findOptionalProblem(event) ??
    (version === '1.0' ? findSchemaProblem(event, 'dataschema') : findVersion03Problem(event))
  );
}

/**
 * Finds what is wrong with one attribute: its name, its type or its characters.
 * @returns the problem, as part of a sentence, or undefined for a valid attribute.
 */
export function findAttributeProblem(name: string, value: unknown): string | undefined {
  if (!isAttributeName(name)) return nameProblem(name);
  if (typeof value === 'string') {
    return isAttributeString(value) ? undefined : stringProblem(name, value);
  }
  if (typeof value === 'boolean') return undefined;
  if (typeof value === 'number') {
    return (value | 0) === value ? undefined : problemOf(name, value, 'must be a 32-bit integer');
  }
  if (typeof value === 'bigint') return problemOf(name, value, 'must be a 32-bit integer');
  return problemOf(name, value, 'must be a string, a boolean or an integer');
}

/** The problem of an invalid attribute name. */
export function nameProblem(name: string): string {
  const rule = 'must be made of a-z and 0-9, and not be "data"';
  return `the attribute name ${quote(name)} ${rule}`;
}

/** The problem of a String with forbidden characters. */
export function stringProblem(name: string, value: string): string {
  return problemOf(
    name,
    value,
    'must not hold control characters, noncharacters or lone surrogates',
  );
}

/** Says that an attribute has a value which breaks `rule`. */
export function problemOf(name: string, value: unknown, rule: string): string {
  return `attribute "${name}" is ${quote(value)}, but ${rule}`;
}

/** A value as messages show it: text in quotes, cut after 40 characters. */
export function quote(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  }
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? 'an array' : 'an object';
  }
  return typeof value === 'function' ? 'a function' : String(value);
}

function findMissing(event: Attributes): string | undefined {
  const isComplete =
    event['id'] !== undefined &&
    event['source'] !== undefined &&
    event['specversion'] !== undefined &&
    event['type'] !== undefined;
  if (isComplete) return undefined;
  const missing = ['id', 'source', 'specversion', 'type'].filter((n) => event[n] === undefined);
  return `required attribute ${missing.map((name) => `"${name}"`).join(', ')} missing`;
}

function findTextProblem(name: string, value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return undefined;
  return problemOf(name, value, 'must be a non-empty string');
}

function findSourceProblem(source: unknown): string | undefined {
  if (typeof source === 'string' && source !== '' && isUriReference(source)) return undefined;
  return problemOf('source', source, 'must be a non-empty URI-reference (RFC 3986)');
}

function findOptionalProblem(event: Attributes): string | undefined {
  const { datacontenttype, subject, time } = event;
  if (time !== undefined && !(typeof time === 'string' && isTimestamp(time))) {
    return problemOf('time', time, 'must be an RFC 3339 time such as 2020-01-02T03:04:05Z');
  }
  if (subject !== undefined && (typeof subject !== 'string' || subject === '')) {
    return problemOf('subject', subject, 'must be a non-empty string');
  }
  if (datacontenttype === undefined || isUsualJsonType(datacontenttype)) return undefined;
  return typeof datacontenttype === 'string' &&
    !datacontenttype.includes('\t') &&
    readMediaType(datacontenttype)
    ? undefined
    : problemOf('datacontenttype', datacontenttype, 'must be a media type such as text/plain');
}

/** Finds the problem of the attribute that names the schema, which version 0.3 calls `schemaurl`. */
export function findSchemaProblem(
  event: Attributes,
  name: 'dataschema' | 'schemaurl',
): string | undefined {
  const schema = event[name];
  if (schema === undefined) return undefined;
  if (name === 'dataschema') {
    if (typeof schema === 'string' && isUri(schema)) return undefined;
    return problemOf(name, schema, 'must be an absolute URI (RFC 3986)');
  }
  if (typeof schema === 'string' && schema !== '' && isUriReference(schema)) return undefined;
  return problemOf(name, schema, 'must be a non-empty URI-reference (RFC 3986)');
}

// Version 0.3 says when data is base64 text.
function findVersion03Problem(event: Attributes): string | undefined {
  const problem = findSchemaProblem(event, 'schemaurl');
  if (problem !== undefined) return problem;
  const { datacontentencoding } = event;
  if (datacontentencoding === undefined || isBase64Encoding(datacontentencoding)) return undefined;
  return problemOf('datacontentencoding', datacontentencoding, 'must be "base64"');
}

/** Tells whether a version 0.3 datacontentencoding is base64; in any case (RFC 2045 §6.1). */
export function isBase64Encoding(encoding: unknown): boolean {
  return typeof encoding === 'string' && encoding.toLowerCase() === 'base64';
}
