import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { test } from 'node:test';
import { serveInProduction } from '../support/program';

/** Above the usual 1.05 to 1.2 on any machine; what keeps V8 from its fast paths costs 1.45 and more. */
const MOST = 1.35;

const PIPELINED = 50;
const BATCHES = 100;

const RAW = `require('node:http').createServer((req, res) => {
  const text = req.url === '/cpu' ? JSON.stringify(process.cpuUsage()) : 'hello world';
  res.writeHead(200, ['Content-Type', 'text/html; charset=utf-8', 'Content-Length', String(text.length)]);
  res.end(text);
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;
const OURS = `exports.function = (req, res) =>
  res.send(req.url === '/cpu' ? JSON.stringify(process.cpuUsage()) : 'hello world');`;

test('a request costs hardly more than with node:http alone', async (t) => {
  const raw = spawn(process.execPath, ['-e', RAW]);
  t.after(() => raw.kill());
  const [line] = await once(raw.stdout, 'data');
  const ports = { raw: Number(line), barefn: (await serveInProduction(OURS)).port };
  const least = { raw: Number.POSITIVE_INFINITY, barefn: Number.POSITIVE_INFINITY };
  let ratio = Number.POSITIVE_INFINITY;
  // Beside other work a turn may cost half as much again. More turns find an undisturbed one, for both.
  for (let turn = 0; turn < 10 || (turn < 60 && ratio >= MOST); turn++) {
    least.raw = Math.min(least.raw, await costOf(ports.raw));
    least.barefn = Math.min(least.barefn, await costOf(ports.barefn));
    ratio = least.barefn / least.raw;
  }
  assert.ok(ratio < MOST, `A request costs ${ratio.toFixed(2)} times as much CPU time.`);
});

/** Microseconds of CPU time of the server for a request, by its own account. */
async function costOf(port: number): Promise<number> {
  const before = await cpuTimeOf(port);
  const socket = net.connect(port, '127.0.0.1');
  const request = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
  socket.write(request);
  const [first] = await once(socket, 'data');
  for (let batch = 0; batch < BATCHES; batch++) {
    socket.write(request.repeat(PIPELINED));
    let missing = PIPELINED * first.length;
    while (missing > 0) missing -= (await once(socket, 'data'))[0].length;
  }
  socket.destroy();
  return ((await cpuTimeOf(port)) - before) / (PIPELINED * BATCHES);
}

async function cpuTimeOf(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/cpu`);
  const { user, system } = (await answer.json()) as NodeJS.CpuUsage;
  return user + system;
}
