import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ABSENT, checksumOf } from '../../built/record';
import { packageOf } from './packages';
import { relativeTo } from './plugin';

/** What package managers write of what they installed, by directory. */
const LOCKS = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'node_modules/.package-lock.json',
  'node_modules/.modules.yaml',
  'node_modules/.yarn-state.yml',
  'node_modules/.yarn-integrity',
];
/** What changes how modules are found and read. */
const SETTINGS = ['package.json', 'tsconfig.json'];

/** The checksums of files, by their paths relative to the build. */
export function checksumsOf(directory: string, files: Iterable<string>): Record<string, string> {
  const found = [...new Set(files)]
    .sort()
    .map((file) => [relativeTo(directory, file), sumOf(file)]);
  return Object.fromEntries(found) as Record<string, string>;
}

function sumOf(file: string): string {
  return existsSync(file) ? checksumOf(readFileSync(file)) : ABSENT;
}

/**
 * The files that say whether the build still fits: the program's own modules, and, in place of thousands
 * of files in node_modules, what the package manager wrote.
 */
export function sourcesOf(file: string, inputs: readonly string[], dist: string): string[] {
  const own = inputs.filter(
    (one) => packageOf(one) === undefined && !one.startsWith(path.dirname(dist) + path.sep),
  );
  return [...own, ...settingsAbove(path.dirname(file))];
}

function settingsAbove(start: string): string[] {
  const found: string[] = [];
  let isNearest = true;
  for (let directory = start; ; directory = path.dirname(directory)) {
    const files = [...SETTINGS, ...LOCKS].map((name) => path.join(directory, name));
    found.push(...files.filter((file) => existsSync(file)));
    if (isNearest && existsSync(path.join(directory, 'package.json'))) {
      isNearest = false;
      // Those that come later say that packages were installed.
      found.push(...files);
    }
    if (directory === path.dirname(directory) || existsSync(path.join(directory, '.git')))
      return found;
  }
}
