import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { HttpError } from '../../src/errors';
import { decodeBody } from '../../src/http/decode-body';
import { describeValue, outcomeOf, type Reference, startReference } from './reference-body';

const FORM = 'application/x-www-form-urlencoded';

let reference: Reference;
before(async () => {
  reference = await startReference();
});
after(() => reference.close());

/** A body that Functions Framework leaves unread has to come back from us as it is. */
async function compare(body: Buffer | string, contentType: string | undefined): Promise<number> {
  const bytes = Buffer.from(body);
  const ours = outcomeOf(() => decodeBody(bytes, contentType));
  const headers = contentType === undefined ? {} : { 'Content-Type': contentType };
  const theirs = await reference.post(bytes, headers);
  const context = `${contentType}: ${bytes.toString('latin1').slice(0, 100)}`;
  if (ours.status !== 200) {
    assert.equal(ours.status, theirs.status, context);
    const charset = /unsupported charset "[^"]*"/.exec(theirs.message as string)?.[0] ?? '';
    assert.ok(ours.message?.startsWith(charset), `${ours.message} for ${charset}`);
  } else if (theirs.kind === 'undefined') {
    assert.equal(decodeBody(bytes, contentType), bytes, context);
  } else {
    assert.deepEqual(ours, theirs, context);
  }
  return ours.status;
}

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

const faults: [text: string, message: string][] = [
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

for (const [text, message] of faults) {
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

const charsets = [
  ...['utf-8', 'UTF-8', '"utf-8"', 'utf-16', 'utf-16le', 'UTF-16LE', 'utf-16be', 'utf8', 'utf-32'],
  ...['utf-32le', 'utf-32be', 'iso-8859-1', 'ISO-8859-1', 'latin1', 'us-ascii', 'windows-1252'],
  ...['nope', '""', '', 'utf-9', 'utf-', '__proto__', 'constructor'],
];

for (const type of ['application/json', 'text/plain', FORM, 'application/octet-stream']) {
  test(`${type} takes the charsets that Functions Framework takes`, async () => {
    for (const charset of charsets) {
      for (const body of ['', '{"a":1}', 'a=%E4', Buffer.from('a=\xe4\x80', 'latin1')]) {
        await compare(body, `${type}; charset=${charset}`);
      }
    }
  });
}

test('the charset is checked before the empty body is accepted', () => {
  for (const type of ['application/json', FORM, 'text/plain']) {
    assert.throws(() => decodeBody(Buffer.alloc(0), `${type}; charset=nope`), {
      status: 415,
      code: 'UNSUPPORTED_CHARSET',
      message: /^unsupported charset "NOPE"/,
    });
  }
});

test('a long charset is not echoed in full', () => {
  const type = `text/plain; charset=${'x'.repeat(10_000)}`;
  assert.throws(() => decodeBody(Buffer.from('x'), type), { message: /^.{1,100}$/ });
});

/** Writes what Buffer cannot. */
function encodeUtf32(text: string, bigEndian: boolean): Buffer {
  const codes = Array.from(text, (character) => character.codePointAt(0) as number);
  const bytes = Buffer.alloc(codes.length * 4);
  for (const [i, code] of codes.entries()) {
    if (bigEndian) bytes.writeUInt32BE(code, i * 4);
    else bytes.writeUInt32LE(code, i * 4);
  }
  return bytes;
}

const encoders: [charset: string, encode: (text: string) => Buffer][] = [
  ['utf-16le', (text) => Buffer.from(text, 'utf16le')],
  ['utf-16be', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['utf-32le', (text) => encodeUtf32(text, false)],
  ['utf-32be', (text) => encodeUtf32(text, true)],
];

for (const [charset, encode] of encoders) {
  const family = charset.slice(0, 6);
  test(`${charset} is read with and without a mark, named or guessed`, async () => {
    for (const text of ['{"a":"ä€😀"}', '["\ud800"]', '{}', '', '[1,2,3,4,5,6,7,8,9]']) {
      for (const mark of ['', '\ufeff']) {
        const bytes = encode(mark + text);
        assert.equal(decodeBody(bytes, `text/plain; charset=${charset}`), text);
        for (const type of ['application/json', 'text/plain']) {
          await compare(bytes, `${type}; charset=${charset}`);
          await compare(bytes, `${type}; charset=${family}`);
        }
      }
    }
  });
}

test('any bytes in UTF-16 and UTF-32 are read as by Functions Framework', async () => {
  const unit = fc.constantFrom('\0', '\0', '\x10', 'a', '{', '\xfe', '\xff', '\xd8', '\xdc');
  const bytes = fc.string({ unit, maxLength: 40 }).map((text) => Buffer.from(text, 'latin1'));
  const charset = fc.constantFrom(
    'utf-16',
    'utf-16le',
    'utf-16be',
    'utf-32',
    'utf-32le',
    'utf-32be',
  );
  await fc.assert(
    fc.asyncProperty(bytes, charset, async (body, name) => {
      await compare(body, `text/plain; charset=${name}`);
    }),
    { numRuns: 1500 },
  );
});

test('decoding leaves the bytes as they are', () => {
  const bytes = Buffer.from('["ab"]', 'utf16le').swap16();
  const copy = Buffer.from(bytes);
  assert.deepEqual(decodeBody(bytes, 'application/json; charset=utf-16be'), ['ab']);
  assert.deepEqual(bytes, copy);
});

test('text is a string without its byte order mark', async () => {
  const decode = (body: string | Buffer): unknown => decodeBody(Buffer.from(body), 'text/plain');
  assert.equal(decode('ä€'), 'ä€');
  assert.equal(decode('\ufeffx'), 'x');
  assert.equal(decode(''), '');
  assert.equal(decode(Buffer.from([0xff, 0x61])), '\ufffda');
  for (const body of ['ä€', '\ufeffx', '\ufeff\ufeff', '', Buffer.from([0xe2, 0x82, 0x61, 0xf0])]) {
    await compare(body, 'text/plain');
  }
});

test('any bytes as text are read as by TextDecoder and Functions Framework', async () => {
  const byte = fc.constantFrom(
    0x61,
    0x80,
    0xbf,
    0xc2,
    0xe0,
    0xe2,
    0xed,
    0xa0,
    0xef,
    0xbb,
    0xf0,
    0xff,
  );
  const bytes = fc.array(byte, { maxLength: 12 }).map((list) => Buffer.from(list));
  await fc.assert(
    fc.asyncProperty(bytes, async (body) => {
      assert.equal(decodeBody(body, 'text/plain'), new TextDecoder().decode(body));
      await compare(body, 'text/plain; charset=utf-8');
    }),
    { numRuns: 1000 },
  );
});

test('text in other charsets is read', async () => {
  const decode = (bytes: number[], charset: string): unknown =>
    decodeBody(Buffer.from(bytes), `text/plain; charset=${charset}`);
  assert.equal(decode([0x83, 0x65], 'Shift_JIS'), 'テ');
  assert.equal(decode([0xd6, 0xd0], 'gbk'), '中');
  assert.equal(decode([0xc6], 'koi8-r'), 'ф');
  assert.equal(decode([0x80, 0xe4], 'windows-1252'), '€ä');
  assert.equal(decode([0x80, 0xe4], 'iso-8859-1'), '\x80ä');
  const everyByte = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  for (const charset of ['iso-8859-1', 'latin1', 'us-ascii', 'ascii']) {
    await compare(everyByte, `text/plain; charset=${charset}`);
  }
  // Five bytes have no character in windows-1252: U+FFFD there, a control character by the Encoding Standard
  const defined = everyByte.filter((byte) => ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte));
  for (const charset of ['windows-1252', 'cp1252']) {
    await compare(Buffer.from(defined), `text/plain; charset=${charset}`);
  }
});

test('forms are UTF-8 or Latin-1', async () => {
  assert.deepEqual(decodeBody(Buffer.from('a[b]=1'), FORM), { a: { b: '1' } });
  assert.deepEqual(decodeBody(Buffer.alloc(0), FORM), {});
  const latin = Buffer.from('%FC=\xe4%80', 'latin1');
  assert.deepEqual(decodeBody(latin, `${FORM}; charset=ISO-8859-1`), { ü: 'ä\x80' });
  for (const body of ['a[b]=1', '', '\ufeffa=1', '%C3%A4=ä', latin, 'a&'.repeat(1001)]) {
    await compare(body, FORM);
    await compare(body, `${FORM}; charset=iso-8859-1`);
  }
});

const types = [
  ...[undefined, '', 'APPLICATION/JSON', 'application/json;a=b', 'application/json;', 'json'],
  ...['application/json; charset', 'application/json; charset=utf-8; charset=latin1'],
  ...['application/json ;charset=utf-16le', 'application/json; CHARSET=latin1', 'application/jso'],
  ...['application/json; x="; charset=latin1"', 'application/json; charset="utf\\-8"', 'text/*'],
  ...['application/cloudevents-batch+json', 'application/vnd.api+json', 'text/json', 'TEXT/PLAIN'],
  ...[
    'text/html',
    '*/*',
    'application/octet-stream',
    'multipart/form-data; boundary=x',
    'nonsense',
  ],
  ...['image/png; charset=nope', 'application/xml', 'a/b/c', 'text/plain, application/json'],
  ...['text/plain/', '/plain', 'a b/c', 'text/plain; charset=\xe4', ' text/plain', 'text / plain'],
];

for (const type of types) {
  test(`the content type ${type} is understood as by Functions Framework`, async () => {
    for (const body of ['{"a":1}', '', 'a=1', '[']) await compare(body, type);
  });
}

test('any other body is the Buffer itself', () => {
  const bytes = Buffer.from('{"a":1}');
  for (const type of [undefined, '', 'nonsense', 'image/png', 'text/html', 'multipart/mixed']) {
    assert.equal(decodeBody(bytes, type), bytes);
    assert.equal(describeValue(bytes).kind, 'Buffer');
  }
});
