import { writeSync } from 'node:fs';
import { BarefnError } from '../core/errors';
import { inspectThrown, isThrown, memberOf, messageOf } from '../core/thrown';
import { logError } from '../http/errors/log-error';

const LOAD_ERRORS = ['SOURCE_NOT_FOUND', 'LOAD_FAILED', 'FUNCTION_NOT_FOUND', 'NOT_A_FUNCTION'];

/** Prints a line. The first console.log() would take 1.3 ms, a write to the file descriptor 0.2. */
export function print(text: string): void {
  try {
    writeSync(1, `${text}\n`);
  } catch {
    // A full pipe takes the line later. A closed one never does, which is no reason to end.
    const { ignoreLostOutput } =
      require('../process/late-modules') as typeof import('../process/late-modules');
    ignoreLostOutput();
    process.stdout.write(`${text}\n`);
  }
}

/** Resolves when all is written, however slow the reader is, or when the reader has closed the pipe. */
export function printWhole(text: string | Buffer): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.once('error', () => resolve());
    process.stdout.write(text, () => resolve());
  });
}

/** Prints an error and exits with 1. */
export function fail(error: unknown): never {
  logError(describeFailure(error));
  process.exit(1);
}

/** Errors of barefn say what to do and need no stack. */
export function describeFailure(error: unknown): string {
  if (!isThrown(error, BarefnError)) return inspectThrown(error);
  const text = messageOf(error);
  if (!LOAD_ERRORS.includes(memberOf(error, 'code') as string)) return text;
  return `${text}\nCould not load the function, shutting down.`;
}
