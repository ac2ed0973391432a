import fs from 'node:fs';
import path from 'node:path';
import { didYouMean } from '../core/did-you-mean';
import { BarefnError } from '../core/errors';

/** The error for a `source` without a module: says why, and what to do. */
export function describeMissingSource(source: string): BarefnError {
  return new BarefnError(
    'SOURCE_NOT_FOUND',
    [
      `Provided code location '${source}' is not a loadable module.`,
      'Did you specify the correct location for the module defining your function?',
      reasonOf(source),
    ].join('\n'),
  );
}

function reasonOf(source: string): string {
  let files: string[];
  try {
    files = fs.readdirSync(source);
  } catch (error) {
    return reasonOfUnreadable(source, error as NodeJS.ErrnoException);
  }
  const manifestReason = files.includes('package.json') ? reasonOfManifest(source) : undefined;
  if (manifestReason !== undefined) return manifestReason;
  const code = files.filter((file) => /\.[cm]?[jt]s$/.test(file));
  const found = code.length === 0 ? 'no code' : code.slice(0, 10).join(', ');
  const first = code.length === 0 ? firstFunction(source) : '';
  return `Looked for a file of that name, "main" of its package.json, index.js, function.js, index.mjs, index.cjs and index.ts, and found ${found}. Pass another path as --source or FUNCTION_SOURCE.${first}`;
}

function firstFunction(source: string): string {
  const start = isOfModules(source) ? 'export const hello' : 'exports.hello';
  return `\nTo begin, write this into index.js and run barefn again:\n\n  ${start} = (req, res) => res.send('Hello, World!');\n`;
}

function isOfModules(directory: string): boolean {
  try {
    const text = fs.readFileSync(path.join(directory, 'package.json'), 'utf8');
    return JSON.parse(text)?.type === 'module';
  } catch {
    return false;
  }
}

function reasonOfUnreadable(source: string, { code, message }: NodeJS.ErrnoException): string {
  const name = '--source or FUNCTION_SOURCE';
  if (code === 'ENOTDIR') return `Node cannot load such a file. Pass another path as ${name}.`;
  if (code !== 'ENOENT')
    return `It cannot be read: ${message}. Make it readable, or pass another path as ${name}.`;
  const guess = didYouMean(path.basename(source), filesOf(path.dirname(source)));
  const advice =
    guess === undefined ? '' : ` Did you mean ${path.join(path.dirname(source), guess)}?`;
  return `There is no such file or directory.${advice} Pass another path as ${name}.`;
}

function filesOf(directory: string): string[] {
  try {
    return fs.readdirSync(directory);
  } catch {
    return [];
  }
}

function reasonOfManifest(source: string): string | undefined {
  const file = path.join(source, 'package.json');
  let manifest: { main?: unknown; exports?: unknown; scripts?: { build?: unknown } } | null;
  try {
    manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    return `${file} cannot be read: ${(error as Error).message}. Correct it: Node cannot load the directory otherwise.`;
  }
  const { main, exports, scripts } = manifest ?? {};
  if (typeof main === 'string') {
    const build = scripts?.build === undefined ? 'Build it' : 'Run npm run build';
    return `${file} has "main": "${main}", but there is no such file. ${build}, correct "main", or pass the file as --source or FUNCTION_SOURCE.`;
  }
  if (exports === undefined) return undefined;
  return `${file} has "exports" but no "main": "exports" applies only to imports by the name of the package. Add "main", or pass the file as --source or FUNCTION_SOURCE.`;
}
