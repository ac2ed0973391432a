import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(__dirname, '../..');

/** Packs what would be published, as it was built last. Returns the tarball's path. */
export function pack(directory: string): string {
  if (!existsSync(path.join(root, 'dist/index.d.ts'))) {
    throw new Error('dist/ has no declarations, which are packed too. Run: node build.mjs');
  }
  run('npm', 'pack', '--ignore-scripts', '--silent', '--pack-destination', directory);
  const tarball = readdirSync(directory).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm packed nothing into ${directory}.`);
  return path.join(directory, tarball);
}

/** Unpacks a tarball as `name` into the node_modules of `directory`. */
export function unpack(tarball: string, directory: string, name: string): void {
  const target = path.join(directory, 'node_modules', name);
  mkdirSync(target, { recursive: true });
  run('tar', '-xzf', tarball, '-C', target, '--strip-components=1');
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { cwd: root, stdio: 'pipe' });
}
