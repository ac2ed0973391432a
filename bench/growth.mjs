// How a start grows with the functions in a module and with the files that it loads, and memory
// with idle connections.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { everyPair, measureStarts } from './cold-start.mjs';
import { recordOrFail, SubjectFailure } from './failure.mjs';
import { askAll, openConnections } from './load/many-connections.mjs';
import { leaveOutTooMany } from './open-files.mjs';
import { roundsWithin } from './plan.mjs';
import { startServer } from './server.mjs';
import { shuffle } from './stats.mjs';
import { hello } from './workloads/index.mjs';
import { createFolder } from './workspace.mjs';

/**
 * @typedef {import('./cold-start.mjs').Bench} Bench
 * @typedef {import('./server.mjs').RunningServer} RunningServer
 * @typedef {import('./load/many-connections.mjs').Connection} Connection
 */

const firstRequest = { ...hello, target: /** @type {const} */ ('heavy') };
const answer =
  "(_req, res) => { res.setHeader('Content-Type', 'text/plain; charset=utf-8'); res.end('Hello, World!'); }";

/** @param {Bench} bench */
export async function measureGrowth(bench) {
  const runtimes = bench.runtimes.slice(0, 1);
  const half = { ...bench, runtimes, seconds: bench.seconds / 2 };
  await measureStartGrowth({ ...half, subjects: bench.subjects.filter(isMeasured) });
  const subjects = bench.subjects.filter((subject) => subject.shell || isMeasured(subject));
  await measureIdleConnections({ ...half, subjects }, bench.options.idleConnections);
}

/** Those that can serve a file. @param {{ name: string }} subject */
function isMeasured({ name }) {
  return ['raw', 'barefn', 'functions-framework'].includes(name);
}

/** @param {Bench} bench */
async function measureStartGrowth(bench) {
  const { growthSizes, samples, startTimeout: timeout } = bench.options;
  const folder = createFolder();
  const modules = growthSizes.flatMap((size) => [
    { variant: `functions ${size}`, functionFile: writeFunctions(folder, size) },
    { variant: `files ${size}`, functionFile: writeFiles(folder, size) },
  ]);
  const starts = everyPair(bench).flatMap(({ subject, runtime }) =>
    modules.map(({ variant, functionFile }) => ({
      variant,
      start: { subject, runtime, firstRequest, functionFile, timeout },
    })),
  );
  await measureStarts(bench, 'start-growth', starts, { most: samples });
}

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

/**
 * Memory of each subject as more and more connections are open.
 * @param {Bench} bench
 * @param {number[]} counts
 * @param {number} [longestMs] So many must be open by then.
 */
export async function measureIdleConnections(bench, counts, longestMs = 30_000) {
  const possible = leaveOutTooMany(counts, 'idle connections');
  for (const round of roundsWithin(bench.seconds, { fewest: 6, most: 10 })) {
    for (const pair of shuffle(everyPair(bench), bench.random)) {
      await measureIdle(bench, pair, { counts: possible, round, longestMs });
      bench.progress(`idle-memory, ${pair.subject.name}`);
    }
  }
}

/** @type {(bench: Bench, pair: ReturnType<typeof everyPair>[number], plan: { counts: number[], round: number, longestMs: number }) => Promise<void>} */
async function measureIdle({ recorder, options }, { subject, runtime }, plan) {
  const { counts, round, longestMs } = plan;
  /** @type {RunningServer | undefined} */
  let server;
  /** @type {Connection[]} */
  const opened = [];
  try {
    for (const count of counts) {
      const key = { experiment: 'idle-memory', subject: subject.name, runtime: runtime.name };
      await recordOrFail(recorder, { ...key, variant: String(count) }, async () => {
        const timeout = options.startTimeout;
        server ??= await startServer({ subject, runtime, firstRequest: hello, timeout });
        await keepOpen(server, opened, count, longestMs);
        server.assertAlive();
        return { round, rssMb: server.usage().rssMb };
      });
    }
  } finally {
    for (const connection of opened) connection.close();
    await server?.stop();
  }
}

/**
 * Opens connections until so many are open at once. Each has had one right answer, then rests. A
 * server ends those that rest for long, 5 seconds in Node's: others take their place.
 * @type {(server: RunningServer, opened: Connection[], count: number, longestMs: number) => Promise<void>}
 */
async function keepOpen(server, opened, count, longestMs) {
  const target = { server, workload: hello };
  const deadline = performance.now() + longestMs;
  for (;;) {
    const open = opened.filter((connection) => !connection.isClosed());
    opened.splice(0, opened.length, ...open);
    if (opened.length >= count) return;
    if (performance.now() > deadline)
      throw new SubjectFailure(`ends idle connections before ${count} are open`);
    const had = opened.length;
    await openConnections(target, opened, Math.min(count, had + 200));
    const problem = await askAll(opened.slice(had), longestMs);
    if (problem) throw new SubjectFailure(`answers ${hello.name} ${problem}`);
  }
}
