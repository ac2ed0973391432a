// How a start grows with the functions in a module and with the files that it loads, and memory
// with idle connections.
import { mkdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { everyPair, measureStarts } from './cold-start.mjs';
import { recordOrFail } from './failure.mjs';
import { roundsWithin } from './plan.mjs';
import { startServer } from './server.mjs';
import { hello } from './workloads/index.mjs';
import { createFolder } from './workspace.mjs';

const firstRequest = { ...hello, target: /** @type {const} */ ('heavy') };
const answer =
  "(_req, res) => { res.setHeader('Content-Type', 'text/plain; charset=utf-8'); res.end('Hello, World!'); }";

/** @param {import('./cold-start.mjs').Bench} bench */
export async function measureGrowth(bench) {
  const { growthSizes, samples, idleConnections } = bench.options;
  const folder = createFolder();
  const subjects = bench.subjects.filter(({ name }) => measured.includes(name));
  const own = { ...bench, subjects, runtimes: bench.runtimes.slice(0, 1) };
  const modules = growthSizes.flatMap((size) => [
    { variant: `functions ${size}`, functionFile: writeFunctions(folder, size) },
    { variant: `files ${size}`, functionFile: writeFiles(folder, size) },
  ]);
  const starts = everyPair(own).flatMap(({ subject, runtime }) =>
    modules.map(({ variant, functionFile }) => ({
      variant,
      start: { subject, runtime, firstRequest, functionFile },
    })),
  );
  await measureStarts({ ...own, seconds: bench.seconds * 0.7 }, 'start-growth', starts, {
    most: samples,
  });
  await measureIdleConnections({ ...own, seconds: bench.seconds * 0.3 }, idleConnections);
}

/** Those that can serve a file. */
const measured = ['raw', 'barefn', 'functions-framework'];

/** @type {(folder: string, count: number) => string} */
function writeFunctions(folder, count) {
  const file = path.join(folder, `functions-${count}.cjs`);
  const others = Array.from(
    { length: count },
    (_, index) => `exports.function${index} = (req, res) => { res.send('function ${index}'); };`,
  );
  writeFileSync(file, `exports.heavy = ${answer};\n${others.join('\n')}\n`);
  return file;
}

/** @type {(folder: string, count: number) => string} */
function writeFiles(folder, count) {
  const own = path.join(folder, `files-${count}`);
  mkdirSync(own);
  for (let index = 0; index < count; index++) {
    const code = `exports.add = (first, second) => first + second + ${index};\n`;
    writeFileSync(path.join(own, `file-${index}.cjs`), code);
  }
  const requires = `for (let index = 0; index < ${count}; index++) require('./file-' + index + '.cjs');`;
  writeFileSync(path.join(own, 'index.cjs'), `${requires}\nexports.heavy = ${answer};\n`);
  return path.join(own, 'index.cjs');
}

/** @type {(bench: import('./cold-start.mjs').Bench, counts: number[]) => Promise<void>} */
async function measureIdleConnections(bench, counts) {
  for (const round of roundsWithin(bench.seconds, { fewest: 1, most: 3 })) {
    for (const { subject, runtime } of everyPair(bench)) {
      const server = await startServer({ subject, runtime, firstRequest: hello }).catch(
        () => undefined,
      );
      /** @type {net.Socket[]} */
      const sockets = [];
      for (const count of server ? counts : []) {
        const variant = String(count);
        const { name } = subject;
        const key = { experiment: 'idle-memory', subject: name, runtime: runtime.name, variant };
        await recordOrFail(bench.recorder, key, async () => {
          await connectUntil(sockets, count, server?.port ?? 0);
          server?.assertAlive();
          return { round, rssMb: server?.usage().rssMb ?? 0 };
        });
        bench.progress(`idle-memory, ${subject.name}`);
      }
      for (const socket of sockets) socket.destroy();
      await server?.stop();
    }
  }
}

/** Each has had one answer, then rests. @type {(sockets: net.Socket[], count: number, port: number) => Promise<void>} */
async function connectUntil(sockets, count, port) {
  while (sockets.length < count) {
    const some = Math.min(100, count - sockets.length);
    const opened = Array.from({ length: some }, () => net.connect({ port, host: '127.0.0.1' }));
    await Promise.all(opened.map(getOnce));
    sockets.push(...opened);
  }
}

/** @param {net.Socket} socket */
function getOnce(socket) {
  return new Promise((resolve, reject) => {
    socket.once('error', reject).once('data', resolve);
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  });
}
