import { isAscii, isUtf8 } from 'node:buffer';
import { BarefnError, HttpError } from '../core/errors';
import type { JsonParser } from '../core/json';
import type { MediaType } from '../core/media-type';
import { quote } from './event';
import { isJsonType, isTextType, isUsualJsonType, readMediaType } from './media-type';

/** Names the data in messages. */
const DATA = 'The data of the CloudEvent';

/**
 * Turns the bytes of an event into its data: the JSON value of a JSON type, the string of a text
 * type, else the bytes themselves. Text that is malformed in its charset stays bytes, so that nothing is lost.
 * @param contentType a media type, or undefined for none
 * @throws HttpError 400 when a JSON type has bytes that are not JSON; 415 for an unknown charset.
 */
export function decodeData(
  bytes: Buffer,
  contentType: string | undefined,
  parse: JsonParser,
): unknown {
  if (contentType === undefined) return bytes;
  if (isUsualJsonType(contentType)) return parseJson(bytes, DATA, parse);
  const type = readMediaType(contentType);
  if (type === undefined) return bytes;
  if (isJsonType(type)) return parseJsonIn(bytes, type, parse);
  if (isTextType(type)) return readText(bytes, type.charset) ?? bytes;
  return bytes;
}

/**
 * Turns data that is text in the JSON format into what the same data is in binary mode, by its type.
 * @param contentType a media type, or undefined for none, which stands for JSON
 */
export function decodeText(text: string, contentType: string | undefined): string | Buffer {
  if (contentType === undefined || isUsualJsonType(contentType)) return text;
  const type = readMediaType(contentType);
  const isText = type === undefined || isJsonType(type) || isTextType(type);
  return isText ? text : Buffer.from(text, 'utf8');
}

/**
 * Parses bytes as JSON (RFC 8259: UTF-8; a byte order mark is skipped).
 * @param what names the text in the message of the error
 * @throws HttpError 400 when the bytes are not JSON.
 */
function parseJson(bytes: Buffer, what: string, parse: JsonParser): unknown {
  return parseJsonText(readJsonText(bytes, what), what, parse);
}

/** The text of JSON bytes, checked to be UTF-8; see {@link parseJson}. */
export function readJsonText(bytes: Buffer, what: string): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) {
    throw new HttpError(400, 'INVALID_JSON', `${what} is not JSON: its bytes are not UTF-8.`);
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString('utf8', hasMark ? 3 : 0);
}

/** Parses JSON text; see {@link parseJson}. */
export function parseJsonText(text: string, what: string, parse: JsonParser): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new HttpError(400, 'INVALID_JSON', `${what} is not JSON: ${reason}.`, { cause });
  }
}

/**
 * Writes a string in the charset of its media type.
 * @throws BarefnError `INVALID_CLOUDEVENT` when the charset cannot hold it or is not known.
 */
export function encodeText(text: string, type: MediaType | undefined): Buffer {
  const charset = type?.charset;
  if (charset === undefined || isUtf8Name(charset)) return Buffer.from(text, 'utf8');
  const encoding = nodeEncodingOf(charset);
  const bytes = encoding && Buffer.from(text, encoding);
  if (bytes && readText(bytes, charset) === text) return bytes;
  throw new BarefnError(
    'INVALID_CLOUDEVENT',
    `The CloudEvent cannot be sent: its data cannot be written in charset ${quote(charset)}. ` +
      'Use utf-8, or give data as bytes.',
  );
}

/** Tells whether {@link encodeText} knows the charset of a media type. */
export function isWritable({ charset }: MediaType): boolean {
  return charset === undefined || isUtf8Name(charset) || nodeEncodingOf(charset) !== undefined;
}

function parseJsonIn(bytes: Buffer, { charset }: MediaType, parse: JsonParser): unknown {
  if (charset === undefined || isUtf8Name(charset)) return parseJson(bytes, DATA, parse);
  const text = readText(bytes, charset);
  if (text !== undefined) return parseJsonText(text, DATA, parse);
  const message = `${DATA} is not in charset ${quote(charset)}, or that is not known here.`;
  throw new HttpError(415, 'UNSUPPORTED_CHARSET', message);
}

/** The text of `bytes`, or undefined when they are not of that charset or it is not known. */
function readText(bytes: Buffer, charset: string | undefined): string | undefined {
  if (charset === undefined || isUtf8Name(charset)) {
    return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  }
  if (nodeEncodingOf(charset) === 'latin1') return bytes.toString('latin1');
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// ASCII is a part of UTF-8, and what is labelled so often is UTF-8.
function isUtf8Name(charset: string): boolean {
  return charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii';
}

function nodeEncodingOf(charset: string): BufferEncoding | undefined {
  if (charset === 'iso-8859-1' || charset === 'latin1') return 'latin1';
  return charset === 'utf-16le' ? 'utf16le' : undefined;
}
