/**
 * What messages decode to and what events encode to, as data. Names say the behaviour; every group
 * cites the rule. Events and headers are built on a common base, so each vector shows its difference.
 */

export interface DecodeVector {
  about: string;
  /** Names and values in turn, as node's rawHeaders. */
  headers: string[];
  body: Buffer;
  /** The decoded event or batch, or the status of the refusal and words of its message. */
  expected: Record<string, unknown> | Record<string, unknown>[] | { status: number; says: RegExp };
}

export interface EncodeVector {
  about: string;
  event: Record<string, unknown> | Record<string, unknown>[];
  mode: 'binary' | 'structured' | 'batch';
  /** Header fields that must be there with that value, undefined for absent. */
  headers?: Record<string, string | undefined>;
  body?: unknown;
  /** Words of the refusal, for events that must not be sent. */
  refused?: RegExp;
}

export const base = {
  specversion: '1.0',
  id: 'A1',
  source: '/s',
  type: 'com.example.t',
  time: '2020-01-02T03:04:05Z',
};

const json = { 'content-type': 'application/json' };
const bytes = Buffer.from([0x00, 0xff, 0x10, 0xc0]);

/** Binary mode: the base, with `fields` replaced or added; undefined takes one away. */
function binary(
  about: string,
  fields: Record<string, string | undefined>,
  body: string | Buffer,
  expected: DecodeVector['expected'],
): DecodeVector {
  const attributes = Object.entries(base).map(([name, value]) => [`ce-${name}`, value]);
  const all: Record<string, string | undefined> = { ...Object.fromEntries(attributes), ...fields };
  const headers = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [name, value],
  );
  return { about, headers, body: Buffer.from(body as string), expected };
}

/** Binary mode with a JSON body and one field more; gives the event's attributes beside the data. */
function field(name: string, value: string, expected: Record<string, unknown> | RegExp) {
  const about = `${name}: ${value.length > 60 ? `${value.slice(0, 60)}…` : value}`;
  return expected instanceof RegExp
    ? binary(about, { ...json, [name]: value }, '{"a":1}', { status: 400, says: expected })
    : binary(about, { ...json, [name]: value }, '{"a":1}', {
        ...base,
        datacontenttype: 'application/json',
        ...expected,
        data: { a: 1 },
      });
}

function event(rest: Record<string, unknown>): Record<string, unknown> {
  return { ...base, ...rest };
}

/** Structured mode: the base, with `members` replaced or added; undefined takes one away. */
function structured(
  about: string,
  members: Record<string, unknown> | string | Buffer,
  expected: Record<string, unknown> | RegExp | { status: number; says: RegExp },
  contentType = 'application/cloudevents+json',
): DecodeVector {
  const isText = typeof members === 'string' || Buffer.isBuffer(members);
  const body = isText
    ? Buffer.from(members as string)
    : Buffer.from(JSON.stringify(event(members)));
  return {
    about,
    headers: ['content-type', contentType],
    body,
    expected: expected instanceof RegExp ? { status: 400, says: expected } : expected,
  };
}

function batch(
  about: string,
  text: unknown,
  expected: Record<string, unknown>[] | { status: number; says: RegExp },
  contentType = 'application/cloudevents-batch+json',
): DecodeVector {
  const body = Buffer.from(typeof text === 'string' ? text : JSON.stringify(text));
  return { about, headers: ['Content-Type', contentType], body, expected };
}

const refused = (says: RegExp) => ({ status: 400, says });
const data = { a: 1 };
const jsonType = { datacontenttype: 'application/json' };
const baseText = JSON.stringify(base).slice(1, -1);
const typed = (type: string, value: unknown) => event({ datacontenttype: type, data: value });
const typeOnly = (type: string) => ({ 'content-type': type });

// HTTP binding §3.1
const binaryMode: DecodeVector[] = [
  binary('a JSON object', json, '{"a":1}', typed('application/json', data)),
  binary('nothing optional', { 'ce-time': undefined }, '', {
    specversion: '1.0',
    id: 'A1',
    source: '/s',
    type: 'com.example.t',
  }),
  binary('data without Content-Type', {}, bytes, event({ data: bytes })),
  binary('text', typeOnly('text/plain'), 'hello', typed('text/plain', 'hello')),
  binary('an emoji', typeOnly('text/plain; charset=utf-8'), '🌎!', {
    ...typed('text/plain; charset=utf-8', '🌎!'),
  }),
  binary('text in Latin-1', typeOnly('text/plain;charset=ISO-8859-1'), Buffer.from([0xe9]), {
    ...typed('text/plain;charset=ISO-8859-1', 'é'),
  }),
  binary('text in UTF-16', typeOnly('text/a; charset="utf-16le"'), Buffer.from('é', 'utf16le'), {
    ...typed('text/a; charset="utf-16le"', 'é'),
  }),
  binary('text in an unknown charset stays bytes', typeOnly('text/plain; charset=x'), bytes, {
    ...typed('text/plain; charset=x', bytes),
  }),
  binary('text that is not UTF-8 stays bytes', typeOnly('text/plain'), bytes, {
    ...typed('text/plain', bytes),
  }),
  binary('a type with a charset is text', typeOnly('application/xml; charset=utf-8'), '<a/>', {
    ...typed('application/xml; charset=utf-8', '<a/>'),
  }),
  binary('bytes', typeOnly('application/octet-stream'), bytes, {
    ...typed('application/octet-stream', bytes),
  }),
  binary('XML bytes', typeOnly('application/xml'), '<a b="c"/>', {
    ...typed('application/xml', Buffer.from('<a b="c"/>')),
  }),
  ...[
    'APPLICATION/JSON',
    'application/json; CharSet=UTF-8',
    'application/json;charset=utf-8',
    'application/json ; charset = "utf-8"',
    'application/vnd.example+JSON',
    'text/json',
    'application/problem+json; x="a;b\\"c"',
  ].map((type) => binary(`JSON as ${type}`, typeOnly(type), '{"a":1}', typed(type, data))),
  binary('not JSON by its name', typeOnly('application/jsonp'), '{}', {
    ...typed('application/jsonp', Buffer.from('{}')),
  }),
  ...['"text"', 'true', 'false', 'null', '1.5', '0', '[1,2]', '""', '"{\\"a\\":1}"'].map((text) =>
    binary(`JSON ${text}`, json, text, typed('application/json', JSON.parse(text))),
  ),
  binary('JSON with a byte order mark', json, '\ufeff{"a":1}', typed('application/json', data)),
  binary(
    'JSON in UTF-16',
    typeOnly('application/json;charset=utf-16le'),
    Buffer.from('1', 'utf16le'),
    {
      ...typed('application/json;charset=utf-16le', 1),
    },
  ),
  binary('broken JSON', json, '{"a":', refused(/data .* not JSON/)),
  binary('JSON that is not UTF-8', json, Buffer.from('"\xe9"', 'latin1'), refused(/not UTF-8/)),
  binary('JSON in an unknown charset', typeOnly('application/json;charset=x'), '1', {
    status: 415,
    says: /charset "x"/,
  }),
  binary('a JSON type and no body', json, '', event(jsonType)),
  binary('a text type and no body', typeOnly('text/plain'), '', {
    ...event({ datacontenttype: 'text/plain' }),
  }),
  binary('a JSON member __proto__ is only a member', json, '{"__proto__":{"x":1}}', {
    ...typed('application/json', JSON.parse('{"__proto__":{"x":1}}')),
  }),
  field('ce-datacontenttype', 'text/plain', {}),
  binary('ce-datacontenttype alone', { 'ce-datacontenttype': 'text/plain' }, '', event({})),
  binary('no media type', typeOnly('nonsense'), 'x', refused(/datacontenttype.*"nonsense"/)),
  binary('an empty Content-Type', typeOnly(''), 'x', refused(/datacontenttype/)),
  binary('a broken parameter', typeOnly('text/plain; a'), 'x', refused(/datacontenttype/)),
];

// HTTP binding §3.1.3.2
const headerValues: DecodeVector[] = [
  field('ce-subject', 'Euro%20%E2%82%AC%20%F0%9F%98%80', { subject: 'Euro € 😀' }),
  field('ce-subject', '%e2%82%ac', { subject: '€' }),
  field('ce-subject', '%41%42C', { subject: 'ABC' }),
  field('ce-subject', '%2541', { subject: '%41' }),
  field('ce-subject', '%C0%A0', /subject.*percent-encoded UTF-8/),
  field('ce-subject', '%E2%82', /subject.*percent-encoded UTF-8/),
  field('ce-subject', '%ED%A0%80', /subject.*percent-encoded UTF-8/),
  field('ce-subject', '%FF', /subject.*percent-encoded UTF-8/),
  field('ce-subject', '%F4%90%80%80', /subject.*percent-encoded UTF-8/),
  field('ce-subject', '100%', { subject: '100%' }),
  field('ce-subject', '50%zz%20', { subject: '50%zz ' }),
  field('ce-subject', '"a b"', { subject: 'a b' }),
  field('ce-subject', '"a\\"b\\\\c"', { subject: 'a"b\\c' }),
  field('ce-subject', '"a%20b"', { subject: 'a b' }),
  field('ce-subject', '%22a%22', { subject: '"a"' }),
  field('ce-subject', 'say "hi" twice', { subject: 'say hi twice' }),
  field('ce-subject', '5" disk', { subject: '5" disk' }),
  field('ce-subject', 'C:\\dir', { subject: 'C:\\dir' }),
  field('ce-subject', 'a(b)c', { subject: 'a(b)c' }),
  field('ce-subject', "!#$&'()*+,-./:;<=>?@[\\]^_`{|}~", {
    subject: "!#$&'()*+,-./:;<=>?@[\\]^_`{|}~",
  }),
  field('ce-subject', '""', /subject.*non-empty/),
  field('ce-subject', 'a%0Ab', /subject.*control/),
  field('ce-subject', '%00', /subject.*control/),
  field('ce-subject', '%7F', /subject.*control/),
  field('ce-subject', '%C2%85', /subject.*control/),
  field('ce-subject', '%EF%B7%90', /subject.*noncharacters/),
  field('ce-subject', '%F0%9F%BF%BE', /subject.*noncharacters/),
  field('ce-subject', '%EF%BF%BD', { subject: '\ufffd' }),
  field('ce-subject', 'a\tb', /subject.*control/),
  field('ce-subject', 'caf\xc3\xa9', /subject.*percent-encoded/),
  field('ce-id', 'a%20b', { id: 'a b' }),
  field('ce-type', 'com.example.%C3%A9', { type: 'com.example.é' }),
  field('ce-source', '/my%2520dir', { source: '/my%20dir' }),
  field('ce-source', '/my%20dir', /source.*URI-reference/),
  field('ce-specversion', '%31.0', {}),
  field('ce-time', '"2020-01-02T03:04:05Z"', {}),
];

const times = (list: string[]) => list.map((time) => field('ce-time', time, { time }));
const notTimes = (list: string[]) =>
  list.map((time) => field('ce-time', time, /"time" is .*RFC 3339/));
const sources = (list: string[]) => list.map((source) => field('ce-source', source, { source }));
const notSources = (list: string[]) =>
  list.map((s) => field('ce-source', s, /source.*URI-reference/));
const schemas = (list: string[]) => list.map((s) => field('ce-dataschema', s, { dataschema: s }));
const notSchemas = (list: string[]) =>
  list.map((s) => field('ce-dataschema', s, /dataschema.*URI/));

function missing(name: string) {
  const fault = new RegExp(`required attribute "${name}" missing`);
  return binary(`no ce-${name}`, { ...json, [`ce-${name}`]: undefined }, '{}', refused(fault));
}

// Spec: REQUIRED attributes, OPTIONAL attributes, Type System
const contextAttributes: DecodeVector[] = [
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
  field('ce-subject', '', /subject.*non-empty/),
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
    '',
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
  ]),
  ...notSources([
    '"a b"',
    '<a>',
    'a^b',
    'a\\b',
    '#a#b',
    'a%25zz',
    'a%25',
    '1a:b',
    'a_b:c',
    ':a',
    'http://[::1',
    'http://a]b/',
    'http://[x]/',
    'http://a:port/',
    'http://a@b@c/',
    '/[a]',
    '/caf%C3%A9',
  ]),
  ...schemas(['https://example.com/schema', 'urn:x:y', 'https://example.com/s#/definitions/a']),
  ...notSchemas(['', 'relative', '/a', '//host/a', 'http://a b', '1:b']),
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
const extensions: DecodeVector[] = [
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
const version03: DecodeVector[] = [
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
  binary('0.3 bad', { 'ce-specversion': '0.3', 'ce-schemaurl': 'a b' }, '', refused(/schemaurl/)),
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
  structured('0.3 has no data_base64', { specversion: '0.3', data_base64: '' }, /data_base64/),
  structured(
    '0.3 bad base64',
    { specversion: '0.3', datacontentencoding: 'base64', data: '?' },
    /base64/,
  ),
];

// HTTP binding §3.2, JSON format §2 and §3
const structuredMode: DecodeVector[] = [
  ...[
    'application/cloudevents+json',
    'application/cloudevents+json;charset=utf-8',
    'application/cloudevents+json; charset=UTF-8',
    'application/cloudevents+json; charset="utf-8"; x=y',
    'Application/CloudEvents+JSON',
  ].map((type) => structured(type, { ...jsonType, data }, event({ ...jsonType, data }), type)),
  ...[
    'application/cloudevents+xml',
    'application/cloudevents+avro',
    'application/cloudevents',
    'application/cloudeventsx',
    'application/cloudevents+protobuf; a=b',
    'application/cloudevents+json; charset=iso-8859-1',
    'application/cloudevents+json; charset=utf-16le',
  ].map((type) => structured(type, '<event/>', { status: 415, says: /not understood/ }, type)),
  {
    ...structured('equal headers do not replace the body', { data }, event({ data })),
    headers: ['content-type', 'application/cloudevents+json', 'ce-id', 'other', 'ce-x', 'y'],
  },
  structured(
    'a JSON string is not parsed again',
    { ...jsonType, data: '{"a":1}' },
    {
      ...event({ ...jsonType, data: '{"a":1}' }),
    },
  ),
  structured(
    'XML text',
    { datacontenttype: 'text/xml', data: '<a/>' },
    {
      ...typed('text/xml', '<a/>'),
    },
  ),
  structured('base64', { datacontenttype: 'a/b', data_base64: 'AP8QwA==' }, typed('a/b', bytes)),
  structured(
    'base64 of JSON',
    { ...jsonType, data_base64: 'eyJhIjoxfQ==' },
    {
      ...event({ ...jsonType, data }),
    },
  ),
  structured(
    'base64 of text',
    { datacontenttype: 'text/plain', data_base64: 'aGk=' },
    {
      ...typed('text/plain', 'hi'),
    },
  ),
  structured(
    'base64 without a type',
    { data_base64: 'eyJhIjoxfQ==' },
    {
      ...event({ data: Buffer.from('{"a":1}') }),
    },
  ),
  structured(
    'empty base64',
    { ...jsonType, data_base64: '' },
    {
      ...event({ ...jsonType, data: Buffer.alloc(0) }),
    },
  ),
  structured('null base64', { data_base64: null, data: 1 }, event({ data: 1 })),
  ...['?', 'AP8QwA', 'AP8QwA=', 'AP8Q wA==', '-_-_', 5, true, {}].map((value) =>
    structured(`base64 ${value}`, { data_base64: value }, /not base64/),
  ),
  structured('base64 of broken JSON', { ...jsonType, data_base64: 'ew==' }, /not JSON/),
  structured('data and base64', { data: 'x', data_base64: 'eA==' }, /exclude each other/),
  structured('null data and base64', { data: null, data_base64: 'eA==' }, /exclude each other/),
  ...[null, 0, 1.5, false, true, '', [1, 'b', null], {}, 1e30].map((value) =>
    structured(
      `data ${JSON.stringify(value)}`,
      { ...jsonType, data: value },
      {
        ...event({ ...jsonType, data: value }),
      },
    ),
  ),
  structured('data without a type is JSON', { data: '5' }, event({ data: '5' })),
  structured('no data', {}, base),
  structured(
    'an object as text',
    { datacontenttype: 'text/plain', data },
    typed('text/plain', data),
  ),
  ...['time', 'subject', 'dataschema', 'datacontenttype', 'ext', 'NoName'].map((name) =>
    structured(
      `${name} null`,
      { time: undefined, [name]: null, data },
      {
        ...Object.fromEntries(Object.entries(base).filter(([key]) => key !== 'time')),
        data,
      },
    ),
  ),
  ...['id', 'source', 'type', 'specversion'].flatMap((name) => [
    structured(`${name} missing`, { [name]: undefined }, new RegExp(`"${name}" missing`)),
    structured(`${name} null`, { [name]: null }, new RegExp(`"${name}" missing`)),
    structured(`${name} empty`, { [name]: '' }, new RegExp(`"${name}" is ""`)),
    structured(`${name} a number`, { [name]: 123 }, new RegExp(`"${name}" is 123`)),
  ]),
  structured('two missing', { id: undefined, type: undefined }, /"id", "type" missing/),
  ...['subject', 'time', 'dataschema', 'datacontenttype'].flatMap((name) => [
    structured(`${name} empty`, { [name]: '' }, new RegExp(`"${name}" is ""`)),
    structured(`${name} a boolean`, { [name]: true }, new RegExp(`"${name}" is true`)),
  ]),
  structured('a type that is none', { datacontenttype: 'json' }, /datacontenttype/),
  structured('a relative schema', { dataschema: 'a/b' }, /dataschema/),
  structured('a source with a space', { source: 'a b' }, /source/),
  structured('a source with an umlaut', { source: '/ü' }, /source/),
  structured('another version', { specversion: '11.8' }, /specversion.*"11.8"/),
  structured('quotes and percent stay', { subject: '"q"%20' }, event({ subject: '"q"%20' })),
  structured(
    'Boolean, Integer, String',
    { flag: false, count: -5, name: 'x' },
    {
      ...event({ flag: false, count: -5, name: 'x' }),
    },
  ),
  structured(
    'the largest Integers',
    { a: 2147483647, b: -2147483648 },
    {
      ...event({ a: 2147483647, b: -2147483648 }),
    },
  ),
  ...[2147483648, -2147483649, 1.5, 1e300].map((count) =>
    structured(`count ${count}`, { count }, /count.*integer/),
  ),
  ...['1.0', '1e2', '1E2', '-0.0'].map((text) =>
    structured(`count ${text}`, `{${baseText},"count": ${text} }`, /count.*without fraction/),
  ),
  structured('a fraction is fine in data', `{${baseText},"n":1,"data": 1.0}`, {
    ...event({ n: 1, data: 1 }),
  }),
  structured('an object as extension', { myext: {} }, /myext.*an object/),
  structured('an array as extension', { myext: [] }, /myext.*an array/),
  structured('capitals', { MyExt: 'v' }, /name "MyExt"/),
  structured('an underscore', { my_ext: 'v' }, /name "my_ext"/),
  structured('no name', { '': 'v' }, /name ""/),
  structured('__proto__', `{${baseText},"__proto__":"v"}`, /name "__proto__"/),
  structured('an extension like a method', { constructor: 'v' }, event({ constructor: 'v' })),
  structured('a long name', { averyveryverylongname: 'v' }, event({ averyveryverylongname: 'v' })),
  ...['\u0001', '\u007f', '\u0085', '\ufdd0', '\uffff', '\ud83f\udfff', '\ud800', '\udc00'].map(
    (c) => structured(`subject ${JSON.stringify(c)}`, { subject: `a${c}b` }, /subject.*control/),
  ),
  structured('a pair', `{${baseText},"subject":"\\uD800\\uDEAD"}`, event({ subject: '\u{102ad}' })),
  structured('a member twice', `{${baseText},"id":"A2"}`, /"id" comes twice/),
  structured('twice in disguise', `{${baseText},"i\\u0064":"A1"}`, /"i\\u0064" comes twice/),
  structured('null and value', `{${baseText},"x":null,"x":"1"}`, /"x" comes twice/),
  structured('data twice', `{${baseText},"data":1,"data":1}`, /"data" comes twice/),
  ...[
    `{${baseText},"data":{"a":1},"id":"A1"}`,
    `{${baseText},"data":{"a":1}, "data" : {"a":1} }`,
    `{${baseText},"data":{"a":1},"d\\u0061ta":{"a":1}}`,
    `{${baseText},"data":"A1","data":[1]}`,
    `{${baseText},"id":"A2","data":{"data":{}}}`,
    `{${baseText},"id":"A2","data":{"metadata":{}}\n}\n`,
    `{"data":{"a":1},${baseText},"id":"A2"}`,
    `{"id":"data",${baseText},"data":{"a":1}}`,
  ].map((text) => structured(`twice: ${text}`, text, /"(id|data|d\\u0061ta)" comes twice/)),
  structured(
    'an attribute that ends like data',
    `{${baseText},"id":{},"data":{},"id":{}}`,
    /twice/,
  ),
  ...['{ "a" : { "data" : [ 1 ] } } \n', '{"a":["}"]}', '[{"metadata":"\\""}]', '{}', '[]'].map(
    (text) =>
      structured(
        `data ${text}`,
        `{${baseText},"data": ${text} }\r\n`,
        event({ data: JSON.parse(text) }),
      ),
  ),
  structured('twice within data is data', `{${baseText},"data":{"a":2,"a":1}}`, event({ data })),
  structured(
    'brackets in strings',
    { subject: '{"\\":[', data: ['}:"'] },
    {
      ...event({ subject: '{"\\":[', data: ['}:"'] }),
    },
  ),
  structured(
    '64 KiB',
    { ...jsonType, data: 'x'.repeat(65_000) },
    {
      ...event({ ...jsonType, data: 'x'.repeat(65_000) }),
    },
  ),
  structured('a byte order mark', `\ufeff{${baseText}}`, base),
  ...['{', '', 'x', '{} {}'].map((text) => structured(`body ${text}`, text, /not JSON/)),
  ...['"event"', '5', 'null', '[]', 'true'].map((text) =>
    structured(`body ${text}`, text, /must be a JSON object/),
  ),
  structured('not UTF-8', Buffer.from(`{${baseText},"x":"\xe9"}`, 'latin1'), /not UTF-8/),
  structured(
    'Text/JSON',
    { datacontenttype: 'Text/JSON; Charset=utf-8', data },
    {
      ...typed('Text/JSON; Charset=utf-8', data),
    },
  ),
];

// HTTP binding §3.3, JSON format §4
const batchedMode: DecodeVector[] = [
  batch(
    'two events',
    [event({ id: '1', data }), event({ id: '2' })],
    [event({ id: '1', data }), event({ id: '2' })],
  ),
  batch('none', '[]', []),
  batch('capitals', [base], [base], 'APPLICATION/CLOUDEVENTS-BATCH+JSON'),
  batch('a charset', [base], [base], 'application/cloudevents-batch+json; charset=utf-8'),
  batch(
    'no time',
    [event({ time: undefined })],
    [{ specversion: '1.0', id: 'A1', source: '/s', type: 'com.example.t' }],
  ),
  batch('an object', base, refused(/must be a JSON array/)),
  batch('text', '[', refused(/not JSON/)),
  batch('versions', [base, event({ specversion: '0.3' })], refused(/Event 1.*specversion/)),
  batch('an id missing', [base, event({ id: undefined })], refused(/Event 1.*"id" missing/)),
  batch('a number', [base, 5], refused(/event 1/)),
  batch('null', [null], refused(/event 0/)),
  batch('an array', [[base]], refused(/event 0/)),
  batch('a member twice', `[{${baseText}},{${baseText},"id":"1"}]`, refused(/"id" comes twice/)),
  batch(
    'equal members of two events',
    [event({ n: 1 }), event({ n: 1 })],
    [event({ n: 1 }), event({ n: 1 })],
  ),
  batch('fractions', `[{${baseText},"n":1.0}]`, refused(/n.*fraction/)),
  ...['application/cloudevents-batch+xml', 'application/cloudevents-batch'].map((type) =>
    batch(type, '<events/>', { status: 415, says: /not understood/ }, type),
  ),
];

// Webhook §2.2
const notEvents: DecodeVector[] = [
  {
    about: 'nothing',
    headers: [],
    body: Buffer.alloc(0),
    expected: { status: 415, says: /missing/ },
  },
  ...['text/plain', 'application/json', 'application/cloudevent+json', 'multipart/form-data'].map(
    (type) => ({
      about: type,
      headers: ['content-type', type, 'x-ce-id', '1'],
      body: Buffer.from('{"a":1}'),
      expected: { status: 415, says: /no ce- headers.*Content-Type is "/ },
    }),
  ),
];

export const decodeVectors: DecodeVector[] = [
  ...binaryMode,
  ...headerValues,
  ...contextAttributes,
  ...extensions,
  ...version03,
  ...structuredMode,
  ...batchedMode,
  ...notEvents,
];

function give(
  about: string,
  mode: 'binary' | 'structured',
  rest: Record<string, unknown>,
  outcome: Pick<EncodeVector, 'headers' | 'body' | 'refused'> | RegExp,
): EncodeVector {
  const expected = outcome instanceof RegExp ? { refused: outcome } : outcome;
  return { about, mode, event: event(rest), ...expected };
}

const subject = (value: string, header: string) =>
  give(`subject ${value}`, 'binary', { subject: value }, { headers: { 'ce-subject': header } });
const envelope = (rest: Record<string, unknown>) => ({
  headers: { 'content-type': 'application/cloudevents+json', 'ce-id': undefined },
  body: event(rest),
});

// Refused in every mode: nothing that is no event is sent.
const unsendable: [Record<string, unknown>, RegExp][] = [
  [{ source: undefined }, /"source" missing/],
  [{ id: null }, /"id" missing/],
  [{ id: '' }, /id.*non-empty/],
  [{ id: 5 }, /id.*non-empty/],
  [{ specversion: '2.0' }, /specversion/],
  [{ type: '' }, /type/],
  [{ source: 'a b' }, /source/],
  [{ dataschema: 'a' }, /dataschema/],
  [{ subject: '' }, /subject/],
  [{ subject: 'a\r\nce-evil: 1' }, /subject.*control/],
  [{ subject: '\ud800' }, /subject.*surrogates/],
  [{ time: 'yesterday' }, /time/],
  [{ time: new Date(Number.NaN) }, /time.*Invalid Date/],
  [{ datacontenttype: 'text' }, /datacontenttype/],
  [{ datacontenttype: 'text/plain\r\nx: y' }, /datacontenttype/],
  [{ MyExt: 'v' }, /name "MyExt"/],
  [{ 'a-b': 'v' }, /name "a-b"/],
  [{ count: 1.5 }, /count.*integer/],
  [{ count: 2 ** 31 }, /count.*integer/],
  [{ count: Number.NaN }, /count.*integer/],
  [{ count: 5n }, /count/],
  [{ ext: {} }, /ext.*an object/],
  [{ ext: () => 1 }, /ext.*a function/],
  [{ datacontenttype: 'text/plain', data }, /string or bytes/],
  [{ data: () => 1 }, /JSON/],
  [{ data: 5n }, /not JSON/],
  [{ data: 'x', data_base64: 'eA==' }, /exclude/],
  [{ data_base64: '?' }, /not base64/],
];

// HTTP binding §3.1 to §3.3, JSON format §3.1.1
export const encodeVectors: EncodeVector[] = [
  give(
    'an event',
    'binary',
    { ...jsonType, data },
    {
      headers: {
        'ce-specversion': '1.0',
        'ce-id': 'A1',
        'ce-source': '/s',
        'ce-type': 'com.example.t',
        'ce-time': '2020-01-02T03:04:05Z',
        'content-type': 'application/json',
        'ce-datacontenttype': undefined,
      },
      body: Buffer.from('{"a":1}'),
    },
  ),
  subject('a b', 'a%20b'),
  subject('a"b', 'a%22b'),
  subject('100%', '100%25'),
  subject('%41', '%2541'),
  subject('€ 😀', '%E2%82%AC%20%F0%9F%98%80'),
  subject('ÿ', '%C3%BF'),
  subject("!#$&'()*+,-./:;<=>?@[\\]^_`{|}~", "!#$&'()*+,-./:;<=>?@[\\]^_`{|}~"),
  give('bytes', 'binary', { datacontenttype: 'a/b', data: bytes }, { body: bytes }),
  give(
    'bytes and no type',
    'binary',
    { data: new Uint8Array(bytes) },
    {
      headers: { 'content-type': undefined },
      body: bytes,
    },
  ),
  give('an ArrayBuffer', 'binary', { data: new Uint8Array(bytes).buffer }, { body: bytes }),
  give('base64', 'binary', { data_base64: 'AP8QwA==' }, { body: bytes }),
  give(
    'neither data nor type',
    'binary',
    {},
    {
      headers: { 'content-type': undefined },
      body: undefined,
    },
  ),
  give('a type without data', 'binary', jsonType, {
    headers: { 'content-type': 'application/json' },
    body: undefined,
  }),
  give(
    'JSON data and no type: the implied one is named',
    'binary',
    { data: 'x' },
    {
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('"x"'),
    },
  ),
  ...['text', '{"a":1}', 1.5, 0, null, false, [1]].map((value) =>
    give(
      `JSON ${JSON.stringify(value)}`,
      'binary',
      { ...jsonType, data: value },
      {
        body: Buffer.from(JSON.stringify(value)),
      },
    ),
  ),
  give('text', 'binary', { datacontenttype: 'text/plain', data: 'é' }, { body: Buffer.from('é') }),
  give(
    'XML',
    'binary',
    { datacontenttype: 'application/xml', data: '<a/>' },
    {
      body: Buffer.from('<a/>'),
    },
  ),
  give(
    'Latin-1',
    'binary',
    { datacontenttype: 'text/a;charset=iso-8859-1', data: 'é' },
    {
      body: Buffer.from([0xe9]),
    },
  ),
  give(
    'no Latin-1',
    'binary',
    { datacontenttype: 'text/a;charset=iso-8859-1', data: '€' },
    /charset/,
  ),
  give(
    'extensions',
    'binary',
    { flag: true, count: -5, bin: new Uint8Array([0, 255, 16]), no: null },
    {
      headers: { 'ce-flag': 'true', 'ce-count': '-5', 'ce-bin': 'AP8Q', 'ce-no': undefined },
    },
  ),
  give(
    'nanoseconds',
    'binary',
    { time: '2020-01-02T03:04:05.123456789Z' },
    {
      headers: { 'ce-time': '2020-01-02T03:04:05.123456789Z' },
    },
  ),
  give(
    'a Date',
    'binary',
    { time: new Date('2020-01-02T03:04:05Z') },
    {
      headers: { 'ce-time': '2020-01-02T03:04:05.000Z' },
    },
  ),
  give('no time', 'binary', { time: undefined }, { headers: { 'ce-time': undefined } }),
  give(
    'an event',
    'structured',
    { ...jsonType, subject: 'a "b" €', data },
    {
      ...envelope({ ...jsonType, subject: 'a "b" €', data }),
    },
  ),
  give('bytes and no type', 'structured', { data: bytes }, envelope({ data_base64: 'AP8QwA==' })),
  give(
    'bytes of JSON',
    'structured',
    { ...jsonType, data: Buffer.from('1') },
    {
      ...envelope({ ...jsonType, data_base64: 'MQ==' }),
    },
  ),
  give('no bytes', 'structured', { data: Buffer.alloc(0) }, envelope({ data_base64: '' })),
  give('null', 'structured', { ...jsonType, data: null }, envelope({ ...jsonType, data: null })),
  give('no data', 'structured', {}, envelope({})),
  give(
    'text',
    'structured',
    { datacontenttype: 'text/plain', data: '{}' },
    {
      ...envelope({ datacontenttype: 'text/plain', data: '{}' }),
    },
  ),
  give(
    'a JSON string',
    'structured',
    { ...jsonType, data: '{}' },
    {
      ...envelope({ ...jsonType, data: '{}' }),
    },
  ),
  give(
    'types',
    'structured',
    { flag: true, count: -5, bin: new Uint8Array([0, 255, 16]), no: null },
    {
      ...envelope({ flag: true, count: -5, bin: 'AP8Q' }),
    },
  ),
  give(
    '0.3 bytes',
    'structured',
    { specversion: '0.3', data: bytes },
    {
      ...envelope({ specversion: '0.3', datacontentencoding: 'base64', data: 'AP8QwA==' }),
    },
  ),
  give(
    '0.3 base64',
    'binary',
    { specversion: '0.3', datacontentencoding: 'base64', data: 'AP8QwA==' },
    {
      headers: { 'ce-datacontentencoding': undefined },
      body: bytes,
    },
  ),
  {
    about: 'a batch',
    mode: 'batch',
    event: [event({ id: '1', data: bytes }), event({ id: '2' })],
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: [event({ id: '1', data_base64: 'AP8QwA==' }), event({ id: '2' })],
  },
  { about: 'an empty batch', mode: 'batch', event: [], body: [] },
  { about: 'no array', mode: 'batch', event: base, refused: /array of events/ },
  { about: 'an array', mode: 'binary', event: [base], refused: /one event/ },
  {
    about: 'two versions',
    mode: 'batch',
    event: [base, event({ specversion: '0.3' })],
    refused: /specversion/,
  },
  ...unsendable.flatMap(([rest, fault]) => [
    give(fault.source, 'binary', rest, fault),
    give(fault.source, 'structured', rest, fault),
    { about: fault.source, mode: 'batch' as const, event: [event(rest)], refused: fault },
  ]),
];
