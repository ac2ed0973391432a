// npm run fuzz -- [--seed=N] [--inputs=N] [--requests=N] [--sessions=N]: bounded, repeatable by its seed.
import { fuzzDecoders } from './decoding';
import { fuzzFrames } from './frames';
import { fuzzWire } from './wire';

/** Whatever happens, it ends. */
const LIMIT_MS = 30 * 60 * 1000;

async function main(): Promise<void> {
  const seed = numberOf('seed', Date.now() % 1_000_000);
  const report = (line: string): void => console.log(line);
  report(`--seed=${seed}`);
  const findings = [
    ...(await fuzzDecoders(seed, numberOf('inputs', 1_000_000), report)),
    ...(await fuzzWire(seed, numberOf('requests', 50_000), report)),
    ...(await fuzzFrames(seed, numberOf('sessions', 10_000), report)),
  ];
  for (const finding of findings) console.error(finding);
  report(`${findings.length} findings with --seed=${seed}`);
  process.exit(findings.length === 0 ? 0 : 1);
}

function numberOf(flag: string, otherwise: number): number {
  const found = process.argv.find((word) => word.startsWith(`--${flag}=`));
  return found === undefined ? otherwise : Number(found.slice(flag.length + 3));
}

setTimeout(() => {
  console.error('The time is over.');
  process.exit(1);
}, LIMIT_MS).unref();
void main();
