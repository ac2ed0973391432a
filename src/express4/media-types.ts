import { mediaTypeOf } from '../http/mime-types';

/** Where the table of Express 4 has another type for an extension. */
const OLDER: Readonly<Record<string, string>> = {
  js: 'application/javascript',
  mjs: 'application/javascript',
  ico: 'image/x-icon',
  aac: 'audio/x-aac',
  rar: 'application/x-rar-compressed',
  sql: 'application/x-sql',
  asc: 'application/pgp-signature',
  stl: 'application/vnd.ms-pki.stl',
  exe: 'application/octet-stream',
  dll: 'application/octet-stream',
  msi: 'application/octet-stream',
  deb: 'application/octet-stream',
  dmg: 'application/octet-stream',
  iso: 'application/octet-stream',
};

/** The media type of an extension, a file name or a path: of what follows the last dot or slash. */
export function lookUpType(path: string): string {
  const extension = path.replace(/^.*[./\\]/s, '').toLowerCase();
  const older = Object.hasOwn(OLDER, extension) ? OLDER[extension] : mediaTypeOf(extension);
  return older ?? 'application/octet-stream';
}

/** The charset that Express 4 adds to a media type: only text, JSON and JavaScript get one. */
export function charsetOf(mediaType: string): string | undefined {
  return /^(?:text\/|application\/(?:javascript|json))/.test(mediaType) ? 'UTF-8' : undefined;
}
