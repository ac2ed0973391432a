import { dirname, resolve } from 'node:path';
import { BarefnError } from '../core/errors';
import type { Registration, SignatureType } from '../core/registry';
import { type BuiltSource, resolveSource, useBuiltSource } from '../load/load';
import type { CommandLine } from '../options/arguments';
import type { Options } from '../options/options';
import { mapStacks } from './stacks';

/** A function that `barefn build` put into one file with the framework. */
export interface Built extends BuiltSource {
  /** Undefined: the only function, or the one of the default name. */
  readonly target?: string;
  readonly signatureType: SignatureType;
}

/**
 * Makes a build the source of this process. What the build fixed is in the options that it returns.
 *
 * @throws BarefnError `INVALID_OPTION` for options that only the source can serve
 */
export function serveBuilt(built: Built, line: CommandLine, options: Options): Options {
  checkSource(built.file, line, options);
  if (options.watch) {
    throw new BarefnError(
      'INVALID_OPTION',
      '--watch serves the source, and this is a build of it, which does not change. Run: barefn --watch',
    );
  }
  mapStacks(built.bundle);
  useBuiltSource(built);
  const hasType =
    line.options.has('signatureType') || process.env['FUNCTION_SIGNATURE_TYPE'] !== undefined;
  return {
    ...options,
    source: built.file,
    target: options.targetGiven ? options.target : (built.target ?? options.target),
    targetGiven: options.targetGiven || built.target !== undefined,
    signatureType: hasType ? options.signatureType : built.signatureType,
    express: options.express ?? built.express,
    // They name places in the source, and compare files with this package's own.
    warnUnfinished: false,
  };
}

/** A build serves the source that it was made of, which need not be there any more. */
function checkSource(file: string, line: CommandLine, { source }: Options): void {
  const isGiven = line.options.has('source') || process.env['FUNCTION_SOURCE'] !== undefined;
  const given = resolve(source);
  if (!isGiven || given === file || given === dirname(file) || findsFile(given, file)) return;
  throw new BarefnError(
    'INVALID_OPTION',
    `This build serves ${file}, not ${given}. Leave --source and FUNCTION_SOURCE out, or run barefn, which serves any source.`,
  );
}

function findsFile(source: string, file: string): boolean {
  try {
    return resolveSource(source) === file;
  } catch {
    return false;
  }
}

/** What `barefn build` asks of the command when it calls the function, to learn which code runs. */
export interface Observer {
  /** Called once the port is open. Nothing is loaded ahead then. */
  readonly onListen?: (registration: Registration, port: number) => void;
}
