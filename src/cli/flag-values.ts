import { BarefnError } from '../core/errors';
import type { SampleOverrides } from '../google/samples/sample';

type Flags = ReadonlyMap<string, readonly string[]>;

/** The value of a flag; the last one counts, as for options. */
export function lastOf(flags: Flags, flag: string): string | undefined {
  return flags.get(flag)?.at(-1);
}

/** The attributes of the sample event that flags override. */
export function overridesOf(flags: Flags): SampleOverrides {
  return {
    type: lastOf(flags, 'type'),
    source: lastOf(flags, 'event-source'),
    subject: lastOf(flags, 'subject'),
    id: lastOf(flags, 'id'),
    time: lastOf(flags, 'time'),
  };
}

/**
 * How many events `--batch` asks for; undefined for one that is not in a batch.
 *
 * @throws BarefnError `INVALID_OPTION`
 */
export function batchOf(flags: Flags): number | undefined {
  const text = lastOf(flags, 'batch');
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new BarefnError(
    'INVALID_OPTION',
    `--batch must be a number of events from 1 to 9999; not "${text}".`,
  );
}
