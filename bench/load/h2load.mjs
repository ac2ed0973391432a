// HTTP/2 load with h2load, from nghttp2: a number of requests over connections with 10 streams each.
import { spawnSync } from 'node:child_process';
import { SubjectFailure } from '../failure.mjs';
import { runCommand } from './wrk.mjs';

const streams = 10;
const connections = 4;
const timeoutMs = 20_000;

/** Whether the command h2load is installed. */
export function hasH2load() {
  return spawnSync('h2load', ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * @param {Omit<import('./closed-loop.mjs').Target, 'connections'>} target
 * @param {number} requests Of a slice.
 * @returns {import('./closed-loop.mjs').LoadGenerator}
 */
export function openH2load({ server, workload }, requests) {
  return { warmUp: (limits) => run(limits.requests).then(() => undefined), measure, close };

  async function measure() {
    const before = server.usage();
    const { requestsPerSecond } = await run(requests);
    const after = server.usage();
    return {
      requests,
      requestsPerSecond,
      cpuUs: ((after.cpuMs - before.cpuMs) * 1000) / requests,
      rssBeforeMb: before.rssMb,
      rssAfterMb: after.rssMb,
    };
  }

  /** @param {number} count */
  async function run(count) {
    const url = `http://127.0.0.1:${server.port}${server.pathOf(workload)}`;
    const sizes = ['-n', String(count), '-c', String(connections), '-m', String(streams)];
    const output = await runCommand('h2load', [...sizes, url], timeoutMs);
    server.assertAlive();
    assertClean(output, count, workload);
    const rate = /finished in .*?, ([\d.]+) req\/s/.exec(output)?.[1];
    return { requestsPerSecond: Number(rate) };
  }

  async function close() {}
}

/** h2load compares no bodies, but counts their bytes. @type {(output: string, count: number, workload: import('../workloads/index.mjs').Workload) => void} */
function assertClean(output, count, { name, status, answer }) {
  const inClass = Number(new RegExp(`(\\d+) ${String(status)[0]}xx`).exec(output)?.[1]);
  const statuses = [...output.matchAll(/(\d+) [2-5]xx/g)].map(([, number]) => Number(number));
  const answered = statuses.reduce((sum, number) => sum + number, 0);
  if (answered === count && inClass !== count) {
    const codes = /^status codes: .*$/m.exec(output)?.[0];
    throw new SubjectFailure(`answers ${name} under load with other statuses: ${codes}`);
  }
  const succeeded = Number(/(\d+) succeeded/.exec(output)?.[1]);
  if (succeeded !== count) {
    const counts = /^requests: .*$/m.exec(output)?.[0] ?? output.slice(-200);
    throw new SubjectFailure(`does not answer ${name} under load: ${counts}`);
  }
  const bytes = Number(/\((\d+)\) data$/m.exec(output)?.[1]);
  if (bytes !== count * answer.length) {
    throw new SubjectFailure(
      `answers ${name} under load with a wrong body: ${bytes} bytes in ${count} answers`,
    );
  }
}
