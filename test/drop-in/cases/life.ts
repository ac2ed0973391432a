import { setTimeout as delay } from 'node:timers/promises';
import type { Case, Observation } from '../comparison';
import type { Server, Setting } from '../subject';
import { Connection, exchange, toBytes, type WireRequest } from '../wire';
import { type Group, scenario } from './kinds';

const target = (name: string) => `--target=${name}`;
const piped: Setting = { args: ['--source=slow.js', target('piped')] };

/** A request on a connection of its own that stays unanswered for now. */
async function begin(server: Server, path: string): Promise<Connection> {
  const connection = await Connection.open(server.port);
  connection.send(toBytes({ target: path }));
  await delay(60);
  return connection;
}

async function finish(connection: Connection, patience: number): Promise<string> {
  const answer = await connection.answer('GET', patience);
  connection.close();
  return typeof answer === 'string' ? answer : `${answer.status} ${answer.body}`;
}

/** Two slow requests, then `disturb`: what becomes of both and of the process. */
const disturbed = (name: string, disturb: (server: Server) => unknown): Case =>
  scenario(name, { args: ['--source=slow.js', target('slow')] }, async (server) => {
    const first = await begin(server, '/first');
    const second = await begin(server, '/second');
    await disturb(server);
    const [one, two] = await Promise.all([finish(first, 1500), finish(second, 1500)]);
    return { first: one, second: two, process: await server.end(1500) };
  });

/** One request to a server of its own: `{}`, posted without a Content-Type by default. */
const alone = (name: string, setting: Setting, request: WireRequest, patience = 1800): Case =>
  scenario(name, setting, async (server): Promise<Observation> => {
    const posted = request.method ? request : { method: 'POST', body: '{}', ...request };
    const observation = await exchange(server.port, [posted], { patience });
    return { ...observation, process: await server.end(100) };
  });

/** A request that is never answered, then SIGTERM, then what `next` does. */
const stuck = (
  name: string,
  args: string[],
  next: (server: Server) => unknown = () => undefined,
): Case =>
  scenario(name, { args: ['--source=slow.js', target('stuck'), ...args] }, async (server) => {
    const connection = await begin(server, '/stuck');
    server.signal('SIGTERM');
    await delay(100);
    await next(server);
    return { first: await finish(connection, 2500), process: await server.end(1500) };
  });

const typed = (type: string, body = '{}'): WireRequest => ({
  target: '/hello',
  headers: { 'Content-Type': type },
  body,
});
const express4: [string, WireRequest][] = [
  ['JSON', typed('application/json', '{"a":[1]}')],
  ['a form', typed('application/x-www-form-urlencoded', 'a[b]=1')],
  ['text', typed('text/plain', 'text')],
  ['bytes', typed('application/octet-stream', 'bytes')],
  ['chunks of JSON', { ...typed('application/json', '{"a":[1]}'), chunked: true }],
  ['no body', { method: 'GET', target: '/hello' }],
];

export const lifeGroups: Group[] = [
  {
    name: 'life of the process',
    cases: [
      disturbed('SIGTERM with requests under way', (server) => server.signal('SIGTERM')),
      disturbed('SIGINT with requests under way', (server) => server.signal('SIGINT')),
      disturbed('an exception outside any request', (server) => server.signal('SIGUSR1')),
      disturbed('a rejection outside any request', (server) => server.signal('SIGUSR2')),
      disturbed('nothing', () => undefined),
      scenario(
        'an exception while nothing runs',
        { args: ['--source=slow.js', target('slow')] },
        async (server) => {
          // The port is open a moment before Google's package handles signals.
          await delay(300);
          server.signal('SIGUSR1');
          return { process: await server.end(1500) };
        },
      ),
      scenario(
        'SIGTERM while nothing runs',
        { args: ['--source=slow.js', target('slow')] },
        async (server) => {
          // The port is open a moment before Google's package handles signals.
          await delay(300);
          server.signal('SIGTERM');
          return { process: await server.end(1500) };
        },
      ),
      scenario(
        'process.exit of the program',
        { args: ['--source=slow.js', target('slow')] },
        async (server) => ({
          ...(await exchange(server.port, [{ target: '/exit' }])),
          process: await server.end(1500),
        }),
      ),
      alone('a timeout', { args: ['--source=slow.js', target('aborted'), '--timeout=1'] }, {}),
      alone('no timeout', { args: ['--source=slow.js', target('slow')] }, {}),
      alone('a body left to a stream parser', piped, {}, 500),
      alone('a typed body left to a stream parser', piped, typed('application/json'), 500),
      alone('bytes left to a stream parser', piped, typed('multipart/form-data; boundary=x'), 500),
      alone(
        'an Express application',
        { args: ['--source=express.js', target('app')] },
        { target: '/hello' },
      ),
      ...express4.map(([name, request]) =>
        alone(
          `an Express 4 application that parses ${name}`,
          { args: ['--source=express4.js', target('app')] },
          request,
        ),
      ),
      stuck('SIGTERM twice', [], async (server) => {
        await delay(1000);
        server.signal('SIGTERM');
      }),
      stuck('SIGTERM and the shutdown timeout', ['--shutdown-timeout=1']),
      scenario(
        'an aborted upload',
        { args: ['--source=slow.js', target('slow')] },
        async (server) => {
          const connection = await Connection.open(server.port);
          connection.send(
            Buffer.from(
              'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\nContent-Length: 9\r\n\r\nx',
            ),
          );
          await delay(30);
          connection.close();
          await delay(60);
          return exchange(server.port, [{ target: '/after' }]);
        },
      ),
    ],
  },
];
