import { chooseExpress } from '../load/express-choice';
import { builtSource } from '../load/load';
import type { Options } from '../options/options';
import type { PhaseEnds } from './startup';
import type { WorkersReport } from './workers/messages';

/**
 * One line of JSON with the time that each phase of the start took, in milliseconds:
 *
 * - `boot`: Node itself, before it ran the first line of code
 * - `framework`: loading barefn, and modules that `--require` and `--import` name
 * - `function`: loading the function's module and its imports
 * - `hooks`: the startup hooks
 * - `listen`: opening the port
 * - `total`: from the start of the process to the open port
 *
 * `express` is the version of Express that the function gets, `expressReason` what chose it.
 * With several workers the report is that of the first: `workers` is their number, `primaryMs` the time
 * before the worker's own start, which `total` includes; `listen` includes the wait for the others.
 * In a build, `codeCache` says what became of the code that V8 had compiled: `used`, or why it was not.
 * `files` counts the CommonJS modules that were loaded, `rssMb` is the memory of the process.
 */
export function startupReport(ends: PhaseEnds, options: Options, workers?: WorkersReport): string {
  const { version, reason } = chooseExpress(options);
  const boot = performance.nodeTiming.bootstrapComplete;
  return JSON.stringify({
    message: 'barefn started',
    bootMs: round(boot),
    frameworkMs: round(ends.framework - boot),
    functionMs: round(ends.function - ends.framework),
    hooksMs: round(ends.hooks - ends.function),
    listenMs: round(ends.listen - ends.hooks),
    totalMs: round(ends.listen + (workers?.primaryMs ?? 0)),
    ...(workers && { workers: workers.workers, primaryMs: round(workers.primaryMs) }),
    express: version,
    expressReason: reason,
    codeCache: builtSource()?.cache,
    files: Object.keys(require.cache).length,
    rssMb: round(process.memoryUsage.rss() / 2 ** 20),
    node: process.version,
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
