import type { Difference, DifferenceOnPurpose } from '../comparison';
import { ANSWER, BODY, fits, PAGE, TEXT } from './pattern';

const anyFunction = /^(cloudevent|event) functions( with a callback)?$/;
const cloudEventFunction = /^cloudevent functions( with a callback)?$/;
const eventFunction = /^event functions( with a callback)?$/;
const binary = 'CloudEvent: binary';
const rejected = { ...TEXT, status: '400', stderr: undefined };
const notValid = /^The CloudEvent is not valid: /;
const notUnderstood =
  /^(CloudEvents in "application\/cloudevents\+protobuf" are not understood|The CloudEvent is not valid: )/;
const notDecoded = /^CloudEvent: (in protobuf|a batch as JSON|binary around a structured type)$/;
const promiseWarning =
  /^Warning: \w+ takes a callback, \((event|data, context), callback\), and returned a promise\. /;

/** Event functions: CloudEvents, legacy events and Pub/Sub pushes. */
export const eventDifferences: DifferenceOnPurpose[] = [
  {
    id: 'D5',
    reason:
      'CloudEvents are read and checked as their HTTP binding says: datacontenttype, percent-encoding, data_base64, text, no data, batches; an invalid one is refused with 400 or 415.',
    matches: fits(
      {
        group: /functions|^CloudEvent to event$/,
        case: /^(CloudEvent: |Pub\/Sub push: in a )?binary /i,
        fields: BODY,
        theirs: { status: '200' },
        when: addsDataContentType,
      },
      { group: anyFunction, case: binary, fields: BODY, when: addsDataContentType },
      {
        group: anyFunction,
        case: `${binary} with percents`,
        fields: BODY,
        theirs: { body: /"ext":"a%20b"/ },
        ours: { body: /"datacontenttype":"application\/json",("\w+":"[^"]*",)*"ext":"a b"/ },
      },
      {
        group: anyFunction,
        case: `${binary} with a form`,
        fields: BODY,
        theirs: { body: /"data":\{"a":"1"\}/ },
        ours: {
          body: /"data":\{"Buffer":"613d31"\}.*"datacontenttype":"application\/x-www-form-urlencoded"/,
        },
      },
      {
        group: eventFunction,
        case: `${binary} with a traceparent`,
        fields: BODY,
        theirs: { status: '200', body: /^(?!.*traceparent)/ },
        ours: { body: /"traceparent":"00-1-2-01"/ },
      },
      {
        group: cloudEventFunction,
        case: /^CloudEvent: binary (with text|without a body)$/,
        fields: [...ANSWER, 'stderr'],
        theirs: { ...PAGE, status: '500', stderr: /^TypeError: Cannot use 'in' operator/ },
        ours: { status: '200', body: /^\{"event":\{("data":"text",)?.*"id":"A1"/ },
      },
      {
        group: cloudEventFunction,
        case: 'CloudEvent: structured with base64',
        fields: BODY,
        theirs: { body: /"data_base64":"AQI="/ },
        ours: { body: /"data":\{"Buffer":"0102"\}/ },
      },
      {
        group: cloudEventFunction,
        case: 'CloudEvent: a batch',
        fields: BODY,
        theirs: { body: /^\{"event":\{"Buffer":"5b7b/ },
        ours: { body: /^\{"event":\{"id":"A1",/ },
      },
      {
        group: cloudEventFunction,
        case: 'CloudEvent: a batch of two',
        fields: [...ANSWER, 'stderr'],
        theirs: { status: '200', body: /^\{"event":\{"Buffer":"5b7b/ },
        ours: { status: '204' },
      },
      {
        group: cloudEventFunction,
        case: notDecoded,
        fields: ANSWER,
        theirs: { status: '200' },
        ours: { ...TEXT, status: /^4(00|15)$/, body: notUnderstood },
      },
      {
        group: anyFunction,
        case: 'CloudEvent: binary without a schema',
        fields: [...BODY, 'stderr'],
        theirs: { status: '200', body: /"dataschema":"#"/ },
        ours: {
          status: '200',
          body: /^(?!.*dataschema)/,
          stderr: /^Warning: The CloudEvent "A1" is read without its dataschema: /,
        },
      },
      {
        group: anyFunction,
        case: /^CloudEvent: (binary|structured) without an id$/,
        fields: ANSWER,
        theirs: { status: '200' },
        ours: {
          ...rejected,
          body: 'The CloudEvent is not valid: required attribute "id" missing.',
        },
      },
      {
        group: cloudEventFunction,
        case: 'CloudEvent: JSON that is no event',
        fields: ANSWER,
        theirs: { status: '200', body: '{"event":{"a":1}}' },
        ours: { ...rejected, body: notValid },
      },
      {
        group: cloudEventFunction,
        case: /^CloudEvent: (no body|text)$/,
        fields: [...ANSWER, 'stderr'],
        theirs: { ...PAGE, status: '500', stderr: /^TypeError: Cannot use 'in' operator/ },
        ours: { ...TEXT, status: '415', body: /^The request is not a CloudEvent: / },
      },
      {
        group: eventFunction,
        case: /^CloudEvent: (no body|text)$/,
        fields: [...ANSWER, 'stderr'],
        theirs: { status: '500', body: /^Cannot (read|create) propert/ },
        ours: { ...rejected, body: /^The request's body is not an event: / },
      },
    ),
  },
  {
    id: 'D6',
    reason: 'Event functions answer every other method than POST with 405 and Allow.',
    matches: fits(
      {
        group: anyFunction,
        case: /^CloudEvent: (GET|HEAD|OPTIONS|PUT|favicon)$/,
        fields: [...ANSWER, 'header allow', 'stderr'],
        theirs: { status: /^(404|500|200)$/ },
        ours: { ...TEXT, status: '405', 'header allow': 'POST', stderr: undefined },
      },
      {
        group: 'start',
        case: /^(a signature type of the registration|an event function)$/,
        fields: [...ANSWER, 'header allow', 'stderr'],
        theirs: { ...PAGE, status: /^(404|500)$/ },
        ours: { ...TEXT, status: '405', 'header allow': 'POST', stderr: '' },
      },
    ),
  },
  {
    id: 'D17',
    reason: 'A Pub/Sub push without data is unwrapped like one with data, and orderingKey is kept.',
    matches: fits(
      {
        group: anyFunction,
        case: /^Pub\/Sub push: with(out| empty) data$/,
        fields: BODY,
        theirs: { body: /^(?!.*PubsubMessage)/ },
        ours: { body: /"@type":"type\.googleapis\.com\/google\.pubsub\.v1\.PubsubMessage"/ },
      },
      {
        group: anyFunction,
        case: 'Pub/Sub push: with an ordering key',
        fields: BODY,
        when: ({ all: { theirs, ours } }) =>
          (ours['body'] ?? '').replace(',"orderingKey":"k"', '') === theirs['body'],
      },
    ),
  },
  {
    id: 'D33',
    reason:
      'What is neither a CloudEvent nor a legacy event that has an equivalent does not reach a cloudevent function: 400.',
    matches: fits(
      {
        group: 'cloudevent functions',
        case: /^legacy event: /,
        fields: [...ANSWER, 'stderr'],
        theirs: { status: /^(200|500)$/ },
        ours: { ...rejected, body: notValid },
      },
      {
        group: 'cloudevent functions',
        case: /^Pub\/Sub push: (with(out)? (a message id|a subscription|a context))$/,
        fields: ANSWER,
        theirs: { status: '200', body: /^\{"event":\{.*"message":/ },
        ours: {
          ...rejected,
          body: /^The CloudEvent is not valid: attribute "message" is an object/,
        },
      },
      {
        group: 'event to CloudEvent',
        case: /^(context|flat) (google\.unknown|toString) \d+$/,
        fields: [...ANSWER, 'stderr'],
        theirs: { status: /^(200|500)$/ },
        ours: { ...rejected, body: notValid },
      },
    ),
  },
  {
    id: 'D41',
    reason:
      'Event functions get CloudEvents converted in every content mode, and one call for each event of a batch; other event formats are 415.',
    matches: fits(
      {
        group: 'CloudEvent to event',
        case: /^structured /,
        fields: BODY,
        theirs: { status: '200', body: /"context":\{"id":"A1"/ },
        ours: { status: '200', body: /"context":\{"eventId":"A1"/ },
      },
      {
        group: 'CloudEvent to event',
        case: /^structured google\.cloud\./,
        fields: ANSWER,
        theirs: { status: '200', body: /"context":\{"id":"A1"/ },
        ours: {
          ...TEXT,
          status: '400',
          body: /^(The CloudEvent's source "no-source" is not|The "message" of a Pub\/Sub event)/,
        },
      },
      {
        group: eventFunction,
        case: /^CloudEvent: structured with (a traceparent|base64)$/,
        fields: BODY,
        theirs: { status: '200' },
        ours: { status: '200', body: /"traceparent":"00-1-2-01"|"data":\{"Buffer":"0102"\}/ },
      },
      {
        group: eventFunction,
        case: /^CloudEvent: a batch( of two)?$/,
        fields: [...ANSWER, 'stderr'],
        theirs: { status: '200', body: /"context":\{"Buffer":"5b7b/ },
        ours: { status: /^20[04]$/ },
      },
      {
        group: eventFunction,
        case: notDecoded,
        fields: ANSWER,
        theirs: { status: '200' },
        ours: { ...TEXT, status: /^4(00|15)$/, body: notUnderstood },
      },
    ),
  },
  {
    id: 'D42',
    reason:
      'A promise that a function with a callback returns completes the event when it fulfils, too.',
    matches: fits({
      group: /functions with a callback$/,
      case: 'a promise is ignored',
      fields: [...BODY, 'stdout', 'stderr'],
      theirs: { body: 'by callback' },
      ours: {
        body: 'by promise',
        stdout: 'Ignoring extra callback call\n',
        stderr: promiseWarning,
      },
    }),
  },
  {
    id: 'D43',
    reason: 'A Pub/Sub push with payload unwrapping becomes its message.',
    matches: fits({
      group: anyFunction,
      case: /^Pub\/Sub push: unwrapped /,
      fields: [...ANSWER, 'stderr'],
      theirs: { body: /^(?!.*PubsubMessage)/s },
      ours: {
        status: '200',
        body: /"@type":"type\.googleapis\.com\/google\.pubsub\.v1\.PubsubMessage".*"data":"(eyJhIjoxfQ|dGV4dA)==/,
        stderr: undefined,
      },
    }),
  },
  {
    id: 'D34',
    reason: 'The warning about a Pub/Sub push without a topic in its path has words of its own.',
    matches: fits({
      group: anyFunction,
      case: 'Pub/Sub push: without a topic',
      fields: ['stderr'],
      theirs: { stderr: /^Failed to extract the topic name from the URL path\.\n/ },
      ours: { stderr: /^The topic of a Pub\/Sub message is unknown, .*\n$/ },
    }),
  },
];

/** Ours is theirs with the Content-Type of the request as the event's datacontenttype. */
function addsDataContentType({ all: { theirs, ours } }: Difference): boolean {
  const body = ours['body'] ?? '';
  return body.includes('"datacontenttype"')
    ? body.replace(/"datacontenttype":"[\w/-]+",/, '') === theirs['body']
    : false;
}
