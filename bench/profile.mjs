// `--profile=name`: where a subject spends its CPU time under load, as a .cpuprofile for Chrome's
// DevTools, speedscope or VS Code, and the costliest functions as text.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openClosedLoop } from './load/closed-loop.mjs';
import { startServer } from './server.mjs';
import { workloadsNamed } from './workloads/index.mjs';

const probe = fileURLToPath(new URL('workloads/profile-probe.cjs', import.meta.url));

/**
 * Profiles each workload in a process of its own, after a warm-up.
 * @param {{ subject: import('./subjects/index.mjs').Subject, runtime: import('./server.mjs').Runtime, seconds: number, connections: number, folder: string, workloads: string[] }} what
 */
export async function profileSubject({
  subject,
  runtime,
  seconds,
  connections,
  folder,
  workloads,
}) {
  if (subject.ownRuntime)
    throw new Error(`--profile=${subject.name}: it does not run on Node, whose profiler this is.`);
  mkdirSync(folder, { recursive: true });
  const served = workloadsNamed(workloads).filter((one) => subject.serves?.(one) !== false);
  for (const workload of served) {
    const file = path.join(folder, `${subject.name}-${workload.name}.cpuprofile`);
    const server = await startServer({
      subject,
      runtime,
      firstRequest: workload,
      env: { BENCH_PROFILE_FILE: file },
      runtimeArgs: ['--require', probe],
    });
    const load = openClosedLoop({ server, workload, connections }, seconds);
    await load.warmUp({ seconds: 1, requests: Infinity });
    process.kill(server.pid, 'SIGUSR2'); // begins
    const { cpuUs } = await load.measure();
    process.kill(server.pid, 'SIGUSR2'); // ends, and writes the file
    await server.ended;
    await load.close();
    await server.stop();
    console.log(`\n${file}\n${workload.name}: ${cpuUs.toFixed(1)} µs CPU per request, profiled`);
    console.log(listCostliest(JSON.parse(readFileSync(file, 'utf8'))).join('\n'));
  }
}

/**
 * The functions with the most time of their own, in percent of the time not idle.
 * @param {{ nodes: { id: number, callFrame: { functionName: string, url: string, lineNumber: number } }[], samples: number[] }} profile
 */
function listCostliest({ nodes, samples }, count = 15) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  /** @type {Map<string, number>} */
  const own = new Map();
  for (const id of samples) {
    const name = names.get(id) ?? '';
    if (name !== '(idle)') own.set(name, (own.get(name) ?? 0) + 1);
  }
  const total = [...own.values()].reduce((sum, ticks) => sum + ticks, 0);
  return [...own]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([name, ticks]) => `${((ticks / total) * 100).toFixed(1).padStart(5)} %  ${name}`);
}

/** @param {{ functionName: string, url: string, lineNumber: number }} callFrame */
function nameOf({ functionName, url, lineNumber }) {
  const place = url && ` ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`;
  return `${functionName || '(anonymous)'}${place}`;
}
