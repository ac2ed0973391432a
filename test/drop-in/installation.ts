import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Subject } from './subject';

const root = path.resolve(__dirname, '../..');

export interface Installations {
  theirs: Subject;
  ours: Subject;
  remove(): Promise<void>;
}

/**
 * Installs Google's package and ours, each under Google's name beside a copy of the program.
 *
 * With `selfCheck` both are Google's: then every answer has to be the same.
 */
export function install(selfCheck: boolean): Installations {
  const directory = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'drop-in-')));
  const theirs = path.join(directory, 'a');
  const ours = path.join(directory, 'b');
  for (const one of [theirs, ours]) copyProgram(one);
  useRepository(theirs);
  if (selfCheck) useRepository(ours);
  else installTarball(ours);
  const subjects = { theirs: new Subject('theirs', theirs), ours: new Subject('ours', ours) };
  return {
    ...subjects,
    async remove(): Promise<void> {
      await Promise.all([subjects.theirs.stop(), subjects.ours.stop()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function copyProgram(directory: string): void {
  const program = path.join(directory, 'program');
  cpSync(path.join(__dirname, 'program'), program, { recursive: true });
  // Written here, because formatters stumble over a file that does not parse.
  writeFileSync(path.join(program, 'broken/syntax.js'), 'exports.hello = (req, res => {\n');
  // Last-Modified has to be the same on both sides and from run to run.
  for (const file of readdirSync(program, { recursive: true, encoding: 'utf8' })) {
    const target = path.join(program, file);
    if (statSync(target).isFile()) utimesSync(target, 1_600_000_000, 1_600_000_000);
  }
}

function useRepository(directory: string): void {
  symlinkSync(path.join(root, 'node_modules'), path.join(directory, 'node_modules'));
}

function installTarball(directory: string): void {
  if (!existsSync(path.join(root, 'dist/cli.js'))) runNode('build.mjs', '--no-types');
  const quiet = { stdio: 'pipe' as const };
  const packed = ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory];
  execFileSync('npm', packed, { cwd: root, ...quiet });
  const tarball = readdirSync(directory).find((file) => file.endsWith('.tgz'));
  const dependencies = { '@google-cloud/functions-framework': `file:./${tarball}` };
  const manifest = JSON.stringify({ private: true, dependencies });
  writeFileSync(path.join(directory, 'package.json'), manifest);
  const options = ['--offline', '--no-audit', '--no-fund', '--no-package-lock', '--silent'];
  execFileSync('npm', ['install', ...options], { cwd: directory, ...quiet });
  // What programs use beside the framework.
  mkdirSync(path.join(directory, 'node_modules'), { recursive: true });
  for (const name of ['express', 'express4']) {
    const target = path.join(root, 'node_modules', name);
    symlinkSync(target, path.join(directory, 'node_modules', name));
  }
}

function runNode(...args: string[]): void {
  execFileSync(process.execPath, args, { cwd: root, stdio: 'pipe' });
}
