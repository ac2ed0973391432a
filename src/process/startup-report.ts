/**
 * One line of JSON that says where the time to start went, in milliseconds:
 *
 * - `boot`: Node itself, before it ran the first line of code
 * - `framework`: loading barefn, and modules that `--require` and `--import` name
 * - `function`: loading the function's module and all it needs
 * - `hooks`: the startup hooks
 * - `listen`: opening the port
 * - `total`: from the start of the process to the open port
 *
 * `files` counts the CommonJS modules that were loaded, `rssMb` is the memory of the process.
 *
 * @param marks when `framework`, `function`, `hooks` and `listen` ended, in ms since the process began
 */
export function startupReport(marks: readonly number[]): string {
  const ends = [performance.nodeTiming.bootstrapComplete, ...marks];
  const [boot, framework, load, hooks, listen] = ends.map((end, i) =>
    round(end - (ends[i - 1] ?? 0)),
  );
  return JSON.stringify({
    message: 'barefn started',
    bootMs: boot,
    frameworkMs: framework,
    functionMs: load,
    hooksMs: hooks,
    listenMs: listen,
    totalMs: round(ends.at(-1) as number),
    files: Object.keys(require.cache).length,
    rssMb: round(process.memoryUsage.rss() / 2 ** 20),
    node: process.version,
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
