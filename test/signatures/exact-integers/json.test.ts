import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseExactJson, stringifyBigInts } from '../../../src/core/exact-json';

const BIG = '12345678901234567890';

const numbers: [text: string, value: number | bigint][] = [
  ['9007199254740991', 9007199254740991],
  ['-9007199254740991', -9007199254740991],
  ['9007199254740992', 9007199254740992n],
  ['-9007199254740993', -9007199254740993n],
  ['12345678901234567890', 12345678901234567890n],
  ['1000000000000000000000', 10n ** 21n],
  ['1'.repeat(1000), BigInt('1'.repeat(1000))],
  ['-1'.padEnd(1001, '1'), -BigInt('1'.repeat(1000))],
  // A fraction or an exponent asks for a number.
  ...[
    `${BIG}.0`,
    `${BIG}.5`,
    `${BIG}e0`,
    '1e400',
    '-1E+400',
    '1e21',
    '1.0',
    `0.${BIG}`,
    '-0',
    '0',
    '1000000000000000',
  ].map((text): [string, number] => [text, Number(text)]),
];

test('integers beyond 2^53 - 1 keep their digits; all else is what JSON.parse gives', () => {
  for (const [text, value] of numbers) {
    const name = text.slice(0, 40);
    assert.ok(Object.is(parseExactJson(text), value), name);
    assert.ok(Object.is(parseExactJson(` \t\n${text}\r `), value), name);
    assert.deepEqual(parseExactJson(`[${text},${text} , 1]`), [value, value, 1], name);
    assert.deepEqual(parseExactJson(`{"a":${text},"b":{"c":${text}}}`), {
      a: value,
      b: { c: value },
    });
  }
});

test('what stands in a string stays a string', () => {
  const texts = [
    BIG,
    ` ${BIG}`,
    `[${BIG},`,
    `:${BIG}`,
    `"${BIG}`,
    `\\${BIG}`,
    `\u2028\ud800 ${BIG}`,
    '',
  ];
  for (const text of texts) {
    const json = JSON.stringify({ [text]: text, n: 0 }).replace(/0\}$/, `${BIG}}`);
    assert.deepEqual(parseExactJson(json), { [text]: text, n: BigInt(BIG) }, json);
  }
  const escaped = parseExactJson(`["\\u0022\\\\", "${'\\\\'.repeat(20)}", ${BIG}]`);
  assert.deepEqual(escaped, ['"\\', '\\'.repeat(20), BigInt(BIG)]);
});

test('a member __proto__ is a member, and a repeated one is the last, where the first stood', () => {
  const value = parseExactJson(`{"__proto__":{"x":${BIG}},"a":1,"b":2,"a":${BIG}}`) as object;
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  assert.deepEqual(Object.keys(value), ['__proto__', 'a', 'b']);
  assert.equal((value as { x?: unknown }).x, undefined);
  assert.equal((value as { a?: unknown }).a, BigInt(BIG));
  const inner = Object.getOwnPropertyDescriptor(value, '__proto__');
  assert.deepEqual(inner, {
    value: { x: BigInt(BIG) },
    writable: true,
    enumerable: true,
    configurable: true,
  });
});

test('nesting costs no stack', () => {
  const depth = 200_000;
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const) {
    let value = parseExactJson(open.repeat(depth) + BIG + close.repeat(depth));
    for (let i = 0; i < depth; i++)
      value = (value as Record<string, unknown>)[open === '[' ? 0 : 'a'];
    assert.equal(value, BigInt(BIG));
  }
});

test('what is not JSON fails as with JSON.parse', () => {
  for (const text of [
    `[${BIG}`,
    `${BIG},`,
    `{"a":${BIG}]`,
    `-`,
    `0${BIG}`,
    `+${BIG}`,
    `${BIG}n`,
    '',
  ]) {
    let expected: Error | undefined;
    try {
      JSON.parse(text);
    } catch (error) {
      expected = error as Error;
    }
    assert.throws(() => parseExactJson(text), { name: 'SyntaxError', message: expected?.message });
  }
});

test('an integer of more than 1000 digits is refused: it is not to lose any', () => {
  const message = 'The integer at position 1 has more than 1000 digits';
  for (const text of ['1'.repeat(1001), `-${'1'.repeat(1001)}`]) {
    assert.throws(() => parseExactJson(`[${text}]`), { name: 'SyntaxError', message });
  }
});

test('time is linear, whatever the text', () => {
  const size = 300_000;
  const texts = [
    `[${Array(size / 20).fill(BIG)}]`,
    `["${'\\\\'.repeat(size)}",${BIG}]`,
    `["${'\\"'.repeat(size)}",${BIG}]`,
    `[${' '.repeat(size)}${BIG}]`,
    `[${'1'.repeat(999)},${Array(300).fill('1'.repeat(999))}]`,
    `[${'1'.repeat(size)}.0,${BIG}]`,
    `{${Array.from({ length: size / 20 }, (_, i) => `"k${i}":${BIG}`)}}`,
  ];
  for (const text of texts) {
    const start = process.cpuUsage();
    parseExactJson(text);
    const { user, system } = process.cpuUsage(start);
    assert.ok(user + system < 1_000_000, `${text.slice(0, 20)}: ${(user + system) / 1000} ms`);
  }
});

const integers = fc.oneof(fc.bigInt(), fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }));
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    integers,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('__proto__', BIG, '\\', '"', true, false, null, -0),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', '1')), tie('value'), {
      maxKeys: 5,
    }),
  ),
}));

test('what is written is read again, with any white space', () => {
  fc.assert(
    fc.property(values, fc.constantFrom(undefined, ' ', '\t'), (value, space) => {
      const text = stringifyBigInts(value) as string;
      assert.deepEqual(parseExactJson(text), normal(value));
      // JSON.parse keeps all but the digits.
      const spaced = JSON.stringify(JSON.parse(text), null, space);
      assert.equal(
        stringifyBigInts(parseExactJson(spaced)),
        stringifyBigInts(exactly(JSON.parse(spaced))),
      );
    }),
    { numRuns: 2000 },
  );
});

/** Integers that a number holds are numbers; -0 has no sign in JSON. */
function normal(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
  if (typeof value === 'number') return exactly(value === 0 ? 0 : value);
  return mapped(value, normal);
}

/** What JSON.stringify writes as an integer is read as one. */
function exactly(value: unknown): unknown {
  if (typeof value === 'number') {
    const isWritten = Number.isInteger(value) && !String(value).includes('e');
    return isWritten && !Number.isSafeInteger(value) ? BigInt(String(value)) : value;
  }
  return mapped(value, exactly);
}

function mapped(value: unknown, change: (member: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== 'object' || value === null) return value;
  // Object.fromEntries defines its members, also one of the name __proto__.
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, change(member)]));
}

test('BigInts are written as integers, everything else as JSON.stringify does', () => {
  const value = { a: 5n, b: [-(2n ** 70n), '5n', 1.5], c: undefined, d: new Date(0), e: 'x:1' };
  const text = `{"a":5,"b":[-${2n ** 70n},"5n",1.5],"d":"1970-01-01T00:00:00.000Z","e":"x:1"}`;
  assert.equal(stringifyBigInts(value), text);
  assert.equal(stringifyBigInts(undefined), undefined);
  const circular: Record<string, unknown> = { a: 1n };
  circular['self'] = circular;
  assert.throws(() => stringifyBigInts(circular), { name: 'TypeError', message: /circular/i });
});
