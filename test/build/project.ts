import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { root } from '../support/packed';
import { Program } from '../support/program';

const scratch = mkdtempSync(path.join(os.tmpdir(), 'barefn-build-'));
let projects = 0;
after(() => rmSync(scratch, { recursive: true, force: true }));

/** What became of a command. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program in a directory of its own, with barefn and esbuild installed. */
export class Project {
  readonly directory = path.join(scratch, String(++projects));

  /** @param files texts by their paths */
  constructor(files: Record<string, string>, { hasEsbuild = true } = {}) {
    for (const name of ['dist', 'build', 'package.json']) {
      const target = path.join(this.directory, 'node_modules/barefn', name);
      cpSync(path.join(root, name), target, { recursive: true });
    }
    if (hasEsbuild) {
      symlinkSync(path.join(root, 'node_modules/esbuild'), this.path('node_modules/esbuild'));
    }
    this.write({ 'package.json': '{ "name": "program" }', ...files });
  }

  path(name: string): string {
    return path.join(this.directory, name);
  }

  write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(this.path(name)), { recursive: true });
      writeFileSync(this.path(name), text);
    }
  }

  /** Runs `barefn` with these words until it ends. */
  run(words: readonly string[], env: Record<string, string> = {}): Run {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [this.path('node_modules/barefn/dist/cli.js'), ...words],
      {
        encoding: 'utf8',
        cwd: this.directory,
        timeout: 120_000,
        env: { PATH: process.env['PATH'], ...env },
      },
    );
    return { code: status, stdout, stderr };
  }

  /** Builds the function, which has to work. */
  build(...words: string[]): Run {
    const run = this.run(['build', ...words]);
    if (run.code !== 0) throw new Error(`The build failed.\n${run.stdout}${run.stderr}`);
    return run;
  }

  /** Starts the build, or what else is named. */
  start(
    words: readonly string[] = [],
    { file = '.barefn/start.js', env = {}, flags = [] as string[] } = {},
  ): Program {
    const command = [...flags, file, '--port=0', ...words];
    return new Program(
      spawn(process.execPath, command, {
        cwd: this.directory,
        env: { PATH: process.env['PATH'], ...env },
      }),
    );
  }

  /** The same, once it listens. */
  async serve(...args: Parameters<Project['start']>): Promise<Program> {
    const program = this.start(...args);
    await program.listening();
    return program;
  }

  /** Starts the command, which finds a build by itself. */
  async serveCommand(...words: string[]): Promise<Program> {
    return this.serve(words, { file: 'node_modules/barefn/dist/cli.js' });
  }
}

/** The text that a program answers at a path. */
export async function get({ url }: Program, target = '/'): Promise<string> {
  return (await fetch(url + target)).text();
}
