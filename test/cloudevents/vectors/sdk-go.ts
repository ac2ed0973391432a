import { envelope, helloWorld, type Members, xml } from './sdk-base';
import { batch, type DecodeVector } from './vector';

const goEvent = {
  specversion: '1.0',
  datacontenttype: 'application/json',
  id: 'ABC-123',
  time: '2026-01-02T03:04:05.999999999Z',
  type: 'com.example.test',
  dataschema: 'http://example.com/schema',
  source: 'http://example.com/source',
};
const goExtensions = {
  exbool: true,
  exint: 42,
  exstring: 'exstring',
  exbinary: 'AAECAw==',
  exurl: 'http://example.com/source',
  extime: '2026-01-02T03:04:05Z',
};
const { dataschema, ...goBare } = goEvent;
const goOld = { ...goBare, specversion: '0.3', schemaurl: dataschema };
const many = Object.fromEntries(
  Array.from({ length: 10 }, (_, i) => [`ext${i + 1}`, `ext${i + 1}`]),
);

export const go: DecodeVector[] = [goEvent, goOld].flatMap((event) => [
  ...[{ a: 42, b: 'testing' }, 'This is a string.', ['This is a string array'], 42, null].map(
    (data) =>
      envelope(`Go: data ${JSON.stringify(data)}, ${event.specversion}`, {
        ...event,
        ...goExtensions,
        data,
      }),
  ),
  envelope(`Go: no data, ${event.specversion}`, { ...event, ...goExtensions }),
  ...[
    ['first', { ...event, data: { a: 1 }, ...many }],
    ['last', { data: { a: 1 }, ...many, ...reversed(event) }],
  ].map(([place, members]) =>
    envelope(`Go: more than 16 attributes, the version ${place}`, members as Members),
  ),
]);
go.push(
  ...['application/cloudevents+json', 'application/cloudevents-batch+json'].map((datacontenttype) =>
    envelope(`Go: the data is an event, ${datacontenttype}`, {
      ...goEvent,
      datacontenttype,
      data: {},
    }),
  ),
  ...permutations(['data_base64', 'datacontenttype', 'specversion']).map((names) =>
    envelope(
      `Go: base64 with ${names.join(', ')}`,
      { ...ordered({ ...goEvent, data_base64: helloWorld }, names) },
      { ...goEvent, data: { hello: 'world' } },
    ),
  ),
  ...permutations(['data', 'datacontentencoding', 'specversion']).map((names) =>
    envelope(
      `Go: 0.3 base64 with ${names.join(', ')}`,
      ordered({ ...goOld, datacontentencoding: 'base64', data: helloWorld }, names),
      { ...goOld, data: { hello: 'world' } },
    ),
  ),
  envelope('Go: an extension datacontentencoding in 1.0', {
    ...goEvent,
    datacontentencoding: 'base64',
    data: { a: 1 },
  }),
  envelope('Go: XML in text', { ...goBare, ...xml, data: '<hello/>' }),
  envelope(
    'Go: XML in base64',
    { ...goBare, ...xml, data_base64: 'PGhlbGxvLz4=' },
    { ...goBare, ...xml, data: '<hello/>' },
  ),
  batch('Go: a batch', [goEvent, { ...goEvent, id: '2' }], [goEvent, { ...goEvent, id: '2' }]),
);

function reversed(members: Members): Members {
  return Object.fromEntries(Object.entries(members).reverse());
}

/** The members with some of them at the end, in that order. */
function ordered(members: Members, last: string[]): Members {
  const first = Object.entries(members).filter(([name]) => !last.includes(name));
  return Object.fromEntries([...first, ...last.map((name) => [name, members[name]])]);
}

function permutations(names: string[]): string[][] {
  if (names.length < 2) return [names];
  return names.flatMap((name) =>
    permutations(names.filter((other) => other !== name)).map((rest) => [name, ...rest]),
  );
}
