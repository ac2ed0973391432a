// Rolling restarts behind a load balancer: two replicas behind nginx are restarted in turn while
// clients send GET and POST requests. No request may fail, and none may need a second replica after
// the first took it.
//   npm run test:rolling -- [--rounds=10] [--rate=500] [--program=dist/cli.js]
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { hasNginx, startNginx } from './nginx.mjs';
import { freePorts } from './ports.mjs';
import { createReplica } from './replica.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '500' },
    program: { type: 'string', default: 'dist/cli.js' },
  },
});

if (!hasNginx()) {
  console.error('nginx is missing: nothing was tested. Install it: apt-get install nginx-light');
  process.exit(1);
}
const directory = mkdtempSync(path.join(os.tmpdir(), 'rolling-'));
const [port, ...replicaPorts] = await freePorts(3);
const replicas = replicaPorts.map((replica) =>
  createReplica(path.resolve(values.program), replica),
);
const nginx = startNginx(directory, port, replicaPorts);
try {
  process.exitCode = await main();
} finally {
  for (const process of [...replicas, nginx]) process.kill();
  rmSync(directory, { recursive: true, force: true });
}

async function main() {
  const rounds = Number(values.rounds);
  await Promise.all(replicas.map((replica) => replica.start()));
  const load = startLoad(`http://127.0.0.1:${port}/`, Number(values.rate));
  await delay(1000);
  const unclean = await restartInTurn(rounds);
  const clients = await load.stop();
  const passed = await nginx.end();
  const count = (test) => passed.filter(test).length;
  const report = {
    rounds,
    restarts: rounds * replicas.length,
    requests: clients.requests,
    lost: clients.lost,
    'answered by a second replica after the first took it': count((entry) => entry.lost),
    'sent on because a connection was refused': count((entry) => entry.attempts > 1 && !entry.lost),
    'unclean exits': unclean,
  };
  for (const [name, figure] of Object.entries(report)) console.log(`${name}: ${figure}`);
  const good = clients.requests > 0 && clients.lost === 0 && unclean === 0;
  return good && count((entry) => entry.lost) === 0 ? 0 : 1;
}

/** Restarts one replica after the other. Resolves with the number of those that did not exit with 0. */
async function restartInTurn(rounds) {
  let unclean = 0;
  for (let round = 0; round < rounds; round++) {
    for (const replica of replicas) {
      if ((await replica.stop()) !== 0) unclean++;
      await replica.start();
      await delay(200);
    }
  }
  return unclean;
}

/** Sends GET and POST requests at a steady rate until stopped. */
function startLoad(url, rate) {
  const body = JSON.stringify({ order: 7, items: ['a', 'b'] });
  const shared = { url, connections: 20, overallRate: rate, duration: 3600, timeout: 20 };
  const runs = [
    autocannon({ ...shared, expectBody: 'hello' }),
    autocannon({
      ...shared,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      expectBody: body,
    }),
  ];
  return {
    async stop() {
      for (const run of runs) run.stop();
      const results = await Promise.all(runs);
      const sum = (figure) => results.reduce((total, result) => total + figure(result), 0);
      return {
        requests: sum((result) => result.requests.total),
        lost: sum((result) => result.errors + result.non2xx + result.mismatches),
      };
    },
  };
}
