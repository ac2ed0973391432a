import { BarefnError } from '../../core/errors';
import type { Options } from '../../options/options';
import { countWorkers } from './count';
import { type Announce, Primary } from './primary';

/**
 * Serves with several processes, as the primary of them, which accepts connections and hands them on.
 *
 * @param announce called once
 * @returns false where one process is enough
 * @throws BarefnError `INVALID_OPTION` for what works in one process only
 */
export function startPrimary(options: Options, announce: Announce): boolean {
  const count = countWorkers(options.workers);
  if (count === 1) return false;
  if (options.target === '*') throw refusal("--target='*' is for development");
  const { bun, deno } = process.versions;
  if (bun || deno) throw refusal('this runtime is not Node');
  new Primary(options, count, announce).start();
  return true;
}

function refusal(why: string): BarefnError {
  const message = `--workers cannot start more than one process: ${why}. Leave it out, or pass --workers=1.`;
  return new BarefnError('INVALID_OPTION', message);
}
