// A small machine: each server in a control group (cgroup v2, or v1) with a quota of CPU and memory.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {object} Limits
 * @property {number} cpu Cores.
 * @property {number} [memoryMb]
 *
 * @typedef {object} Box The control group of one server.
 * @property {(command: string[]) => string[]} enter The command that runs the given one in it.
 * @property {() => { throttledMs: number }} read How long its threads waited for the next period.
 * @property {() => boolean} wasOutOfMemory
 * @property {() => Promise<void>} remove
 */

/** As the kernel's default, and as platforms set it. */
const periodUs = 100_000;
const root = '/sys/fs/cgroup';
const isV2 = existsSync(path.join(root, 'cgroup.controllers'));

let count = 0;
/** @type {string[]} */
const made = [];
process.once('exit', () => {
  for (const folder of made.reverse()) removeFolder(folder);
});

/** @param {Limits} limits */
export function describeLimits({ cpu, memoryMb }) {
  return `${cpu} CPU${memoryMb ? `, ${memoryMb} MB` : ''}`;
}

/**
 * Says why limits cannot be set on this machine; undefined when they can.
 * @returns {string | undefined}
 */
export function findObstacle() {
  try {
    const box = createBox({ cpu: 1, memoryMb: 512 });
    const [command, ...args] = box.enter(['true']);
    execFileSync(command, args, { stdio: 'ignore' });
    for (const folder of made.splice(0)) removeFolder(folder);
    return undefined;
  } catch (error) {
    return `no right to make control groups with a quota (${/** @type {Error} */ (error).message}). Run as root, or with systemd in a scope of its own: systemd-run --user --scope -p Delegate=yes npm run bench`;
  }
}

/**
 * A new control group with these limits.
 * @param {Limits} limits
 * @returns {Box}
 */
export function createBox(limits) {
  const name = `barefn-bench-${process.pid}-${count++}`;
  const box = isV2 ? createV2(name, limits) : createV1(name, limits);
  const { folders, cpuStat, throttledMs, memoryEvents } = box;
  return {
    enter: (command) => {
      const joins = folders.map((folder) => `echo $$ > ${folder}/cgroup.procs`).join(' && ');
      return ['/bin/sh', '-c', `${joins} && exec "$@"`, 'sh', ...command];
    },
    read: () => ({ throttledMs: throttledMs(readFileSync(cpuStat, 'utf8')) }),
    wasOutOfMemory: () =>
      memoryEvents !== undefined && /oom_kill [1-9]/.test(readFileSync(memoryEvents, 'utf8')),
    remove: async () => {
      // The kernel lets go of the group a moment after its last process.
      for (let attempt = 0; attempt < 20 && !folders.every(removeFolder); attempt++) await sleep(5);
    },
  };
}

/** @type {(name: string, limits: Limits) => { folders: string[], cpuStat: string, memoryEvents?: string, throttledMs: (stat: string) => number }} */
function createV2(name, { cpu, memoryMb }) {
  const parent = prepareParent();
  const folder = makeFolder(path.join(parent, name));
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

/** @type {string | undefined} */
let parentFolder;

/**
 * The own group, as parent of others. cgroup v2: one that has children with controllers may have no
 * process itself, but for the root; so this process moves into a child.
 */
function prepareParent() {
  if (parentFolder) return parentFolder;
  const parent = path.join(root, ownGroup('') ?? '/');
  if (parent !== root) {
    const own = makeFolder(path.join(parent, `barefn-bench-${process.pid}`));
    writeFileSync(path.join(own, 'cgroup.procs'), String(process.pid));
  }
  writeFileSync(path.join(parent, 'cgroup.subtree_control'), '+cpu +memory');
  parentFolder = parent;
  return parent;
}

/** @type {(name: string, limits: Limits) => ReturnType<typeof createV2>} */
function createV1(name, { cpu, memoryMb }) {
  const cpuFolder = makeFolder(path.join(root, 'cpu', ownGroup('cpu') ?? '/', name));
  writeFileSync(path.join(cpuFolder, 'cpu.cfs_period_us'), String(periodUs));
  writeFileSync(path.join(cpuFolder, 'cpu.cfs_quota_us'), String(Math.round(cpu * periodUs)));
  const folders = [cpuFolder];
  const memoryFolder = path.join(root, 'memory', ownGroup('memory') ?? '/', name);
  if (memoryMb) {
    folders.push(makeFolder(memoryFolder));
    const bytes = String(memoryMb * 2 ** 20);
    writeFileSync(path.join(memoryFolder, 'memory.limit_in_bytes'), bytes);
    writeIfThere(path.join(memoryFolder, 'memory.memsw.limit_in_bytes'), bytes);
  }
  return {
    folders,
    cpuStat: path.join(cpuFolder, 'cpu.stat'),
    ...(memoryMb && { memoryEvents: path.join(memoryFolder, 'memory.oom_control') }),
    throttledMs: (stat) => readField(stat, 'throttled_time') / 1e6,
  };
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
function removeFolder(folder) {
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
