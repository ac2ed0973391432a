// What a run has to itself, so that two runs at once do not disturb each other: a folder for files,
// a block of ports, and its turn to install.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Ports below the range that systems give to whoever asks for any port. */
const firstPort = 10_000;
const blockSize = 100;
const blocks = 200;

const locks = path.join(os.tmpdir(), 'barefn-bench-locks');
/** @type {string[]} */
const created = [];
process.once('exit', () => {
  for (const place of created) rmSync(place, { recursive: true, force: true });
});

/** A new folder that is removed when the program ends. */
export function createFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-run-'));
  created.push(folder);
  return folder;
}

/** @type {number | undefined} */
let ownBlock;

/** The ports that belong to this run alone, among runs of this benchmark. */
export function listPorts() {
  ownBlock ??= reserveBlock();
  const first = firstPort + ownBlock * blockSize;
  return Array.from({ length: blockSize }, (_, index) => first + index);
}

function reserveBlock() {
  const start = Math.floor(Math.random() * blocks);
  for (let offset = 0; offset < blocks; offset++) {
    const block = (start + offset) % blocks;
    if (tryToLock(`ports-${block}`)) return block;
  }
  throw new Error(`Every block of ports is taken. Remove ${locks} where no benchmark runs.`);
}

/**
 * Waits until no other run installs, then does it.
 * @template T
 * @param {string} folder Where is installed.
 * @param {() => T} install
 */
export function installAlone(folder, install) {
  const name = `install-${Buffer.from(folder).toString('hex').slice(-40)}`;
  const resting = new Int32Array(new SharedArrayBuffer(4));
  for (let wait = 0; !tryToLock(name); wait++) {
    if (wait === 0) console.error('bench: another run is installing: waiting for it…');
    Atomics.wait(resting, 0, 0, 200);
  }
  try {
    return install();
  } finally {
    rmSync(path.join(locks, name), { recursive: true, force: true });
  }
}

/** A folder is made by one process only; one whose maker has ended is taken over. @type {(name: string) => boolean} */
function tryToLock(name) {
  const folder = path.join(locks, name);
  mkdirSync(locks, { recursive: true });
  if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
  try {
    mkdirSync(folder);
  } catch {
    return false;
  }
  writeFileSync(path.join(folder, 'pid'), String(process.pid));
  created.push(folder);
  return true;
}

/** @param {string} folder */
function isAbandoned(folder) {
  try {
    const pid = Number(readFileSync(path.join(folder, 'pid'), 'utf8'));
    process.kill(pid, 0);
    return false;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ESRCH') return true;
    if (code !== 'ENOENT') return false;
  }
  // No pid yet: its maker writes it within a moment, or has ended before.
  const { mtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? {};
  return mtimeMs !== undefined && Date.now() - mtimeMs > 10_000;
}
