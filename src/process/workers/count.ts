import { readFileSync } from 'node:fs';
import os from 'node:os';

/** The number of workers. `auto`: one for each CPU that the process may use. */
export function countWorkers(workers: number | 'auto'): number {
  if (workers !== 'auto') return workers;
  return Math.max(1, Math.min(os.availableParallelism(), Math.floor(cpuLimit())));
}

/**
 * The CPUs that the container's cgroup allows. Node 22 and later, whose libuv reads it, count it in
 * `availableParallelism()`; Node 20 does not.
 */
function cpuLimit(): number {
  const [quota, period] =
    numbersOf('/sys/fs/cgroup/cpu.max') ??
    numbersOf('/sys/fs/cgroup/cpu/cpu.cfs_quota_us', '/sys/fs/cgroup/cpu/cpu.cfs_period_us') ??
    [];
  // "max" in version 2 of cgroups and -1 in version 1 mean no limit.
  return quota !== undefined && period !== undefined && quota > 0 && period > 0
    ? quota / period
    : Number.POSITIVE_INFINITY;
}

function numbersOf(...files: readonly string[]): number[] | undefined {
  try {
    return files
      .map((file) => readFileSync(file, 'utf8'))
      .join(' ')
      .trim()
      .split(/\s+/)
      .map(Number);
  } catch {
    return undefined;
  }
}
