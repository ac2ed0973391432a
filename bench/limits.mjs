// A small machine: each server in a control group (cgroup v2, or v1) with a quota of CPU and memory.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGroup, removeFolder } from './cgroups.mjs';

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

let count = 0;

/** @param {Limits} limits */
export function describeLimits({ cpu, memoryMb }) {
  return `${cpu} CPU${memoryMb ? `, ${memoryMb} MB` : ''}`;
}

/**
 * Says why such limits cannot be set on this machine; undefined when they can.
 * @param {Limits} [limits]
 * @returns {Promise<string | undefined>}
 */
export async function findObstacle(limits = { cpu: 1, memoryMb: 512 }) {
  try {
    const box = createBox(limits);
    const [command, ...args] = box.enter(['true']);
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    box.read();
    box.wasOutOfMemory();
    await box.remove();
    return undefined;
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    return `no control group with a quota can be made (${message.trim()}). Run as root, or with systemd in a scope of its own: systemd-run --user --scope -p Delegate=yes npm run bench`;
  }
}

/**
 * A new control group with these limits.
 * @param {Limits} limits
 * @returns {Box}
 */
export function createBox(limits) {
  const group = createGroup(`barefn-bench-${process.pid}-${count++}`, limits);
  const { folders, cpuStat, throttledMs, memoryEvents } = group;
  return {
    enter: (command) => {
      const joins = folders.map((folder) => `echo $$ > '${folder}/cgroup.procs'`).join(' && ');
      return ['/bin/sh', '-c', `${joins} && exec "$@"`, 'sh', ...command];
    },
    read: () => ({ throttledMs: throttledMs(readFileSync(cpuStat, 'utf8')) }),
    wasOutOfMemory: () =>
      memoryEvents !== undefined && /^oom_kill [1-9]/m.test(readFileSync(memoryEvents, 'utf8')),
    remove: async () => {
      // The kernel lets go of the group a moment after its last process.
      for (let attempt = 0; attempt < 20 && !folders.every(removeFolder); attempt++) await sleep(5);
    },
  };
}
