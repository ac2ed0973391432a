import type { DifferenceOnPurpose } from '../comparison';
import { ANSWER, BODY, CONNECTION, fits } from './pattern';

/** What a response does with odd arguments, and what is logged. */
export const responseDifferences: DifferenceOnPurpose[] = [
  {
    id: 'D11',
    reason: 'With --log-execution-id every line is kept, also one that is JSON but no object.',
    matches: fits({
      group: 'logs with execution ids',
      case: /^(a JSON array|JSON (number|true|null|text))$/,
      fields: ['stdout'],
      when: ({ theirs, ours = '' }) =>
        (theirs === undefined || theirs === '[1,2]\n') &&
        /^\{"message":"([\d[\]\w,]|\\")+\\n","logging\.googleapis\.com\/labels":/.test(ours),
    }),
  },
  {
    id: 'D27',
    reason: 'Errors for wrong arguments have texts of our own; their classes are the same.',
    matches: fits(
      {
        group: 'response',
        case: /^send a (bigint|symbol|function)$/,
        fields: [...BODY, 'stderr'],
        theirs: { body: /must be of type string or an instance of Buffer/ },
        ours: { body: /^(TypeError : )?A \w+ cannot be sent\. Send a string, bytes or JSON\.$/ },
      },
      {
        group: 'response',
        case: /^vary (without a field|an invalid name)$/,
        fields: BODY,
        theirs: { body: /^TypeError : field argument / },
        ours: { body: /^TypeError : .*Vary\.$/ },
      },
      {
        group: 'calls of Express 4',
        case: 'vary of nothing',
        fields: [...BODY, 'stderr'],
        theirs: { body: 'field argument is required' },
        ours: { body: 'A field name is required for Vary.' },
      },
      {
        group: 'response',
        case: 'cookie signed without a secret',
        fields: BODY,
        theirs: { body: 'Error : cookieParser("secret") required for signed cookies' },
        ours: { body: /^Error : The cookie "a" cannot be signed without a secret\. / },
      },
      {
        group: 'response',
        case: 'render',
        fields: BODY,
        theirs: { body: /^Error : No default engine was specified / },
        ours: { body: /^BarefnError NO_VIEW_ENGINE: "view" cannot be rendered: / },
      },
      {
        group: /^(cloudevent|event) functions$/,
        case: /^(bigint|function)$/,
        fields: ['stderr'],
        theirs: { stderr: /^Error serializing return value: TypeError \[ERR_INVALID_ARG_TYPE\]: / },
        ours: { stderr: /^Error serializing return value: TypeError: A \w+ cannot be sent\. / },
      },
      {
        group: 'start',
        case: 'a registration that is no function',
        fields: [...BODY, 'stderr'],
        theirs: { body: 'execute is not a function' },
        ours: { body: /is not a function, but \w+\.$/ },
      },
    ),
  },
  {
    id: 'D28',
    reason: 'Deprecated calls of Express work without a line in the log.',
    matches: fits({
      group: /^(response|calls of Express 4)$/,
      case: /^redirect with (its arguments swapped|the status last)$/,
      fields: ['stderr'],
      when: ({ theirs = '', ours = '' }) =>
        theirs.replace(/^(.* express deprecated .*\n)+/, '') === ours,
    }),
  },
  {
    id: 'D29',
    reason:
      'Errors of sendFile have the same status and statusCode, but the class HttpError and a code.',
    matches: fits({
      group: 'files',
      case: /^sendFile (traversal|with a null byte|of a dotfile(, denied)?)$/,
      fields: ['stdout'],
      when: ({ theirs = '', ours = '' }) =>
        /^\w+Error undefined \d+ \d+ true\n$/.test(theirs) &&
        ours === theirs.replace(/^\w+ undefined/, 'HttpError FILE_REFUSED'),
    }),
  },
  {
    id: 'D46',
    reason: 'sendFile answers 304 to GET, HEAD and QUERY alone, as RFC 9110 §15.4.5 has it.',
    matches: fits({
      group: 'files',
      case: /^a POST with If-(None-Match|Modified-Since) that matches$/,
      fields: [...ANSWER, 'header accept-ranges'],
      theirs: { status: '304', body: '' },
      ours: { status: '200', body: /./ },
    }),
  },
  {
    id: 'D47',
    reason: 'Any view can be sent, and any text be the name of an attachment.',
    matches: fits(
      {
        group: 'response',
        case: 'send a view of wider numbers',
        fields: [...ANSWER, ...CONNECTION, 'header transfer-encoding'],
        theirs: { body: 'TypeError' },
        ours: { status: '200', 'header content-length': '2' },
      },
      {
        group: 'response',
        case: 'attachment of half a character',
        fields: [...ANSWER, 'header content-disposition'],
        theirs: { body: 'URIError' },
        ours: { body: 'x', 'header content-disposition': /; filename\*=UTF-8''%EF%BF%BD\.txt$/ },
      },
    ),
  },
];
