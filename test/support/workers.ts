import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { get } from './slow-function';

/**
 * A function that says which process serves it. It also waits, counts, blocks, crashes and streams, and
 * tells of its hooks. What is sent to /hold it ends after SIGUSR2.
 */
export const PIDS = `
const { http, onStartup, onShutdown } = require('barefn');
let served = 0;
let crashes = false;
const held = [];
process.on('SIGUSR2', () => {
  for (const res of held.splice(0)) res.end('end');
});
setInterval(() => {
  if (!crashes) return;
  crashes = false;
  throw new Error('a stray error');
}, 10);
onStartup(() => void process.stderr.write('startup hook\\n'));
onShutdown(() => void process.stderr.write('served <' + served + '>\\n'));
http('function', (req, res) => {
  const { path, query } = req;
  if (path !== '/pid') served++;
  if (path === '/crash') {
    crashes = true;
    res.send(String(process.pid));
  } else if (path === '/block') {
    res.send(String(process.pid));
    setTimeout(() => {
      process.stderr.write('blocking\\n');
      for (;;);
    }, 20);
  } else if (path === '/exit') process.exit(5);
  else if (path === '/never') process.stderr.write('waiting\\n');
  else if (path === '/hold') {
    res.write(process.pid + ',');
    held.push(res);
  } else if (path === '/stream') {
    res.write(process.pid + ',');
    setTimeout(() => res.end('end'), Number(query.ms));
  } else setTimeout(() => res.send(String(process.pid)), Number(query.ms ?? 0));
});`;

/** The process that serves a new connection. */
export async function pidOf(url: string): Promise<number> {
  return Number((await get(`${url}/pid`, new http.Agent())).text);
}

/** The processes that serve; a new connection goes to each in turn. */
export async function pidsOf(url: string, count: number): Promise<number[]> {
  const pids = new Set<number>();
  for (let tries = 0; pids.size < count; tries++) {
    if (tries > 1000) throw new Error(`Only ${[...pids]} serve.`);
    pids.add(await pidOf(url));
    await delay(1);
  }
  return [...pids];
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits until a process is gone. */
export async function untilGone(pid: number): Promise<void> {
  for (let tries = 0; isAlive(pid); tries++) {
    if (tries > 3000) throw new Error(`Process ${pid} does not end.`);
    await delay(10);
  }
}
