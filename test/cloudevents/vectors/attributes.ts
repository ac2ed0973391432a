import {
  binary,
  bytes,
  type DecodeVector,
  data,
  event,
  field,
  json,
  jsonType,
  refused,
  structured,
  typed,
} from './vector';

const times = (list: string[]) => list.map((time) => field('ce-time', time, { time }));
const notTimes = (list: string[]) =>
  list.map((time) => field('ce-time', time, /"time" is .*RFC 3339/));
const sources = (list: string[]) => list.map((source) => field('ce-source', source, { source }));
const notSources = (list: string[]) =>
  list.map((s) => field('ce-source', s, /source.*URI-reference/));
const schemas = (list: string[]) => list.map((s) => field('ce-dataschema', s, { dataschema: s }));
// Without it the event is as good: it is left out.
const notSchemas = (list: string[]) => list.map((s) => field('ce-dataschema', s, {}));

function missing(name: string) {
  const problem = new RegExp(`required attribute "${name}" missing`);
  return binary(`no ce-${name}`, { ...json, [`ce-${name}`]: undefined }, '{}', refused(problem));
}

// Spec: REQUIRED attributes, OPTIONAL attributes, Type System
export const contextAttributes: DecodeVector[] = [
  ...['id', 'source', 'type', 'specversion'].map(missing),
  field('ce-id', '', /id.*non-empty/),
  field('ce-source', '', /source.*non-empty/),
  field('ce-type', '', /type.*non-empty/),
  field('ce-specversion', '', /specversion.*"1.0"/),
  field('ce-specversion', '1.0.2', /specversion.*"1.0.2"/),
  field('ce-specversion', '1', /specversion/),
  field('ce-specversion', '0.2', /specversion/),
  field('ce-specversion', '2.0', /specversion/),
  field('ce-id', 'a, b', { id: 'a, b' }),
  // Optional attributes that are empty are absent.
  field('ce-subject', '', {}),
  field('ce-time', '', { time: undefined }),
  field('ce-time', '""', { time: undefined }),
  field('ce-dataschema', '', {}),
  field('ce-subject', 's'.repeat(4096), { subject: 's'.repeat(4096) }),
  ...times([
    '2020-01-02T03:04:05.123456789Z',
    '2020-01-02T03:04:05.1234567890123Z',
    '2016-12-31T23:59:60Z',
    '1990-12-31T15:59:60-08:00',
    '2017-01-01T05:29:60+05:30',
    '2020-02-29T00:00:00Z',
    '2000-02-29T23:59:59+14:00',
    '2020-01-02T03:04:05-00:00',
    '2020-01-02t03:04:05z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ]),
  ...notTimes([
    '2020-13-01T00:00:00Z',
    '2020-00-01T00:00:00Z',
    '2020-01-32T00:00:00Z',
    '2020-04-31T00:00:00Z',
    '2021-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2020-01-02T24:00:00Z',
    '2020-01-02T03:60:05Z',
    '2020-01-02T03:04:61Z',
    '2020-01-02T12:00:60Z',
    '2020-01-02T03:04:05',
    '2020-01-02 03:04:05Z',
    '2020-01-02T03:04Z',
    '2020-01-02T03:04:05.Z',
    '2020-01-02T03:04:05,5Z',
    '2020-01-02T03:04:05+0100',
    '2020-01-02T03:04:05+24:00',
    '2020-01-02T03:04:05+01:60',
    '2020-01-02T03:04:05Z Z',
    '2020-01-02',
    '20-01-02T03:04:05Z',
    'Thu, 02 Jan 2020 03:04:05 GMT',
    '1577934245',
    'now',
  ]),
  ...sources([
    'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66',
    'https://user:pw@example.com:8080/a/b;c=1?d=e/f?g#h/i?j',
    '//pubsub.googleapis.com/projects/p/topics/t',
    'http://[2001:db8::1]:80/',
    'mailto:a@example.com',
    'relative/path:with/colon',
    './a:b',
    '?query',
    '#fragment',
    '1-555-123-4567',
    'a',
    '//',
    'file:///etc',
    'http://example.com:',
    // Escapes that are not those of the binding: several SDKs write a source as it is.
    '/caf%C3%A9',
    'a%25zz',
    'https://example.com/a%20b?q=%22',
  ]),
  ...notSources([
    '"a b"',
    '<a>',
    'a^b',
    'a\\b',
    '#a#b',
    '1a:b',
    'a_b:c',
    ':a',
    'http://[::1',
    'http://a]b/',
    'http://[x]/',
    'http://a:port/',
    'http://a@b@c/',
    '/[a]',
  ]),
  ...schemas([
    'https://example.com/a%20b',
    'https://example.com/schema',
    'urn:x:y',
    'https://example.com/s#/definitions/a',
  ]),
  ...notSchemas(['#', 'relative', '/a', '//host/a', 'http://a b', '1:b']),
  {
    ...field('ce-id', 'A1', /ce-id header comes twice/),
    about: 'ce-id twice',
    headers: [...binary('', json, '', {}).headers, 'CE-ID', 'A1'],
  },
  {
    ...field('ce-id', 'A1', /Content-Type header comes twice/),
    about: 'Content-Type twice',
    headers: [...binary('', json, '', {}).headers, 'Content-Type', 'text/plain'],
  },
  {
    ...field('ce-x', '1', /ce-constructor header comes twice/),
    about: 'an extension twice',
    headers: [...binary('', json, '', {}).headers, 'ce-constructor', '1', 'ce-constructor', '2'],
  },
];

// Spec: Naming, Extension Context Attributes
export const extensions: DecodeVector[] = [
  field('ce-count', '-42', { count: '-42' }),
  field('ce-flag', 'true', { flag: 'true' }),
  field('ce-1st', 'v', { '1st': 'v' }),
  field('ce-42', 'v', { 42: 'v' }),
  field('ce-averyveryverylongname', 'v', { averyveryverylongname: 'v' }),
  field('CE-MyExt', 'v', { myext: 'v' }),
  field('ce-bytes', 'AP8Q', { bytes: 'AP8Q' }),
  field('ce-constructor', 'v', { constructor: 'v' }),
  field('ce-empty', '', { empty: '' }),
  field('ce-uni', '%E2%82%AC', { uni: '€' }),
  field('ce-schemaurl', 'not a uri', { schemaurl: 'not a uri' }),
  binary('empty extensions stay', { ...json, 'ce-subject': '', 'ce-schemaurl': '' }, '1', {
    ...event({ ...jsonType, schemaurl: '', data: 1 }),
  }),
  field('ce-datacontentencoding', 'base64', { datacontentencoding: 'base64' }),
  field('ce-bad-ext', 'v', /name "bad-ext"/),
  field('ce-bad_ext', 'v', /name "bad_ext"/),
  field('ce-', 'v', /name ""/),
  field('ce-data', 'v', /name "data"/),
  field('ce-data_base64', 'eHl6', /name "data_base64"/),
  field('ce-__proto__', 'x', /name "__proto__"/),
  field('x-request-id', '1', {}),
  field('cex-id', '1', {}),
  field('traceparent', '00-2-2-01', {}),
];

// Version 0.3 of spec, JSON format and HTTP binding
export const version03: DecodeVector[] = [
  binary(
    '0.3',
    { ...json, 'ce-specversion': '0.3', 'ce-schemaurl': 'https://example.com/s' },
    '1',
    {
      ...typed('application/json', 1),
      specversion: '0.3',
      schemaurl: 'https://example.com/s',
    },
  ),
  ...['a b', ''].map((schemaurl) =>
    binary(
      `0.3 schemaurl "${schemaurl}"`,
      { 'ce-specversion': '0.3', 'ce-schemaurl': schemaurl },
      '',
      event({ specversion: '0.3' }),
    ),
  ),
  binary(
    '0.3 without an encoding',
    { 'ce-specversion': '0.3', 'ce-datacontentencoding': '' },
    'x',
    event({ specversion: '0.3', data: Buffer.from('x') }),
  ),
  binary(
    '0.3 has extensions of the names of 1.0',
    { 'ce-specversion': '0.3', 'ce-dataschema': '', 'ce-subject': '' },
    '',
    event({ specversion: '0.3', dataschema: '' }),
  ),
  binary(
    '0.3 base64',
    { 'ce-specversion': '0.3', 'ce-datacontentencoding': 'Base64' },
    'AP8QwA==',
    {
      ...event({ specversion: '0.3', data: bytes }),
    },
  ),
  binary(
    '0.3 encoding',
    { 'ce-specversion': '0.3', 'ce-datacontentencoding': 'gzip' },
    '',
    refused(/datacontentencoding/),
  ),
  structured(
    '0.3 base64',
    { specversion: '0.3', datacontentencoding: 'base64', datacontenttype: 'a/b', data: 'AP8QwA==' },
    event({ specversion: '0.3', datacontenttype: 'a/b', data: bytes }),
  ),
  structured(
    '0.3 JSON',
    { specversion: '0.3', ...jsonType, data },
    {
      ...event({ specversion: '0.3', ...jsonType, data }),
    },
  ),
  structured(
    '0.3 data_base64, which the SDK of JavaScript writes',
    { specversion: '0.3', datacontentencoding: 'base64', data_base64: 'AP8QwA==' },
    event({ specversion: '0.3', data: bytes }),
  ),
  structured(
    '0.3 bad base64',
    { specversion: '0.3', datacontentencoding: 'base64', data: '?' },
    /base64/,
  ),
];
