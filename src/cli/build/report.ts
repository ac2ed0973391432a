import { statSync } from 'node:fs';
import path from 'node:path';
import type { Bundle, BundleSettings } from './bundle';
import { BUNDLE, CACHE, START } from './entry';
import type { WarmUp } from './warm-up';

/** What the report tells. */
export interface BuildFacts {
  readonly settings: BundleSettings;
  readonly bundled: Bundle;
  readonly copies: readonly string[];
  /** Undefined when the function was not called. */
  readonly warm: WarmUp | undefined;
  readonly seconds: number;
}

/** Says what is in the build, what is not and why, and how to use it. */
export function describeBuild({ settings, bundled, copies, warm, seconds }: BuildFacts): string {
  const { directory } = settings;
  const near = path.relative('', directory) || '.';
  const { outside, missing, own } = bundled.findings;
  const lines = [
    `Built ${near} in ${seconds.toFixed(1)} s: ${bundled.inputs.length} modules in one file of ${sizeOf(directory, BUNDLE)}`,
    describeWarmUp(directory, warm),
  ];
  if (copies.length > 0)
    lines.push(`Copied for packages that read files beside themselves: ${copies.length} files`);
  for (const [name, reason] of outside) lines.push(`Outside: ${name} (${reason})`);
  for (const name of missing) lines.push(`Not installed: ${name}, which fails where it is loaded`);
  for (const [file, reason] of own)
    lines.push(`Needs its place: ${path.relative('', file)} (${reason})`);
  const needsModules = outside.size + own.size > 0;
  lines.push(
    needsModules
      ? 'Keep node_modules and the source for what is outside and what needs its place.'
      : 'The build needs neither node_modules nor the source.',
    `Serve it: node ${path.join(near, START)}`,
  );
  return lines.join('\n');
}

function describeWarmUp(directory: string, warm: WarmUp | undefined): string {
  if (warm === undefined) {
    return 'Not called (--no-warm): there is no compiled code, and answers were not compared';
  }
  const { statuses, notCompared, hasCache } = warm;
  const calls = `${statuses.length === 1 ? 'One call' : `${statuses.length} calls`} (${statuses.join(', ')})`;
  const compared =
    notCompared === undefined ? 'as from the source' : `not compared: ${notCompared}`;
  const cache = hasCache ? `; compiled code of ${sizeOf(directory, CACHE)}` : '';
  const failed = statuses.some((status) => status >= 400)
    ? '\nThe function refused the call, so its usual code did not run: pass requests that it answers with --warm'
    : '';
  return `${calls}, ${compared}${cache}${failed}`;
}

function sizeOf(directory: string, name: string): string {
  const bytes = statSync(path.join(directory, name)).size;
  return bytes < 1024 * 1024
    ? `${Math.ceil(bytes / 1024)} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
