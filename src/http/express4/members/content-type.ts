import { HttpError } from '../../../core/errors';
import { unquote } from '../../../core/header-syntax';
import { findHeader } from '../../../core/raw-headers';
import type { HttpRequest } from '../../request/request';

/**
 * Removes the body of a request without a valid Content-Type, as if it had not been read.
 *
 * @throws HttpError 415 for a charset that the parser of Express 4 does not support
 */
export function checkBody(req: HttpRequest): void {
  const header = findHeader(req.rawHeaders, 'content-type');
  if (header === 'application/json') return;
  const contentType = header === undefined ? undefined : readContentType(header);
  if (contentType === undefined) {
    delete req.rawBody;
    return;
  }
  const { type, charset } = contentType;
  if (charset !== '' && !takesCharset(type, charset)) {
    const name = charset.slice(0, 40).toUpperCase();
    throw new HttpError(415, 'UNSUPPORTED_CHARSET', `unsupported charset "${name}". Use UTF-8.`);
  }
}

function takesCharset(type: string, charset: string): boolean {
  switch (type) {
    case 'application/json':
    case 'application/cloudevents+json':
      return charset.startsWith('utf-') && !charset.startsWith('utf-32');
    case 'text/plain':
      return !charset.startsWith('utf-32');
    case 'application/x-www-form-urlencoded':
      return charset === 'utf-8';
    default:
      return true;
  }
}

// RFC 9110 §8.3.1, without white space around the slash; RFC 6838 §4.2 for the names.
const TYPE = /^ *([a-z\d][\w!#$&^-]{0,126}\/[a-z\d][\w!#$&^.+-]{0,126}) *(?=;|$)/i;
const PARAMETER = /; *([\w!#$%&'*+.^`|~-]+) *= *("(?:[^"\\]|\\.)*"|[\w!#$%&'*+.^`|~-]+) */y;

/** A Content-Type, to its last parameter; undefined when any part of it is malformed. */
function readContentType(header: string): { type: string; charset: string } | undefined {
  const [head = '', type] = TYPE.exec(header) ?? [];
  if (type === undefined) return undefined;
  let charset = '';
  for (PARAMETER.lastIndex = head.length; PARAMETER.lastIndex < header.length; ) {
    const [, name, value] = PARAMETER.exec(header) ?? [];
    if (name === undefined || value === undefined) return undefined;
    // The last one counts.
    if (name.toLowerCase() === 'charset') charset = unquote(value).toLowerCase();
  }
  return { type: type.toLowerCase(), charset };
}
