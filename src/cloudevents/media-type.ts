import { skipSpace, skipToken, unquote } from '../core/header-syntax';

/** What the media type of an event's data says. */
export interface DataMediaType {
  /** `type/subtype`, in lower case. */
  essence: string;
  /** The charset parameter, in lower case. */
  charset: string | undefined;
}

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

/**
 * Reads a media type (RFC 2046; RFC 9110 §8.3.1) in one pass.
 * @returns undefined when `text` is not of that form.
 */
export function readMediaType(text: string): DataMediaType | undefined {
  const slash = skipToken(text, 0);
  const end = skipToken(text, slash + 1);
  if (slash === 0 || text.charCodeAt(slash) !== 0x2f || end === slash + 1) return undefined;

  let charset: string | undefined;
  let i = skipSpace(text, end);
  while (i < text.length) {
    if (text.charCodeAt(i) !== 0x3b) return undefined;
    const nameStart = skipSpace(text, i + 1);
    i = skipToken(text, nameStart);
    if (i === nameStart) continue; // RFC 9110 §5.6.6: a parameter may be empty
    const equals = skipSpace(text, i);
    const valueStart = skipSpace(text, equals + 1);
    const valueEnd = skipValue(text, valueStart);
    if (text.charCodeAt(equals) !== 0x3d || valueEnd === valueStart) return undefined;
    if (i - nameStart === 7 && text.slice(nameStart, i).toLowerCase() === 'charset') {
      charset ??= unquote(text.slice(valueStart, valueEnd)).toLowerCase();
    }
    i = skipSpace(text, valueEnd);
  }
  return { essence: text.slice(0, end).toLowerCase(), charset };
}

/** Tells whether data of this type is JSON: any `/json` or `+json` (JSON format §3.1). */
export function isJsonType(type: DataMediaType): boolean {
  return type.essence.endsWith('/json') || type.essence.endsWith('+json');
}

/** Tells whether data of this type is text: `text/*`, XML (RFC 7303 §4) and what has a charset. */
export function isTextType({ essence, charset }: DataMediaType): boolean {
  if (charset !== undefined || essence.startsWith('text/')) return true;
  return essence === 'application/xml' || essence.endsWith('+xml');
}

/** Index after a token or a quoted string; `start` when there is neither. */
function skipValue(text: string, start: number): number {
  if (text.charCodeAt(start) !== 0x22) return skipToken(text, start);
  for (let i = start + 1; i < text.length; i++) {
    const isQuotedPair = text.charCodeAt(i) === 0x5c;
    const code = text.charCodeAt(isQuotedPair ? ++i : i);
    if (code === 0x22 && !isQuotedPair) return i + 1;
    if (!((code >= 0x20 && code <= 0x7e) || code === 0x09)) return start;
  }
  return start;
}
