import type { Stats } from 'node:fs';
import { basename, extname, isAbsolute, resolve } from 'node:path';
import { respondToNext } from '../errors/next';
import { contentDisposition } from '../headers/content-disposition';
import type { HttpResponse } from '../response/response';
import { contentTypeOf } from '../response/send';
import { byteRange, isPreconditionFailed } from './conditions';
import { cacheControl, type FileSettings, type GivenOptions, readFileOptions } from './options';
import { fileError, findFile } from './path';
import { aborted, endWithoutBody, isGone, streamFile, tooLate } from './stream';

/** How a file is found, and which headers it gets. */
export interface SendFileOptions {
  /** The directory that the path is relative to and may not leave. */
  root?: string | undefined;
  /** Headers to send with the file. */
  headers?: Record<string, string | number | readonly string[]> | undefined;
  /** Whether names that begin with a dot are sent, forbidden (403) or not found. @default "ignore" */
  dotfiles?: 'allow' | 'deny' | 'ignore' | undefined;
  /** Milliseconds, or a text such as "1 day". @default 0 */
  maxAge?: number | string | undefined;
  /** @default false */
  immutable?: boolean | undefined;
  /** @default true */
  cacheControl?: boolean | undefined;
  /** @default true */
  lastModified?: boolean | undefined;
  /** Whether Range is honoured. @default true */
  acceptRanges?: boolean | undefined;
  /** Extensions to try when the file does not exist. @default none */
  extensions?: string | string[] | false | undefined;
  /** Files to send for a path that ends in a slash. @default "index.html" */
  index?: string | string[] | false | undefined;
  /** The first byte to send. @default 0 */
  start?: number | undefined;
  /** The last byte to send. @default the end of the file */
  end?: number | undefined;
}

/** Called once: with the error, or with nothing when the file was sent. */
export type SendFileCallback = (error?: Error) => void;

type Optional<T> = T | null | undefined;

/** Sends a file. Without a callback, a failure is answered. */
export function sendFile(
  res: HttpResponse,
  path: string,
  options: Optional<GivenOptions | SendFileCallback>,
  callback: Optional<SendFileCallback>,
): void {
  if (!path) throw new TypeError('path argument is required to res.sendFile');
  if (typeof path !== 'string') throw new TypeError('path must be a string to res.sendFile');
  const settings = readFileOptions(typeof options === 'function' ? undefined : options);
  if (!settings.root && !isAbsolute(path)) {
    throw new TypeError('path must be absolute or specify root to res.sendFile');
  }
  const finish = once(res, typeof options === 'function' ? options : callback);
  findFile(path, settings, (error, file, stat) => {
    if (isGone(res)) finish(aborted());
    else if (!stat) finish(error);
    else attempt(() => transfer(res, file, stat, settings, finish), finish);
  });
}

/** Catches what Node throws for headers and options, but not what `finish` throws. */
function attempt(send: () => Error | undefined, finish: SendFileCallback): void {
  let failure: Error | undefined;
  try {
    failure = send();
  } catch (error) {
    failure = error as Error;
  }
  if (failure !== undefined) finish(failure);
}

/** How a version of Express names a file to save, and sends it. */
export interface DownloadSteps {
  disposition(filename: string): string;
  send(path: string, settings: SendFileOptions, done: SendFileCallback | undefined): void;
}

/** Sends a file for the client to save. */
export function download(
  res: HttpResponse,
  path: string,
  filename: Optional<string | SendFileOptions | SendFileCallback>,
  options: Optional<SendFileOptions | SendFileCallback>,
  callback: Optional<SendFileCallback>,
  { disposition, send }: DownloadSteps = {
    disposition: contentDisposition,
    send: (file, settings, done) => sendFile(res, file, settings, done),
  },
): void {
  const { name, given, done } = readDownload(filename, options, callback);
  const settings = Object.create(given) as SendFileOptions;
  const headers: Record<string, string | number | readonly string[]> = {
    'Content-Disposition': disposition(basename(name || path)),
  };
  for (const [header, value] of Object.entries(settings.headers ?? {})) {
    if (header.toLowerCase() !== 'content-disposition') headers[header] = value;
  }
  settings.headers = headers;
  send(settings.root ? path : resolve(path), settings, done ?? undefined);
}

/** Sorts the arguments of `download`, which are all optional. */
function readDownload(
  filename: Optional<string | SendFileOptions | SendFileCallback>,
  options: Optional<SendFileOptions | SendFileCallback>,
  callback: Optional<SendFileCallback>,
): { name: Optional<string>; given: SendFileOptions | null; done: Optional<SendFileCallback> } {
  if (typeof filename === 'function') return { name: null, given: null, done: filename };
  const done = typeof options === 'function' ? options : callback;
  if (typeof filename === 'object' && (typeof options === 'function' || options === undefined)) {
    return { name: null, given: filename, done };
  }
  const given = typeof options === 'function' ? null : options || null;
  return { name: filename as Optional<string>, given, done };
}

/** Sends a file, or returns why it is not sent. */
function transfer(
  res: HttpResponse,
  path: string,
  stat: Stats,
  options: FileSettings,
  finish: SendFileCallback,
): Error | undefined {
  if (res.headersSent) return tooLate(res);
  setFileHeaders(res, path, stat, options);
  if (isPreconditionFailed(res)) return fileError(412);
  if (res.req.fresh) {
    answerNotModified(res, finish);
    return undefined;
  }

  const start = options.start ?? 0;
  const last = Math.min(stat.size - 1, options.end ?? stat.size - 1);
  const size = Math.max(0, last - start + 1);
  const range = options.acceptRanges === false ? undefined : byteRange(res, size);
  if (range === 'unsatisfiable') {
    const headers = { 'Content-Range': `bytes */${size}` };
    res.setHeader('Content-Range', headers['Content-Range']);
    return Object.assign(fileError(416), { headers });
  }
  if (range) {
    res.statusCode = 206;
    res.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${size}`);
  }
  const part = range ?? { start: 0, end: size - 1 };
  const length = part.end - part.start + 1;
  res.setHeader('Content-Length', String(length));
  if (res.req.method === 'HEAD' || length === 0) endWithoutBody(res, finish);
  else streamFile(res, path, start + part.start, length, finish);
  return undefined;
}

function setFileHeaders(res: HttpResponse, path: string, stat: Stats, options: FileSettings): void {
  for (const [name, value] of Object.entries(options.headers ?? {})) res.setHeader(name, value);
  if (options.acceptRanges !== false) setIfAbsent(res, 'Accept-Ranges', 'bytes');
  if (options.cacheControl !== false) setIfAbsent(res, 'Cache-Control', cacheControl(options));
  if (options.lastModified !== false) {
    setIfAbsent(res, 'Last-Modified', stat.mtime.toUTCString());
  }
  for (const [name, value] of Object.entries(options.describe?.(path, stat) ?? {})) {
    setIfAbsent(res, name, value);
  }
  setIfAbsent(res, 'Content-Type', contentTypeOf(extname(path)) ?? 'application/octet-stream');
}

function setIfAbsent(res: HttpResponse, name: string, value: string): void {
  if (!res.getHeader(name)) res.setHeader(name, value);
}

function answerNotModified(res: HttpResponse, finish: SendFileCallback): void {
  for (const name of ['Encoding', 'Language', 'Length', 'Range', 'Type']) {
    res.removeHeader(`Content-${name}`);
  }
  res.statusCode = 304;
  endWithoutBody(res, finish);
}

/** Settles once: through the callback, the surrounding application, or a response. */
function once(res: HttpResponse, callback: Optional<SendFileCallback>): SendFileCallback {
  let settled = false;
  return (error) => {
    if (settled) return;
    settled = true;
    if (callback) callback(error);
    else if (error) answerFailure(res, error as Error & { status?: number; code?: string });
  };
}

function answerFailure(res: HttpResponse, error: Error & { status?: number; code?: string }): void {
  const { next } = res.req as unknown as { next?: (error?: Error) => void };
  if (error.code === 'ECONNABORTED') return;
  if (next) {
    if (error.code === 'EISDIR') next();
    else next(error);
    return;
  }
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const status = error.code === 'EISDIR' ? 404 : (error.status ?? 500);
  if (status >= 500) {
    respondToNext(res, error);
    return;
  }
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.sendStatus(status);
}
