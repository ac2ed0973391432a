// Idle connections of a load balancer: nginx keeps those to a function for some seconds, and bursts of
// POST requests come when they have rested about as long as one of the two keeps them. No request may be
// lost where the function keeps them longer than nginx does. How many are lost where it does not is
// reported for comparison.
//   npm run test:keep-alive -- [--rounds=20] [--program=dist/cli.js]
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { hasNginx, startNginx } from './nginx.mjs';
import { freePorts } from './ports.mjs';
import { createReplica } from './replica.mjs';

/** Seconds that nginx keeps an idle connection. */
const IDLE = 3;
/** Requests of a burst: as many connections are idle after it. */
const BURST = 30;
/** Bursts come so many milliseconds before and after the moment at which idle connections close. */
const SPREAD_MS = 60;
/** What Node adds to the time that it tells clients. */
const BUFFER_MS = 1000;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    program: { type: 'string', default: 'dist/cli.js' },
  },
});

if (!hasNginx()) {
  console.error('nginx is missing: nothing was tested. Install it: apt-get install nginx-light');
  process.exit(1);
}
const shorter = await countLost(1);
const longer = await countLost(IDLE + 1);
console.log(`lost where the function keeps connections shorter than nginx: ${shorter}`);
console.log(`lost where it keeps them longer: ${longer}`);
process.exitCode = longer === '0 of 0' || !longer.startsWith('0 of') ? 1 : 0;

/** Sends the bursts. Resolves with how many requests were lost. */
async function countLost(keepAliveTimeout) {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'keep-alive-'));
  const [port, replicaPort] = await freePorts(2);
  const source = path.join(import.meta.dirname, 'busy.cjs');
  const flags = [`--source=${source}`, `--keep-alive-timeout=${keepAliveTimeout}`];
  const replica = createReplica(path.resolve(values.program), replicaPort, flags);
  const nginx = startNginx(directory, port, [replicaPort], `${IDLE}s`);
  // When one of the two closes a connection that rests.
  const rest = Math.min(keepAliveTimeout * 1000 + BUFFER_MS, IDLE * 1000);
  let lost = 0;
  try {
    await replica.start();
    const rounds = Number(values.rounds);
    for (let round = 0; round < rounds; round++) {
      const statuses = await Promise.all(Array.from({ length: BURST }, () => post(port)));
      lost += statuses.filter((status) => status !== 200).length;
      await delay(rest + SPREAD_MS * ((2 * round) / rounds - 1));
    }
    await nginx.end();
    return `${lost} of ${rounds * BURST}`;
  } finally {
    for (const process of [replica, nginx]) process.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

function post(port) {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json' };
    const request = http.request({ port, method: 'POST', agent: false, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    request.on('error', () => resolve(0));
    request.end('{"order":7}');
  });
}
