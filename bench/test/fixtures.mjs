// What the tests share: a bench with short runs, and misbehaving subjects.
import { fileURLToPath } from 'node:url';
import { readOptions } from '../options.mjs';
import { createRecorder } from '../recorder.mjs';
import { parseSubject } from '../subjects/index.mjs';

const server = fileURLToPath(new URL('misbehaving/server.cjs', import.meta.url));

export const runtime = {
  name: 'node',
  command: [process.execPath],
  version: process.versions.node,
};

/** A subject with the given fault; without one it behaves. */
export function faulty(/** @type {string} */ fault) {
  return parseSubject(`${fault}=exec '${process.execPath}' '${server}' ${fault}`);
}

/**
 * Limits of time only end what hangs: a busy machine takes long for everything.
 * @param {import('../subjects/index.mjs').Subject[]} subjects
 * @param {object} [options]
 */
export function createBench(subjects, options = {}) {
  const short = {
    samples: 2,
    processes: 1,
    slices: 2,
    seconds: 0.1,
    warmUpRequests: 20,
    fixedRateSeconds: 0.2,
    connections: 4,
    rate: 200,
    startTimeout: 60_000,
  };
  return {
    subjects,
    runtimes: [runtime],
    options: { ...readOptions(['--quick']), ...short, ...options },
    recorder: createRecorder(),
    random: Math.random,
    seconds: 600,
    progress: () => undefined,
  };
}
