#!/usr/bin/env node
// The command: parses the arguments, loads the function, runs the startup hooks, listens.
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Built, Observer } from './built/built';
import { describeFailure, fail, print } from './cli/terminal';
import { BarefnError } from './core/errors';
import { startupHooks } from './core/registry';
import { hasPage, preloadWarnings, withWarnings } from './dev/development';
import * as api from './index';
import { withExpress } from './load/express-version';
import { builtSource, type LoadedFunction, loadFunction } from './load/load';
import { aliasOwnPackage } from './load/own-name';
import { localUrl } from './options/local-url';
import type { Options } from './options/options';
import { readUsualOptions } from './options/usual';
import { enableCompileCache } from './process/compile-cache';
import { describeOldNode } from './process/node-version';
import { preloadAfterListening } from './process/preload';
import { awaitModule, markPhase, runStartupHooks } from './process/startup';
import { Supervisor } from './process/supervisor';
import { createService, type Service } from './server/serve';
import { installLightClasses } from './signatures/web/globals';

/** Set in a process that --workers started. */
let worker: import('./process/workers/worker').Worker | undefined;

// What `barefn build` writes requires it from here.
export { ownPackage } from './load/own-name';

let observed: Observer = {};

/**
 * Runs the command of the process.
 *
 * @param built the function to serve, where this code is in one file with it
 * @param observer what `barefn build` passes when it calls the function
 */
export function main(built?: Built, observer: Observer = {}): void {
  observed = observer;
  try {
    const old = describeOldNode(process.versions);
    if (old !== undefined) throw new BarefnError('OLD_NODE', old);
    aliasOwnPackage(api);
    const argv = process.argv.slice(2);
    if (built === undefined) {
      const options = readUsualOptions(argv, process.env) ?? readCommandLine(argv)?.options;
      if (options === undefined) return;
      if (!hasBuild(options) || !buildFinder().startBuild(options)) start(options);
    } else {
      const serving = readCommandLine(argv);
      if (serving !== undefined) start(serveBuilt(built, serving.line, serving.options));
    }
  } catch (error) {
    failStart(error);
  }
}

/** Whether `barefn build` has left something. Looking for it takes 0.01 ms. */
function hasBuild({ watch }: Options): boolean {
  return !watch && existsSync('.barefn/build.json');
}

/** Reads what is not a usual start. Undefined when it does not ask to serve. */
function readCommandLine(
  argv: readonly string[],
): import('./cli/command-line').Serving | undefined {
  const commandLine = require('./cli/command-line') as typeof import('./cli/command-line');
  return commandLine.readCommandLine(argv, process.env);
}

function start(options: Options): void {
  if (options.watch) {
    const { watch } = require('./dev/watch') as typeof import('./dev/watch');
    if (watch(options, process.argv.slice(2))) return;
  }
  if (options.workers !== 1 && !options.verify && startWorkers(options)) return;
  const supervisor = new Supervisor(options.shutdownTimeout);
  worker?.attach(supervisor);
  if (options.logExecutionId) {
    const log = require('./process/log') as typeof import('./process/log');
    log.decorateLogs(log.projectIdOf(process.env));
  }
  if (options.compileCache !== null) enableCompileCache(options.compileCache);
  if (!options.nativeWeb) installLightClasses();
  markPhase('framework', options);
  const loaded = options.target === '*' ? functionIndex().loadAll(options) : loadFunction(options);
  // Common JavaScript is loaded without a promise: the port opens in the same tick.
  if (loaded instanceof Promise) {
    awaitModule(loaded, options)
      .then((registration) => runHooks(registration, options, supervisor))
      .catch(failStart);
  } else {
    runHooks(loaded, options, supervisor);
  }
}

function runHooks(registration: LoadedFunction, options: Options, supervisor: Supervisor): void {
  markPhase('function', options);
  if (options.verify) {
    const { verify } = require('./cli/verify') as typeof import('./cli/verify');
    print(verify(registration, options));
    process.exit(0);
  }
  const hooks = startupHooks();
  if (hooks.length === 0) listen(registration, options, supervisor);
  else runStartupHooks(hooks).then(() => listen(registration, options, supervisor), failStart);
}

function listen(registration: LoadedFunction, options: Options, supervisor: Supervisor): void {
  if (supervisor.ending) return;
  markPhase('hooks', options);
  const settings = withExpress(options);
  const isIndex = registration.name === '*';
  const service: Service = isIndex
    ? functionIndex().createIndex(registration, settings, withWarnings)
    : createService(withWarnings(registration, options), settings);
  if (hasPage(options)) {
    const page = require('./dev/offer-page') as typeof import('./dev/offer-page');
    page.offerPage(service, registration, options);
  }
  supervisor.supervise(service);
  const { onListen } = observed;
  // What is loaded ahead is no part of the code that a build compiles for its start.
  if (onListen === undefined) {
    preloadAfterListening(service, isIndex ? '*' : registration.type, settings, () => {
      lateModules().loadForProcess();
      preloadWarnings(options);
      if (builtSource() !== undefined) buildFinder().warnOfChange();
    });
  }
  const { server } = service;
  const { port } = options;
  if (worker !== undefined) {
    worker.serve(service, registration, (report) => markPhase('listen', options, report));
    return;
  }
  const host = options.host ?? (isIndex ? foreignPages().LOOPBACK : undefined);
  server.once('error', (error) =>
    fail(listenErrors().listenFailure(error, { port, host }, process)),
  );
  server.listen({ port, host }, () => {
    markPhase('listen', options);
    onListen?.(registration, (server.address() as AddressInfo).port);
    announce(registration, options, (server.address() as AddressInfo).port);
  });
}

/** Starts processes that serve. False in one of them, and where one process is enough. */
function startWorkers(options: Options): boolean {
  const { joinPrimary } =
    require('./process/workers/worker') as typeof import('./process/workers/worker');
  worker = joinPrimary();
  if (worker !== undefined) return false;
  const { startPrimary } =
    require('./process/workers/start') as typeof import('./process/workers/start');
  return startPrimary(options, (served, port, count) => {
    announce({ ...served, handler: () => {} }, options, port, `Workers: ${count}\n`);
  });
}

/** A worker leaves the message to its primary: others fail for the same reason. */
function failStart(error: unknown): void {
  if (worker === undefined) fail(error);
  else worker.fail(describeFailure(error));
}

/** Prints the lines of Google's package, and more to a terminal. */
function announce(registration: LoadedFunction, options: Options, port: number, more = ''): void {
  if (process.env['NODE_ENV'] === 'production') return;
  const { name, type } = registration;
  const url = localUrl(options.host, port);
  const text = `Serving function...\nFunction: ${name}\nSignature type: ${type}\n${more}URL: ${url}`;
  const isForPeople = name === '*' || process.env['FORCE_COLOR'] || tty().isatty(1);
  print(isForPeople ? terminalBanner().banner(text, registration, options) : text);
}

function buildFinder(): typeof import('./built/find') {
  return require('./built/find') as typeof import('./built/find');
}

function serveBuilt(...args: Parameters<typeof import('./built/built').serveBuilt>): Options {
  return (require('./built/built') as typeof import('./built/built')).serveBuilt(...args);
}

function functionIndex(): typeof import('./dev/index-page') {
  return require('./dev/index-page') as typeof import('./dev/index-page');
}

function foreignPages(): typeof import('./dev/foreign-pages') {
  return require('./dev/foreign-pages') as typeof import('./dev/foreign-pages');
}

function terminalBanner(): typeof import('./dev/banner') {
  return require('./dev/banner') as typeof import('./dev/banner');
}

function lateModules(): typeof import('./process/late-modules') {
  return require('./process/late-modules') as typeof import('./process/late-modules');
}

function listenErrors(): typeof import('./process/listen-errors') {
  return require('./process/listen-errors') as typeof import('./process/listen-errors');
}

function tty(): typeof import('node:tty') {
  return require('node:tty') as typeof import('node:tty');
}
