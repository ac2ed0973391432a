import { CHARSETS, MEDIA_TYPES } from './table';

let mediaTypes: ReadonlyMap<string, string> | undefined;

/** The media type that mime-db knows for an extension in lower case, without its dot. */
export function findMediaType(extension: string): string | undefined {
  mediaTypes ??= readMediaTypes();
  return mediaTypes.get(extension);
}

/** The charset that mime-db gives a media type below application/. */
export function findCharset(mediaType: string): string | undefined {
  const name = mediaType.slice('application/'.length);
  const line = CHARSETS.split('\n').find((one) => one.startsWith(`${name} `));
  return line?.slice(name.length + 1);
}

function readMediaTypes(): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  for (const group of MEDIA_TYPES.split('\n\n')) {
    const [beginning = '', ...lines] = group.split('\n');
    for (const line of lines) {
      const [rest, ...extensions] = line.split(' ');
      for (const extension of extensions) types.set(extension, beginning + rest);
    }
  }
  return types;
}
