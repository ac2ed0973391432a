import { base, bytes, data, type EncodeVector, event, jsonType } from './vector';

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
  ...['application/cloudevents+json', 'Application/CloudEvents-Batch+JSON;charset=utf-8'].flatMap(
    (type): EncodeVector[] => {
      const rest = { datacontenttype: type, data };
      return [
        // In binary mode a receiver would take the data for the event.
        give(`an event in an event, ${type}`, 'binary', rest, /"structured"/),
        give(`an event in an event, ${type}`, 'structured', rest, envelope(rest)),
        {
          ...give(`an event in an event, ${type}`, 'structured', rest, envelope(rest)),
          mode: undefined,
        },
      ];
    },
  ),
  {
    about: 'text in a charset that is only read',
    mode: undefined,
    event: event({ datacontenttype: 'text/a;charset=windows-1251', data: 'А' }),
    ...envelope({ datacontenttype: 'text/a;charset=windows-1251', data: 'А' }),
  },
  {
    about: 'bytes in such a charset',
    mode: undefined,
    event: event({ datacontenttype: 'text/a;charset=windows-1251', data: bytes }),
    body: bytes,
    headers: { 'content-type': 'text/a;charset=windows-1251' },
  },
  give(
    'null and base64',
    'structured',
    { data: null, data_base64: 'AP8QwA==' },
    {
      ...envelope({ data_base64: 'AP8QwA==' }),
    },
  ),
  { about: 'no array', mode: 'batch', event: base, refused: /array of events/ },
  { about: 'an array', mode: 'binary', event: [base], refused: /one event/ },
  {
    about: 'two versions',
    mode: 'batch',
    event: [base, event({ specversion: '0.3' })],
    refused: /specversion/,
  },
  ...unsendable.flatMap(([rest, problem]) => [
    give(problem.source, 'binary', rest, problem),
    give(problem.source, 'structured', rest, problem),
    { about: problem.source, mode: 'batch' as const, event: [event(rest)], refused: problem },
  ]),
];
