import { type LoadedModule, loadFailure } from './load';

/** Imports a module that Node cannot, or may not, load synchronously. */
export async function importModule(
  file: string,
  load: () => unknown = () => import(urlOf(file)),
): Promise<LoadedModule> {
  try {
    return { file, exported: await load() };
  } catch (error) {
    throw loadFailure(error, file);
  }
}

function urlOf(file: string): string {
  return (require('node:url') as typeof import('node:url')).pathToFileURL(file).href;
}

/** Whether Node takes a file for an ES module. */
export function isEsModule(file: string): boolean {
  if (/\.m[jt]s$/.test(file)) return true;
  if (/\.c[jt]s$/.test(file)) return false;
  const path = require('node:path') as typeof import('node:path');
  const { readFileSync } = require('node:fs') as typeof import('node:fs');
  for (let directory = path.dirname(file); ; directory = path.dirname(directory)) {
    let text: string | undefined;
    try {
      text = readFileSync(path.join(directory, 'package.json'), 'utf8');
    } catch {
      // Try the directory above.
    }
    if (text !== undefined)
      return (JSON.parse(text) as { type?: unknown } | null)?.type === 'module';
    if (directory === path.dirname(directory)) return false;
  }
}
