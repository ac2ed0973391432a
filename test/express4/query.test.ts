import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { parseQuery } from '../../src/http/express4/members/request-members';
import { Random } from '../fuzz/random';

// The parser of Express 4 itself, with what Express 4 gives it.
const googles = createRequire(require.resolve('functions-framework-3'));
const qs = googles('qs') as { parse(text: string, options: object): unknown };
const reference = (text: string): unknown =>
  qs.parse(text, { allowPrototypes: true, arrayLimit: 1000 });

const known = [
  '',
  '=',
  'a',
  '=a',
  '&&a=1&',
  'a=b=c',
  'a[b]=1&a[]=2',
  'a[]=1&a[]=2',
  'a[0]=x&a[2]=y',
  'a[999]=x',
  'a[1000]=x',
  'a[1001]=x&a[]=y',
  'a=1&a[b]=2',
  'a[b]=2&a=1',
  'a[][b]=1&a[][b]=2',
  'a[b][c][d][e][f][g][h]=1',
  '[]=1',
  '[a]=1&[b]=2',
  'a[=1',
  'a]=1',
  'a[b=c]=d',
  'a%5Bb%5D=1',
  '__proto__[x]=1&a[__proto__][y]=2',
  'constructor[prototype][x]=1&toString=2',
  'a=%zz&b=%E4&c=%C3%A4+%2B',
  'a[]=1&'.repeat(1100),
];
for (const text of known) {
  test(`a query is parsed as qs does it: ${text.slice(0, 40)}`, () => {
    assert.deepEqual(parseQuery(`/?${text}`), reference(text));
  });
}

test('queries made at random are parsed as qs does it', () => {
  const words = [
    'a',
    'b',
    '[',
    ']',
    '[]',
    '[0]',
    '[2]',
    '[a]',
    '=',
    '&',
    '1',
    '%5B',
    '%5D',
    '.',
    '',
    '+',
  ];
  const random = new Random(20260101);
  for (let round = 0; round < 20_000; round++) {
    const text = random.words(words, 14);
    assert.deepEqual(parseQuery(`/?${text}`), reference(text), text);
  }
});
