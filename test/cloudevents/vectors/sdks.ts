import { absent, envelope, fieldsOf, headers, helloWorld, plain, xml } from './sdk-base';
import { go } from './sdk-go';
import { java } from './sdk-java';
import { javascript, lunch, python } from './sdk-scripts';
import { binary, type DecodeVector, json, structured } from './vector';

const someevent = {
  specversion: '1.0',
  type: 'com.example.someevent',
  time: '2018-04-05T03:56:24Z',
  id: '1234-1234-1234',
  source: '/mycontext/subcontext',
};
const hello = { message: 'Hello World!' };

const conformance: DecodeVector[] = [
  ...['application/json', 'application/json; charset=utf-8'].map((datacontenttype) =>
    headers(
      `conformance: binary, ${datacontenttype}`,
      { ...someevent, datacontenttype },
      '{\n    "message": "Hello World!"\n}\n',
      hello,
    ),
  ),
  ...['application/cloudevents+json', 'application/cloudevents+json; charset=utf-8'].map((type) => {
    const event = { ...someevent, datacontenttype: 'application/json', data: hello };
    return structured(`conformance: ${type}`, JSON.stringify(event, null, 4), event, type);
  }),
];

// Its fixtures have names with underscores, which are no attribute names: here they have none.
const rustEvent = {
  specversion: '1.0',
  id: '0001',
  type: 'test_event.test_application',
  source: 'http://localhost/',
};
const rustFull = {
  ...rustEvent,
  subject: 'cloudevents-sdk',
  time: '2020-03-16T11:50:00Z',
  stringex: 'val',
  boolex: true,
  intex: 10,
};
const rust: DecodeVector[] = [
  headers('Rust: the least', rustEvent, ''),
  headers('Rust: a number as text', { ...rustEvent, someint: '10' }, ''),
  envelope('Rust: no data', rustFull),
  envelope('Rust: JSON', {
    ...rustFull,
    datacontenttype: 'application/json',
    data: { hello: 'world' },
  }),
  envelope(
    'Rust: JSON in base64',
    { ...rustFull, datacontenttype: 'application/json', data_base64: helloWorld },
    { ...rustFull, datacontenttype: 'application/json', data: { hello: 'world' } },
  ),
  // Bytes that are not what their type says are bytes.
  envelope(
    'Rust: no JSON in base64',
    { ...rustFull, datacontenttype: 'application/json', data_base64: 'aGVsbG8gd29ybGQ=' },
    { ...rustFull, datacontenttype: 'application/json', data: Buffer.from('hello world') },
  ),
  envelope('Rust: XML', { ...rustFull, ...xml, data: '<hello>world</hello>' }),
  envelope(
    'Rust: XML in base64',
    { ...rustFull, ...xml, data_base64: 'PGhlbGxvPndvcmxkPC9oZWxsbz4=' },
    { ...rustFull, ...xml, data: '<hello>world</hello>' },
  ),
];

export const sdkVectors: DecodeVector[] = [
  ...conformance,
  ...java,
  ...go,
  ...javascript,
  ...python,
  ...rust,
];

/**
 * What an SDK takes though the specification does not: rules of its own. `says` has our answer, `about` whose
 * rule it is. An event without one of the required attributes, or with another version, is none (spec: REQUIRED
 * attributes); names are a-z and 0-9 (spec: Naming); an Integer has no fraction (JSON format §2.2).
 */
export const besideTheSpecification: DecodeVector[] = [
  without(
    'JavaScript: no ce-specversion is version 1.0',
    'ce-specversion',
    /"specversion" missing/,
  ),
  without('JavaScript: no ce-source', 'ce-source', /"source" missing/),
  without('JavaScript: no ce-id gets a random one', 'ce-id', /"id" missing/),
  structured(
    'JavaScript: no id gets a random one',
    JSON.stringify({ ...lunch, id: undefined }),
    /"id" missing/,
  ),
  structured(
    'JavaScript: version 11.8',
    JSON.stringify({ ...lunch, specversion: '11.8' }),
    /specversion/,
  ),
  structured(
    'JavaScript: an object as an extension',
    JSON.stringify({ ...lunch, ext: {} }),
    /ext.*object/,
  ),
  binary('JavaScript: JSON that is none is text', json, 'hello', { status: 400, says: /not JSON/ }),
  binary(
    'JavaScript: the extension LUNCH keeps its case',
    { ...absent, ...fieldsOf(lunch), 'ce-LUNCH': 'v' },
    '',
    {
      ...lunch,
      lunch: 'v',
    },
  ),
  {
    // HTTP binding §3: Content-Type decides.
    ...structured(
      'Python: ce- headers beside a structured event win',
      JSON.stringify(plain),
      plain,
    ),
    headers: [
      'content-type',
      'application/cloudevents+json',
      'ce-id',
      '2',
      'ce-specversion',
      '1.0',
    ],
  },
  {
    ...structured('Python: a structured event without Content-Type', '', {
      status: 415,
      says: /missing/,
    }),
    headers: [],
    body: Buffer.from(JSON.stringify(plain)),
  },
  ...['20230115T103045Z', '2023-01-15', '2023-01-15T10:30:45'].map((time) =>
    structured(`Python: the time ${time}`, JSON.stringify({ ...plain, time }), /time.*RFC 3339/),
  ),
  structured(
    'Java: a time without seconds',
    JSON.stringify({ ...plain, time: '2018-04-26T14:48Z' }),
    /time/,
  ),
  structured('Java: aString is astring', JSON.stringify({ ...plain, aString: 'aaa' }), /"aString"/),
  structured('Go: 42.5 is 42', JSON.stringify({ ...plain, ext: 42.5 }), /ext.*integer/),
  structured(
    'Rust: the name string_ex',
    JSON.stringify({ ...plain, string_ex: 'val' }),
    /"string_ex"/,
  ),
  binary('Rust: the name string_ex', { ...json, 'ce-string_ex': 'val' }, '', {
    status: 400,
    says: /"string_ex"/,
  }),
];

function without(about: string, field: string, says: RegExp): DecodeVector {
  return binary(about, { ...absent, ...fieldsOf(lunch), [field]: undefined }, '', {
    status: 400,
    says,
  });
}
