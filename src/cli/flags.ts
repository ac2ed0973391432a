import type { CommandFlag } from '../options/arguments';

/** A flag of commands and its help. */
export interface DescribedFlag extends CommandFlag {
  /** What it describes. */
  readonly of: 'request' | 'event' | 'data' | 'build';
  /** The commands that have it. */
  readonly commands: readonly string[];
  /** A sentence for the help. */
  readonly about: string;
}

/** The table of the commands' flags, which parsing and help follow. */
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
        'The kind of event, see barefn events. Default: custom; pubsub in the modes legacy and push.',
    },
    {
      ...event,
      flag: 'mode',
      value: '<mode>',
      about: 'How to send it: binary (default), structured, legacy, or push as Pub/Sub does.',
    },
    {
      ...event,
      flag: 'batch',
      value: '<count>',
      about: 'Sends several events in one request, each with an id of its own.',
    },
    { ...event, flag: 'type', value: '<type>', about: "The event's type." },
    {
      ...event,
      flag: 'event-source',
      value: '<uri>',
      about: "The event's source attribute. (--source is the path of the code.)",
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
        "The body of a request, or the event's data as JSON: literally, as @file, or - for standard\n" +
        '      input. For pubsub it is the content of the message, unless it has a member "message"; for\n' +
        '      firestore the fields of the document, or {"before": {…}, "after": {…}}, as plain JSON.',
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
      about: 'A request header; may be repeated.',
    },
    ...buildFlags,
  ];
}

const build = { of: 'build', commands: ['build'] } as const;
const buildFlags: readonly DescribedFlag[] = [
  {
    ...build,
    flag: 'out',
    value: '<directory>',
    about: 'Where to write. barefn finds a build in .barefn by itself. Default: .barefn.',
  },
  {
    ...build,
    flag: 'external',
    value: '<name>',
    about: 'A package to load from node_modules; may be repeated. Agents hook into those alone.',
  },
  {
    ...build,
    flag: 'warm',
    value: '<request>',
    about:
      'A request to send, in the words of barefn invoke; may be repeated. Default: GET /, or an event.',
  },
  {
    ...build,
    flag: 'no-warm',
    value: '',
    about: 'Does not call the function: it starts more slowly, and answers are not compared.',
  },
  { ...build, flag: 'measure', value: '', about: 'Measures the start from source and build.' },
];
