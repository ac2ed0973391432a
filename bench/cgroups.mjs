// The folders of control groups: cgroup v2, or v1.
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {object} Group
 * @property {string[]} folders A process that is in the group is written into all of them.
 * @property {string} cpuStat
 * @property {string} [memoryEvents] Where kills for want of memory are counted.
 * @property {(stat: string) => number} throttledMs
 */

/** As the kernel's default, and as platforms set it. */
const periodUs = 100_000;
const root = '/sys/fs/cgroup';

/** @type {string[]} */
const made = [];
process.once('exit', () => {
  for (const folder of made.reverse()) removeFolder(folder);
  parent?.leave();
});

/** @type {(name: string, limits: import('./limits.mjs').Limits) => Group} */
export function createGroup(name, limits) {
  const isV2 = existsSync(path.join(root, 'cgroup.controllers'));
  return isV2 ? createV2(name, limits) : createV1(name, limits);
}

/** @type {(name: string, limits: import('./limits.mjs').Limits) => Group} */
function createV2(name, { cpu, memoryMb }) {
  parent ??= enterParent(memoryMb ? ['cpu', 'memory'] : ['cpu']);
  const folder = makeFolder(path.join(parent.folder, name));
  writeFileSync(path.join(folder, 'cpu.max'), `${Math.round(cpu * periodUs)} ${periodUs}`);
  if (memoryMb) {
    writeFileSync(path.join(folder, 'memory.max'), String(memoryMb * 2 ** 20));
    writeIfThere(path.join(folder, 'memory.swap.max'), '0');
  }
  return {
    folders: [folder],
    cpuStat: path.join(folder, 'cpu.stat'),
    ...(memoryMb && { memoryEvents: path.join(folder, 'memory.events') }),
    throttledMs: (stat) => readField(stat, 'throttled_usec') / 1000,
  };
}

/** Where the groups are made, as long as the program runs. @type {ReturnType<typeof enterParent> | undefined} */
let parent;

/**
 * The parent of all groups: the root where that may be written, else the own group. cgroup v2: one
 * that has children with controllers may have no process itself, but for the root. So all that run
 * in it, npm and its shell too, move into a child until the program ends.
 * @param {string[]} controllers
 */
function enterParent(controllers) {
  // Only the root has no type. That of a container or another namespace has one.
  const isWholeRoot = !existsSync(path.join(root, 'cgroup.type')) && process.getuid?.() === 0;
  const folder = isWholeRoot ? root : path.join(root, ownGroup('') ?? '/');
  const child = isWholeRoot ? undefined : path.join(folder, `barefn-bench-${process.pid}`);
  const offered = readFileSync(path.join(folder, 'cgroup.controllers'), 'utf8').split(/\s+/);
  const missing = controllers.filter((name) => !offered.includes(name));
  if (missing.length > 0)
    throw new Error(`${folder} offers no controller of ${missing.join(', ')}`);
  const control = path.join(folder, 'cgroup.subtree_control');
  const enabled = readFileSync(control, 'utf8').split(/\s+/);
  const added = controllers.filter((name) => !enabled.includes(name));
  try {
    if (child) moveProcesses(folder, makeFolder(child));
    if (added.length > 0) writeFileSync(control, added.map((name) => `+${name}`).join(' '));
  } catch (error) {
    leave();
    throw error;
  }
  return { folder, leave };

  function leave() {
    try {
      if (added.length > 0) writeFileSync(control, added.map((name) => `-${name}`).join(' '));
    } catch {
      // Another run uses them, and will turn them off.
    }
    if (!child || !existsSync(child)) return;
    try {
      moveProcesses(child, folder);
      rmdirSync(child);
    } catch {
      // The scope goes with its last process.
    }
  }
}

/** Until none is left: one may have started another meanwhile. @type {(from: string, to: string) => void} */
function moveProcesses(from, to) {
  for (let attempt = 0; attempt < 10; attempt++) {
    const pids = readFileSync(path.join(from, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean);
    if (pids.length === 0) return;
    for (const pid of pids) moveProcess(pid, to);
  }
}

/** @type {(pid: string, to: string) => void} */
function moveProcess(pid, to) {
  try {
    writeFileSync(path.join(to, 'cgroup.procs'), pid);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error; // it has ended
  }
}

/** @type {(name: string, limits: import('./limits.mjs').Limits) => Group} */
function createV1(name, { cpu, memoryMb }) {
  const cpuFolder = makeFolder(path.join(findV1('cpu'), name));
  writeFileSync(path.join(cpuFolder, 'cpu.cfs_period_us'), String(periodUs));
  writeFileSync(path.join(cpuFolder, 'cpu.cfs_quota_us'), String(Math.round(cpu * periodUs)));
  const folders = [cpuFolder];
  const memoryFolder = memoryMb && path.join(findV1('memory'), name);
  if (memoryFolder) {
    folders.push(makeFolder(memoryFolder));
    const bytes = String(memoryMb * 2 ** 20);
    writeFileSync(path.join(memoryFolder, 'memory.limit_in_bytes'), bytes);
    writeIfThere(path.join(memoryFolder, 'memory.memsw.limit_in_bytes'), bytes);
  }
  return {
    folders,
    cpuStat: path.join(cpuFolder, 'cpu.stat'),
    ...(memoryFolder && { memoryEvents: path.join(memoryFolder, 'memory.oom_control') }),
    throttledMs: (stat) => readField(stat, 'throttled_time') / 1e6,
  };
}

/** The own group below a controller. @param {string} controller */
function findV1(controller) {
  const folder = path.join(root, controller, ownGroup(controller) ?? '/');
  if (existsSync(path.join(folder, 'cgroup.procs'))) return folder;
  throw new Error(`${folder} is no control group`);
}

/** The group of this process below a controller; '' is that of cgroup v2. @param {string} controller */
function ownGroup(controller) {
  const lines = readFileSync('/proc/self/cgroup', 'utf8').split('\n');
  const fields = lines.map((line) => line.split(':'));
  return fields.find(([, controllers]) => controllers?.split(',').includes(controller))?.[2];
}

/** @param {string} folder */
function makeFolder(folder) {
  mkdirSync(folder);
  made.push(folder);
  return folder;
}

/** @param {string} folder */
export function removeFolder(folder) {
  try {
    rmdirSync(folder);
  } catch {
    return !existsSync(folder);
  }
  return true;
}

/** @type {(file: string, text: string) => void} */
function writeIfThere(file, text) {
  if (existsSync(file)) writeFileSync(file, text);
}

/** @type {(stat: string, name: string) => number} */
function readField(stat, name) {
  return Number(new RegExp(`^${name} (\\d+)`, 'm').exec(stat)?.[1] ?? 0);
}
