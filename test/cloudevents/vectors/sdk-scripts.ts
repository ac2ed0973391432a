import { absent, envelope, fieldsOf, headers, text, xml } from './sdk-base';
import { batch, binary, type DecodeVector, structured } from './vector';

export const lunch = {
  specversion: '1.0',
  id: 'b46cf653',
  type: 'org.cncf.ce',
  source: 'urn:event:from:a',
};
export const javascript: DecodeVector[] = [
  headers('JavaScript: text', { ...lunch, ...text }, 'Hello, friends!', 'Hello, friends!'),
  headers(
    'JavaScript: neither type nor JSON',
    lunch,
    '{Something[Not:valid}JSON',
    Buffer.from('{Something[Not:valid}JSON'),
  ),
  headers('JavaScript: more than 20 letters', { ...lunch, extensionnameover20characters: 'v' }, ''),
  ...[{ lunch: 'tacos' }, [1, 2], 'x', true, 0, null].map((data) =>
    envelope(`JavaScript: data ${JSON.stringify(data)}`, { ...lunch, data }),
  ),
  envelope('JavaScript: false', { ...lunch, extboolean: false }),
  envelope('JavaScript: a name like a member of a class', {
    ...lunch,
    validate: 'v',
    tostring: 'v',
  }),
  envelope(
    'JavaScript: an image',
    { ...lunch, datacontenttype: 'image/png', data_base64: 'iVBORw0KGgo=' },
    { ...lunch, datacontenttype: 'image/png', data: Buffer.from('iVBORw0KGgo=', 'base64') },
  ),
  // Its events of both versions have the member of version 1.0.
  envelope(
    'JavaScript: an image, 0.3',
    { ...lunch, specversion: '0.3', datacontenttype: 'image/png', data_base64: 'iVBORw0KGgo=' },
    {
      ...lunch,
      specversion: '0.3',
      datacontenttype: 'image/png',
      data: Buffer.from('iVBORw0KGgo=', 'base64'),
    },
  ),
  envelope(
    'JavaScript: JSON in bytes, 0.3, with an encoding',
    {
      ...lunch,
      specversion: '0.3',
      datacontenttype: 'application/json',
      datacontentencoding: 'base64',
      data_base64: 'eyJhIjoxfQ==',
    },
    { ...lunch, specversion: '0.3', datacontenttype: 'application/json', data: { a: 1 } },
  ),
  ...['an extension', 'an_extension', 'an-extension', 'an.extension', 'an+extension', 'LUNCH'].map(
    (name) =>
      structured(
        `JavaScript: the name ${name}`,
        JSON.stringify({ ...lunch, [name]: 'v' }),
        /attribute name "/,
      ),
  ),
  ...['source', 'type', 'id', 'specversion'].map((name) =>
    structured(`JavaScript: an empty ${name}`, JSON.stringify({ ...lunch, [name]: '' }), /is ""/),
  ),
  batch(
    'JavaScript: a batch of ten',
    Array.from({ length: 10 }, (_, i) => ({ ...lunch, id: `${i}` })),
    Array.from({ length: 10 }, (_, i) => ({ ...lunch, id: `${i}` })),
  ),
];

const pythonEvent = {
  type: 'com.example.test',
  source: '/test',
  id: 'test-123',
  specversion: '1.0',
};
const rfc3339 = ['2023-01-15T10:30:45Z', '2023-01-15T10:30:45+00:00', '2023-01-15T10:30:45.123Z'];
export const python: DecodeVector[] = [
  headers(
    'Python: JSON',
    { ...pythonEvent, datacontenttype: 'application/json' },
    '{"message": "Hello", "count": 42}',
    { message: 'Hello', count: 42 },
  ),
  headers('Python: text', { ...pythonEvent, ...text }, 'Hello World', 'Hello World'),
  headers(
    'Python: bytes',
    { ...pythonEvent, datacontenttype: 'application/octet-stream' },
    Buffer.from([255, 254, 253, 252]),
    Buffer.from([255, 254, 253, 252]),
  ),
  headers('Python: XML', { ...pythonEvent, ...xml }, '<xml>data</xml>', '<xml>data</xml>'),
  ...rfc3339.flatMap((time) => [
    headers(`Python: ${time}`, { ...pythonEvent, time }, ''),
    binary(
      `Python: ${time}, percent-encoded`,
      { ...absent, ...fieldsOf(pythonEvent), 'ce-time': encodeURIComponent(time) },
      '',
      { ...pythonEvent, time },
    ),
  ]),
  ...['Hello World!', 'Euro € 😀', '"quoted" 100%', '日本語', 'a\u00e9\u0301'].map((subject) =>
    binary(
      `Python: subject ${subject}`,
      { ...absent, ...fieldsOf(pythonEvent), 'ce-subject': encodeURIComponent(subject) },
      '',
      { ...pythonEvent, subject },
    ),
  ),
  envelope('Python: structured', { ...pythonEvent, data: { msg: 'Hi' } }),
  structured(
    'Python: capitals in the name of Content-Type',
    JSON.stringify(pythonEvent),
    pythonEvent,
    'application/cloudevents+json; charset=UTF-8',
  ),
];
