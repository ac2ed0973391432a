import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SubjectFailure } from '../failure.mjs';

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
 * @param {import('./autocannon.mjs').Load} load
 * @returns {Promise<import('./autocannon.mjs').LoadResult>}
 */
export async function runWrk(load) {
  const { server, workload, warmUpSeconds, seconds } = load;
  const rssBeforeMb = server.usage().rssMb;
  if (warmUpSeconds > 0) await spawnWrk(load, warmUpSeconds);
  const before = server.usage();
  const { requests, wrong, errors, durationUs, latenciesUs } = await spawnWrk(load, seconds);
  const after = server.usage();
  server.assertAlive();
  if (wrong > 0)
    throw new SubjectFailure(`answers ${workload.name} under load wrongly, ${wrong} times`);
  if (errors > 0) throw new SubjectFailure(`${errors} errors under load (${workload.name})`);
  if (requests < 1) throw new SubjectFailure(`answers no ${workload.name} under load`);
  const [p50Ms, p90Ms, p99Ms, p999Ms] = latenciesUs.map((/** @type {number} */ us) => us / 1000);
  return {
    requests,
    requestsPerSecond: (requests / durationUs) * 1e6,
    cpuUs: ((after.cpuMs - before.cpuMs) * 1000) / requests,
    ...{ p50Ms, p90Ms, p99Ms, p999Ms },
    rssBeforeMb,
    rssAfterMb: after.rssMb,
  };
}

/** @type {(load: import('./autocannon.mjs').Load, seconds: number) => Promise<any>} */
async function spawnWrk(load, seconds) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-wrk-'));
  const script = path.join(folder, 'check.lua');
  writeFileSync(script, wrkScript(load.workload));
  const url = `http://127.0.0.1:${load.server.port}${load.server.pathOf(load.workload)}`;
  const duration = `${Math.max(1, Math.round(seconds))}s`; // wrk knows whole seconds only
  const child = spawn('wrk', ['-t1', `-c${load.connections}`, `-d${duration}`, '-s', script, url]);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  rmSync(folder, { recursive: true, force: true });
  const line = output.split('\n').find((text) => text.startsWith('{'));
  if (!line) throw new Error(`wrk printed no result: ${output.slice(0, 300)}`);
  return JSON.parse(line);
}

/** @param {import('./autocannon.mjs').Load['workload']} workload */
function wrkScript({ method, headers, body, status, answer }) {
  const quote = (/** @type {string} */ text) => `[==[${text}]==]`;
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
  print(string.format('{"requests":%d,"wrong":%d,"errors":%d,"durationUs":%d,"latenciesUs":[%f,%f,%f,%f]}',
    summary.requests, bad, e.connect + e.read + e.write + e.timeout, summary.duration, l(50), l(90), l(99), l(99.9)))
end
`;
}
