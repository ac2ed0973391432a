import { readdirSync } from 'node:fs';
import path from 'node:path';

/** An installed package. */
export interface Package {
  readonly name: string;
  readonly directory: string;
}

/** The package in node_modules that a file belongs to; undefined for a file of the program itself. */
export function packageOf(file: string): Package | undefined {
  const found = /^(.*[\\/]node_modules[\\/])((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file);
  if (found === null) return undefined;
  const [, start = '', name = ''] = found;
  return { name: name.replace('\\', '/'), directory: start + name };
}

/** The package that a specifier such as `@scope/name/sub` names; undefined for paths and `#names`. */
export function packageNameOf(specifier: string): string | undefined {
  return /^(?:@[^/]+\/)?[^./#@][^/]*/.exec(specifier)?.[0];
}

/** Machine code, which cannot be a part of a JavaScript file. */
const NATIVE = /\.(?:node|dll|dylib|exe|so(?:\.\d+)*)$/;
const CODE = /\.(?:[cm]?[jt]sx?|map)$/;
/** What no code reads. */
const DOCUMENTS =
  /(?:^|[\\/])(?:docs?|examples?|tests?|__tests__|\.[^\\/]*)[\\/]|(?:\.md|\.markdown|LICENSE[^\\/]*|\.[cm]?ts)$/i;

/** Whether a package has machine code. */
export function hasNativeCode(directory: string): boolean {
  return filesOf(directory).some((file) => NATIVE.test(file));
}

/** The files of a directory that code may read at run time, relative to it. */
export function dataFilesOf(directory: string): string[] {
  return filesOf(directory).filter((file) => !CODE.test(file) && !DOCUMENTS.test(file));
}

/** Whether a file is a module. */
export function isCode(file: string): boolean {
  return CODE.test(file);
}

/** The files below a directory, without those of packages in it. */
function filesOf(directory: string, prefix = ''): string[] {
  return readdirSync(path.join(directory, prefix), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(prefix, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesOf(directory, name);
    return [name];
  });
}
