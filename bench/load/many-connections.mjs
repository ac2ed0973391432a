// A connection for loads of thousands of them: a socket that sends one GET after the other. undici's
// client takes 130 KB for each connection, this one 5.
import { once } from 'node:events';
import net from 'node:net';

/**
 * @param {import('./closed-loop.mjs').Target} target
 * @returns {Promise<{ get: () => Promise<string | undefined>, close: () => void }>}
 *   `get` resolves to what was wrong with the answer.
 */
export async function connect({ server, workload }) {
  const socket = net.connect({ port: server.port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  const path = server.pathOf(workload);
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
  /** @type {(problem?: string) => void} */
  let resolve = () => undefined;
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    if (!isComplete(text)) return;
    const problem = findProblem(text, workload);
    text = '';
    resolve(problem);
  });
  socket.on('error', (error) => resolve(`not at all: ${error.message}`));
  socket.on('close', () => resolve('not at all: the connection was closed'));
  const get = () => {
    return new Promise((done) => {
      resolve = done;
      socket.write(request);
    });
  };
  return { get, close: () => socket.destroy() };
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
