#!/usr/bin/env node
// The command: the only place that prints and exits. Its bundle is the whole program; the doors
// ./server and ./testing open into it, so that a package holds the code once.
import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import { BarefnError } from './errors';
import { type LoadedFunction, loadFunction } from './load';
import { type Options, parseOptions } from './options';
import { type StartupHook, startupHooks } from './registry';
import { createService } from './serve';
import { Supervisor } from './shutdown';

export { createServer } from './server';
export { getFunction, getTestServer, invoke } from './testing';

if (require.main === module) main();

function main(): void {
  try {
    const options = parseOptions(process.argv.slice(2), process.env);
    if (options.help) print((require('./help') as typeof import('./help')).helpText());
    else if (options.version) print(`barefn ${version()}`);
    else start(options);
  } catch (error) {
    fail(error);
  }
}

function start(options: Options): void {
  const supervisor = new Supervisor(options.shutdownTimeout);
  if (options.logExecutionId) {
    const log = require('./log') as typeof import('./log');
    log.decorateLogs(log.projectIdOf(process.env));
  }
  const loaded = loadFunction(options);
  // Common JavaScript is loaded without a promise: the port opens in the same tick.
  if (loaded instanceof Promise) {
    loaded.then((registration) => run(registration, options, supervisor)).catch(fail);
  } else {
    run(loaded, options, supervisor);
  }
}

function run(registration: LoadedFunction, options: Options, supervisor: Supervisor): void {
  const hooks = startupHooks();
  if (hooks.length === 0) listen(registration, options, supervisor);
  else runStartupHooks(hooks).then(() => listen(registration, options, supervisor), fail);
}

async function runStartupHooks(hooks: readonly StartupHook[]): Promise<void> {
  for (const hook of hooks) {
    try {
      await hook();
    } catch (cause) {
      const text = (cause as Error | undefined)?.stack ?? String(cause);
      throw new BarefnError('STARTUP_HOOK_FAILED', `A startup hook failed: ${text}`, { cause });
    }
  }
}

function listen(registration: LoadedFunction, options: Options, supervisor: Supervisor): void {
  const service = createService(registration, options);
  const { server } = service;
  supervisor.supervise(service);
  server.once('error', (error: NodeJS.ErrnoException) => fail(describeListenError(error, options)));
  const { port, host } = options;
  server.listen(host === undefined ? { port } : { port, host }, () => {
    if (process.env['NODE_ENV'] === 'production') return;
    const address = server.address() as AddressInfo;
    print(
      `Serving function...\nFunction: ${registration.name}\nSignature type: ${registration.type}\nURL: http://localhost:${address.port}/`,
    );
  });
}

function describeListenError(cause: NodeJS.ErrnoException, { port, host }: Options): BarefnError {
  const where = host === undefined ? `port ${port}` : `${host}, port ${port}`;
  const why = adviceOnListenError(cause) ?? cause.message;
  return new BarefnError('CANNOT_LISTEN', `Cannot listen on ${where}: ${why}`, { cause });
}

function adviceOnListenError({ code }: NodeJS.ErrnoException): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return 'it is in use. Stop the other program, or pass --port=0 for a free one.';
    case 'EACCES':
      return 'that is not permitted. Pass a port above 1023, e.g. --port=8080.';
    case 'ENOTFOUND':
    case 'EADDRNOTAVAIL':
      return 'this machine has no such address. Check --host and HOST.';
    default:
      return undefined;
  }
}

function version(): string {
  return (require('../package.json') as { version: string }).version;
}

// console.log costs 1.3 ms at its first call, a write to the file descriptor 0.2.
function print(text: string): void {
  fs.writeSync(1, `${text}\n`);
}

/** Prints what went wrong and exits. What barefn foresees needs no stack. */
function fail(error: unknown): never {
  if (error instanceof BarefnError) console.error(error.message);
  else console.error(error);
  if (error instanceof BarefnError && isLoadFault(error.code)) {
    console.error('Could not load the function, shutting down.');
  }
  process.exit(1);
}

function isLoadFault(code: string): boolean {
  return ['SOURCE_NOT_FOUND', 'LOAD_FAILED', 'FUNCTION_NOT_FOUND', 'NOT_A_FUNCTION'].includes(code);
}
