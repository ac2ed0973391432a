import type { Difference, DifferenceOnPurpose } from '../comparison';
import { ANSWER, CONNECTION, fits, TEXT } from './pattern';

const noSignature = 'Function signature type must be one of: http, event, cloudevent';

/** The command and the life of its process. */
export const processDifferences: DifferenceOnPurpose[] = [
  {
    id: 'D2',
    reason:
      'After SIGTERM or SIGINT requests in flight are answered before the process exits; a second signal or the shutdown timeout ends it.',
    matches: fits(
      {
        group: 'life of the process',
        case: /^SIG(TERM|INT) with requests under way$/,
        fields: ['first', 'second'],
        theirs: { first: 'connection ended, no answer', second: /^500 Received SIG(TERM|INT)$/ },
        ours: { first: '200 slowly /first', second: '200 slowly /second', process: '0' },
      },
      {
        group: 'life of the process',
        case: 'SIGTERM twice',
        fields: ['first', 'process', 'stderr'],
        theirs: { first: '500 Received SIGTERM', process: '0' },
        ours: { first: '500 Process exited with code 143', process: '143' },
      },
      {
        group: 'life of the process',
        case: 'SIGTERM and the shutdown timeout',
        fields: ['first', 'process', 'stderr'],
        theirs: { first: '500 Received SIGTERM', process: '0' },
        ours: { process: '1', stderr: /^The shutdown timeout is over: / },
      },
    ),
  },
  {
    id: 'D8',
    reason:
      'With --timeout a late request is answered with 504; req.signal aborts then, on a disconnect and at shutdown, with an Error as its reason.',
    matches: fits(
      {
        group: 'life of the process',
        case: 'a timeout',
        fields: [...ANSWER, ...CONNECTION],
        theirs: { status: 'timed out, no answer' },
        ours: { ...TEXT, status: '504', body: 'The function did not answer within 1 s.' },
      },
      {
        group: 'life of the process',
        case: 'a timeout',
        fields: ['stdout'],
        theirs: { stdout: /\naborted: timeout\n$/ },
        ours: { stdout: /\naborted: DOMException \[TimeoutError\]: .* within 1000 ms\.\n$/ },
      },
      {
        group: 'life of the process',
        case: 'a timeout',
        fields: ['stderr'],
        theirs: { stderr: '' },
        ours: { stderr: '504 for POST /: The function did not answer within 1 s.\n' },
      },
      {
        group: 'request',
        case: 'a signal is there',
        fields: ['body', 'header content-length'],
        theirs: { body: '["undefined"]' },
        ours: { body: '["object"]' },
      },
    ),
  },
  {
    id: 'D16',
    reason: 'A wrong port, a taken port and an unknown flag end the process with one line.',
    matches: fits(
      {
        group: 'failing to start',
        case: 'a port that is taken',
        fields: ['stdout'],
        theirs: { stdout: /Error: listen EADDRINUSE/ },
        ours: { stdout: /^1 Cannot listen on port <port>: it is in use\. .*\n\n$/ },
      },
      {
        group: 'failing to start',
        case: /^a port that is (a name|too large)$/,
        fields: ['exit code', 'stdout', 'stderr'],
        ours: { 'exit code': '1', stdout: '', stderr: /^--port must be a port number .*\n$/ },
      },
      {
        group: 'failing to start',
        case: 'an unknown flag',
        fields: ['exit code', 'stdout', 'stderr'],
        theirs: { 'exit code': 'SIGKILL', stdout: /^Serving function/ },
        ours: { 'exit code': '1', stdout: '', stderr: /^Unknown option --tragte\. .*\n$/ },
      },
    ),
  },
  {
    id: 'D30',
    reason:
      'A function that cannot be loaded is explained in a line more: what was looked for, and what is there; no syntax error is suspected where there is none.',
    matches: fits({
      group: 'failing to start',
      case: /^(a|an|the default) (nested )?(target|source|directory|module|ES module|invalid function name)\b/,
      fields: ['stderr'],
      theirs: { 'exit code': '1', stderr: /\nCould not load the function, shutting down\.\n$/ },
      ours: { 'exit code': '1' },
      when: addsLines,
    }),
  },
  {
    id: 'D31',
    reason: 'There are more signature types: typed and web.',
    matches: fits({
      group: 'failing to start',
      case: /signature type/,
      fields: ['stderr'],
      theirs: { 'exit code': '1', stderr: `${noSignature}.\n` },
      ours: { 'exit code': '1', stderr: `${noSignature}, typed, web.\n` },
    }),
  },
  {
    id: 'D32',
    reason:
      'The error for an invalid function name is a BarefnError that says which names are valid; `undefined` is none.',
    matches: fits({
      group: 'module surface',
      case: 'names.cjs',
      fields: ['stdout'],
      when: ({ theirs = '', ours = '' }) =>
        ours.replace(/^BarefnError/gm, 'Error').replace(/^A name has 1 to 63 .*\n/gm, '') ===
        theirs.replace('accepted undefined', 'Error Invalid function name: undefined'),
    }),
  },
  {
    id: 'D44',
    reason: 'A word that is no flag is the path of the code, or refused in one line.',
    matches: fits({
      group: 'failing to start',
      case: 'a word that is no flag',
      fields: ['exit code', 'stdout', 'stderr'],
      theirs: { 'exit code': 'SIGKILL', stdout: /^Serving function/ },
      ours: { 'exit code': '1', stdout: '', stderr: /^"plain" is not a command\. .*\n$/ },
    }),
  },
  {
    id: 'D38',
    reason: 'cloudEvent also takes a schema of the data before the function.',
    matches: fits({
      group: 'module surface',
      case: 'exports.cjs',
      fields: ['stdout'],
      theirs: { stdout: /\n2 2\n$/ },
      when: ({ theirs = '', ours }) => theirs.replace(/\n2 2\n$/, '\n2 3\n') === ours,
    }),
  },
];

/**
 * Ours has all the lines of theirs, in their order, but for frames, the class of an error, and the
 * question after a syntax error where there is none.
 */
function addsLines({ theirs = '', ours = '' }: Difference): boolean {
  const rest = ours.replaceAll('BarefnError:', 'Error:').split('\n');
  const untrue = theirs.includes('SyntaxError') ? '' : 'Is there a syntax error in your code?';
  return theirs
    .split('\n')
    .filter((line) => !line.includes('/node_modules/') && (line === '' || line !== untrue))
    .every((line) => {
      const at = rest.indexOf(line);
      rest.splice(0, at + 1);
      return at >= 0;
    });
}
