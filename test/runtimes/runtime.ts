import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { root } from '../support/packed';
import { send } from '../support/wire';

/** The command that runs programs: BAREFN_RUNTIME as JSON, or the Node of this test. */
export const [command = '', ...words]: string[] = JSON.parse(
  process.env['BAREFN_RUNTIME'] ?? JSON.stringify([process.execPath]),
);
/** Which runtime it is. */
export const runtime: string = path.basename(command);
export const cli: string = path.join('node_modules', 'barefn', 'dist', 'cli.js');
export const JSON_TYPE = { 'content-type': 'application/json' };

/** Where the program is. */
export const directory: string = mkdtempSync(path.join(os.tmpdir(), 'runtime-'));
const children: ChildProcess[] = [];
cpSync(path.join(__dirname, 'program'), directory, { recursive: true });
mkdirSync(path.join(directory, 'node_modules/barefn'), { recursive: true });
for (const name of ['dist', 'package.json']) {
  cpSync(path.join(root, name), path.join(directory, 'node_modules/barefn', name), {
    recursive: true,
  });
}
for (const name of ['express', 'express4']) {
  symlinkSync(path.join(root, 'node_modules', name), path.join(directory, 'node_modules', name));
}
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

/** A command that serves. */
export interface Started {
  readonly url: string;
  readonly child: ChildProcess;
  output(): string;
}

/** Starts the command on a function of the program, or of another module. */
export async function start(target: string, type = 'http', ...more: string[]): Promise<Started> {
  const flags = [
    `--target=${target}`,
    `--signature-type=${type}`,
    '--port=0',
    '--timeout=1',
    ...more,
  ];
  const child = spawn(command, [...words, cli, ...flags], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  while (!output.includes('URL: ')) {
    if (child.exitCode !== null) throw new Error(`${command} ended:\n${output}`);
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  }
  const url = /URL: (\S+?)\/?\n/.exec(output)?.[1]?.replace('localhost', '127.0.0.1') as string;
  return { url, child, output: () => output };
}

/** Sends a GET. */
export const get = (url: string, headers = {}): ReturnType<typeof send> =>
  send(url, { method: 'GET', headers });
