import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SubjectFailure } from '../failure.mjs';

/** How long wrk may take beyond its duration: it waits for answers without an end. */
const graceMs = 10_000;

/** Whether the command wrk is installed. */
export function hasWrk() {
  try {
    execFileSync('wrk', ['-v'], { stdio: 'ignore' });
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT'; // `wrk -v` exits 1
  }
  return true;
}

/**
 * Closed-loop load with wrk, whose script checks every answer.
 * @param {import('./closed-loop.mjs').Target} target
 * @param {number} seconds Of a slice; wrk knows whole seconds only.
 * @returns {import('./closed-loop.mjs').LoadGenerator}
 */
export function openWrk(target, seconds) {
  const { server } = target;
  return { warmUp: async (limits) => void (await run(limits.seconds)), measure, close };

  async function measure() {
    const before = server.usage();
    const { requests, durationUs, latenciesUs } = await run(seconds);
    const after = server.usage();
    const [p50Ms, p90Ms, p99Ms] = latenciesUs.map((/** @type {number} */ us) => us / 1000);
    return {
      requests,
      requestsPerSecond: (requests / durationUs) * 1e6,
      cpuUs: ((after.cpuMs - before.cpuMs) * 1000) / requests,
      ...{ p50Ms, p90Ms, p99Ms },
      rssBeforeMb: before.rssMb,
      rssAfterMb: after.rssMb,
    };
  }

  /** @param {number} duration */
  async function run(duration) {
    const result = await runWrk(target, Math.max(1, Math.round(duration)));
    server.assertAlive();
    const { name } = target.workload;
    const { wrong, errors, requests } = result;
    if (wrong > 0) throw new SubjectFailure(`answers ${name} under load wrongly, ${wrong} times`);
    if (errors > 0) throw new SubjectFailure(`${errors} errors under load (${name})`);
    if (requests < 1) throw new SubjectFailure(`answers no ${name} under load`);
    return result;
  }

  async function close() {}
}

/** @type {(target: import('./closed-loop.mjs').Target, seconds: number) => Promise<any>} */
async function runWrk({ server, workload, connections }, seconds) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-wrk-'));
  try {
    const script = path.join(folder, 'check.lua');
    writeFileSync(script, wrkScript(workload));
    const url = `http://127.0.0.1:${server.port}${server.pathOf(workload)}`;
    const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, url];
    const output = await runCommand('wrk', args, seconds * 1000 + graceMs);
    const line = output.split('\n').find((text) => text.startsWith('{'));
    if (!line) throw new Error(`wrk printed no result: ${output.slice(0, 300)}`);
    return JSON.parse(line);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What a load generator printed. One that does not end in time is ended, and the run fails.
 * @type {(command: string, args: string[], timeoutMs: number) => Promise<string>}
 */
export async function runCommand(command, args, timeoutMs) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const endChild = () => child.kill('SIGKILL');
  process.once('exit', endChild);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    endChild();
  }, timeoutMs);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  try {
    await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  } finally {
    clearTimeout(timer);
    process.off('exit', endChild);
  }
  if (isLate) throw new SubjectFailure(`${command} did not end within ${timeoutMs / 1000} s`);
  return output;
}

/** @param {import('../workloads/index.mjs').Workload} workload */
function wrkScript({ method, headers, body, status, answer }) {
  const quote = (/** @type {string | Buffer} */ text) => `[==[${text.toString('latin1')}]==]`;
  const fields = Object.entries(headers).map(
    ([name, value]) => `wrk.headers["${name}"] = ${quote(value)}`,
  );
  return `wrk.method = "${method}"
${fields.join('\n')}
${body ? `wrk.body = ${quote(body)}` : ''}
wrong = 0
local expected = ${quote(answer)}
local threads = {}
function setup(thread) table.insert(threads, thread) end
function response(status, headers, body)
  if status ~= ${status} or body ~= expected then wrong = wrong + 1 end
end
function done(summary, latency)
  local bad = 0
  for _, thread in ipairs(threads) do bad = bad + thread:get("wrong") end
  local e = summary.errors
  local l = function(p) return latency:percentile(p) end
  print(string.format('{"requests":%d,"wrong":%d,"errors":%d,"durationUs":%d,"latenciesUs":[%f,%f,%f]}',
    summary.requests, bad, e.connect + e.read + e.write + e.timeout, summary.duration, l(50), l(90), l(99)))
end
`;
}
