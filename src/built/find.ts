import { existsSync } from 'node:fs';
import path from 'node:path';
import { BarefnError } from '../core/errors';
import { withExpress } from '../load/express-version';
import { builtSource, resolveSource } from '../load/load';
import type { Options } from '../options/options';
import { startReporter } from '../process/startup';
import { WORKER_VARIABLE } from '../process/workers/messages';
import {
  type BuildRecord,
  type Checksums,
  DEFAULT_OUT,
  findChange,
  INPUTS,
  RECORD,
  readInputs,
  readRecord,
} from './record';

const STARTER = /^\.\/(?:start\.js|package\.json)$/;

/** What start.js exports to the command. */
interface Started {
  /** Why it did not start. */
  readonly problem?: string;
}

/**
 * Starts the build in the current directory in place of the source, if it fits. If not, one line says why.
 *
 * @returns whether it was started
 * @throws BarefnError `SOURCE_NOT_FOUND`
 */
export function startBuild(options: Options): boolean {
  // A page for development, and what only looks at the source.
  if (options.target === '*' || options.verify) return false;
  const directory = path.resolve(DEFAULT_OUT);
  const record = readRecord(directory);
  const problem =
    findMismatch(directory, record, options) ??
    findChange(directory, starterOf(record)) ??
    (require(path.join(directory, 'start.js')) as Started).problem;
  if (problem === undefined) return true;
  // The primary of a worker has said it.
  if (process.env[WORKER_VARIABLE] !== undefined) return false;
  console.error(
    `The build in ${DEFAULT_OUT} is not used: ${problem}. Run: ${commandOf(record, options)}`,
  );
  return false;
}

/** What Node reads before start.js can check the rest. */
function starterOf(record: BuildRecord | undefined): Checksums {
  const files = Object.entries(record?.outputs ?? {});
  return Object.fromEntries(files.filter(([name]) => STARTER.test(name)));
}

/**
 * Checks the build in the current directory for `--verify`: its files, and every module that it was made of.
 *
 * @throws BarefnError `STALE_BUILD`
 */
export function verifyBuild(options: Options): string {
  const directory = path.resolve(DEFAULT_OUT);
  const record = readRecord(directory);
  const problem =
    findMismatch(directory, record, options) ??
    findChange(directory, record?.outputs ?? {}) ??
    findChange(directory, readInputs(directory) ?? { [INPUTS]: '-' }) ??
    (record?.node === nodeOf(process) ? undefined : `it was made by Node ${record?.node}`);
  if (problem !== undefined) {
    throw new BarefnError(
      'STALE_BUILD',
      `The build in ${DEFAULT_OUT} does not fit: ${problem}. Run: ${commandOf(record, options)}`,
    );
  }
  return `Build: ${DEFAULT_OUT} fits`;
}

/** Says when the source of the build that this process serves has changed. It need not be there. */
export function warnOfChange(): void {
  const { file = '', bundle = '' } = builtSource() ?? {};
  const directory = path.dirname(bundle);
  const record = readRecord(directory);
  if (record === undefined || !existsSync(file)) return;
  const present = Object.entries(record.sources).filter(([name]) =>
    existsSync(path.join(directory, name)),
  );
  const change = findChange(directory, Object.fromEntries(present));
  if (change === undefined) return;
  startReporter.note(`${change} since this build was made. Run: ${record.command}`);
}

/** The version and the architecture that V8's compiled code is for. */
export function nodeOf({ version, arch }: Pick<NodeJS.Process, 'version' | 'arch'>): string {
  return `${version} ${arch}`;
}

/** Why a build is not one of what the options ask for, as far as reading the source tells. */
function findMismatch(
  directory: string,
  record: BuildRecord | undefined,
  options: Options,
): string | undefined {
  if (record === undefined) return `${DEFAULT_OUT}/${RECORD} cannot be read`;
  const { version } = require('../../package.json') as { version: string };
  if (record.barefn !== version) return `it was made by barefn ${record.barefn}`;
  const target = options.targetGiven ? options.target : undefined;
  if (record.target !== target) return `it serves ${record.target ?? 'the only function'}`;
  const file = resolveSource(options.source);
  if (path.join(directory, record.file) !== file) {
    return `it was made of ${path.relative('', path.join(directory, record.file))}`;
  }
  if (record.signatureType !== options.signatureType) {
    return `it has the signature type ${record.signatureType}`;
  }
  if (record.express !== (withExpress(options).express ?? 5)) {
    return `it follows Express ${record.express}`;
  }
  return findChange(directory, record.sources);
}

function commandOf(record: BuildRecord | undefined, { target }: Options): string {
  return record?.command ?? `barefn build --target=${target}`;
}
