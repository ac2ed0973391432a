import type { IncomingHttpHeaders } from 'node:http2';

/** Headers of HTTP/2: names in lower case, a list for a name that came more than once. */
export type HeaderMap = Record<string, string | string[]>;

/**
 * The bytes of a request's body; undefined when they are not announced.
 * @throws Error for a Content-Length that is not a number
 */
export function lengthOf(headers: IncomingHttpHeaders, isEmpty: boolean): number | undefined {
  const length = headers['content-length'] as string | undefined;
  if (length === undefined) return isEmpty ? 0 : undefined;
  if (!/^\d{1,15}$/.test(length)) throw new Error('Content-Length is not a number.');
  return Number(length);
}

/** @throws Error for what HTTP/1.1 cannot express */
export function toHttp1(headers: IncomingHttpHeaders, length: number | undefined): string {
  const { ':method': method = '', ':path': path = '' } = headers as Record<string, string>;
  // RFC 9110 §9.1 and RFC 9112 §3.2. CONNECT has no path.
  if (!/^[!#$%&'*+.^`|~\w-]+$/.test(method) || !/^[\x21-\x7e\x80-\xff]+$/.test(path)) {
    throw new Error('The request has no valid method or path.');
  }
  let head = `${method} ${path} HTTP/1.1\r\n`;
  // RFC 9113 §8.3.1: the authority, not Host, names the target where both are there.
  const host = headers[':authority'] ?? headers.host ?? '';
  head += line('host', host) + fieldLines(headers);
  if (length === undefined) head += 'transfer-encoding: chunked\r\n';
  else if (headers['content-length'] === undefined && expectsBody(method)) {
    head += 'content-length: 0\r\n';
  }
  return `${head}\r\n`;
}

/**
 * The lines of all fields but those of a connection, and Host.
 * @throws Error for what HTTP/1.1 cannot express
 */
export function fieldLines(headers: IncomingHttpHeaders): string {
  let lines = '';
  for (const name in headers) {
    if (name[0] === ':' || name === 'host' || isOfConnection(name)) continue;
    const value = headers[name] as string | string[];
    if (typeof value === 'string') lines += line(name, value);
    else for (const one of value) lines += line(name, one);
  }
  return lines;
}

/** RFC 9110 §5.5: a value has no control characters but the tab. */
const LINE = /^[!#$%&'*+.^`|~\w-]+: [\t\x20-\x7e\x80-\xff]*$/;

function line(name: string, value: string): string {
  const text = `${name}: ${value}`;
  if (!LINE.test(text)) throw new Error('A header has no valid name or value.');
  return `${text}\r\n`;
}

function expectsBody(method: string): boolean {
  return !['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'].includes(method);
}

/** RFC 9113 §8.2.2: headers of an HTTP/1.1 connection, which HTTP/2 does not allow. */
export function isOfConnection(name: string): boolean {
  switch (name) {
    case 'connection':
    case 'keep-alive':
    case 'proxy-connection':
    case 'transfer-encoding':
    case 'upgrade':
      return true;
    default:
      return false;
  }
}
