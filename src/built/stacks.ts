import { readFileSync } from 'node:fs';
import { SourceMap } from './source-map';

/**
 * Makes stacks name the lines of the source in place of those of a bundle. Its source map is read when the
 * first stack is looked at: 20 to 50 ms, once. Without a source map stacks stay as they are.
 */
export function mapStacks(bundle: string): void {
  const format = Error.prepareStackTrace ?? formatStack;
  let map: SourceMap | undefined | null = null;
  const place = (found: string, line: string, column: string): string => {
    if (map === null) map = readMap(bundle);
    return map?.find(Number(line), Number(column)) ?? found;
  };
  const places = new RegExp(`(?:file://)?${escapeRegExp(bundle)}:(\\d+):(\\d+)`, 'g');
  Error.prepareStackTrace = (error, sites) => {
    const text: unknown = format(error, sites);
    return typeof text === 'string' ? text.replace(places, place) : text;
  };
}

function readMap(bundle: string): SourceMap | undefined {
  try {
    return new SourceMap(readFileSync(`${bundle}.map`, 'utf8'), bundle);
  } catch {
    return undefined;
  }
}

/** As V8 writes it: https://v8.dev/docs/stack-trace-api. Node 20 has no function to call. */
function formatStack(error: Error, sites: readonly NodeJS.CallSite[]): string {
  const lines = sites.map((site) => `\n    at ${String(site)}`);
  return `${Error.prototype.toString.call(error)}${lines.join('')}`;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
