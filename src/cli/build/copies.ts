import { cpSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BundleSettings, commonOptions, noteComputedCalls } from './bundle';
import { workerBanner } from './entry';
import { type Esbuild, failureOf } from './esbuild';
import { dataFilesOf, isCode, packageOf } from './packages';
import { copyName, type Findings, nodeModules } from './plugin';

/**
 * Copies what modules of packages read beside themselves, and bundles modules that they start by their
 * path, such as workers.
 *
 * @returns the copies, relative to the build
 */
export async function copyFilesBeside(
  esbuild: Esbuild,
  settings: BundleSettings,
  findings: Findings,
): Promise<string[]> {
  const copied = new Set<string>();
  const bundled = new Set<string>();
  // Workers may have files beside them as well: the sets grow meanwhile.
  for (const one of findings.beside) {
    if (isOutside(one)) continue;
    if (statSync(one).isDirectory()) copyData(one);
    else if (!/\.[cm]?[jt]sx?$/.test(one)) copy(one);
    else if (!bundled.has(one)) {
      bundled.add(one);
      await bundleWorker(esbuild, settings, findings, one);
    }
  }
  for (const directory of findings.unclear) {
    if (!isOutside(path.join(directory, 'x'))) copyData(directory);
  }
  return [...copied, ...[...bundled].map((file) => nameOf(file))];

  function isOutside(file: string): boolean {
    return findings.outside.has(packageOf(file)?.name ?? '');
  }

  function copyData(directory: string): void {
    for (const name of dataFilesOf(directory)) copy(path.join(directory, name));
  }

  function copy(file: string): void {
    if (isCode(file)) return;
    copied.add(nameOf(file));
    cpSync(file, path.join(settings.directory, nameOf(file)));
  }

  function nameOf(file: string): string {
    return copyName(path.dirname(settings.directory), file);
  }
}

async function bundleWorker(
  esbuild: Esbuild,
  settings: BundleSettings,
  findings: Findings,
  file: string,
): Promise<void> {
  const name = copyName(path.dirname(settings.directory), file);
  const outfile = path.join(settings.directory, name);
  const up = path.posix.relative(path.posix.dirname(name), '.');
  const run = () =>
    esbuild.build({
      ...commonOptions(),
      entryPoints: [file],
      outfile,
      format: 'cjs',
      banner: { js: workerBanner(up) },
      plugins: [nodeModules({ ...settings, isAsync: false }, findings)],
    });
  try {
    let result = await run();
    if (noteComputedCalls(result.warnings, settings, findings)) result = await run();
    mkdirSync(path.dirname(outfile), { recursive: true });
    writeFileSync(outfile, result.outputFiles[0]?.text ?? '');
  } catch (error) {
    // An ES module, or one that needs what is not installed: its package goes outside.
    failureOf(error);
    const found = packageOf(file);
    if (found !== undefined)
      findings.outside.set(found.name, `starts ${path.basename(file)} by its path`);
  }
}
