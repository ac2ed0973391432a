import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodeOf } from '../../built/find';
import { type BuildRecord, checksumOf, DEFAULT_OUT, INPUTS, RECORD } from '../../built/record';
import { BarefnError } from '../../core/errors';
import { withExpress } from '../../load/express-version';
import { resolveSource } from '../../load/load';
import type { CommandLine } from '../../options/arguments';
import type { Options } from '../../options/options';
import { type OptionRow, optionTable } from '../../options/table';
import { lastOf } from '../flag-values';
import type { Output } from '../output';
import { type Bundle, type BundleSettings, bundle } from './bundle';
import { copyFilesBeside } from './copies';
import { BUNDLE, CACHE, START, startText } from './entry';
import { loadEsbuild } from './esbuild';
import { measure } from './measure';
import { relativeTo } from './plugin';
import { checksumsOf, sourcesOf } from './record';
import { describeBuild } from './report';
import { childText, readWarmRequest, type WarmUp, warmUp } from './warm-up';

/** The file that child processes begin with. It is gone when the build is done. */
const CHILD = 'child.js';

/**
 * `barefn build`: puts the function and the framework into one file, calls it, and keeps V8's compiled code
 * of what ran.
 *
 * @throws BarefnError `BUILD_FAILED`, `INVALID_OPTION`, and those of `resolveSource`
 */
export async function buildFunction(
  line: CommandLine,
  options: Options,
  output: Output,
): Promise<void> {
  const started = performance.now();
  const settings = settingsOf(line, options);
  const requests = (line.flags.get('warm') ?? []).map(readWarmRequest);
  const esbuild = loadEsbuild(path.dirname(settings.entry.file));
  const { directory } = settings;
  prepareDirectory(directory);
  output.note(
    `Bundling ${path.relative('', settings.entry.file)} with esbuild ${esbuild.version} …`,
  );
  const bundled = await bundle(esbuild, settings);
  const copies = await copyFilesBeside(esbuild, settings, bundled.findings);
  writeFileSync(path.join(directory, BUNDLE), bundled.code);
  writeFileSync(path.join(directory, `${BUNDLE}.map`), bundled.map);
  const warm = line.flags.has('no-warm') ? undefined : await callFunction();
  finish(settings, line, bundled, copies);
  const facts = { settings, bundled, copies, warm, seconds: (performance.now() - started) / 1000 };
  await output.result(`${describeBuild(facts)}\n`);
  if (line.flags.has('measure')) {
    output.note('Measuring the start …');
    await output.result(`${await measure(settings, flagsOf(line, settings))}\n`);
  }

  async function callFunction(): Promise<WarmUp> {
    output.note('Calling the function, from its source and from one file …');
    const file = path.join(directory, CHILD);
    writeFileSync(file, childText(settings.dist));
    try {
      return await warmUp({ file, flags: flagsOf(line, settings), requests, note: output.note });
    } finally {
      rmSync(file);
    }
  }
}

function settingsOf(line: CommandLine, options: Options): BundleSettings {
  const file = resolveSource(options.source);
  const directory = path.resolve(lastOf(line.flags, 'out') ?? DEFAULT_OUT);
  if (options.target === '*') {
    throw new BarefnError(
      'INVALID_OPTION',
      "barefn build builds one function: --target='*' is for development.",
    );
  }
  return {
    directory,
    dist: __dirname,
    external: (line.flags.get('external') ?? []).flatMap((names) => names.split(',')),
    entry: {
      file,
      name: relativeTo(directory, file),
      ...(options.targetGiven ? { target: options.target } : {}),
      signatureType: options.signatureType,
      express: withExpress(options).express ?? 5,
    },
  };
}

/** Empties the directory of the build, which has to be one. */
function prepareDirectory(directory: string): void {
  const files = existsSync(directory) ? readdirSync(directory) : [];
  if (files.length > 0 && !files.includes(START)) {
    throw new BarefnError(
      'INVALID_OPTION',
      `${directory} has files that barefn build did not make. Empty it, or pass another directory with --out.`,
    );
  }
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  // A build that fails leaves a directory that the next one may empty.
  writeFileSync(
    path.join(directory, START),
    "throw new Error('The build failed. Build again: barefn build');\n",
  );
  writeFileSync(path.join(directory, 'package.json'), '{ "type": "commonjs" }\n');
}

/** Writes what starts the build and what says whether it fits: last, so that it is whole. */
function finish(
  { directory, dist, entry }: BundleSettings,
  line: CommandLine,
  { code, inputs }: Bundle,
  copies: readonly string[],
): void {
  const { version } = require('../../package.json') as { version: string };
  const sums = checksumsOf(
    directory,
    [BUNDLE, CACHE].map((name) => path.join(directory, name)),
  );
  const name = path.relative('', entry.file);
  const start = startText({
    title: `Made by barefn ${version} of ${name}. To serve the function: node ${path.relative('', path.join(directory, START))}`,
    bundle: checksumOf(Buffer.from(code)),
    cache: sums[`./${CACHE}`] || undefined,
    node: nodeOf(process),
    isAscii: Buffer.byteLength(code) === code.length,
  });
  writeFileSync(path.join(directory, START), start);
  writeFileSync(path.join(directory, INPUTS), JSON.stringify(checksumsOf(directory, inputs)));
  const outputs = ['package.json', START, BUNDLE, CACHE, ...copies].map((file) =>
    path.join(directory, file),
  );
  const record: BuildRecord = {
    barefn: version,
    node: nodeOf(process),
    file: entry.name,
    ...(entry.target === undefined ? {} : { target: entry.target }),
    signatureType: entry.signatureType,
    express: entry.express,
    sources: checksumsOf(directory, sourcesOf(entry.file, inputs, dist)),
    outputs: checksumsOf(directory, outputs),
    command: commandOf(line),
  };
  writeFileSync(path.join(directory, RECORD), `${JSON.stringify(record, null, 2)}\n`);
}

/** The options of the command as words, for processes that serve the function. */
function flagsOf({ options }: CommandLine, { entry }: BundleSettings): string[] {
  const flags = optionWords(options).filter(
    (word) => !/^--(?:source|port|host|workers)=/.test(word),
  );
  const own = [`--source=${entry.file}`, `--express=${entry.express}`];
  return [...flags, ...own, '--port=0', '--host=127.0.0.1', '--workers=1'];
}

function optionWords(options: CommandLine['options']): string[] {
  const table: Readonly<Record<string, OptionRow>> = optionTable();
  return Array.from(options, ([key, value]) => `--${table[key]?.flag}=${value}`);
}

/** The command line that makes the build again. */
function commandOf({ words, options, flags }: CommandLine): string {
  const own = [...flags].flatMap(([flag, values]) => {
    if (flag === 'measure') return [];
    return flag === 'no-warm' ? ['--no-warm'] : values.map((value) => `--${flag}=${value}`);
  });
  return ['barefn', 'build', ...words.slice(1), ...optionWords(options), ...own]
    .map(quote)
    .join(' ');
}

/** POSIX shells: between single quotes every character but the quote stands for itself. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
