import { stat as readStat, type Stats } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { HttpError } from '../../core/errors';
import type { FileSettings } from './options';

/** Gets the error, or the path and what the file system says about it. */
export type FoundFile = (error: Error | undefined, path: string, stat?: Stats) => void;

/** Finds the file of a path. Errors have the status to answer: 400, 403, 404 or 500. */
export function findFile(path: string, options: FileSettings, found: FoundFile): void {
  const full = locate(path, options);
  if (typeof full !== 'string') {
    found(full, path);
  } else if (path.endsWith('/') && options.index.length > 0) {
    const paths = options.index.map((name) => join(full, name));
    firstFile(paths, found);
  } else {
    readStat(full, (error, stat) => {
      const others = options.extensions.map((extension) => `${full}.${extension}`);
      const bare = error?.code === 'ENOENT' && !extname(full) && !full.endsWith(sep);
      if (bare && others.length > 0) firstFile(others, found);
      else if (error) found(withStatus(error), full);
      else if (stat.isDirectory()) found(isDirectory(), full);
      // Pipes and devices have no size, and reading them may never end.
      else if (!stat.isFile() || full.endsWith(sep)) found(fileError(404), full);
      else found(undefined, full, stat);
    });
  }
}

/** The absolute path, or why it is not allowed. */
function locate(path: string, options: FileSettings): string | Error {
  const dotfiles = options.dotfiles ?? 'ignore';
  if (path.includes('\0')) return fileError(400);
  const relative = options.root ? normalize(`.${sep}${path}`) : path;
  if (/(?:^|[\\/])\.\.(?:[\\/]|$)/.test(relative)) return fileError(403);
  const parts = normalize(relative).split(sep);
  if (dotfiles !== 'allow' && parts.some((part) => part.length > 1 && part.startsWith('.'))) {
    return fileError(dotfiles === 'deny' ? 403 : 404);
  }
  return options.root ? normalize(join(resolve(options.root), relative)) : resolve(path);
}

function firstFile(paths: string[], found: FoundFile): void {
  const [path, ...others] = paths as [string, ...string[]];
  readStat(path, (error, stat) => {
    if (!error && stat.isFile()) found(undefined, path, stat);
    else if (others.length > 0) firstFile(others, found);
    else found(error ? withStatus(error) : fileError(404), path);
  });
}

function isDirectory(): Error {
  return Object.assign(new Error('EISDIR, read'), { code: 'EISDIR' });
}

/** An error of the file system with the status to answer: 404 if there is no such file. */
export function withStatus(error: NodeJS.ErrnoException): Error {
  const missing = ['ENAMETOOLONG', 'ENOENT', 'ENOTDIR'].includes(error.code ?? '');
  const status = missing ? 404 : 500;
  return Object.assign(error, { status, statusCode: status, expose: false });
}

/** An error with the members that Express gives it. */
export function fileError(status: number, message = STATUS_CODES[status] as string): Error {
  const error = new HttpError(status, 'FILE_REFUSED', message);
  return Object.assign(error, { statusCode: status, expose: status < 500 });
}
