// How many connections fit: each takes a file descriptor in the benchmark, and one in the server.
import { execFileSync } from 'node:child_process';

/** What the programs have open besides. */
const others = 200;

/**
 * The limit of open files. Node raises the soft one to the hard one when it starts, and servers
 * inherit it.
 */
function readOpenFileLimit() {
  const text = execFileSync('/bin/sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  return text === 'unlimited' ? Infinity : Number(text);
}

/**
 * The counts that the limit of open files allows; says which are left out.
 * @type {(counts: number[], what: string, limit?: number) => number[]}
 */
export function leaveOutTooMany(counts, what, limit = readOpenFileLimit()) {
  const fits = (/** @type {number} */ count) => count + others <= limit;
  const tooMany = counts.filter((count) => !fits(count));
  if (tooMany.length > 0) {
    const needed = Math.max(...tooMany) + others;
    console.error(
      `bench: ${tooMany.join(' and ')} ${what} are left out: a process may open ${limit} files here. Raise that before the run: ulimit -n ${needed}`,
    );
  }
  return counts.filter(fits);
}
