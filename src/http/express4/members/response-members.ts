import { STATUS_CODES } from 'node:http';
import { basename, extname } from 'node:path';
import { quoteString } from '../../../core/header-syntax';
import { extendedValue } from '../../headers/content-disposition';
import { type FormatHandler, negotiate, redirectTo } from '../../response/bodies';
import type { Express4Response } from '../response';
import { charsetOf, lookUpType } from './media-types';

/** `res.send` of anything but one string. */
export function send<T extends Express4Response>(
  res: T,
  body: unknown[],
  sendOne: (body: unknown) => T,
): T {
  if (body.length > 1) return sendWithStatus(res, body);
  const [value] = body;
  if (typeof value === 'number') return sendStatus(res, value, sendOne);
  // Only Buffers are bytes.
  if (ArrayBuffer.isView(value) && !Buffer.isBuffer(value)) return res.json(value);
  return sendOne(value);
}

function sendWithStatus<T extends Express4Response>(res: T, [first, second]: unknown[]): T {
  const isLast = typeof first !== 'number' && typeof second === 'number';
  res.statusCode = (isLast ? second : first) as number;
  const body = isLast ? first : second;
  return typeof body === 'number' ? res.json(body) : res.send(body);
}

function sendStatus<T extends Express4Response>(
  res: T,
  status: number,
  sendOne: (body: unknown) => T,
): T {
  if (!res.get('Content-Type')) res.type('txt');
  res.statusCode = status;
  return sendOne(STATUS_CODES[status]);
}

/** Sends the body of `json(body, status)` and `json(status, body)` with that status. */
export function withStatus<T extends Express4Response>(
  res: T,
  [first, second]: unknown[],
  sendBody: (body: unknown) => T,
): T {
  const isLast = typeof second === 'number';
  res.statusCode = (isLast ? second : first) as number;
  return sendBody(isLast ? first : second);
}

/** Redirects, with a short body for clients that do not follow. */
export function redirect(res: Express4Response, target: unknown[]): void {
  const [first, second] = target;
  if (target.length !== 2) redirectTo(res, 302, first as string, paragraph);
  else if (typeof first === 'number') redirectTo(res, first, second as string, paragraph);
  else redirectTo(res, second as number, first as string, paragraph);
}

function paragraph(_: unknown, message: string): string {
  return `<p>${message}</p>`;
}

/** Calls the handler of the media type that the client prefers. */
export function format<T extends Express4Response>(
  res: T,
  handlers: Record<string, FormatHandler>,
): T {
  negotiate(res, handlers, (type) =>
    type.includes('/') ? (type.split(/ *; */, 1)[0] as string) : lookUpType(type),
  );
  return res;
}

/** Sets each header of an object. */
export function setHeaders<T extends Express4Response>(
  res: T,
  values: Record<string, unknown> | undefined,
): T {
  for (const name in values) res.set(name, values[name]);
  return res;
}

/** Sets Content-Type to a text as it is, with a charset if it begins like a type of text. */
export function setContentType<T extends Express4Response>(
  res: T,
  name: string,
  value: unknown,
): T {
  if (Array.isArray(value)) throw new TypeError('Content-Type cannot be set to an Array');
  const type = String(value);
  const charset = charsetOf(type.split(';', 1)[0] as string)?.toLowerCase();
  const isComplete = charset === undefined || /;\s*charset\s*=/.test(type);
  res.setHeader(name, isComplete ? type : `${type}; charset=${charset}`);
  return res;
}

/** Sets Content-Type from a media type, a file name or an extension. */
export function setType<T extends Express4Response>(res: T, type: string): T {
  return res.set('Content-Type', type.includes('/') ? type : lookUpType(type));
}

/** Members as texts: a list of links is one link there. */
export function toTexts(links: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(links).map(([name, link]) => [name, String(link)]));
}

/** Sets Content-Disposition, and Content-Type by the extension. */
export function setAttachment<T extends Express4Response>(res: T, filename: string | undefined): T {
  if (filename) res.type(extname(filename));
  return res.set('Content-Disposition', contentDisposition(filename));
}

/**
 * Content-Disposition as Express 4 writes it: the name always quoted, and in ISO-8859-1 where it can be.
 * RFC 6266, RFC 8187 §3.2
 */
export function contentDisposition(filename?: string): string {
  if (filename === undefined) return 'attachment';
  const name = basename(filename);
  const fallback = name.replace(/[^\x20-\x7e\xa0-\xff]/g, '?');
  const plain = `attachment; filename=${quoteString(fallback)}`;
  // A literal escape in `filename` is decoded by some browsers (RFC 6266, appendix D).
  if (fallback === name && !/%[0-9A-Fa-f]{2}/.test(name)) return plain;
  return `${plain}; filename*=${extendedValue(name)}`;
}
