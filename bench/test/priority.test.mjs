// A run has priority over other programs where the system lets it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const moduleOf = (/** @type {string} */ name) => {
  return JSON.stringify(pathToFileURL(fileURLToPath(new URL(`../${name}`, import.meta.url))).href);
};

/** Prints the priorities of the harness, of a thread of it, and of a server. */
const program = `
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { takePriority } from ${moduleOf('priority.mjs')};
import { startServer } from ${moduleOf('server.mjs')};
import { listSubjects } from ${moduleOf('subjects/index.mjs')};
import { hello } from ${moduleOf('workloads/index.mjs')};

const sessionOf = (pid) => /nice (-?\\d+)/.exec(readFileSync('/proc/' + pid + '/autogroup', 'utf8'))?.[1];
const isTaken = takePriority();
const runtime = { name: 'node', command: [process.execPath], version: '' };
const server = await startServer({ subject: listSubjects([])[0], runtime, firstRequest: hello });
const threads = [process.pid, server.pid].flatMap((pid) => readdirSync('/proc/' + pid + '/task'));
const priorities = [...new Set(threads.map((thread) => os.getPriority(Number(thread))))];
console.log(JSON.stringify({ isTaken, priorities, sessions: [process.pid, server.pid].map(sessionOf) }));
await server.stop();
`;

const skip = !existsSync('/proc/self/autogroup') && 'this kernel has no autogroups';

test('all threads of the harness and of its servers have priority, and the session loses it', {
  skip,
}, () => {
  const script = `nice_of() { sed 's/.* //' /proc/self/autogroup; }
nice_of; "$0" --input-type=module --eval "$1"; nice_of`;
  const command = ['setsid', '--wait', 'sh', '-c', script, process.execPath, program];
  const printed = execFileSync(command[0], command.slice(1), { encoding: 'utf8' });
  const [before, seen, after] = printed.trim().split('\n');
  assert.equal(before, '0');
  const { isTaken, priorities, sessions } = JSON.parse(seen);
  assert.deepEqual(priorities, isTaken ? [-20] : [0]);
  assert.deepEqual(sessions, isTaken ? ['-20', '-20'] : ['0', '0']);
  assert.equal(after, '0');
});
