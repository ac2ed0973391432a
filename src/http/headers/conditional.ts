/** The headers with which a client asks whether its copy is current. */
export interface ConditionalHeaders {
  ifNoneMatch: string | undefined;
  ifModifiedSince: string | undefined;
  cacheControl: string | undefined;
}

/** The validators of a response. */
export interface Validators {
  etag: string | undefined;
  lastModified: string | undefined;
}

/** Whether the client's copy is current, so that 304 can answer (RFC 9110 §13.2.2). */
export function isFresh(request: ConditionalHeaders, response: Validators): boolean {
  const { ifNoneMatch, ifModifiedSince } = request;
  if (!ifNoneMatch && !ifModifiedSince) return false;
  // RFC 9111 §5.2.1.4: the client does not want its copy, as when the user reloads a page.
  if (hasNoCache(request.cacheControl)) return false;
  // RFC 9110 §13.1.3: If-None-Match makes If-Modified-Since void.
  if (ifNoneMatch) return matchesTag(ifNoneMatch, response.etag);
  return Date.parse(response.lastModified ?? '') <= Date.parse(ifModifiedSince as string);
}

function hasNoCache(cacheControl: string | undefined): boolean {
  return cacheControl?.split(',').some((directive) => directive.trim() === 'no-cache') ?? false;
}

function matchesTag(ifNoneMatch: string, etag: string | undefined): boolean {
  if (ifNoneMatch === '*') return true;
  if (!etag) return false;
  return ifNoneMatch.split(',').some((tag) => isWeaklyEqual(trimSpaces(tag), etag));
}

// RFC 9110 §8.8.3.2
function isWeaklyEqual(a: string, b: string): boolean {
  return a === b || a === `W/${b}` || `W/${a}` === b;
}

/** Not String.trim, which would also remove other white space. */
export function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) === 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) === 0x20) end--;
  return text.slice(start, end);
}
