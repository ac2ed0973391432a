// What the start of functions with large clients costs, as installed and built:
//   node test/build/clients/measure.mjs [--rounds=9] [--nodes=n24,…] [CLIENT …]
// CPU time of all threads from the start of the process to its first answer, in interleaved rounds, and the
// files that are opened until then, as strace counts them. Each answer is checked. Linux only.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build, bundleOther, CLIENTS, createPrograms, STARTS } from './programs.mjs';

const options = Object.fromEntries(
  process.argv.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=')),
);
const rounds = Number(options.rounds ?? 9);
const nodes = options.nodes?.split(',') ?? [process.execPath];
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const env = {
  FAKE_HTTP: 'http://127.0.0.1:9',
  FAKE_GRPC: '127.0.0.1:9',
  NODE_ENV: 'production',
  PATH: process.env.PATH,
};

const programs = createPrograms();
try {
  for (const node of nodes) await measureOn(node);
} finally {
  programs.remove();
}

async function measureOn(node) {
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const ratios = { google: [], barefn: [] };
  console.log(`\nNode ${version}: CPU to the first answer in ms, and files opened`);
  for (const client of wanted.length > 0 ? wanted : CLIENTS) {
    const place = programs.program(client);
    const began = performance.now();
    await build(place, env, node);
    const seconds = (performance.now() - began) / 1000;
    for (const name of ['google', 'fastify']) await bundleOther(name, place, env, node);
    const times = Object.fromEntries(Object.keys(STARTS).map((name) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const name of Object.keys(STARTS)) times[name].push(await start(node, name, place));
    }
    const cells = [];
    for (const name of Object.keys(STARTS)) {
      const ratio = paired(times[name], times.google);
      cells.push(
        `${name} ${median(times[name]).toFixed(0)} (× ${ratio.toFixed(2)}, ${await files(node, name, place)} files)`,
      );
    }
    ratios.google.push(paired(times.build, times.google));
    ratios.barefn.push(paired(times.build, times.barefn));
    const own = paired(times.build, times.barefn).toFixed(2);
    console.log(
      `${client}: ${cells.join('; ')}; build × barefn ${own}; built in ${seconds.toFixed(1)} s`,
    );
  }
  const means = Object.entries(ratios).map(([name, all]) => `${mean(all).toFixed(3)} × ${name}`);
  console.log(`Geometric means of the build: ${means.join(', ')}`);
}

/** The median of the ratios of each round. */
function paired(times, others) {
  return median(times.map((time, round) => time / others[round]));
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function mean(values) {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** Starts a program, and gives the CPU time in ms until it has answered. */
async function start(node, name, place) {
  const port = await freePort();
  const { words, from } = STARTS[name];
  const child = spawn(node, words(place), {
    cwd: from(place),
    env: { ...env, PORT: String(port) },
    stdio: 'ignore',
  });
  try {
    await firstAnswer(port, child);
    return cpuOf(child.pid);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
}

/** Resolves once it has answered, rejects when the answer is wrong. */
async function firstAnswer(port, child) {
  for (;;) {
    try {
      const status = await new Promise((resolve, reject) => {
        http
          .get({ host: '127.0.0.1', port, agent: false }, (res) => {
            res.resume().on('end', () => resolve(res.statusCode));
          })
          .on('error', reject);
      });
      if (status !== 200) throw new TypeError(`It answered ${status}.`);
      return;
    } catch (error) {
      if (error instanceof TypeError || child.exitCode !== null) throw error;
      await delay(5);
    }
  }
}

function cpuOf(pid) {
  const times = readdirSync(`/proc/${pid}/task`).map((task) =>
    Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]),
  );
  return times.reduce((sum, time) => sum + time, 0) / 1e6;
}

/** The files that a program opens until it has answered, without those of the system and Node's own. */
async function files(node, name, place) {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'barefn-files-'));
  const log = path.join(directory, 'log');
  const port = await freePort();
  const { words, from } = STARTS[name];
  const strace = ['-f', '-qq', '-e', 'trace=open,openat', '-o', log];
  const child = spawn('strace', [...strace, node, ...words(place)], {
    cwd: from(place),
    env: { ...env, PORT: String(port) },
    stdio: 'ignore',
    detached: true,
  });
  child.on('error', () => {});
  if (child.pid === undefined) return '?';
  try {
    await firstAnswer(port, child);
  } finally {
    process.kill(-child.pid, 'SIGKILL');
    await once(child, 'close');
  }
  const opened = new Set();
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [, file] = /"([^"]+)", O_RDONLY(?!\|O_DIRECTORY)[^)]*\) = \d/.exec(line) ?? [];
    const own = file === undefined ? undefined : path.resolve(place, file);
    if (own?.startsWith(programs.directory)) opened.add(own);
  }
  rmSync(directory, { recursive: true });
  return opened.size;
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
