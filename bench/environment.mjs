import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
    hasPriority: false,
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

/**
 * What share of the machine's CPU time other programs took since the call; undefined where the
 * system does not say.
 * @returns {() => number | undefined}
 */
export function watchOtherWork() {
  const before = readWork();
  return () => {
    const now = readWork();
    if (!before || !now || now.all === before.all) return undefined;
    const others = now.busy - before.busy - (now.own - before.own);
    return Math.max(0, others) / (now.all - before.all);
  };
}

/** proc(5), in ticks: of all cores, and of this process with the children that have ended. */
function readWork() {
  try {
    const [line] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
    const [user, nice, system, idle, waiting, ...rest] = line.split(/ +/).slice(1, 9).map(Number);
    const busy = rest.reduce((sum, ticks) => sum + ticks, user + nice + system);
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
    const own = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
    return { all: busy + idle + waiting, busy, own };
  } catch {
    return undefined;
  }
}
