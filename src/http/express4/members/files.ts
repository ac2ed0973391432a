import type { Stats } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import type { GivenOptions } from '../../files/options';
import {
  download as downloadAs,
  type SendFileCallback,
  type SendFileOptions,
  sendFile as sendSettled,
} from '../../files/send-file';
import type { Express4Response } from '../response';
import { charsetOf, lookUpType } from './media-types';
import { contentDisposition } from './response-members';

type Optional<T> = T | null | undefined;

/** Options that Express 4 knows besides. */
interface OlderOptions extends SendFileOptions {
  /** Whether the file has an ETag. @default true */
  etag?: boolean;
  /** The older name of `dotfiles: "allow"`. */
  hidden?: boolean;
  /** The older name of `root`. */
  from?: string;
}

/** Sends a file. Without a callback, a failure is answered. */
export function sendFile(
  res: Express4Response,
  path: string,
  options: Optional<SendFileOptions | SendFileCallback>,
  callback: Optional<SendFileCallback>,
): void {
  const isCallback = typeof options === 'function';
  const settings = settingsOf(path, isCallback ? {} : (options ?? {}));
  sendSettled(res, path, settings, isCallback ? options : callback);
}

/** Sends a file by a path that is percent-encoded, and relative to the current directory. */
export function sendDecodedFile(
  res: Express4Response,
  path: string,
  options: Optional<SendFileOptions | SendFileCallback>,
  callback: Optional<SendFileCallback>,
): void {
  const isCallback = typeof options === 'function';
  const decoded = decode(path);
  const settings = settingsOf(decoded, isCallback ? {} : (options ?? {}));
  if (!isAbsolute(decoded)) settings.root ??= process.cwd();
  sendSettled(res, decoded, settings, isCallback ? options : callback);
}

/** Sends a file for the client to save. */
export function download(
  res: Express4Response,
  path: string,
  filename: Optional<string | SendFileOptions | SendFileCallback>,
  options: Optional<SendFileOptions | SendFileCallback>,
  callback: Optional<SendFileCallback>,
): void {
  downloadAs(res, path, filename, options, callback, {
    disposition: contentDisposition,
    send: (file, settings, done) => res.sendFile(file, settings, done),
  });
}

function settingsOf(path: string, given: OlderOptions): GivenOptions {
  const settings = Object.create(given) as GivenOptions;
  if (!given.root && given.from) settings.root = given.from;
  // A directory on the way may begin with a dot.
  const isShown = given.hidden || !basename(String(path)).startsWith('.');
  if (given.dotfiles === undefined && isShown) settings.dotfiles = 'allow';
  settings.describe = describe;
  return settings;

  function describe(file: string, stat: Stats): Record<string, string> {
    const type = lookUpType(file);
    const charset = charsetOf(type);
    const headers = { 'Content-Type': charset ? `${type}; charset=${charset}` : type };
    return (given.etag ?? true) ? { ETag: weakTag(stat), ...headers } : headers;
  }
}

function weakTag({ size, mtime }: Stats): string {
  return `W/"${size.toString(16)}-${mtime.getTime().toString(16)}"`;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // findFile answers 400 for it, as Express does here.
    return '\0';
  }
}
