import zlib from 'node:zlib';
import type { DifferenceOnPurpose } from '../comparison';
import { ANSWER, BODY, CONNECTION, fits, PAGE, REPORT, TEXT } from './pattern';

const untouched = { body: '"undefined"', rawBody: '"absent"' };
const bytes = { body: /^"Buffer /, rawBody: /^"Buffer /, 'body is rawBody': 'true' };
const read = ['body', 'rawBody', 'body is rawBody', 'body prototype'];

/** Requests, their bodies and what functions see of them. */
export const requestDifferences: DifferenceOnPurpose[] = [
  {
    id: 'D12',
    reason:
      'The body can be read again as a stream, also by the parsers of an Express 4 application.',
    matches: fits(
      {
        group: 'life of the process',
        case: /^(a typed body|bytes) left to a stream parser$/,
        fields: [...ANSWER, ...CONNECTION],
        theirs: { status: 'timed out, no answer' },
        ours: { status: '200', body: 'piped {}' },
      },
      {
        group: 'life of the process',
        case: /^an Express 4 application that parses /,
        fields: [...ANSWER, 'header etag', 'stderr'],
        theirs: { ...PAGE, status: '500', stderr: 'InternalServerError: stream is not readable\n' },
        ours: { status: '200', body: /^\{"body":/, stderr: '' },
      },
      {
        group: 'request',
        case: 'the parsed stream has ended',
        fields: BODY,
        theirs: { body: '[true]' },
        ours: { body: '[false]' },
      },
    ),
  },
  {
    id: 'D13',
    reason: 'Every body is read: without a valid Content-Type, body and rawBody are its bytes.',
    matches: fits(
      { group: 'content types', case: /: "/, fields: read, theirs: untouched, ours: bytes },
      {
        group: 'framing',
        case: 'chunks without a type',
        fields: read,
        theirs: untouched,
        ours: bytes,
      },
    ),
  },
  {
    id: 'D14',
    reason:
      'Bodies are limited to 32 MiB, inflated, unless --body-limit says otherwise; the limit is 1 GiB there.',
    matches: fits({
      group: 'framing',
      case: /^33 MiB( of gzip)?$/,
      fields: [...ANSWER, ...CONNECTION, ...REPORT],
      theirs: { status: '200' },
      ours: { ...TEXT, status: '413', 'header connection': /./, body: /raise --body-limit\.$/ },
    }),
  },
  {
    id: 'D15',
    reason: 'Ignored routes are answered before the body is read, whatever it holds.',
    matches: fits({
      group: /^ignored routes: (the defaults|others)$/,
      case: /^a malformed body( to a default)?$/,
      fields: [...ANSWER, 'stderr'],
      theirs: { ...PAGE, status: '400' },
      ours: { status: '404', body: '', stderr: undefined },
    }),
  },
  {
    id: 'D18',
    reason: 'Request targets stay as they came: absolute ones, ones with a fragment, and `*`.',
    matches: fits(
      {
        group: 'targets',
        case: '/a#fragment?b',
        fields: ['url', 'path'],
        theirs: { url: '"/a/#fragment?b"', path: '"/a/"' },
        ours: { url: '"/a#fragment?b"', path: '"/a"' },
      },
      {
        group: 'targets',
        case: 'http://other.example',
        fields: ['url', 'path'],
        theirs: { url: '"/ttp://other.example"' },
        ours: { url: '"http://other.example"', path: '"/"' },
      },
      {
        group: 'targets',
        case: '*',
        fields: ANSWER,
        theirs: { ...PAGE, status: '404' },
        ours: { status: '404', body: '' },
      },
    ),
  },
  {
    id: 'D23',
    reason: 'req.spanId is also taken from a traceparent field.',
    matches: fits({
      group: 'request fields',
      case: 'a traceparent',
      fields: ['spanId'],
      theirs: { spanId: '"undefined"' },
      ours: { spanId: '"b7ad6b7169203331"' },
    }),
  },
  {
    id: 'D24',
    reason:
      'The function is what answers: no req.next or req.route, and req.app is read, not configured.',
    matches: fits(
      {
        group: 'request',
        case: 'request and response know each other',
        fields: BODY,
        theirs: { body: '[true,true,true,true,"function","object"]' },
        ours: { body: '[true,true,true,true,"undefined","object"]' },
      },
      {
        group: 'request',
        case: 'the route and the application',
        fields: BODY,
        theirs: { body: '["object","function","function"]' },
        ours: { body: '["undefined","object","undefined"]' },
      },
      {
        group: 'calls of Express 4',
        case: 'route',
        fields: BODY,
        theirs: { body: '/{*splat}' },
        ours: { body: 'undefined' },
      },
      {
        group: 'response',
        case: 'json with spaces set',
        fields: BODY,
        theirs: { body: '{\n  "a": 1\n}' },
        ours: { body: '{"a":1}' },
      },
      {
        group: 'response',
        case: 'render with a view of its own',
        fields: BODY,
        theirs: { body: 'rendered' },
        ours: { body: /^"page" cannot be rendered: .* res\.send\(\)\.$/ },
      },
    ),
  },
  {
    id: 'D25',
    reason: 'req.executionId is made when it is read, so that it is no key of req before.',
    matches: fits({
      group: 'request',
      case: 'own keys',
      fields: BODY,
      theirs: { body: /\["executionId",true\]/ },
      ours: { body: /\["executionId",false\]/ },
      when: ({ all: { theirs, ours } }) =>
        theirs['body']?.replace('["executionId",true]', '["executionId",false]') === ours['body'],
    }),
  },
  {
    id: 'D26',
    reason:
      'Functions are called as soon as the request is known, so that req.complete is still false without a body.',
    matches: fits({
      group: 'request',
      case: 'socket and connection',
      fields: BODY,
      theirs: { body: '[true,null,"1.1",true,false]' },
      ours: { body: '[true,null,"1.1",false,false]' },
    }),
  },
  // Node 20 has no zstd: there Google's package refuses it, too.
  ...('createZstdDecompress' in zlib ? [zstd()] : []),
];

function zstd(): DifferenceOnPurpose {
  return {
    id: 'D40',
    reason:
      'A body in zstd is refused with 415 by every version of Node: Node 22 takes a cut one for whole.',
    matches: fits({
      group: 'bodies',
      case: / encoded as zstd, /,
      fields: [...ANSWER, 'stderr'],
      theirs: { ...PAGE, status: '400', stderr: /ZSTD_error_prefix_unknown/ },
      ours: { ...TEXT, status: '415', stderr: undefined },
    }),
  };
}
