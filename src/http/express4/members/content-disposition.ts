import { basename } from 'node:path';
import { replaceLoneSurrogates } from '../../response/encode-url';

/**
 * Content-Disposition as Express 4 writes it: the name always quoted, and in ISO-8859-1 where it can be.
 * RFC 6266, RFC 8187 §3.2
 */
export function contentDisposition(filename?: string): string {
  if (filename === undefined) return 'attachment';
  const name = basename(filename);
  const fallback = name.replace(/[^\x20-\x7e\xa0-\xff]/g, '?');
  const plain = `attachment; filename="${fallback.replace(/[\\"]/g, '\\$&')}"`;
  // A literal escape in `filename` is decoded by some browsers (RFC 6266, appendix D).
  if (fallback === name && !/%[0-9A-Fa-f]{2}/.test(name)) return plain;
  return `${plain}; filename*=UTF-8''${encodeValue(name)}`;
}

// encodeURIComponent leaves ' ( ) and * alone, which are no attr-char.
function encodeValue(text: string): string {
  return encodeURIComponent(replaceLoneSurrogates(text)).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
