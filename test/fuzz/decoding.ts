import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eventTargets } from './event-targets';
import { firestoreTargets } from './firestore-targets';
import { httpTargets } from './http-targets';
import { Random } from './random';
import { feed, type Target } from './target';

const targets: Record<string, Target> = { ...httpTargets, ...eventTargets, ...firestoreTargets };

/** The most CPU time that one small input may take. */
const SLOW_MS = 1000;

/**
 * Feeds every decoder with inputs made of its grammar and with mutated good ones.
 * @returns what was found, a line each
 */
export async function fuzzDecoders(
  seed: number,
  count: number,
  report: (line: string) => void,
): Promise<string[]> {
  const findings: string[] = [];
  const names = Object.keys(targets);
  const each = Math.ceil(count / names.length);
  const before = heapUsed();
  for (const [index, name] of names.entries()) {
    const began = performance.now();
    findings.push(...(await fuzzOne(name, seed + index, each)));
    report(`${name}: ${each} inputs, ${Math.round(performance.now() - began)} ms`);
  }
  const grown = heapUsed() - before;
  report(`heap grew by ${Math.round(grown / 1024)} KiB`);
  if (grown > 32 * 1024 * 1024) findings.push(`The heap grew by ${grown} bytes.`);
  return findings;
}

async function fuzzOne(name: string, seed: number, count: number): Promise<string[]> {
  const target = targets[name] as Target;
  const random = new Random(seed);
  const findings: string[] = [];
  for (let at = 0; at < count && findings.length < 10; at++) {
    const text =
      random.below(2) === 0
        ? random.words(target.words, 24)
        : random.mutate(random.pick(target.seeds), target.words);
    const began = process.cpuUsage();
    try {
      await feed(target, text, random);
    } catch (error) {
      findings.push(`${name}, ${JSON.stringify(text)}: ${(error as Error).stack}`);
    }
    const { user, system } = process.cpuUsage(began);
    const took = (user + system) / 1000;
    if (took > SLOW_MS) findings.push(`${name}, ${JSON.stringify(text)}: ${took} ms of CPU`);
  }
  return findings;
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
