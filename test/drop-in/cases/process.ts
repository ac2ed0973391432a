import { setTimeout as delay } from 'node:timers/promises';
import { commandCase, type Group, scenario } from '../cases';
import type { Case, Observation } from '../comparison';
import type { Server, Setting } from '../subject';
import { Connection, exchange, toBytes } from '../wire';

const target = (name: string) => `--target=${name}`;
const serves = (name: string, setting: Setting, path = '/'): Case =>
  scenario(name, setting, async (server) => exchange(server.port, [{ target: path }]));

const failures: [string, Setting][] = [
  ['a target that is not there', { args: [target('nothing')] }],
  ['the default target that is not there', {}],
  ['a target that is no function', { args: [target('text')] }],
  ['a nested target that is no function', { args: [target('nested.value')] }],
  ['a nested target that is not there', { args: [target('nested.nothing.more')] }],
  ['a source that is not there', { args: ['--source=nowhere'] }],
  ['a directory without a module', { args: ['--source=static'] }],
  ['a module that needs a missing one', { args: ['--source=broken/missing.js'] }],
  ['a module with a syntax error', { args: ['--source=broken/syntax.js'] }],
  ['a module that throws', { args: ['--source=broken/throws.js'] }],
  ['an ES module that throws', { args: ['--source=broken/throws.mjs'] }],
  ['an invalid function name', { args: ['--source=broken/name.js'] }],
  ['a signature type that is unknown', { args: ['--signature-type=nope', target('plain')] }],
  ['a signature type from the environment', { env: { FUNCTION_SIGNATURE_TYPE: 'nope' } }],
  ['an empty signature type', { args: ['--signature-type=', target('plain')] }],
  ['a negative timeout', { args: ['--timeout=-1', target('plain')] }],
  ['a timeout that is no number', { args: ['--timeout=soon', target('plain')] }],
  ['an empty timeout', { env: { CLOUD_RUN_TIMEOUT_SECONDS: '' } }],
];

const starts: [string, Setting, string?][] = [
  ['an export', { args: [target('plain')] }],
  ['a flag and its value apart', { args: ['--target', 'plain', '--signature-type', 'http'] }],
  ['the environment', { env: { FUNCTION_TARGET: 'plain', FUNCTION_SIGNATURE_TYPE: 'http' } }],
  ['a flag over the environment', { args: [target('plain')], env: { FUNCTION_TARGET: 'nothing' } }],
  ['in production', { args: [target('plain')], env: { NODE_ENV: 'production' } }],
  ['a dotted target', { args: [target('nested.deep.handler')] }],
  ['the default export', { args: [target('default')] }],
  ['a registered function over an export', { args: [target('both')] }],
  ['the last registration', { args: [target('again')] }],
  ['a registration that is no function', { args: [target('notAFunction')] }],
  [
    'a signature type of the registration',
    { args: [target('cloudEvent'), '--signature-type=http'] },
  ],
  ['an event function', { args: [target('event'), '--signature-type=event'] }],
  ['a source directory', { args: ['--source=module', target('hello')] }],
  [
    'a source from the environment',
    { env: { FUNCTION_SOURCE: 'module', FUNCTION_TARGET: 'hello' } },
  ],
  ['a source file', { args: ['--source=module/index.js', target('hello')] }],
  ['a source file without extension', { args: ['--source=module/index', target('hello')] }],
  ['a package with a main', { args: ['--source=withmain', target('hello')] }],
  ['the working directory', { args: [target('hello')], directory: 'withmain' }],
  ['function.js', { directory: 'functionjs' }],
  ['an ES module by package', { args: ['--source=esm', target('hello')] }],
  ['an ES module by extension', { args: ['--source=esm/other.mjs', target('hello')] }],
  ['the default export of an ES module', { args: ['--source=esm', target('default')] }],
  ['a registration of an ES module', { args: ['--source=esm', target('registered')] }],
  [
    'CommonJS beside a package of ES modules',
    { args: ['--source=esm/common.cjs', target('hello')] },
  ],
  ['a timeout', { args: [target('plain'), '--timeout=5'] }],
  [
    'an execution id from the environment',
    { args: [target('plain')], env: { LOG_EXECUTION_ID: 'TRUE' } },
  ],
];

const node =
  (...args: string[]) =>
  (): [string, string[]] => [process.execPath, args];
const surface = [
  'exports.cjs',
  'exports.mjs',
  'testing.cjs',
  'registry.mjs',
  'names.cjs',
  'server.cjs',
];

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

const alone = (name: string, setting: Setting, path: string, patience = 1800): Case =>
  scenario(name, setting, async (server): Promise<Observation> => {
    const observation = await exchange(
      server.port,
      [{ method: 'POST', target: path, body: '{}' }],
      { patience },
    );
    return { ...observation, process: await server.end(100) };
  });

export const processGroups: Group[] = [
  { name: 'start', cases: starts.map(([name, setting, path]) => serves(name, setting, path)) },
  {
    name: 'failing to start',
    cases: [
      ...failures.map(([name, setting]) => commandCase(name, setting)),
      commandCase('a port that is taken', { args: [target('plain')], env: {} }, (subject) => [
        process.execPath,
        ['taken.js', subject.bin],
      ]),
    ],
  },
  {
    name: 'module surface',
    cases: surface.map((file) => commandCase(file, { directory: 'surface' }, node(file))),
  },
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
          server.signal('SIGUSR1');
          return { process: await server.end(1500) };
        },
      ),
      scenario(
        'SIGTERM while nothing runs',
        { args: ['--source=slow.js', target('slow')] },
        async (server) => {
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
      alone('a timeout', { args: ['--source=slow.js', target('aborted'), '--timeout=1'] }, '/'),
      alone('no timeout', { args: ['--source=slow.js', target('slow')] }, '/'),
      alone(
        'a body left to a stream parser',
        { args: ['--source=slow.js', target('piped')] },
        '/',
        500,
      ),
      alone('an Express application', { args: ['--source=express.js', target('app')] }, '/hello'),
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
