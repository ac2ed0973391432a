import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EXPRESS_4, LENIENT, parseMediaType, STRICT } from '../../src/core/media-type';
import { matchMediaType, withCharset } from '../../src/http/headers/media-type';
import { expressDependency } from './express-dependency';

const typeis = expressDependency('type-is');
const contentType = expressDependency('content-type');

const FIELDS = [
  'application/json',
  'Application/JSON; Charset=UTF-8',
  ' \ttext/html \t; charset = utf-8 ',
  'text/plain; a="b;c\\"d"; e=f',
  'text/plain; a="b"junk; e=f',
  'text/plain; a="never closed; e=f',
  'text/plain; a="ends in \\',
  'text/plain; a=1; A=2; a=""',
  'text/plain; __proto__=x; constructor=y',
  'text/plain;;; ;a; =b; c=',
  'text/plain, text/html; a=b,c',
  'application/vnd.api+json',
  'image/svg+xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  '',
  ' ',
  ';',
  'text',
  'text/',
  '/html',
  'text/a/b',
  'text /html',
  'te\u00e9xt/html',
  '*/*',
  `${'a'.repeat(127)}/${'b'.repeat(127)}`,
  `${'a'.repeat(128)}/b`,
  `a/${'b'.repeat(128)}`,
];

const PATTERNS = [
  'json',
  'html',
  '.html',
  'text',
  'txt',
  'urlencoded',
  'multipart',
  'multipart/*',
  'application/*',
  '*/json',
  '*/*',
  '+json',
  '+xml',
  '+',
  '*/*+json',
  'application/*+json',
  'text/*',
  'text/html',
  'TEXT/html',
  'text/html; charset=utf-8',
  'text/a/b',
  '*',
  '/',
  '',
  'no-such-extension',
  '__proto__',
];

test('a media type and its parameters are read as content-type reads them', () => {
  for (const field of FIELDS) assertRead(field);
  fc.assert(fc.property(fieldText(), assertRead), { numRuns: 2000 });
});

function assertRead(field: string): void {
  const { type, parameters } = contentType.parse(field);
  const expected = typeis.is(field, []) ? { type, parameters: { ...parameters } } : undefined;
  const actual = parseMediaType(field, LENIENT);
  const plain = actual && { type: actual.type, parameters: Object.fromEntries(actual.parameters) };
  assert.deepEqual(plain, expected, JSON.stringify(field));
}

test('a Content-Type gets its charset as Express gives it', () => {
  for (const field of FIELDS) assertCharset(field);
  fc.assert(fc.property(fieldText(), assertCharset), { numRuns: 2000 });
});

function assertCharset(field: string): void {
  // Node refuses to send these, whatever the charset.
  if (/[^\t\x20-\x7e\x80-\xff]/.test(field)) return;
  const { type, parameters } = contentType.parse(field);
  parameters.charset = 'utf-8';
  // Express throws for parameters whose names are not tokens, and for what is not a media type.
  for (const name in parameters) if (!/^[\w+*.-]+$/.test(name)) delete parameters[name];
  let expected = field;
  try {
    expected = contentType.format({ type, parameters });
  } catch {}
  assert.equal(withCharset(field), expected, JSON.stringify(field));
}

test('a media type is matched as type-is matches it', () => {
  for (const field of FIELDS) {
    assertMatch(field, []);
    for (const pattern of PATTERNS) assertMatch(field, [pattern]);
  }
  const patterns = fc.array(fc.constantFrom(...PATTERNS), { maxLength: 4 });
  fc.assert(fc.property(fc.oneof(fieldText(), fc.constantFrom(...FIELDS)), patterns, assertMatch), {
    numRuns: 2000,
  });
});

function assertMatch(field: string, patterns: string[]): void {
  const message = JSON.stringify([field, patterns]);
  assert.equal(matchMediaType(field, patterns), typeis.is(field, patterns), message);
}

test('a parameter named __proto__ is a parameter like any other', () => {
  const { parameters } = parseMediaType('text/plain; __proto__=x', LENIENT) ?? assert.fail();
  assert.deepEqual([...parameters.keys()], ['__proto__']);
  assert.equal(parameters.get('constructor'), undefined);
});

test('a media type is read as strictly as it is asked for', () => {
  const well = ['text/plain', 'a/b;c=d', 'a/b ; charset = UTF-8', 'a/b;c="d;\\"e"'];
  const malformed = ['', 'text', 'a/b/c', 'a/b, c/d', 'é/b'];
  const rows: [text: string, express4: boolean, strict: boolean][] = [
    ...well.map((text): [string, boolean, boolean] => [text, true, true]),
    ...malformed.map((text): [string, boolean, boolean] => [text, false, false]),
    ['a/b;', false, true],
    ['a/b; ;c=d', false, true],
    ['a/b;\tc=d', false, true],
    ['a/b;c="é"', true, false],
    ['*/*', false, true],
    ['a/b;c', false, false],
    ['a/b;c=', false, false],
    ['a/b;c=d e', false, false],
    ['a/b;c="d', false, false],
    ['a/b;c="d"e', false, false],
  ];
  for (const [text, express4, strict] of rows) {
    assert.equal(parseMediaType(text, EXPRESS_4) !== undefined, express4, `Express 4: ${text}`);
    assert.equal(parseMediaType(text, STRICT) !== undefined, strict, `strict: ${text}`);
  }
  const twice = 'a/b; charset=UTF-8; charset=latin1';
  assert.equal(parseMediaType(twice, LENIENT)?.charset, 'utf-8');
  assert.equal(parseMediaType(twice, STRICT)?.charset, 'utf-8');
  assert.equal(parseMediaType(twice, EXPRESS_4)?.charset, 'latin1');
});

test('a hostile media type is read in linear time', () => {
  const many = 400_000;
  const hostile = [
    ' '.repeat(many),
    `a/b${' '.repeat(many)}c`,
    `a/b;${' ;'.repeat(many)}`,
    `a/b; x="${'\\"'.repeat(many)}`,
    `a/b${';"'.repeat(many)}`,
    `a/b${';x="'.repeat(many)}`,
    `a/b; x=${' y'.repeat(many)}`,
    `${'a/'.repeat(many)}`,
  ];
  const start = process.cpuUsage();
  for (const field of hostile) {
    matchMediaType(field, ['json', '+json', 'text/*']);
    parseMediaType(field, STRICT);
    parseMediaType(field, EXPRESS_4);
  }
  assert.ok(process.cpuUsage(start).user < 3_000_000);
});

function fieldText(): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    ...['text', 'html', '/', '/', ';', ';', ';', '=', '=', '"', '"', '\\', ' ', '\t', ',', '+json'],
    ...['q', 'A', 'a', 'charset', '*', '\u00e9', '.', '-', '__proto__', 'application/json', '\n'],
  );
  return fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
}
