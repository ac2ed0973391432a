// CPU time and memory of a started command: of every process in its process group.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Usage
 * @property {number} cpuMs User and system time so far, in milliseconds.
 * @property {number} rssMb Resident memory now, in MiB.
 * @property {number} peakRssMb Largest resident memory so far, in MiB.
 * @property {number} minorFaults Pages that were mapped without reading from a disk.
 * @property {number} majorFaults Pages that were read from a disk.
 * @property {number} readKb What was read by system calls, in KiB.
 */

const hasProc = existsSync('/proc/self/stat');

/** @type {Usage} */
const nothing = {
  cpuMs: 0,
  rssMb: 0,
  peakRssMb: 0,
  minorFaults: 0,
  majorFaults: 0,
  readKb: 0,
};

/**
 * Reads what the process group led by `leader` has used so far.
 * @param {number} leader
 * @returns {Usage}
 */
export function readUsage(leader) {
  return hasProc ? readProc(leader) : readPs(leader);
}

/** @type {(leader: number) => Usage} */
function readProc(leader) {
  const total = { ...nothing };
  for (const pid of readdirSync('/proc')) {
    if (pid[0] < '0' || pid[0] > '9') continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // proc(5): the command may hold spaces, so fields are counted from the last ")".
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(fields[2]) !== leader) continue;
      total.cpuMs += readCpu(pid, fields);
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      total.rssMb += readMb(status, 'VmRSS:');
      total.peakRssMb += readMb(status, 'VmHWM:');
      total.minorFaults += Number(fields[7]);
      total.majorFaults += Number(fields[9]);
      total.readKb += readKbRead(pid);
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  return total;
}

/**
 * schedstat counts nanoseconds for each thread; stat counts ticks of 10 ms, too coarse for a start
 * that takes 30 ms.
 * @param {string} pid
 * @param {string[]} fields
 */
function readCpu(pid, fields) {
  try {
    let nanoseconds = 0;
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      nanoseconds += Number.parseInt(
        readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8'),
        10,
      );
    }
    if (nanoseconds > 0) return nanoseconds / 1e6;
  } catch {
    // A kernel without schedstat.
  }
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** @param {string} pid */
function readKbRead(pid) {
  try {
    return (
      Number.parseInt(readFileSync(`/proc/${pid}/io`, 'utf8').slice('rchar: '.length), 10) / 1024
    );
  } catch {
    return 0; // Not ours to read.
  }
}

/** @type {(status: string, field: string) => number} */
function readMb(status, field) {
  const start = status.indexOf(field);
  return start < 0 ? 0 : Number.parseInt(status.slice(start + field.length), 10) / 1024;
}

/** Without /proc (macOS): ps knows CPU time to 10 ms and no peak. @type {(leader: number) => Usage} */
function readPs(leader) {
  const total = { ...nothing };
  const listing = execFileSync('ps', ['-A', '-o', 'pgid=,rss=,time='], { encoding: 'utf8' });
  for (const line of listing.split('\n')) {
    const [group, rss, time] = line.trim().split(/\s+/);
    if (Number(group) !== leader) continue;
    total.rssMb += Number(rss) / 1024;
    const seconds = time.split(/[-:]/).reduce((sum, part) => sum * 60 + Number(part), 0);
    total.cpuMs += seconds * 1000;
  }
  return { ...total, peakRssMb: total.rssMb };
}
