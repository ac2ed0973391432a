import { HttpError } from '../../../core/errors';
import { EXPRESS_4, parseMediaType } from '../../../core/media-type';
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
  const mediaType = header === undefined ? undefined : parseMediaType(header, EXPRESS_4);
  if (mediaType === undefined) {
    delete req.rawBody;
    return;
  }
  const { type, charset } = mediaType;
  if (charset && !takesCharset(type, charset)) {
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
