import fs from 'node:fs';
import { BarefnError } from '../../core/errors';

/**
 * Reads the bytes that `--data` names: the text itself, `@file`, or `-` (also `@-`) for standard input.
 *
 * @throws BarefnError `DATA_NOT_READ` with its cause
 */
export async function readData(text: string): Promise<Buffer> {
  if (text === '-' || text === '@-') return readInput();
  if (!text.startsWith('@')) return Buffer.from(text);
  const file = text.slice(1);
  try {
    return fs.readFileSync(file);
  } catch (cause) {
    const why = (cause as Error).message;
    throw new BarefnError('DATA_NOT_READ', `Cannot read the data from "${file}": ${why}`, {
      cause,
    });
  }
}

/**
 * Parses data as JSON.
 *
 * @throws BarefnError `INVALID_OPTION` if it is not JSON
 */
export function parseData(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch (cause) {
    const why = (cause as Error).message;
    throw new BarefnError(
      'INVALID_OPTION',
      `The data of an event must be JSON: ${why}. Put a string into double quotes: --data='"text"'.`,
      { cause },
    );
  }
}

async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
