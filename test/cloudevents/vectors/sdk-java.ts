import {
  absent,
  envelope,
  full,
  headers,
  type Members,
  oldFull,
  plain,
  text,
  xml,
} from './sdk-base';
import { binary, type DecodeVector, structured } from './vector';

const typed = { astring: 'aaa', aboolean: true, anumber: 10 };
const asText = { astring: 'aaa', aboolean: 'true', anumber: '10' };

function withoutSchema({ dataschema: _1, schemaurl: _2, ...rest }: Members): Members {
  return rest;
}

export const java: DecodeVector[] = [plain, { ...plain, specversion: '0.3' }].flatMap((least) => [
  headers(`Java: the least, ${least.specversion}`, least, ''),
  envelope(`Java: the least, ${least.specversion}`, least),
  envelope(`Java: subject null, ${least.specversion}`, { ...least, subject: null }, least),
]);
for (const event of [full, oldFull]) {
  const version = event.specversion;
  const bare = withoutSchema(event);
  java.push(
    headers(`Java: JSON, ${version}`, event, '{}', {}),
    headers(`Java: extensions, ${version}`, { ...event, ...asText }, '{}', {}),
    headers(`Java: XML, ${version}`, { ...bare, ...xml }, '<stuff></stuff>', '<stuff></stuff>'),
    headers(
      `Java: text, ${version}`,
      { ...bare, ...text },
      'Hello World Lorena!',
      'Hello World Lorena!',
    ),
    envelope(`Java: JSON, ${version}`, { ...event, data: {} }),
    envelope(`Java: extensions, ${version}`, { ...event, data: {}, ...typed }),
    envelope(`Java: XML, ${version}`, { ...bare, ...xml, data: '<stuff></stuff>' }),
    envelope(`Java: text, ${version}`, { ...bare, ...text, data: 'Hello World Lorena!' }),
    ...[
      ['JSON', event, 'e30=', {}],
      ['XML', { ...bare, ...xml }, 'PHN0dWZmPjwvc3R1ZmY+', '<stuff></stuff>'],
      ['text', { ...bare, ...text }, 'SGVsbG8gV29ybGQgTG9yZW5hIQ==', 'Hello World Lorena!'],
    ].map(([about, members, base64, data]) =>
      envelope(
        `Java: ${about} in base64, ${version}`,
        version === '1.0'
          ? { ...(members as Members), data_base64: base64 }
          : { ...(members as Members), datacontentencoding: 'base64', data: base64 },
        { ...(members as Members), data },
      ),
    ),
  );
}
java.push(
  envelope('Java: a Binary extension', { ...plain, binary: '4P8ARKo=' }),
  envelope('Java: numbers as text', { ...plain, integer: 42, decimal: '42.42', long: '4200' }),
  envelope('Java: a fraction of a second', {
    ...full,
    time: '2018-04-26T14:48:09.1234Z',
    data: {},
  }),
  structured('Java: a decimal', JSON.stringify({ ...plain, decimal: 42.42 }), /decimal.*integer/),
  structured('Java: a long', JSON.stringify({ ...plain, long: 42000000000 }), /long.*integer/),
  binary(
    'Java: field names in any case',
    {
      ...absent,
      'Ce-sPecversion': '0.3',
      'cE-id': '1',
      'CE-Type': 'mock.test',
      'ce-source': '/s',
      ab: 'x',
    },
    '',
    { specversion: '0.3', id: '1', type: 'mock.test', source: '/s' },
  ),
  {
    ...structured('Java: structured beside a bad version in headers', '', /not JSON/),
    headers: ['content-type', 'application/cloudevents+json', 'ce-specversion', '9000.1'],
  },
);
