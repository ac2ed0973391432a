import { type MediaType, parseMediaType, STRICT } from '../core/media-type';

/** How an HTTP message carries events (HTTP binding §3). */
export type ContentMode = 'binary' | 'structured' | 'batch';

/** The content mode that a Content-Type names; a message in `binary` mode need not be an event. */
export function contentMode(contentType: string | undefined): ContentMode {
  // The 13th character rules out most other types without a copy.
  if (contentType === undefined || (contentType.charCodeAt(12) | 0x20) !== 0x63) return 'binary';
  const start = contentType.slice(0, 'application/cloudevents-batch'.length).toLowerCase();
  if (start === 'application/cloudevents-batch') return 'batch';
  return start.startsWith('application/cloudevents') ? 'structured' : 'binary';
}

/** Whether a media type is JSON as nearly all senders write it, which needs no parsing (−0.5 µs). */
export function isUsualJsonType(text: unknown): boolean {
  return text === 'application/json' || text === 'application/json; charset=utf-8';
}

/** Reads the media type of an event's data; undefined when `text` is not one. */
export function readMediaType(text: string): MediaType | undefined {
  // In a header, white space before the value is not part of it. In an attribute it is malformed.
  return text.startsWith(' ') || text.startsWith('\t') ? undefined : parseMediaType(text, STRICT);
}

/** Tells whether data of this type is JSON: any `/json` or `+json` (JSON format §3.1). */
export function isJsonType({ type }: MediaType): boolean {
  return type.endsWith('/json') || type.endsWith('+json');
}

/** Tells whether data of this type is text: `text/*`, XML (RFC 7303 §4) and what has a charset. */
export function isTextType({ type, charset }: MediaType): boolean {
  if (charset !== undefined || type.startsWith('text/')) return true;
  return type === 'application/xml' || type.endsWith('+xml');
}
