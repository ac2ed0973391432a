import type { SampleOverrides } from './events/samples';

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
