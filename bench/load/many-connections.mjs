// A connection for loads of thousands of them: a socket that sends one GET after the other. undici's
// client takes 130 KB for each connection, this one 5.
import net from 'node:net';
import { performance } from 'node:perf_hooks';
import { SubjectFailure } from '../failure.mjs';

/**
 * @typedef {object} Connection
 * @property {() => Promise<string | undefined>} get Resolves to what was wrong with the answer.
 * @property {() => boolean} isClosed
 * @property {() => void} close
 *
 * @typedef {Pick<import('./closed-loop.mjs').Target, 'server' | 'workload'>} Target
 */

/** Connections that are opened at once: more would overflow the server's backlog. */
const atOnce = 200;

/**
 * Opens more of them until there are so many; those that are open are in `opened` even when one
 * cannot be opened.
 * @type {(target: Target, opened: Connection[], count: number) => Promise<void>}
 */
export async function openConnections(target, opened, count) {
  while (opened.length < count) {
    const some = Math.min(atOnce, count - opened.length);
    const results = await Promise.allSettled(Array.from({ length: some }, () => connect(target)));
    for (const result of results) if (result.status === 'fulfilled') opened.push(result.value);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }
}

/**
 * Each sends one request, all at once.
 * @type {(connections: Connection[], withinMs: number, onAnswer?: (milliseconds: number) => void) => Promise<string | undefined>}
 *   What was wrong with the first answer that was not right.
 */
export async function askAll(connections, withinMs, onAnswer = () => undefined) {
  const all = Promise.all(
    connections.map(async ({ get }) => {
      const sentAt = performance.now();
      const problem = await get();
      onAnswer(performance.now() - sentAt);
      return problem;
    }),
  );
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<string[]>} */
  const late = new Promise((resolve) => {
    const problem = `not at all within ${Math.ceil(withinMs / 1000)} s`;
    timer = setTimeout(() => resolve([problem]), withinMs);
  });
  const problems = await Promise.race([all, late]);
  clearTimeout(timer);
  return problems.find((text) => text !== undefined);
}

/** @type {(target: Target) => Promise<Connection>} */
async function connect({ server, workload }) {
  const socket = await openSocket(server.port);
  const path = server.pathOf(workload);
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
  /** @type {(problem?: string) => void} */
  let resolve = () => undefined;
  let isClosed = false;
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    if (!isComplete(text)) return;
    const problem = findProblem(text, workload);
    text = '';
    resolve(problem);
  });
  socket.on('error', (error) => resolve(`not at all: ${error.message}`));
  socket.on('close', () => {
    isClosed = true;
    resolve('not at all: the connection was closed');
  });
  const get = () => {
    return new Promise((done) => {
      resolve = done;
      if (isClosed) done('not at all: the connection was closed');
      else socket.write(request);
    });
  };
  return { get, isClosed: () => isClosed, close: () => socket.destroy() };
}

/** @type {(port: number) => Promise<net.Socket>} */
function openSocket(port) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => resolve(socket.off('error', fail)));
    socket.once('error', fail);

    /** Out of files or ports is our own limit. @param {NodeJS.ErrnoException} error */
    function fail(error) {
      const isOurs = ['EMFILE', 'ENFILE', 'EADDRNOTAVAIL'].includes(error.code ?? '');
      reject(isOurs ? error : new SubjectFailure(`accepts no connection: ${error.message}`));
    }
  });
}

/** @param {string} text */
function isComplete(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1];
  return length === undefined
    ? text.endsWith('0\r\n\r\n')
    : text.length >= end + 4 + Number(length);
}

/** A body in one chunk. @param {Buffer} body */
function chunked(body) {
  return `${body.length.toString(16)}\r\n${body.toString('latin1')}\r\n0\r\n\r\n`;
}

/** @type {(text: string, workload: import('../workloads/index.mjs').Workload) => string | undefined} */
function findProblem(text, { status, answer }) {
  const got = Number(text.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
  if (got !== status) return `with status ${got}`;
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  return body === answer.toString('latin1') || body === chunked(answer)
    ? undefined
    : 'with a wrong body';
}
