import type { DifferenceOnPurpose } from '../comparison';
import { ANSWER, BODY, CONNECTION, fits, PAGE, REPORT, TEXT } from './pattern';

const errors = /^errors( in production)?$/;
const anyFunction = /functions/;
const noSignature = 'Function signature type must be one of: http, event, cloudevent, typed';
const deprecated = /^(.* (express|send) deprecated .*\n)+/;

/** Where barefn with Express 4 differs from Google's package 3.5.1, and not from 5.0.5 without it. */
const olderDifferences: DifferenceOnPurpose[] = [
  {
    id: 'E1',
    reason: 'Bodies may be compressed with Brotli, too.',
    matches: fits(
      {
        group: 'bodies',
        case: / encoded as br, /,
        fields: [...ANSWER, ...REPORT, 'stderr'],
        theirs: { ...PAGE, status: '415', stderr: /unsupported content encoding "br"\n$/ },
        ours: { status: '200', stderr: undefined },
      },
      {
        group: 'bodies',
        case: / encoded as br, /,
        fields: [...ANSWER, 'stderr'],
        theirs: { ...PAGE, status: '415', stderr: /unsupported content encoding "br"\n$/ },
        ours: { ...TEXT, status: '400', body: /is not valid br data/ },
      },
    ),
  },
  {
    id: 'E2',
    reason: 'A CloudEvent without a body has no data.',
    matches: fits({
      group: anyFunction,
      case: 'CloudEvent: binary without a body',
      fields: BODY,
      theirs: { status: '200', body: /"data":\{\}/ },
      ours: { status: '200', body: /^(?!.*"data":[^"])/ },
    }),
  },
  {
    id: 'E3',
    reason:
      'With --log-execution-id bytes are logged as they are, without what lies in memory beside them.',
    matches: fits({
      group: 'logs with execution ids',
      case: 'a write of bytes',
      fields: ['stdout'],
      ours: { stdout: /^\{"message":"bytes ä\\n",/ },
    }),
  },
  {
    id: 'D3',
    reason: 'A Content-Type that is no media type is sent as it is.',
    matches: fits({
      group: errors,
      case: 'a Content-Type that is no media type',
      fields: [...ANSWER, ...CONNECTION, 'stderr', 'process'],
      theirs: { stderr: /TypeError: invalid media type\n/ },
      ours: { status: '200', 'header content-type': 'nonsense', body: 'x', stderr: undefined },
    }),
  },
  {
    id: 'D5',
    reason: 'What is no CloudEvent does not reach a cloudevent function.',
    matches: fits({
      group: /^cloudevent functions/,
      case: 'CloudEvent: no body',
      fields: ANSWER,
      theirs: { status: '200', body: '{"event":{}}' },
      ours: { ...TEXT, status: '415', body: /^The request is not a CloudEvent: / },
    }),
  },
  {
    id: 'D7',
    reason: 'Events convert with any project id and any Firestore database.',
    matches: fits({
      group: 'event to CloudEvent',
      case: /^(context|flat) (google\.storage|providers\/(google\.firebase\.database|cloud\.firestore))/,
      fields: [...ANSWER, 'stderr'],
      theirs: { ...PAGE, status: '500', stderr: /^Error: Resource string did not match / },
      ours: {
        status: '200',
        body: /\/projects\/(project-id|_|p)\/(buckets|locations|databases)\//,
      },
    }),
  },
  {
    id: 'D24',
    reason: 'The function is what answers, so that req.app is read, not configured.',
    matches: fits({
      group: 'request',
      case: 'the route and the application',
      fields: BODY,
      theirs: { body: '["object","function","function"]' },
      ours: { body: '["object","object","undefined"]' },
    }),
  },
  {
    id: 'D28',
    reason: 'Deprecated calls and members work without a line in the log.',
    matches: fits({
      group:
        /^(targets|request|request fields|response|files|framing|calls of Express 4|ignored routes: .*)$/,
      case: /./,
      fields: ['stderr'],
      theirs: { stderr: deprecated },
      when: ({ theirs = '', ours = '' }) => theirs.replace(deprecated, '') === ours,
    }),
  },
  {
    id: 'D31',
    reason: 'There is one more signature type: web.',
    matches: fits({
      group: 'failing to start',
      case: /signature type/,
      fields: ['stderr'],
      theirs: { 'exit code': '1', stderr: `${noSignature}.\n` },
      ours: { 'exit code': '1', stderr: `${noSignature}, web.\n` },
    }),
  },
  {
    id: 'D35',
    reason: 'An event that cannot be converted is an error of the sender: 400 with the reason.',
    matches: fits({
      group: /^(event to CloudEvent|CloudEvent to event)$/,
      case: /./,
      fields: [...ANSWER, 'stderr'],
      theirs: {
        ...PAGE,
        status: '500',
        stderr: /^Error: (Resource string did not match|Failed to convert|Unable convert)/,
      },
      ours: { ...TEXT, status: '400', stderr: undefined },
    }),
  },
];

/** What 3.5.1 does as barefn does it, or has no occasion to do. */
const unknownToOlder = new Set(['D13', 'D40']);

/** Where barefn with Express 4 differs from Google's package 3.5.1 on purpose. */
export function olderThan5(differences: DifferenceOnPurpose[]): DifferenceOnPurpose[] {
  return [...olderDifferences, ...differences.filter(({ id }) => !unknownToOlder.has(id))];
}
