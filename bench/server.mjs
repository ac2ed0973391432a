// Starts a subject's command in a process group of its own, and ends it for certain.
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectWhenListening, findFreePort, tryToConnect, verifyAnswer } from './exchange.mjs';
import { SubjectFailure } from './failure.mjs';
import { createBox } from './limits.mjs';
import { raiseSession } from './priority.mjs';
import { readUsage } from './resources.mjs';

/**
 * @typedef {object} Runtime
 * @property {string} name Such as `node-20.20.2`; the key of its samples.
 * @property {string[]} command The program and the arguments before a script's name.
 * @property {string} version
 * @property {Record<string, string>} [env] Added to the environment.
 *
 * @typedef {object} Start
 * @property {import('./subjects/index.mjs').Subject} subject
 * @property {Runtime} runtime
 * @property {import('./workloads/index.mjs').Workload} firstRequest Verified before anything else.
 * @property {string} [functionFile] The function served for the target `heavy`.
 * @property {Record<string, string>} [env] Added to the environment.
 * @property {string[]} [runtimeArgs] Added before the script's name, but for a subject with a runtime
 *   of its own.
 * @property {string[]} [program] Arguments of the runtime, in the place of the subject's.
 * @property {string[]} [wrapper] A command that runs the command which follows it, such as strace.
 * @property {import('./limits.mjs').Limits} [limits] Of CPU and memory.
 * @property {number} [timeout] To the first answer, in milliseconds.
 *
 * @typedef {object} RunningServer
 * @property {number} pid Of the leader of its process group.
 * @property {number} port
 * @property {number} startMs From spawn to the first complete, verified answer.
 * @property {import('./resources.mjs').Usage} firstUsage Read right after the first answer.
 * @property {number} spawnedAt In milliseconds of the system's monotonic clock.
 * @property {(workload: import('./workloads/index.mjs').Workload) => string} pathOf
 * @property {() => import('./resources.mjs').Usage} usage
 * @property {() => void} assertAlive Throws a SubjectFailure when the process has ended by itself.
 * @property {() => { throttledMs?: number }} limited What the limits have cost so far.
 * @property {{ throttledMs?: number }} firstLimited The same at the first answer.
 * @property {Promise<unknown>} ended
 * @property {() => Promise<void>} stop
 */

/** What an interrupted run must clear away: process groups by leader, with their folder. @type {Map<number, string>} */
const groups = new Map();
process.once('exit', endGroups);

function endGroups() {
  for (const [leader, folder] of groups) {
    killGroup(leader);
    rmSync(folder, { recursive: true, force: true });
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Ends the program, and with it all that it started, when it is interrupted or its terminal is closed. */
export function exitOnSignals() {
  for (const signal of signals) process.once(signal, () => process.exit(130));
}

/** Resolves at the first such signal; the second ends the program. @returns {Promise<void>} */
export function onFirstSignal() {
  return new Promise((resolve) => {
    let count = 0;
    for (const signal of signals) {
      process.on(signal, () => {
        if (++count > 1) process.exit(130);
        console.error('\nbench: interrupted: writing what was measured…');
        endGroups();
        resolve();
      });
    }
  });
}

/**
 * Starts a subject, waits for its first answer and verifies it. Throws a SubjectFailure, with all
 * processes ended, when it does not answer as it should.
 * @param {Start} start
 * @returns {Promise<RunningServer>}
 */
export async function startServer(start) {
  const port = await findFreePort();
  const running = spawnGroup(start, port);
  const { firstRequest: workload, timeout = 20_000 } = start;
  const pathOf = start.subject.onlyRootPath
    ? () => '/'
    : (/** @type {{ path: string }} */ { path }) => path;
  const deadline = running.startedAt + timeout;
  try {
    const { assertAlive } = running;
    const socket = await connectWhenListening(port, { deadline, assertAlive });
    const left = Math.max(1, Math.ceil(deadline - performance.now()));
    await verifyAnswer(workload, port, { socket, timeout: left, path: pathOf(workload) });
    const startMs = performance.now() - running.startedAt;
    const usage = () => readUsage(running.pid);
    const { spawnedAt, stop } = running;
    const { pid, ended, box } = running;
    const firstUsage = usage();
    const limited = () => box?.read() ?? {};
    const firstLimited = limited();
    const shown = { pid, port, startMs, firstUsage, spawnedAt, limited, firstLimited, pathOf };
    return { ...shown, usage, assertAlive, ended, stop };
  } catch (error) {
    if (error instanceof SubjectFailure) {
      if (performance.now() < deadline) await untilEnded({ port, ended: running.ended });
      running.explain(error);
    }
    await running.stop();
    throw error;
  }
}

/**
 * Waits for the end of a server whose answers failed, where its death may be the cause. One that
 * has died refuses connections at once, but on a busy machine its end is reported much later.
 * @param {Pick<RunningServer, 'port' | 'ended'>} server
 */
export async function untilEnded({ port, ended }) {
  const socket = await tryToConnect(port);
  socket?.destroy();
  await Promise.race([ended, sleep(socket ? 100 : 10_000, undefined, { ref: false })]);
}

/** @type {(start: Start, port: number) => ReturnType<typeof supervise>} */
function spawnGroup(start, port) {
  const box = start.limits && createBox(start.limits);
  const command = [...(start.wrapper ?? []), ...commandOf(start, port)];
  const [program, ...args] = box ? box.enter(command) : command;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  const log = openSync(path.join(folder, 'log'), 'w');
  const env = { ...environmentOf(start), [start.subject.portVariable ?? 'PORT']: String(port) };
  const spawnedAt = Number(process.hrtime.bigint()) / 1e6;
  const startedAt = performance.now();
  const child = spawn(program, args, { env, stdio: ['ignore', log, log], detached: true });
  if (child.pid) raiseSession(child.pid);
  closeSync(log);
  return supervise({ child, folder, startedAt, spawnedAt, box });
}

/** @type {(start: Start, port: number) => string[]} */
function commandOf({ subject, runtime, firstRequest, functionFile = '', ...start }, port) {
  const { runtimeArgs = [], program } = start;
  if (subject.shell) return ['/bin/sh', '-c', subject.shell];
  const args = program ?? subject.args?.(firstRequest.target, functionFile, port);
  if (!args) throw new SubjectFailure(`does not serve ${firstRequest.target}`);
  if (subject.ownRuntime) return [...subject.ownRuntime().command, ...args];
  return [...runtime.command, ...runtimeArgs, ...args];
}

/** A bare environment: what npm and the shell add would be read, and paid for, by every start. */
function environmentOf(/** @type {Start} */ { subject, firstRequest, runtime, env }) {
  const { PATH = '', HOME = '' } = process.env;
  const added = { ...runtime.env, ...subject.env, ...env };
  return { PATH, HOME, NODE_ENV: 'production', BENCH_TARGET: firstRequest.target, ...added };
}

/** @param {{ child: import('node:child_process').ChildProcess, folder: string, startedAt: number, spawnedAt: number, box?: import('./limits.mjs').Box }} started */
function supervise({ child, folder, startedAt, spawnedAt, box }) {
  const pid = child.pid ?? 0;
  if (pid) groups.set(pid, folder);
  /** @type {string | undefined} */
  let end;
  let isStopping = false;
  let lackedMemory = false;
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(noteEnd(error.message)));
    child.once('exit', (code, signal) => resolve(noteEnd(signal ?? `exit code ${code}`)));
  });
  return { pid, startedAt, spawnedAt, box, ended, assertAlive, explain, stop };

  /** @param {string} reason */
  function noteEnd(reason) {
    noteMemory();
    if (!isStopping) end = lackedMemory ? `${reason} (it reached the limit of memory)` : reason;
  }

  /** Also where the kernel ended another process than the leader. */
  function noteMemory() {
    if (!isStopping && box?.wasOutOfMemory()) lackedMemory = true;
  }

  function assertAlive() {
    if (end !== undefined) throw new SubjectFailure(`died: ${end}`);
    noteMemory();
    if (lackedMemory) throw new SubjectFailure('lost a process: it reached the limit of memory');
  }

  /** Adds how the process ended and the last it printed. @param {SubjectFailure} failure */
  function explain(failure) {
    if (end !== undefined && !failure.message.startsWith('died'))
      failure.message += ` (died: ${end})`;
    const said = readFileSync(path.join(folder, 'log'), 'utf8').trim();
    const error = /^.*(?:Error|Cannot).*$/m.exec(said)?.[0] ?? said.slice(-200);
    if (error) failure.message += `; it printed: ${error.slice(0, 300)}`;
  }

  /** Ends the whole group. */
  async function stop() {
    noteMemory();
    isStopping = true;
    if (pid) killGroup(pid);
    await ended;
    groups.delete(pid);
    await box?.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Ends a server that runs under a wrapper by SIGTERM, so that the wrapper can report.
 * @param {RunningServer} server
 */
export async function endGently(server) {
  const children = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8');
  const pids = children.split(' ').map(Number).filter(Boolean);
  for (const pid of pids.length > 0 ? pids : [server.pid]) process.kill(pid, 'SIGTERM');
  await Promise.race([server.ended, sleep(10_000, undefined, { ref: false })]);
}

/** @param {number} leader */
function killGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // No process of the group is left.
  }
}
