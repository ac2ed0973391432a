import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

const cache = path.resolve(import.meta.dirname, '../../node_modules/.cache/runtimes');

/** Gives the command that runs a program on `node-24`, `bun`, … npm installs it where it was not. */
export function install(name) {
  const [runtime, version = 'latest'] = name.split('-');
  const folder = path.join(cache, name);
  const platform = `${process.platform}-${process.arch}`;
  const [specifier, file, ...rest] = {
    // The package `node` downloads this one by a script.
    node: [`node-${platform}@${version}`, `node-${platform}/bin/node`],
    bun: [`bun@${version}`, '.bin/bun'],
    deno: [`deno@${version}`, '.bin/deno', 'run', '-A'],
  }[runtime];
  const bin = path.join(folder, 'node_modules', file);
  if (!existsSync(bin)) {
    mkdirSync(folder, { recursive: true });
    const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--fetch-retries=1'];
    execFileSync('npm', ['install', '--prefix', folder, ...flags, specifier], {
      cwd: folder,
      stdio: 'pipe',
      timeout: 180_000,
    });
  }
  return [bin, ...rest];
}

/** Why npm did not install it, in one line. */
export function reasonOf(error) {
  return String(error.stderr ?? error).match(/\S.*/)?.[0] ?? 'no reason given';
}
