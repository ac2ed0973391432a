import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Text to put in place of another. */
export interface Edit {
  /** From 1. */
  readonly line: number;
  /** In bytes, from 0, as esbuild counts. */
  readonly column: number;
  /** In bytes. */
  readonly length: number;
  readonly text: string;
}

/** Where a module is at run time, relative to the build. */
export interface Place {
  /** Where it finds what it reads. */
  readonly files: string;
  /** Where it was, from which other modules are found. */
  readonly modules: string;
}

/**
 * Gives a module the names that Node gives it, as they would be in its own file: in a bundle they are
 * those of the bundle. Lines stay as they are, for the source map.
 */
export function addNames(file: string, text: string, place: Place): string {
  const files = JSON.stringify(place.files);
  const names: string[] = [];
  if (/\bimport\.meta\b/.test(text)) {
    names.push(`const ${META} = ${HELPERS}.meta(${files}, ${JSON.stringify(place.modules)});`);
  }
  if (!isEsModule(file)) {
    if (isUsed('__filename', text)) names.push(`var __filename = ${HELPERS}.path(${files});`);
    if (isUsed('__dirname', text)) {
      const directory = JSON.stringify(path.posix.dirname(place.files));
      names.push(`var __dirname = ${HELPERS}.path(${directory});`);
    }
  }
  if (names.length === 0) return text;
  // Directives have to stay the first statements.
  const start =
    /^(?:#!.*)?(?:\s|\/\/.*\n|\/\*[\s\S]*?\*\/|(['"])use strict\1;?)*/.exec(text)?.[0] ?? '';
  return start + names.join(' ') + text.slice(start.length);
}

/** What `import.meta` becomes. */
export const META = '__barefn_meta';
/** The object with what modules need at run time: see entry.ts. */
export const HELPERS = '__barefn';

function isUsed(name: string, text: string): boolean {
  return text.includes(name) && !new RegExp(`\\b(?:const|let|var)\\s+${name}\\b`).test(text);
}

/** As Node decides, by the name and package.json. TypeScript may have either syntax. */
function isEsModule(file: string): boolean {
  if (/\.m[jt]s$/.test(file)) return true;
  if (!/\.jsx?$/.test(file)) return false;
  for (let directory = path.dirname(file); ; directory = path.dirname(directory)) {
    const type = typeOf(directory);
    if (type !== undefined) return type === 'module';
    if (directory === path.dirname(directory) || path.basename(directory) === 'node_modules') {
      return false;
    }
  }
}

const types = new Map<string, string | undefined>();

/** The "type" of a directory's package.json; undefined if there is none. */
function typeOf(directory: string): string | undefined {
  if (!types.has(directory)) {
    let type: string | undefined;
    try {
      const text = readFileSync(path.join(directory, 'package.json'), 'utf8');
      type = (JSON.parse(text) as { type?: string }).type ?? 'commonjs';
    } catch {
      // Look above.
    }
    types.set(directory, type);
  }
  return types.get(directory);
}

/** Makes edits, of which none overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const lines = text.split('\n');
  for (const { line, column, length, text: replacement } of [...edits].sort(byColumnBackwards)) {
    const bytes = Buffer.from(lines[line - 1] ?? '');
    const [before, after] = [bytes.subarray(0, column), bytes.subarray(column + length)];
    lines[line - 1] = `${before}${replacement}${after}`;
  }
  return lines.join('\n');
}

function byColumnBackwards(a: Edit, b: Edit): number {
  return b.column - a.column;
}
