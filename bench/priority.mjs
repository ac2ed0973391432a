// Priority over other programs, for this program and for the servers that it starts. On Linux it is
// root's to take. Where it cannot be had, the run goes on without it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';

const highest = os.constants.priority.PRIORITY_HIGHEST;
const own = '/proc/self/autogroup';

let isTaken = false;

/**
 * Takes priority until the program ends. A child inherits it, but for its session's (see
 * `raiseSession`).
 * @returns {boolean} Whether the system allows it.
 */
export function takePriority() {
  try {
    for (const thread of listThreads()) os.setPriority(thread, highest);
    isTaken = true;
  } catch {
    return false; // EACCES: only root may.
  }
  const before = readSession();
  // Another run in this session has raised it already, and will lower it.
  if (before !== undefined && before !== highest) {
    raiseSession(process.pid);
    process.once('exit', () => writeSession(process.pid, before));
  }
  return true;
}

/**
 * sched(7): with autogroups, Linux divides the time of a core among sessions first. A server has a
 * session of its own, and the priority of a process counts only within its session.
 * @param {number} leader
 */
export function raiseSession(leader) {
  if (isTaken) writeSession(leader, highest);
}

/** On Linux a priority is a thread's, and V8's threads run already. */
function listThreads() {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [process.pid];
  }
}

/** @returns {number | undefined} */
function readSession() {
  try {
    const nice = /nice (-?\d+)/.exec(readFileSync(own, 'utf8'))?.[1];
    return nice === undefined ? undefined : Number(nice);
  } catch {
    return undefined; // A kernel without autogroups.
  }
}

/** @type {(pid: number, nice: number) => void} */
function writeSession(pid, nice) {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(nice));
  } catch {
    // A kernel without autogroups, or the process has ended.
  }
}
