import type { SampleOverrides } from './events/samples';

type Flags = ReadonlyMap<string, readonly string[]>;

/** The value of a flag; of several the last, as for the options of serving. */
export function lastOf(flags: Flags, flag: string): string | undefined {
  return flags.get(flag)?.at(-1);
}

/** What the flags say differently from the sample event. */
export function overridesOf(flags: Flags): SampleOverrides {
  return {
    type: lastOf(flags, 'type'),
    source: lastOf(flags, 'event-source'),
    subject: lastOf(flags, 'subject'),
    id: lastOf(flags, 'id'),
    time: lastOf(flags, 'time'),
  };
}
