import { quoteUnlessToken } from '../../core/header-syntax';

/** Content-Disposition for a file to save, with an ASCII fallback and `filename*`. RFC 6266 */
export function contentDisposition(filename?: string): string {
  if (filename === undefined) return 'attachment';
  // A literal escape in `filename` is decoded by some browsers (RFC 6266, appendix D).
  if (/^[\x20-\x7e]*$/.test(filename) && !/%[0-9A-Fa-f]{2}/.test(filename)) {
    return `attachment; filename=${quoteUnlessToken(filename)}`;
  }
  const fallback = quoteUnlessToken(filename.replace(/[^\x20-\x7e]/g, '?'));
  return `attachment; filename=${fallback}; filename*=${extendedValue(filename)}`;
}

/** A text as an extended parameter value. RFC 8187 §3.2: ' ( ) and * are not attr-chars. */
export function extendedValue(text: string): string {
  const encoded = encodeURIComponent(replaceLoneSurrogates(text)).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `UTF-8''${encoded}`;
}

/** Makes any string valid in UTF-8. */
export function replaceLoneSurrogates(text: string): string {
  return text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g, (found) =>
    found.length === 2 ? found : '\uFFFD',
  );
}
