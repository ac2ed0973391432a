import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';

/** Where and on what the figures came about. */
export function readEnvironment() {
  const cpus = os.cpus();
  return {
    date: new Date().toISOString(),
    commit: readCommit(),
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    harness: `Node ${process.versions.node}`,
    loadAverage: os.loadavg()[0],
  };
}

/** @typedef {ReturnType<typeof readEnvironment>} Environment */

function readCommit() {
  const cwd = fileURLToPath(new URL('.', import.meta.url));
  const git = (/** @type {string[]} */ ...args) =>
    execFileSync('git', args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    const changed = git('status', '--porcelain', '--', '../src/index')
      ? ' with changes in src'
      : '';
    return git('rev-parse', '--short', 'HEAD') + changed;
  } catch {
    return 'unknown';
  }
}
