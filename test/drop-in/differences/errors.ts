import type { DifferenceOnPurpose } from '../comparison';
import { ANSWER, CONNECTION, ERROR_TEXT, fits, PAGE, TEXT } from './pattern';

const errors = /^errors( in production)?$/;
const anyFunction = /functions/;
const crash = { status: '500', 'header x-google-status': /^(crash|error)$/ };
const outside = /^an? (exception|rejection) outside any request$/;

/** Functions that fail, and how that is answered and logged. */
export const errorDifferences: DifferenceOnPurpose[] = [
  {
    id: 'D1',
    reason:
      'An error is answered to the request whose code threw it; an error outside any request lets the others finish before the process exits with 16.',
    matches: fits(
      {
        group: 'life of the process',
        case: outside,
        fields: ['first', 'second'],
        theirs: { first: 'connection ended, no answer', second: '500 outside', process: '16' },
        ours: { first: '200 slowly /first', second: '200 slowly /second', process: '16' },
      },
      {
        // Node 20 and 22 do not show which request a microtask belongs to: it is outside.
        group: errors,
        case: 'a throw in a microtask',
        fields: [...ANSWER, ...CONNECTION, 'stderr', 'process'],
        theirs: { status: '500', stderr: /^Uncaught exception\n/ },
        // Development also reports that the function has not answered.
        ours: {
          status: 'timed out, no answer',
          stderr: /^Uncaught exception\nError: microtask\n(Warning: .*\n)?$/,
        },
      },
      {
        // Node 24 does, but not to Google's package.
        group: errors,
        case: 'a throw in a microtask',
        fields: ['stderr', 'process'],
        theirs: { status: '500', stderr: /^Uncaught exception\n/, process: 'exit 16' },
        ours: { ...crash, stderr: 'Error: microtask\n', process: undefined },
      },
    ),
  },
  {
    id: 'D39',
    reason:
      'An error that nobody caught may have left node with a broken parser: its answer closes the connection.',
    matches: fits(
      {
        group: errors,
        case: /^(a throw in|an error event|two throws)/,
        fields: ['header connection', 'header keep-alive'],
        theirs: { ...crash, 'header connection': 'keep-alive' },
        ours: { ...crash, 'header connection': 'close' },
      },
      {
        group: anyFunction,
        case: 'throw in a timer',
        fields: ['header connection', 'header keep-alive'],
        theirs: { ...crash, 'header connection': 'keep-alive' },
        ours: { ...crash, 'header connection': 'close' },
      },
    ),
  },
  {
    id: 'D3',
    reason: 'A Content-Type that is no media type is sent as it is.',
    matches: fits(
      {
        group: errors,
        case: 'a Content-Type that is no media type',
        fields: [...ANSWER, ...CONNECTION, 'stderr', 'process'],
        theirs: { stderr: /TypeError: Invalid type: nonsense\n/ },
        ours: { status: '200', 'header content-type': 'nonsense', body: 'x', stderr: undefined },
      },
      {
        group: /^(response|calls of Express 4)$/,
        case: /^(set the type of an unknown extension|Content-Type undefined)$/,
        fields: ['header content-type'],
        theirs: { 'header content-type': 'false' },
        ours: { 'header content-type': undefined },
      },
    ),
  },
  {
    id: 'D4',
    reason: 'Throwing or rejecting with undefined or null is a failure like any other: 500.',
    matches: fits(
      {
        group: errors,
        case: /^a (throw of (undefined|null)|rejection with nothing)$/,
        fields: [...ANSWER, ...CONNECTION, 'stderr', 'process'],
        theirs: { status: /^(connection ended|timed out), no answer$/ },
        ours: { ...crash, stderr: /^(undefined|null)\n$/ },
      },
      {
        group: anyFunction,
        case: /^(throw (undefined|null)|reject with nothing)$/,
        fields: [...ANSWER, 'stderr'],
        theirs: { status: '204', stderr: undefined },
        ours: { ...crash, stderr: /^(undefined|null)\n$/ },
      },
    ),
  },
  {
    id: 'D9',
    reason:
      'A failure after the first write cuts the connection, so that the client sees it, and thenables are awaited.',
    matches: fits(
      {
        group: errors,
        case: 'a throw after the first write',
        fields: ['status'],
        theirs: { status: 'timed out after a part of the answer' },
        ours: { status: 'connection ended after a part of the answer' },
      },
      {
        group: errors,
        case: 'a rejected thenable',
        fields: [...ANSWER, ...CONNECTION, 'stderr'],
        theirs: { status: 'timed out, no answer' },
        ours: { ...crash, stderr: 'Error: thenable\n' },
      },
    ),
  },
  {
    id: 'D10',
    reason: 'Errors are answered as plain text, never as HTML and never with a stack.',
    matches: fits(
      {
        group: /./,
        case: /./,
        fields: ERROR_TEXT,
        theirs: PAGE,
        ours: { ...TEXT, body: /^[^<]/ },
        when: ({ all: { theirs, ours } }) =>
          theirs['status'] === ours['status'] && /^[45]/.test(ours['status'] ?? ''),
      },
      {
        group: /./,
        case: /./,
        fields: ['header content-type', 'header x-content-type-options'],
        theirs: {
          ...crash,
          'header content-type': /^(text\/(html|plain)|application\/json); charset=utf-8$/,
        },
        ours: { ...crash, ...TEXT },
      },
    ),
  },
  {
    id: 'D19',
    reason: 'Errors of clients are answered and not logged.',
    matches: fits(
      {
        group: /./,
        case: /./,
        fields: ['stderr'],
        theirs: { ...PAGE, status: /^4/, stderr: /^\[?\w*Error: / },
        ours: { ...TEXT, stderr: undefined },
        when: ({ all: { theirs, ours } }) => theirs['status'] === ours['status'],
      },
      {
        group: 'connections',
        case: 'a broken chunk',
        fields: ['stderr'],
        theirs: { stderr: /^BadRequestError: request aborted\n/ },
        ours: { stderr: undefined },
      },
      {
        group: 'life of the process',
        case: 'an aborted upload',
        fields: ['stderr'],
        theirs: { stderr: /^BadRequestError: request aborted\n/ },
        ours: { stderr: '' },
      },
    ),
  },
  {
    id: 'D20',
    reason: 'A thrown object is logged as it is, without a `domainThrown` member.',
    matches: fits({
      group: errors,
      case: /^a throw of an object( with a message)?$/,
      fields: ['stderr'],
      theirs: { stderr: /, domainThrown: true }\n$/ },
      when: ({ theirs = '', ours }) => theirs.replace(', domainThrown: true', '') === ours,
    }),
  },
  {
    id: 'D21',
    reason:
      'An error right after the answer is logged as one of a finished function, like one that comes later, and both with the stack.',
    matches: fits({
      group: /^(errors|logs)/,
      case: /^(a throw right after the answer|of a throw after the answer)$/,
      fields: ['stderr'],
      ours: { stderr: /Exception from a finished function: Error: (right after|finished)\b/ },
      when: ({ theirs = '', ours = '' }) =>
        ours.replace('Exception from a finished function: ', '').replace('\\n"', '"') === theirs,
    }),
  },
  {
    id: 'D22',
    reason: 'A process that ends by itself does not log its own exit as one more error.',
    matches: fits({
      group: /./,
      case: /^(a throw in a microtask|an? (exception|rejection) (outside any request|while nothing runs))$/,
      fields: ['stderr'],
      when: ({ theirs = '', ours = '' }) =>
        theirs === `${ours}Error: Process exited with code 16\n`,
    }),
  },
];
