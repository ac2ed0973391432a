import { extname } from 'node:path';

/** The media type of an extension, a file name or a path; undefined if it is unknown. */
export function mediaTypeOf(path: string): string | undefined {
  const extension = extname(`x.${path}`).toLowerCase().slice(1);
  if (extension === '') return undefined;
  return COMMON.get(extension) ?? allMediaTypes().findMediaType(extension);
}

/** The charset that mime-db gives a media type below application/. */
export function charsetOf(mediaType: string): string | undefined {
  return allMediaTypes().findCharset(mediaType);
}

/** What functions usually send: it spares them the table of all. */
const COMMON: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html'],
  ['htm', 'text/html'],
  ['txt', 'text/plain'],
  ['text', 'text/plain'],
  ['json', 'application/json'],
  ['map', 'application/json'],
  ['css', 'text/css'],
  ['js', 'text/javascript'],
  ['mjs', 'text/javascript'],
  ['xml', 'application/xml'],
  ['csv', 'text/csv'],
  ['md', 'text/markdown'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['ico', 'image/vnd.microsoft.icon'],
  ['woff2', 'font/woff2'],
  ['pdf', 'application/pdf'],
  ['zip', 'application/zip'],
  ['bin', 'application/octet-stream'],
]);

function allMediaTypes(): typeof import('../media-types/all') {
  return require('../media-types/all') as typeof import('../media-types/all');
}
