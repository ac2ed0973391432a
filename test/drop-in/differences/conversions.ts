import type { DifferenceOnPurpose } from '../comparison';
import { ANSWER, BODY, fits, PAGE, TEXT } from './pattern';

const toEvent = 'CloudEvent to event';
const toCloudEvent = 'event to CloudEvent';
const conversionError = /^EventConversionError: Resource string did not match expected format: /;

/** Legacy events as CloudEvents, and CloudEvents as legacy events. */
export const conversionDifferences: DifferenceOnPurpose[] = [
  {
    id: 'D7',
    reason:
      'Events convert with any project id and any Firestore database, and only types of the table convert.',
    matches: fits(
      {
        group: toCloudEvent,
        case: /^(context|flat) (google\.storage\.object\.finalize|providers\/google\.firebase\.database\/eventTypes\/ref\.write|providers\/cloud\.firestore\/eventTypes\/document\.write) \d+$/,
        fields: [...ANSWER, 'stderr'],
        theirs: { ...PAGE, status: '500', stderr: conversionError },
        ours: {
          status: '200',
          body: /\/projects\/(project-id|_|p)\/(buckets|locations|databases)\//,
        },
      },
      {
        group: toEvent,
        case: /^binary (toString|__proto__) \d+$/,
        fields: BODY,
        theirs: { status: '200', body: /"resource":"c\/s"/ },
        ours: { status: '200', body: /"type":"(toString|__proto__)"/ },
      },
    ),
  },
  {
    id: 'D35',
    reason:
      'An event that cannot be converted is an error of the sender: 400 with the reason, not 500.',
    matches: fits(
      {
        group: toCloudEvent,
        case: /^(context|flat) /,
        fields: [...ANSWER, 'stderr'],
        theirs: {
          ...PAGE,
          status: '500',
          stderr: /^(EventConversionError: |TypeError: Cannot read)/,
        },
        ours: {
          ...TEXT,
          status: '400',
          body: /^(The resource name ".*" of a legacy event|The data of a legacy Pub\/Sub event|A Firebase Realtime Database event needs)/,
          stderr: undefined,
        },
      },
      {
        group: toEvent,
        case: /^binary google\.cloud\./,
        fields: [...ANSWER, 'stderr'],
        theirs: {
          ...PAGE,
          status: '500',
          stderr: /^(EventConversionError: |TypeError: Cannot use)/,
        },
        ours: {
          ...TEXT,
          status: '400',
          body: /^(The CloudEvent's source "no-source" is not|The "message" of a Pub\/Sub event)/,
          stderr: undefined,
        },
      },
    ),
  },
  {
    id: 'D36',
    reason:
      'A CloudEvent without a subject becomes an event whose resource does not end in “undefined”.',
    matches: fits({
      group: toEvent,
      case: /^binary google\.cloud\.storage\.object\.v1\.finalized \d+$/,
      fields: BODY,
      when: ({ all: { theirs, ours } }) =>
        theirs['body']?.replace('/buckets/b/undefined', '/buckets/b') === ours['body'],
    }),
  },
  {
    id: 'D37',
    reason: 'A Firebase Authentication event without metadata gets its subject too.',
    matches: fits({
      group: toCloudEvent,
      case: /^(context|flat) providers\/firebase\.auth\/eventTypes\/user\.delete \d+$/,
      fields: BODY,
      when: ({ all: { theirs, ours } }) =>
        ours['body']?.replace('"subject":"users/U",', '') === theirs['body'],
    }),
  },
];
