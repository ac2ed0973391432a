// One request, one complete answer, compared byte for byte.
import http from 'node:http';
import { createRequire } from 'node:module';
import net from 'node:net';
import { performance } from 'node:perf_hooks';
import { SubjectFailure } from './failure.mjs';
import { listPorts } from './workspace.mjs';

/** @typedef {import('./workloads/index.mjs').Workload} Workload */

const require = createRequire(import.meta.url);

/** Between two attempts to connect, in milliseconds. */
const pollInterval = 0.25;
const neverNotified = new Int32Array(new SharedArrayBuffer(4));

let lastPort = 0;

/**
 * A free loopback port of this run's own: nobody else takes it before the subject does.
 * @returns {Promise<number>}
 */
export async function findFreePort() {
  const ports = listPorts();
  for (let attempt = 0; attempt < ports.length; attempt++) {
    const port = ports[++lastPort % ports.length];
    if (await isFree(port)) return port;
  }
  throw new Error(`No port from ${ports[0]} to ${ports[ports.length - 1]} is free.`);
}

/** @type {(port: number) => Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/**
 * Connects as soon as something listens. Between attempts the thread sleeps in `Atomics.wait`:
 * timers are no finer than 1 ms, and a loop without a pause would take the other core away from
 * the subject's compiler and collector threads.
 * @param {number} port
 * @param {{ deadline: number, assertAlive: () => void }} limits
 * @returns {Promise<net.Socket>}
 */
export async function connectWhenListening(port, { deadline, assertAlive }) {
  for (;;) {
    const socket = await tryToConnect(port);
    if (socket) return socket;
    assertAlive();
    if (performance.now() > deadline)
      throw new SubjectFailure('did not start: nothing listens on $PORT in time');
    Atomics.wait(neverNotified, 0, 0, pollInterval);
  }
}

/** Undefined where nothing listens. @type {(port: number) => Promise<net.Socket | undefined>} */
export function tryToConnect(port) {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => resolve(socket.off('error', giveUp)));
    socket.once('error', giveUp);
    function giveUp() {
      resolve(undefined);
    }
  });
}

/**
 * Sends the workload's request and checks the answer; throws a SubjectFailure that tells what is
 * wrong with it.
 * @param {Workload} workload
 * @param {number} port
 * @param {{ socket?: net.Socket, timeout?: number, path?: string }} [options]
 */
export async function verifyAnswer(workload, port, options = {}) {
  const send = workload.target === 'http2' ? exchangeHttp2 : exchange;
  const { status, body } = await send(workload, port, options);
  const problem = findProblem(workload, status, body);
  if (problem) throw new SubjectFailure(`answers ${workload.name} wrongly: ${problem}`);
}

/**
 * Says what is wrong with an answer; undefined when nothing is.
 * @param {Workload} workload
 * @param {number} status
 * @param {Buffer} body
 */
export function findProblem(workload, status, body) {
  if (status !== workload.status) {
    return `status ${status} instead of ${workload.status} (${preview(body)})`;
  }
  if (!body.equals(workload.answer)) {
    return `body ${preview(body)} instead of ${preview(workload.answer)}`;
  }
  return undefined;
}

/** @param {Buffer} body */
function preview(body) {
  const text = JSON.stringify(body.toString('latin1', 0, 60));
  return body.length > 60 ? `${text}… of ${body.length} bytes` : text;
}

/**
 * @param {Workload} workload
 * @param {number} port
 * @param {{ socket?: net.Socket, timeout?: number, path?: string }} options
 * @returns {Promise<{ status: number, body: Buffer }>}
 */
function exchange(workload, port, { socket, timeout = 10_000, path = workload.path }) {
  return new Promise((resolve, reject) => {
    const { method, body } = workload;
    const headers = body
      ? { ...workload.headers, 'content-length': body.length }
      : workload.headers;
    const request = http.request({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers,
      // Only without an agent does Node use the given socket.
      ...(socket ? { createConnection: () => socket } : { agent: false }),
    });
    const timer = setTimeout(() => {
      request.destroy(new Error(`no complete answer within ${timeout} ms`));
    }, timeout);
    request.on('error', fail);
    request.on('response', (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) });
      });
    });
    request.end(body);

    /** @param {Error} error */
    function fail(error) {
      clearTimeout(timer);
      reject(new SubjectFailure(`does not answer ${workload.name}: ${error.message}`));
    }
  });
}

/** @type {typeof exchange} */
function exchangeHttp2(workload, port, { socket, timeout = 10_000, path = workload.path }) {
  // Loaded only here: it takes milliseconds that no other start should wait for.
  const http2 = /** @type {typeof import('node:http2')} */ (require('node:http2'));
  return new Promise((resolve, reject) => {
    const session = http2.connect(`http://127.0.0.1:${port}`, {
      ...(socket && { createConnection: () => socket }),
    });
    session.once('error', fail);
    const stream = session.request({ ':method': workload.method, ':path': path });
    const timer = setTimeout(
      () => fail(new Error(`no complete answer within ${timeout} ms`)),
      timeout,
    );
    let status = 0;
    /** @type {Buffer[]} */
    const chunks = [];
    stream.on('response', (headers) => {
      status = headers[':status'] ?? 0;
    });
    stream.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    stream.on('error', fail);
    stream.on('end', () => {
      clearTimeout(timer);
      session.close();
      resolve({ status, body: Buffer.concat(chunks) });
    });
    stream.end();

    /** @param {Error} error */
    function fail(error) {
      clearTimeout(timer);
      session.destroy();
      reject(new SubjectFailure(`does not answer ${workload.name}: ${error.message}`));
    }
  });
}
