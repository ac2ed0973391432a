import { mediaTypeOf } from '../../files/mime-types';

/** Where the table of Express 4 has another type for an extension: the type, and its extensions. */
const OLDER = [
  'application/javascript js mjs',
  'application/octet-stream exe dll deb dmg iso msi',
  'application/pgp-signature asc',
  'application/vnd.adobe.xfdf xfdf',
  'application/vnd.fdf fdf',
  'application/vnd.ms-pki.stl stl',
  'application/vnd.ms-project mpp',
  'application/x-mobipocket-ebook prc',
  'application/x-msmetafile wmf emf',
  'application/x-rar-compressed rar',
  'application/x-sql sql',
  'application/x-tgif obj',
  'application/x-xliff+xml xlf',
  'audio/x-aac aac',
  'image/x-icon ico',
  'image/x-pcx pcx',
  'model/vnd.mts mts',
  'model/x3d+binary x3db',
  'model/x3d+vrml x3dv',
  'text/hjson hjson',
  'video/jpm jpgm',
];

/** The media type of an extension, a file name or a path: of what follows the last dot or slash. */
export function lookUpType(path: string): string {
  const extension = path.replace(/^.*[./\\]/s, '').toLowerCase();
  const older = OLDER.find((line) => line.split(' ').includes(extension, 1));
  return older?.split(' ', 1)[0] ?? mediaTypeOf(extension) ?? 'application/octet-stream';
}

/** The charset that Express 4 adds to a media type: only text, JSON and JavaScript get one. */
export function charsetOf(mediaType: string): string | undefined {
  return /^(?:text\/|application\/(?:javascript|json))/.test(mediaType) ? 'UTF-8' : undefined;
}
