import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SignatureType } from '../core/registry';

/** The directory that `barefn` looks into. */
export const DEFAULT_OUT = '.barefn';
/** The file of {@link BuildRecord}, written last. */
export const RECORD = 'build.json';
/** The file with the checksums of all modules, as {@link Checksums}. */
export const INPUTS = 'inputs.json';

/** What a build was made of. */
export interface BuildRecord {
  /** The version of barefn. */
  readonly barefn: string;
  /** The version of Node, and the architecture. */
  readonly node: string;
  /** The file that was built, relative to the directory of the build, as all paths here. */
  readonly file: string;
  /** Undefined: the only function, or the one of the default name. */
  readonly target?: string;
  readonly signatureType: SignatureType;
  readonly express: 4 | 5;
  /** The modules outside of node_modules, package.json, lock files and what else the build depends on. */
  readonly sources: Checksums;
  /** The files of the build itself. */
  readonly outputs: Checksums;
  /** The words to build it again. */
  readonly command: string;
}

/** The checksum of each file, by its path relative to the directory of the build. */
export type Checksums = Readonly<Record<string, string>>;

/** The checksum of a file that must not be there. */
export const ABSENT = '';

/** A checksum against accidents: CRC-32 and the length. */
export function checksumOf(bytes: Uint8Array): string {
  const { crc32 } = require('node:zlib') as typeof import('node:zlib');
  return `${crc32(bytes).toString(16)}-${bytes.length}`;
}

/** Reads the record of a build. Undefined when there is none that can be read. */
export function readRecord(directory: string): BuildRecord | undefined {
  return readJson<BuildRecord>(path.join(directory, RECORD));
}

/** Reads the checksums of all modules. */
export function readInputs(directory: string): Checksums | undefined {
  return readJson<Checksums>(path.join(directory, INPUTS));
}

function readJson<Value>(file: string): Value | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Value;
  } catch {
    return undefined;
  }
}

/** The first file that is not as its checksum says, in words; undefined if all are. */
export function findChange(directory: string, checksums: Checksums): string | undefined {
  for (const [name, checksum] of Object.entries(checksums)) {
    const file = path.join(directory, name);
    const near = path.relative('', file);
    if (!existsSync(file)) {
      if (checksum !== ABSENT) return `${near} is gone`;
    } else if (checksum === ABSENT) {
      return `${near} is new`;
    } else if (checksumOf(readFileSync(file)) !== checksum) {
      return `${near} has changed`;
    }
  }
  return undefined;
}
