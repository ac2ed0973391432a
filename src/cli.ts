#!/usr/bin/env node
// The command: the only place that prints and exits. Its bundle is the whole program; the doors
// ./server and ./testing open into it, so that a package holds the code once.
import { writeSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BarefnError } from './core/errors';
import { startupHooks } from './core/registry';
import { inspectThrown, isThrown, memberOf, messageOf } from './core/thrown';
import { logError } from './http/errors/log-error';
import * as api from './index';
import { withExpress } from './load/express-version';
import { type LoadedFunction, loadFunction } from './load/load';
import { aliasOwnPackage } from './load/own-name';
import { type CommandLine, readArguments } from './options/arguments';
import { type Options, readOptions } from './options/options';
import { describeOldNode } from './process/node-version';
import { preloadAfterListening } from './process/preload';
import { awaitModule, markPhase, runStartupHooks } from './process/startup';
import { Supervisor } from './process/supervisor';
import { createService } from './server/serve';

export { createServer } from './server';
export { getFunction, getTestServer, invoke } from './testing';

/** Runs the command of the process. */
export function main(): void {
  try {
    const old = describeOldNode(process.versions);
    if (old !== undefined) throw new BarefnError('OLD_NODE', old);
    const argv = process.argv.slice(2);
    aliasOwnPackage(api);
    const line = readArguments(argv, commandFlags);
    const { words, flags } = line;
    if (words.length + flags.size > 0 && runCommand(line)) return;
    const options = readOptions(withSource(line), process.env);
    if (options.help) print(help());
    else if (options.version) print(`barefn ${version()}`);
    else start(options);
  } catch (error) {
    fail(error);
  }
}

function commandFlags(): ReturnType<typeof import('./cli/flags').commandFlags> {
  const flags = require('./cli/flags') as typeof import('./cli/flags');
  return flags.commandFlags();
}

/** The only word of serving is the path of the code. */
function withSource(line: CommandLine): CommandLine {
  const [source] = line.words;
  if (source === undefined) return line;
  return { ...line, options: new Map([...line.options, ['source', source]]) };
}

/** Runs the command that the first word names. False when there is none. */
function runCommand(line: CommandLine): boolean {
  const { findCommand } = require('./cli/command') as typeof import('./cli/command');
  const command = findCommand(line);
  if (command === undefined) return false;
  command(process.env, { result: printWhole, note: (text) => console.error(text) }).catch(fail);
  return true;
}

function start(options: Options): void {
  if (options.watch) {
    const { watch } = require('./dev/watch') as typeof import('./dev/watch');
    if (watch(options, process.argv.slice(2))) return;
  }
  const supervisor = new Supervisor(options.shutdownTimeout);
  if (options.logExecutionId) {
    const log = require('./process/log') as typeof import('./process/log');
    log.decorateLogs(log.projectIdOf(process.env));
  }
  if (options.compileCache !== null) cacheCode(options.compileCache);
  markPhase('framework', options);
  const loaded = options.target === '*' ? directory().loadAll(options) : loadFunction(options);
  // Common JavaScript is loaded without a promise: the port opens in the same tick.
  if (loaded instanceof Promise) {
    awaitModule(loaded, options)
      .then((registration) => run(registration, options, supervisor))
      .catch(fail);
  } else {
    run(loaded, options, supervisor);
  }
}

function run(registration: LoadedFunction, options: Options, supervisor: Supervisor): void {
  markPhase('function', options);
  if (options.verify) {
    const { verify } = require('./cli/verify') as typeof import('./cli/verify');
    print(verify(registration, options));
    process.exit(0);
  }
  const hooks = startupHooks();
  if (hooks.length === 0) listen(registration, options, supervisor);
  else runStartupHooks(hooks).then(() => listen(registration, options, supervisor), fail);
}

function listen(registration: LoadedFunction, options: Options, supervisor: Supervisor): void {
  if (supervisor.ending) return;
  markPhase('hooks', options);
  const settings = withExpress(options);
  const service =
    registration.name === '*'
      ? directory().createIndex(registration, settings, watched)
      : createService(watched(registration, options), settings);
  const { server } = service;
  const { port } = options;
  const host = options.host ?? (registration.name === '*' ? foreignPages().LOOPBACK : undefined);
  supervisor.supervise(service);
  const type = registration.name === '*' ? '*' : registration.type;
  preloadAfterListening(service, type, settings, () => loadForProcess(options));
  server.once('error', (error) => {
    const { listenFailure } =
      require('./process/listen-errors') as typeof import('./process/listen-errors');
    fail(listenFailure(error, { port, host }, process));
  });
  server.listen({ port, host }, () => {
    markPhase('listen', options);
    if (process.env['NODE_ENV'] === 'production') return;
    const address = server.address() as AddressInfo;
    const text = `Serving function...\nFunction: ${registration.name}\nSignature type: ${registration.type}\nURL: http://localhost:${address.port}/`;
    // What is no terminal gets the lines of Google's package and no more.
    print(isForPeople(registration) ? announcement().banner(text, registration, options) : text);
  });
}

function loadForProcess(options: Options): void {
  lateModules().loadForProcess();
  if (watchesCalls(options)) unanswered();
}

function lateModules(): typeof import('./process/late-modules') {
  return require('./process/late-modules') as typeof import('./process/late-modules');
}

function isForPeople({ name }: LoadedFunction): boolean {
  if (name === '*' || process.env['FORCE_COLOR']) return true;
  return (require('node:tty') as typeof import('node:tty')).isatty(1);
}

function announcement(): typeof import('./dev/banner') {
  return require('./dev/banner') as typeof import('./dev/banner');
}

function foreignPages(): typeof import('./dev/foreign-pages') {
  return require('./dev/foreign-pages') as typeof import('./dev/foreign-pages');
}

function directory(): typeof import('./dev/index-page') {
  return require('./dev/index-page') as typeof import('./dev/index-page');
}

/** Lets node keep the compiled code of what is loaded from here on. */
function cacheCode(directory: string): void {
  const { enableCompileCache } = require('node:module') as Partial<typeof import('node:module')>;
  if (enableCompileCache !== undefined) enableCompileCache(directory);
  else throw new BarefnError('INVALID_OPTION', '--compile-cache needs Node 22.8 or later.');
}

/** In development, reports functions that do not answer, and what event functions leave running. */
function watched(registration: LoadedFunction, options: Options): LoadedFunction {
  if (!watchesCalls(options)) return registration;
  const report = (text: string): void => console.error(text);
  if (registration.type === 'http') return watchedHttp(registration, report);
  if (registration.type !== 'cloudevent' && registration.type !== 'event') return registration;
  const { watchUnfinished } = require('./dev/unfinished') as typeof import('./dev/unfinished');
  return unanswered().watchCallback(watchUnfinished(registration, report), report);
}

/** Cloud Run and Knative set K_SERVICE. */
function watchesCalls({ warnUnfinished }: Options): boolean {
  const { NODE_ENV, K_SERVICE } = process.env;
  return warnUnfinished && NODE_ENV !== 'production' && !K_SERVICE;
}

type Handler = (...args: unknown[]) => unknown;

/** Looks at calls that have not answered when they return: most have, and load nothing for it. */
function watchedHttp(registration: LoadedFunction, report: (text: string) => void): LoadedFunction {
  const { name, handler } = registration;
  if (typeof handler !== 'function') return registration;
  const apply = (call: Handler, self: unknown, args: unknown[]): unknown => {
    const result = Reflect.apply(call, self, args);
    const res = args[1] as ServerResponse;
    return res.headersSent ? result : unanswered().expectAnswer(name, res, result, report);
  };
  // A proxy, since an Express application is a function with members.
  return { ...registration, handler: new Proxy(handler as Handler, { apply }) };
}

function unanswered(): typeof import('./dev/unanswered') {
  return require('./dev/unanswered') as typeof import('./dev/unanswered');
}

function help(): string {
  return (require('./options/help') as typeof import('./options/help')).helpText();
}

function version(): string {
  return (require('../package.json') as { version: string }).version;
}

// console.log costs 1.3 ms at its first call, a write to the file descriptor 0.2.
function print(text: string): void {
  try {
    writeSync(1, `${text}\n`);
  } catch {
    // A full pipe takes it later. One that nobody reads any more takes nothing: no reason to end.
    lateModules().ignoreLostOutput();
    process.stdout.write(`${text}\n`);
  }
}

/** Prints all of it, however slowly it is read. A reader that has enough of it may go. */
function printWhole(text: string | Buffer): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.once('error', () => resolve());
    process.stdout.write(text, () => resolve());
  });
}

/** Prints what went wrong and exits. What barefn foresees needs no stack. */
function fail(error: unknown): never {
  logError(isForeseen(error) ? messageOf(error) : inspectThrown(error));
  if (isForeseen(error) && isLoadFault(memberOf(error, 'code'))) {
    logError('Could not load the function, shutting down.');
  }
  process.exit(1);
}

// Not instanceof: cloudevents.js has a class of its own.
function isForeseen(error: unknown): error is BarefnError {
  const name = memberOf(error, 'name');
  return isThrown(error, Error) && (name === 'BarefnError' || name === 'HttpError');
}

function isLoadFault(code: unknown): boolean {
  const codes = ['SOURCE_NOT_FOUND', 'LOAD_FAILED', 'FUNCTION_NOT_FOUND', 'NOT_A_FUNCTION'];
  return codes.some((one) => one === code);
}
