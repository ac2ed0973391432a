// Soak: functions of every signature serve a mixed workload for minutes. No answer may be wrong, and
// memory must settle.
//   npm run soak -- [--minutes=10] [--clients=4] [--pause=10] [--out=bench/results/soak.html]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { htmlReport, summarise, textReport } from './report.mjs';
import { exchange, workload } from './workload.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    clients: { type: 'string', default: '4' },
    pause: { type: 'string', default: '10' },
    out: { type: 'string', default: 'bench/results/soak.html' },
  },
});
const minutes = Number(values.minutes);

const subjects = await Promise.all(Object.keys(workload).map(start));
try {
  process.exitCode = await main();
} finally {
  for (const { child } of subjects) child.kill('SIGKILL');
}

async function main() {
  const end = Date.now() + minutes * 60_000;
  const clients = Array.from({ length: Number(values.clients) }, (_, seed) => seed);
  await Promise.all(subjects.flatMap((subject) => clients.map((seed) => work(subject, seed, end))));
  const codes = await Promise.all(subjects.map(stop));
  for (const subject of subjects) subject.summary = summarise(subject.samples);
  mkdirSync(path.dirname(values.out), { recursive: true });
  writeFileSync(values.out, htmlReport(subjects, minutes));
  console.log(textReport(subjects));
  console.log(`Exit codes: ${codes.join(', ')}. Plots: ${values.out}`);
  const errors = subjects.flatMap((subject) => subject.errors);
  for (const error of errors.slice(0, 10)) console.log(error);
  return errors.length === 0 && codes.every((code) => code === 0) ? 0 : 1;
}

/** Starts the command on one function. */
async function start(name) {
  const source = path.join(import.meta.dirname, 'function.cjs');
  const args = ['--expose-gc', 'dist/cli.js', `--source=${source}`, `--target=${name}`, '--port=0'];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, SOAK_PACKAGE: path.resolve('dist/index.js') },
    // The errors on purpose would fill the screen.
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  });
  const subject = {
    name,
    child,
    port: 0,
    requests: 0,
    errors: [],
    samples: [],
    summary: undefined,
  };
  const began = Date.now();
  child.on('message', (sample) => {
    subject.samples.push({ ...sample, time: (Date.now() - began) / 1000 });
  });
  for await (const text of child.stdout.setEncoding('utf8')) {
    const [, port] = /URL: http:\/\/localhost:(\d+)/.exec(text) ?? [];
    if (port === undefined) continue;
    subject.port = Number(port);
    break;
  }
  return subject;
}

/** Asks the command to end. Resolves with its exit code or signal. */
async function stop({ child }) {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const [code, signal] = await exited;
  return code ?? signal;
}

/** Sends one request after the other. */
async function work(subject, seed, end) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const requests = workload[subject.name];
  for (let turn = seed; Date.now() < end; turn++) {
    const error = await exchange(subject.port, agent, requests[turn % requests.length]);
    if (error !== undefined) subject.errors.push(error);
    subject.requests++;
    await delay(Number(values.pause));
  }
  agent.destroy();
}
