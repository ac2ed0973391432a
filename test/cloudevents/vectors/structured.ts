import {
  base,
  baseText,
  bytes,
  type DecodeVector,
  data,
  event,
  jsonType,
  present,
  structured,
  typed,
} from './vector';

// HTTP binding §3.2, JSON format §2 and §3
export const structuredMode: DecodeVector[] = [
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
  structured(
    'base64 of broken JSON stays bytes',
    { ...jsonType, data_base64: 'ew==' },
    {
      ...event({ ...jsonType, data: Buffer.from('{') }),
    },
  ),
  structured('data and base64', { data: 'x', data_base64: 'eA==' }, /exclude each other/),
  structured(
    'null data and base64',
    { data: null, data_base64: 'AP8QwA==' },
    event({ data: bytes }),
  ),
  // What data is, its type says and not the mode.
  ...['a/b', 'application/x-www-form-urlencoded'].map((type) =>
    structured(
      `text as ${type}`,
      { datacontenttype: type, data: 'a=é' },
      {
        ...typed(type, Buffer.from('a=é')),
      },
    ),
  ),
  ...['application/xml', 'a/b+XML', 'a/b; charset=utf-8'].map((type) =>
    structured(`text as ${type}`, { datacontenttype: type, data: '<é/>' }, typed(type, '<é/>')),
  ),
  structured(
    'base64 of XML',
    { datacontenttype: 'application/xml', data_base64: 'PGEvPg==' },
    typed('application/xml', '<a/>'),
  ),
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
    structured(
      `${name} empty`,
      { time: undefined, [name]: '', data: 1 },
      { ...present({ ...base, time: undefined }), data: 1 },
    ),
    structured(`${name} a boolean`, { [name]: true }, new RegExp(`"${name}" is true`)),
  ]),
  structured('a type that is none', { datacontenttype: 'json' }, /datacontenttype/),
  ...['a/b', '#'].map((dataschema) => structured(`schema ${dataschema}`, { dataschema }, base)),
  structured('0.3 schema', { specversion: '0.3', schemaurl: 'a b' }, event({ specversion: '0.3' })),
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
  ...['[]', `[{${baseText}}]`].map((text) =>
    structured(
      `body ${text}`,
      text,
      /an array: a batch is sent as application\/cloudevents-batch\+json/,
    ),
  ),
  ...['"event"', '5', 'null', 'true'].map((text) =>
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
