/**
 * Percent-encodes what a URL cannot hold and keeps escapes that are already there.
 * Lone surrogates become U+FFFD, so that nothing throws.
 */
export function encodeUrl(url: string): string {
  return replaceLoneSurrogates(url)
    .replace(/[^\x21\x23-\x3B=\x3F-\x5F\x61-\x7A|~]+/g, encodeURI)
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25');
}

/** Makes any string fit for UTF-8. */
export function replaceLoneSurrogates(text: string): string {
  return text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g, (found) =>
    found.length === 2 ? found : '\uFFFD',
  );
}
