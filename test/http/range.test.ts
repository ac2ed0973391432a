import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseRange } from '../../src/http/headers/range';
import { expressDependency } from './express-dependency';

const rangeParser = expressDependency('range-parser');

const FIELDS = [
  'bytes=0-499',
  'bytes=40-80',
  'bytes=-400',
  'bytes=400-',
  'bytes=0-',
  'bytes=-1',
  'bytes=-0',
  'bytes=-',
  'bytes=500-20',
  'bytes=999-',
  'bytes=1000-',
  'bytes=0-0,-1',
  'bytes=40-80,81-90,-1',
  'bytes=0-4,90-99,5-75,100-199,101-102',
  'bytes=150-199, 0-9, 5-20',
  'bytes=50-60,150-160,40-55',
  'bytes= 1 - 2 , 3-4',
  'bytes=1-2,nonsense',
  'bytes=x-2',
  'bytes=1-x',
  'bytes=1-2-3',
  'bytes=--5',
  'bytes=1.5-2',
  'bytes=99999999999999999999-',
  `bytes=${'9'.repeat(400)}-`,
  `bytes=-${'9'.repeat(400)}`,
  'bytes=',
  'bytes=,',
  'items=0-5',
  '=0-5',
  '0-5',
  '',
];

test('a Range field is read as range-parser reads it', () => {
  for (const field of FIELDS) {
    for (const size of [0, 1, 200, 1000, Infinity]) {
      assertSame(size, field, false);
      assertSame(size, field, true);
    }
  }
});

test('any Range field is read as range-parser reads it', () => {
  const part = fc
    .tuple(fc.option(fc.nat(120), { nil: '' }), fc.option(fc.nat(120), { nil: '' }))
    .map((ends) => ends.join('-'));
  const odd = fc.string({
    unit: fc.constantFrom('0', '9', '-', ',', ' ', '\t', 'x'),
    maxLength: 9,
  });
  const parts = fc.array(fc.oneof({ weight: 9, arbitrary: part }, odd), { maxLength: 8 });
  fc.assert(
    fc.property(fc.nat(120), parts, fc.boolean(), (size, list, combine) =>
      assertSame(size, `bytes=${list.join(',')}`, combine),
    ),
    { numRuns: 3000 },
  );
});

function assertSame(size: number, field: string, combine: boolean): void {
  const expected = rangeParser(size, field, { combine });
  assert.deepEqual(parseRange(size, field, combine), expected, JSON.stringify([size, field]));
}

test('parts are not joined unless that is asked for', () => {
  assert.equal((parseRange(100, 'bytes=0-4,5-9') as unknown[]).length, 2);
});

test('a hostile Range field is read in linear time', () => {
  const many = 200_000;
  const hostile = [
    `bytes=${'0-,'.repeat(many)}0-`,
    `bytes=${' '.repeat(many)}`,
    `bytes=0${' '.repeat(many)}x-`,
    `bytes=${'9'.repeat(many)}x-`,
    `bytes=${'-'.repeat(many)}`,
    '='.repeat(many),
  ];
  const start = process.cpuUsage();
  for (const field of hostile) parseRange(1000, field, true);
  assert.ok(process.cpuUsage(start).user < 3_000_000);
});
