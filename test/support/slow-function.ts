import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Program } from './program';
import { Wire } from './wire';

/**
 * A function that answers after a while, in several ways, and tells of its shutdown hooks, and of signals
 * on stdout. What is below /held it answers after SIGUSR2.
 */
export const SLOW = `
const { http, onShutdown } = require('barefn');
let open = 0;
const held = [];
for (const name of ['SIGTERM', 'SIGINT']) {
  process.on(name, () => process.stdout.write('signal;'));
}
process.on('SIGUSR2', () => {
  for (const answer of held.splice(0)) answer();
});
http('function', (req, res) => {
  open++;
  res.on('close', () => open--);
  if (req.path === '/open') res.send(String(open - 1));
  else if (req.path === '/stream') {
    res.write('first,');
    setTimeout(() => res.end('last'), Number(req.query.ms ?? 400));
  } else if (req.path === '/never') {
    req.signal.addEventListener('abort', () => process.stderr.write('aborted: ' + req.signal.reason.message + '\\n'));
  } else if (req.path === '/reacts') {
    req.signal.addEventListener('abort', () => res.status(503).send('giving up'));
  } else {
    const answer = () => setTimeout(() => res.send('done ' + req.path), Number(req.query.ms ?? 300));
    if (req.path.startsWith('/held')) held.push(answer);
    else answer();
  }
});
onShutdown(async () => { process.stderr.write('hook 1, open ' + open + '\\n'); await new Promise((r) => setTimeout(r, 30)); process.stderr.write('hook 1 ends\\n'); });
onShutdown(() => { process.stderr.write('hook 2\\n'); });
`;

/** Waits until so many requests to {@link SLOW} are unanswered. */
export async function untilOpen(url: string, count: number): Promise<void> {
  while (Number((await get(`${url}/open`)).text) < count) await delay(5);
}

/** Waits until nobody listens on a port. */
export async function untilClosed(port: number): Promise<void> {
  for (;;) {
    const wire = await Wire.connect(port).catch(() => undefined);
    if (wire === undefined) return;
    wire.destroy();
    await delay(5);
  }
}

/** Ends {@link SLOW}, and lets it answer what it holds once the port is closed. */
export async function endThenRelease(program: Program, signal: NodeJS.Signals): Promise<void> {
  program.signal(signal);
  await untilClosed(program.port);
  program.signal('SIGUSR2');
}

/** What became of a request. */
export interface Answer {
  status: number;
  text: string;
  connection: string | undefined;
}

/** A request without a body, as bytes. */
export function request(target: string): string {
  return `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;
}

/** Sends one GET request. */
export function get(url: string, agent?: http.Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = http.get(url, agent === undefined ? {} : { agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      const { statusCode: status = 0, headers } = response;
      response.on('end', () => resolve({ status, text, connection: headers.connection }));
    });
    outgoing.on('error', reject);
  });
}
