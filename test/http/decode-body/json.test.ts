import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { HttpError } from '../../../src/core/errors';
import { decodeBody } from '../../../src/http/body/decode';
import { compare } from './compare';

const json = [
  ...[
    '{}',
    '[]',
    '{"a":1}',
    ' \t\r\n{"a":1}\n',
    '[1,"ä€😀"]',
    '',
    ' ',
    '\r\n',
    '\ufeff',
    '\ufeff{}',
  ],
  ...['\ufeff\ufeff{}', '\ufeff ', 'null', 'true', '5', '"text"', '{', '{"a":}', '[1,]', "{'a':1}"],
  ...['{"a":1}}', '[01]', '["\n"]', '{"a":1,"a":2}', '{"__proto__":{"x":1}}', '\v{}', '\u00a0{}'],
  ...[
    '{"constructor":{"prototype":{"x":1}}}',
    '["\\ud800"]',
    '["\\u0000"]',
    'x'.repeat(200),
    'NaN',
  ],
];

for (const type of [
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
  'Application/JSON; charset="utf-8"',
  'application/cloudevents+json',
  'application/cloudevents+json; charset=utf-8',
]) {
  test(`${type} is read as by Functions Framework`, async () => {
    for (const text of json) await compare(text, type);
    await compare(Buffer.from([0x5b, 0x22, 0xff, 0xc3, 0x22, 0x5d]), type);
  });
}

test('JSON is an object or an array, an empty body an empty object', () => {
  const decode = (text: string): unknown => decodeBody(Buffer.from(text), 'application/json');
  assert.deepEqual(decode('{"a":[1]}'), { a: [1] });
  assert.deepEqual(decode('\ufeff[1]'), [1]);
  assert.deepEqual(decode(''), {});
  for (const text of [' ', '5', 'null', '"x"', '{']) {
    assert.throws(() => decode(text), { status: 400, code: 'INVALID_JSON' });
  }
});

test('an own key __proto__ in JSON stays one, and changes no prototype', () => {
  const value = decodeBody(Buffer.from('{"__proto__":{"x":1}}'), 'application/json') as object;
  assert.deepEqual(Object.keys(value), ['__proto__']);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  assert.equal('x' in value, false);
});

const malformed: [text: string, message: string][] = [
  [' \n', 'The request body is only white space. Send a JSON object or array.'],
  ['5', 'The request body is a JSON number. Send an object or an array.'],
  ['null', 'The request body is a JSON null. Send an object or an array.'],
  ['"x"', 'The request body is a JSON string. Send an object or an array.'],
  [
    '{"a":}',
    `The request body is not valid JSON: Unexpected token '}', "{"a":}" is not valid JSON`,
  ],
  [
    '{"a":1',
    "The request body is not valid JSON: Expected ',' or '}' after property value in JSON at position 6",
  ],
];

for (const [text, message] of malformed) {
  test(`${JSON.stringify(text)} is refused with what is wrong and where`, () => {
    assert.throws(() => decodeBody(Buffer.from(text), 'application/json'), { message });
  });
}

test('a refusal of JSON echoes little of it', () => {
  for (const text of [`{"a":${'x'.repeat(1e6)}}`, 'x'.repeat(1e6), `["${'x'.repeat(1e6)}`]) {
    try {
      decodeBody(Buffer.from(text), 'application/json');
      assert.fail();
    } catch (error) {
      const { message } = error as HttpError;
      assert.match(message, /^The request body is not valid JSON: /);
      assert.ok(message.length < 150, message);
    }
  }
});

test('thousands of JSON texts, whole and damaged, are read as by Functions Framework', async () => {
  const text = fc.tuple(fc.json(), fc.nat(60), fc.constantFrom('', '', '{', '"', ',', '\\', ' '));
  await fc.assert(
    fc.asyncProperty(text, async ([whole, at, extra]) => {
      await compare(whole.slice(0, at) + extra + whole.slice(at), 'application/json');
    }),
    { numRuns: 1500 },
  );
});
