import type { CommandFlag } from '../options/arguments';

/** A flag of commands, with what the help says of it. */
export interface DescribedFlag extends CommandFlag {
  /** What it says: a whole request, or an event. */
  readonly of: 'request' | 'event' | 'data';
  /** The commands that have it. */
  readonly commands: readonly string[];
  /** A sentence for the help. */
  readonly about: string;
}

/** The one table of the commands' flags: parsing and help follow it. */
export function commandFlags(): readonly DescribedFlag[] {
  const both = ['invoke', 'events'];
  const event = { of: 'event', commands: both } as const;
  const request = { of: 'request', commands: ['invoke'] } as const;
  return [
    {
      flag: 'event',
      value: '<kind>',
      of: 'event',
      commands: ['invoke'],
      about:
        'The kind of event, see barefn events. Default: custom; in the modes legacy and push pubsub.',
    },
    {
      ...event,
      flag: 'mode',
      value: '<mode>',
      about: 'How it is sent: binary (default), structured, legacy, or push as Pub/Sub does.',
    },
    { ...event, flag: 'type', value: '<type>', about: "The event's type." },
    {
      ...event,
      flag: 'event-source',
      value: '<uri>',
      about: "The event's source attribute. (--source is where the code is.)",
    },
    { ...event, flag: 'subject', value: '<text>', about: "The event's subject." },
    { ...event, flag: 'id', value: '<id>', about: "The event's id. Default: a random one." },
    { ...event, flag: 'time', value: '<time>', about: "The event's time, RFC 3339. Default: now." },
    {
      flag: 'data',
      short: '-d',
      value: '<data>',
      of: 'data',
      commands: both,
      about:
        "The body of a request, or the event's data as JSON: as it is, @file, or - for standard\n" +
        '      input. For pubsub it is the content of the message, unless it has a member "message".',
    },
    {
      ...request,
      flag: 'request',
      short: '-X',
      value: '<method>',
      about: 'The method. Default: GET; POST with data.',
    },
    {
      ...request,
      flag: 'header',
      short: '-H',
      value: "'<name>: <value>'",
      about: 'A request field; may be repeated.',
    },
  ];
}
