import { base, baseText, batch, type DecodeVector, data, event, refused } from './vector';

// HTTP binding §3.3, JSON format §4
export const batchedMode: DecodeVector[] = [
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
export const notEvents: DecodeVector[] = [
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
