import { execFileSync } from 'node:child_process';
import {
  cpSync,
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
import { pack, root } from '../support/packed';
import { Subject } from './subject';

/** The versions of Google's package that are compared with: the one on Express 5, the one on Express 4. */
export type GoogleVersion = 5 | 3;

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
export function install(version: GoogleVersion, selfCheck: boolean): Installations {
  const directory = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'drop-in-')));
  const theirs = path.join(directory, 'a');
  const ours = path.join(directory, 'b');
  for (const one of [theirs, ours]) copyProgram(one);
  useGoogles(theirs, version);
  if (selfCheck) useGoogles(ours, version);
  else installTarball(ours);
  const env: Record<string, string> = version === 5 ? {} : { FUNCTION_EXPRESS: '4' };
  const subjects = { theirs: new Subject('theirs', theirs), ours: new Subject('ours', ours, env) };
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

function useGoogles(directory: string, version: GoogleVersion): void {
  const modules = path.join(directory, 'node_modules');
  const name = version === 5 ? '@google-cloud/functions-framework' : 'functions-framework-3';
  const googles = path.join(root, 'node_modules', name);
  mkdirSync(path.join(modules, '@google-cloud'), { recursive: true });
  mkdirSync(path.join(modules, '.bin'));
  symlinkSync(googles, path.join(modules, '@google-cloud/functions-framework'));
  const command = path.join(googles, 'build/src/main.js');
  symlinkSync(command, path.join(modules, '.bin/functions-framework'));
  useExpress(modules);
}

/** What programs use beside the framework. */
function useExpress(modules: string): void {
  for (const name of ['express', 'express4']) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name));
  }
}

function installTarball(directory: string): void {
  const tarball = path.basename(pack(directory));
  const dependencies = { '@google-cloud/functions-framework': `file:./${tarball}` };
  const manifest = JSON.stringify({ private: true, dependencies });
  writeFileSync(path.join(directory, 'package.json'), manifest);
  const options = ['--offline', '--no-audit', '--no-fund', '--no-package-lock', '--silent'];
  execFileSync('npm', ['install', ...options], { cwd: directory, stdio: 'pipe' });
  useExpress(path.join(directory, 'node_modules'));
}
