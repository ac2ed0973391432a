// One replica of a function that can be restarted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const source = path.join(import.meta.dirname, 'function.cjs');

/** Starts `program` on a port. */
export function createReplica(program, port, flags = []) {
  let child;
  let exited;
  return {
    port,
    async start() {
      const args = [program, `--source=${source}`, '--target=function', `--port=${port}`, ...flags];
      const env = { PATH: process.env.PATH, NODE_ENV: 'production' };
      child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
      exited = once(child, 'exit');
      await untilReady(port, child);
    },
    /** Asks it to end, as an orchestrator does. Resolves with its exit code or signal. */
    async stop() {
      child.kill('SIGTERM');
      const [code, signal] = await exited;
      return code ?? signal;
    },
    kill: () => child?.kill('SIGKILL'),
  };
}

async function untilReady(port, child) {
  for (let tries = 0; tries < 500 && child.exitCode === null; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      headers: { Connection: 'close' },
    }).catch(() => undefined);
    if (answer?.status === 200) return;
    await delay(10);
  }
  throw new Error(`The replica on port ${port} does not answer.`);
}
