import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeBody } from '../../../src/http/body/decode';
import { compare } from './compare';

const FORM = 'application/x-www-form-urlencoded';

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
